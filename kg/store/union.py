"""The union of all graphs, each triple once: what questions ask that name no graph.

The store's own union of named graphs repeats a triple for each article that states it, so that patterns multiply and
counts count articles (oxigraph issue 1919). It is kept beside the store of named graphs, as the default graph of a
store of its own, and changed with it.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.store.changes import Stores, bare
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


def settle(stores: Stores, gone: Gone) -> None:
    """Take out of the union the triples that are gone, unless another graph states them.

    Raises:
        OSError, RuntimeError: the disk is full, or a store is damaged.
    """
    if gone.too_many:
        stores.union.clear()
        put(stores.union, map(bare, stores.graphs))
    for triple in gone.triples:
        if next(stores.graphs.quads_for_pattern(triple.subject, triple.predicate, triple.object), None) is None:
            stores.union.remove(Quad(triple.subject, triple.predicate, triple.object))
