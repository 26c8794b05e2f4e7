"""Graphs that several tests share, and how they are put on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.model import ArticleFacts

SMALL_GRAPH = Path(__file__).parent / "queries" / "graph.trig"


def quads(facts: ArticleFacts) -> Iterator[Quad]:
    """What an article says."""
    from kg.rdf import n_quads

    return parse(n_quads(facts), format=RdfFormat.N_QUADS)


def lines(quads: Iterable[Quad]) -> Iterator[bytes]:
    """Quads as a generation takes them."""
    return (f"{quad} .\n".encode() for quad in quads)


def store_graph(trig: Path, folder: Path) -> Path:
    """Puts the graphs of a TriG file into a graph's folder."""
    from kg.store import new_generation

    with new_generation(folder, "written by hand") as generation:
        generation.replace(trig.name, "digest", lines(parse(path=str(trig), format=RdfFormat.TRIG)))
        generation.commit()
    return folder


def store_articles(articles: Iterable[ArticleFacts], folder: Path) -> Path:
    """Puts invented articles into a graph's folder."""
    from kg.store import new_generation

    with new_generation(folder, "v1") as generation:
        for facts in articles:
            generation.replace(facts.article.source, "digest", lines(quads(facts)))
        generation.commit()
    return folder
