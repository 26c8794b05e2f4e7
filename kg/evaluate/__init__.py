"""Compares a graph with gold facts, page by page: precision, recall and F1 of each kind of fact.

`gold` reads the gold files, `found` what the graph says of a page, `matching` tells when two printings are one name,
`scoring` and `numbers` compare, `figures` counts and tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.evaluate.figures import Figures, Tally
from kg.evaluate.found import FoundPage, articles_by_file, surroundings
from kg.evaluate.gold import read_gold
from kg.evaluate.numbers import compare_metrics
from kg.evaluate.scoring import Comparison
from kg.store import open_graph, while_reading

__all__ = ["Figures", "Tally", "evaluate"]


def evaluate(folder: Path, gold: Iterable[Path]) -> Figures:
    """The figures of the graph in `folder` against gold files; a page that the graph lacks counts as missed.

    Raises:
        UserError: there is no graph, or a file holds no gold facts.
    """
    figures = Figures()
    with while_reading(folder):
        store = open_graph(folder)
        pages, places = articles_by_file(store), surroundings(store)
        for path in gold:
            facts = read_gold(path)
            found = FoundPage(store, pages.get(facts.name, ()))
            comparison = Comparison(found, facts, places, figures)
            comparison.articles()
            matched = comparison.things()
            compare_metrics(found, facts, figures)
            comparison.relations(matched)
    return figures
