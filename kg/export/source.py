"""What writers read from: a store, or a view of one that shows a part of its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

Subject = NamedNode | BlankNode | Triple
Graph = NamedNode | BlankNode | DefaultGraph


class Source(Protocol):
    """The part of a store's methods that writers need."""

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Subject | Literal | None,  # noqa: A002 - as the store calls it
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """The statements of that pattern; None stands for anything."""


class View:
    """The statements of a store for which a condition holds."""

    def __init__(self, store: Source, shown: Callable[[Quad], bool]) -> None:
        self._store, self._shown = store, shown

    def quads_for_pattern(
        self,
        subject: Subject | None,
        predicate: NamedNode | None,
        object: Subject | Literal | None,  # noqa: A002 - as the store calls it
        graph_name: Graph | None = None,
        /,
    ) -> Iterator[Quad]:
        """As the store's, less what is not shown."""
        return filter(self._shown, self._store.quads_for_pattern(subject, predicate, object, graph_name))


def dump(source: Source, path: Path) -> None:
    """All statements into a file of N-Quads, in no order."""
    if isinstance(source, Store):
        source.dump(path, format=RdfFormat.N_QUADS)
    else:
        serialize(source.quads_for_pattern(None, None, None), path, RdfFormat.N_QUADS)
