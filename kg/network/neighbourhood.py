"""The network around one thing, read without reading the rest, so that it takes as long as what it holds.

`read_around` copies what the graph says of the things near by into a store of its own, and reads that as a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from kg.network.reading import read_network
from kg.network.things import KINDS, PREDICATES
from kg.vocabulary import GOV, OA, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.network.things import Network

MOST_THINGS = 500
"""Things of a neighbourhood."""

MOST_STATEMENTS = 60_000
"""Statements about them; what lies further off is left out once there are so many."""

MOST_OF_ONE = 300
"""Sentences that name one thing, and numbers of it, that a neighbourhood holds."""

_MOST_LOOKED_AT = 20_000
"""Statements of one property that are looked at to find such; more has no thing of a newspaper's."""

_KINDS = frozenset(GOV[kind] for kind in KINDS)
_LINKS = tuple(GOV[name] for name in PREDICATES)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A network, and which of its things were asked for: others only tell where these belong.

    `left_out` counts things near by that had no room, `shortened` things of which only some sentences or numbers had.
    """

    network: Network
    near: frozenset[str]
    left_out: int = 0
    shortened: int = 0


def read_around(store: Store, iri: str, depth: int, weight: Callable[[str], int] = lambda _: 0) -> Neighbourhood:
    """The network of what lies within `depth` links of a thing, the nearest first, then those of most `weight`.

    `store` holds each statement once, in whatever graph. Bounded are the things, and what is read of them all.
    """
    part = _Part(store)
    ranked = _ranked(store, NamedNode(iri), depth, weight)
    kept = []
    for node in ranked[:MOST_THINGS]:
        if len(part) >= MOST_STATEMENTS:
            break
        part.add(node)
        kept.append(node)
    part.tie(kept)
    near = frozenset(node.value for node in kept)
    return Neighbourhood(read_network(part.store), near, len(ranked) - len(kept), len(part.shortened))


def _ranked(store: Store, start: NamedNode, depth: int, weight: Callable[[str], int]) -> list[NamedNode]:
    """What lies so near, in rings; beyond the things that there is room for, only as many as they lead to."""
    found, edge = {start: None}, [start]
    for _ in range(depth):
        ring = {each for node in edge[:MOST_THINGS] for each in _neighbours(store, node)} - found.keys()
        edge = sorted(
            (each for each in ring if _is_thing(store, each)), key=lambda each: (-weight(each.value), each.value)
        )
        found |= dict.fromkeys(edge)
        if len(found) > MOST_THINGS:
            break
    return list(found)


def _neighbours(store: Store, node: NamedNode) -> Iterator[NamedNode]:
    for predicate in _LINKS:
        for quad in islice(store.quads_for_pattern(node, predicate, None), _MOST_LOOKED_AT):
            if isinstance(quad.object, NamedNode):
                yield quad.object
        for quad in islice(store.quads_for_pattern(None, predicate, node), _MOST_LOOKED_AT):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


def _is_thing(store: Store, node: NamedNode) -> bool:
    return any(quad.object in _KINDS for quad in store.quads_for_pattern(node, RDF.type, None)) and (
        next(store.quads_for_pattern(node, SKOS.prefLabel, None), None) is not None
    )


class _Part:
    """Statements copied out of a store: things with their sentences and numbers, then what ties them."""

    def __init__(self, whole: Store) -> None:
        self._whole, self.store = whole, Store()
        self._copied: set[NamedNode] = set()
        self._count = 0
        self.shortened: set[NamedNode] = set()

    def __len__(self) -> int:
        """How many statements were copied."""
        return self._count

    def add(self, thing: NamedNode) -> None:
        """A thing, the sentences that name it, and its numbers."""
        self._extend(quad for quad in self._about(thing) if quad.predicate != GOV.mentionedIn)
        mentions = self._some(thing, self._whole.quads_for_pattern(thing, GOV.mentionedIn, None), by="object")
        self._extend(Quad(thing, GOV.mentionedIn, passage) for passage in mentions)
        for passage in mentions:
            self._passage(passage)
        measured = self._whole.quads_for_pattern(None, GOV.measures, thing)
        for metric in self._some(thing, measured, by="subject"):
            self._fact(metric)
        held = self._whole.quads_for_pattern(None, GOV.area, thing)
        alone = (
            quad for quad in held if next(self._whole.quads_for_pattern(quad.subject, GOV.measures, None), None) is None
        )
        for metric in self._some(thing, alone, by="subject"):
            self._fact(metric)

    def tie(self, things: Iterable[NamedNode]) -> None:
        """The claims between things, and the places and bodies that they lead to, with class and label alone."""
        kept = set(things)
        for thing in kept:
            for quad in islice(self._whole.quads_for_pattern(None, RDF.subject, thing), _MOST_LOOKED_AT):
                targets = self._whole.quads_for_pattern(quad.subject, RDF.object, None)
                if any(each.object in kept for each in targets) and isinstance(quad.subject, NamedNode):
                    self._fact(quad.subject)
        waiting = sorted(kept, key=lambda node: node.value)
        while waiting and self._count < 2 * MOST_STATEMENTS:
            thing = waiting.pop()
            for predicate in _LINKS:
                for quad in self._whole.quads_for_pattern(thing, predicate, None):
                    self._extend([quad])
                    target = quad.object
                    if isinstance(target, NamedNode) and target not in self._copied:
                        self._copied.add(target)
                        self._extend(self._whole.quads_for_pattern(target, RDF.type, None))
                        self._extend(self._whole.quads_for_pattern(target, SKOS.prefLabel, None))
                        waiting.append(target)

    def _some(self, thing: NamedNode, quads: Iterable[Quad], by: str) -> list[NamedNode]:
        """The first ends of statements by name, of no more than there is room for."""
        looked = {getattr(quad, by) for quad in islice(quads, _MOST_LOOKED_AT)}
        ends = sorted((end for end in looked if isinstance(end, NamedNode)), key=lambda end: end.value)
        if len(ends) > MOST_OF_ONE:
            self.shortened.add(thing)
        return ends[:MOST_OF_ONE]

    def _fact(self, node: NamedNode) -> None:
        """A claim or number with its sentences and the label of what it counts."""
        for quad in self._about(node):
            self._extend([quad])
            if quad.predicate == GOV.evidence and isinstance(quad.object, NamedNode):
                self._passage(quad.object)
            if quad.predicate == GOV.observes and isinstance(quad.object, NamedNode):
                self._extend(self._whole.quads_for_pattern(quad.object, SKOS.prefLabel, None))

    def _passage(self, node: NamedNode) -> None:
        for quad in self._about(node):
            self._extend([quad])
            if quad.predicate == OA.hasSource and isinstance(quad.object, NamedNode):
                self._extend(self._about(quad.object))

    def _about(self, node: NamedNode) -> Iterator[Quad]:
        """What is said of a node, unless it was copied."""
        if node not in self._copied:
            self._copied.add(node)
            yield from self._whole.quads_for_pattern(node, None, None)

    def _extend(self, quads: Iterable[Quad]) -> None:
        copied = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        self._count += len(copied)
        self.store.extend(copied)
