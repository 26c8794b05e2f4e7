"""Graphs that several tests share, and how they are put on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.model import ArticleFacts

SMALL_GRAPH = Path(__file__).parent / "queries" / "graph.trig"


def store_graph(trig: Path, folder: Path) -> Path:
    """Puts the graphs of a TriG file into a graph's folder."""
    from kg.store import new_generation

    with new_generation(folder, "written by hand") as generation:
        generation.replace(trig.name, "digest", parse(path=str(trig), format=RdfFormat.TRIG))
        generation.commit()
    return folder


def store_articles(articles: Iterable[ArticleFacts], folder: Path) -> Path:
    """Puts invented articles into a graph's folder."""
    from kg.rdf import quads
    from kg.store import new_generation

    with new_generation(folder, "v1") as generation:
        for facts in articles:
            generation.replace(facts.article.source, "digest", quads(facts))
        generation.commit()
    return folder
