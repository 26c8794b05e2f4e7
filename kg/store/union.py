"""The union of all graphs, each triple once: what questions ask that name no graph.

The store's own union of named graphs repeats a triple for each article that states it, so that patterns multiply and
counts count articles (oxigraph issue 1919). It is kept beside the store of named graphs, as the default graph of a
store of its own, and changed with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.store.loading import put

UNION = "union"
MOST_GONE = 100_000
"""Triples that are taken out one by one; of more, which take some 50 MB, the union is written anew."""


class Gone:
    """The triples of graphs that were removed, as far as it is worth remembering them."""

    def __init__(self) -> None:
        self.triples: set[Triple] = set()
        self.too_many = False

    def note(self, store: Store, graph: NamedNode) -> None:
        """Remember the triples of a graph that is about to be removed."""
        if not self.too_many:
            self.triples.update(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
            self.too_many = len(self.triples) > MOST_GONE
        if self.too_many:
            self.triples.clear()


def write_union(path: Path, store: Store, base: Path | None, gone: Gone, written: Iterable[NamedNode]) -> Store:
    """Write the union of the graphs in `store` to `path`, and leave it open for what is still to come.

    `base` is the union before the change, if there is one to go on from: then the triples that are gone are taken out,
    unless another graph states them, and those of the graphs in `written` are put in.

    Raises:
        OSError, RuntimeError: the disk is full, or a store is damaged.
    """
    if base is None or not base.exists() or gone.too_many:
        union = Store(str(path))
        put(union, (Quad(quad.subject, quad.predicate, quad.object) for quad in store))
    else:
        Store.read_only(str(base)).backup(str(path))
        union = Store(str(path))
        for triple in gone.triples:
            if next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object), None) is None:
                union.remove(Quad(triple.subject, triple.predicate, triple.object))
        put(union, _triples(store, written))
    return union


def _triples(store: Store, graphs: Iterable[NamedNode]) -> Iterator[Quad]:
    for graph in graphs:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield Quad(quad.subject, quad.predicate, quad.object)
