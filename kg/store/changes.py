"""What a build changes: the stores of a generation, and statements that come and go beside those of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kg.vocabulary import RDF, SKOS


@dataclass(frozen=True, slots=True)
class Change:
    """Statements that are to be taken out of a named graph, and those that are to be put in."""

    gone: Sequence[Quad] = ()
    new: Sequence[Quad] = ()

    @classmethod
    def between(cls, there: set[Quad], wanted: set[Quad]) -> Change:
        """What makes the one of the other."""
        return cls(sorted(there - wanted, key=str), sorted(wanted - there, key=str))

    def __add__(self, other: Change) -> Change:
        return Change([*self.gone, *other.gone], [*self.new, *other.new])


@dataclass(frozen=True, slots=True)
class Stores:
    """The named graphs of a generation, and their union."""

    graphs: Store
    union: Store

    def statements(self, graphs: Iterable[NamedNode]) -> Iterator[Quad]:
        """What some named graphs hold."""
        for graph in graphs:
            yield from self.graphs.quads_for_pattern(None, None, None, graph)

    def things_in(self, graphs: Iterable[NamedNode]) -> Iterator[NamedNode]:
        """What some named graphs give a name or a class, as often as they do."""
        for graph in graphs:
            for predicate in (RDF.type, SKOS.prefLabel, SKOS.altLabel):
                for quad in self.graphs.quads_for_pattern(None, predicate, None, graph):
                    if isinstance(quad.subject, NamedNode):
                        yield quad.subject

    def apply(self, change: Change) -> None:
        """Make a change; the union keeps what another graph states."""
        for quad in change.gone:
            self.graphs.remove(quad)
            if next(self.graphs.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is None:
                self.union.remove(bare(quad))
        self.graphs.extend(change.new)
        self.union.extend(map(bare, change.new))


def bare(quad: Quad) -> Quad:
    """What a quad states, in no named graph."""
    return Quad(quad.subject, quad.predicate, quad.object)
