"""The named graph of close matches: the things of all articles, the pairs that may be one, and their statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.matching.reasons import CONFIDENCE, REASONS, Thing
from kg.rdf.names import digest
from kg.vocabulary import GOV, ID, MATCHES, PREFIXES, RDF, SKOS, THINGS, XSD


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Two things, in the order of their names, that may be one, and why."""

    one: str
    other: str
    reason: str

    @property
    def confidence(self) -> Decimal:
        """How often pairs with this reason were one."""
        return CONFIDENCE[self.reason]


Apart = Collection[frozenset[str]]
"""Groups of names that a person has said to be of different things: no two of a group match."""


def match_quads(store: Store, apart: Apart = ()) -> Iterator[Quad]:
    """The statements of the graph of close matches, from all named graphs of a store, or from their union.

    Each pair is stated both ways, and has a node that tells its reason and confidence.
    """
    things = things_of(store)
    groups = _groups(things, apart)
    for match in matches(things):
        if groups.get(match.one, frozenset()).isdisjoint(groups.get(match.other, frozenset())):
            yield from quads_of(match)


def node_of(one: str, other: str) -> NamedNode:
    """The name of the match of two things."""
    return NamedNode(PREFIXES["match"] + digest(*sorted((one, other))))


def quads_of(match: Match) -> Iterator[Quad]:
    """The statements of a match."""
    one, other, node = NamedNode(match.one), NamedNode(match.other), node_of(match.one, match.other)
    yield Quad(one, SKOS.closeMatch, other, MATCHES)
    yield Quad(other, SKOS.closeMatch, one, MATCHES)
    yield Quad(node, RDF.type, GOV.Match, MATCHES)
    yield Quad(node, GOV.matches, one, MATCHES)
    yield Quad(node, GOV.matches, other, MATCHES)
    yield Quad(node, GOV.reason, Literal(match.reason), MATCHES)
    yield Quad(node, GOV.confidence, Literal(str(match.confidence), datatype=XSD.decimal), MATCHES)


def _groups(things: Iterable[Thing], apart: Apart) -> dict[str, frozenset[int]]:
    """For each thing the numbers of the groups that name it."""
    if not apart:
        return {}
    holding: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(apart):
        for name in group:
            holding[name].add(number)
    return {t.iri: frozenset(number for name in t.names for number in holding.get(name, ())) for t in things}


def things_of(store: Store) -> list[Thing]:
    """The things that articles name, divisions of the gazetteer aside, by name."""
    kinds: dict[NamedNode, NamedNode] = {}
    for kind in THINGS:
        for quad in store.quads_for_pattern(None, RDF.type, kind):
            if isinstance(quad.subject, NamedNode):
                kinds[quad.subject] = kind
    labels: dict[NamedNode, set[str]] = defaultdict(set)
    forms: dict[NamedNode, set[str]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                forms[quad.subject].add(quad.object.value)
                if predicate == SKOS.prefLabel:
                    labels[quad.subject].add(quad.object.value)
    found = (_thing(iri, kinds.get(iri), of, forms[iri]) for iri, of in labels.items())
    return sorted(thing for thing in found if thing)


def thing_of(store: Store, iri: NamedNode) -> Thing | None:
    """The thing of that name as `things_of` gives it; None if that gives none."""
    kinds = [kind for kind in THINGS if next(store.quads_for_pattern(iri, RDF.type, kind), None)]
    labels, others = (
        {q.object.value for q in store.quads_for_pattern(iri, predicate, None) if isinstance(q.object, Literal)}
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
    )
    return _thing(iri, kinds[-1] if kinds else None, labels, labels | others)


def _thing(iri: NamedNode, kind: NamedNode | None, labels: Collection[str], forms: Iterable[str]) -> Thing | None:
    if kind is None or not labels or iri.value.removeprefix(PREFIXES["place"]).isdecimal():
        return None
    scope = iri.value.removeprefix(ID).partition("/")[2].split("_")[:-1]
    parts = tuple(unquote(part) for part in scope)
    return Thing(iri.value, min(labels), kind.value.rpartition("#")[2], parts, tuple(sorted(forms)))


def matches(things: Iterable[Thing]) -> list[Match]:
    """The pairs that may be one, each with its best reason, sorted."""
    things = sorted(things)
    best: dict[tuple[str, str], Match] = {}
    for reason, most, keys, agree in REASONS:
        blocks: dict[object, list[Thing]] = defaultdict(list)
        for thing in things:
            for key in dict.fromkeys(keys(thing)):
                blocks[key].append(thing)
        for block in blocks.values():
            for one, other in combinations(block, 2) if len(block) <= most else ():
                if (one.iri, other.iri) not in best and agree(one, other):
                    best[one.iri, other.iri] = Match(one.iri, other.iri, reason)
    return sorted(best.values())
