"""The named graph of close matches: the things of all articles, the pairs that may be one, and their statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


def match_quads(store: Store, apart: Iterable[frozenset[str]] = ()) -> Iterator[Quad]:
    """The statements of the graph of close matches, from all named graphs of a store.

    Each pair is stated both ways, and has a node that tells its reason and confidence. `apart` are groups of names that
    a person has said to be of different things: no two of a group match.
    """
    things = things_of(store)
    groups = _groups(things, apart)
    for match in matches(things):
        if not groups.get(match.one, frozenset()).isdisjoint(groups.get(match.other, frozenset())):
            continue
        one, other = NamedNode(match.one), NamedNode(match.other)
        node = NamedNode(PREFIXES["match"] + digest(match.one, match.other))
        yield Quad(one, SKOS.closeMatch, other, MATCHES)
        yield Quad(other, SKOS.closeMatch, one, MATCHES)
        yield Quad(node, RDF.type, GOV.Match, MATCHES)
        yield Quad(node, GOV.matches, one, MATCHES)
        yield Quad(node, GOV.matches, other, MATCHES)
        yield Quad(node, GOV.reason, Literal(match.reason), MATCHES)
        yield Quad(node, GOV.confidence, Literal(str(match.confidence), datatype=XSD.decimal), MATCHES)


def _groups(things: Iterable[Thing], apart: Iterable[frozenset[str]]) -> dict[str, frozenset[int]]:
    """For each thing the numbers of the groups that name it, by a printed form or a short IRI (program:三方办)."""
    holding: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(apart):
        for name in group:
            holding[name].add(number)
    if not holding:
        return {}
    found = {}
    for thing in things:
        names = (*thing.forms, thing.iri, thing.iri.removeprefix(ID).replace("/", ":", 1))
        found[thing.iri] = frozenset(number for name in names for number in holding.get(name, ()))
    return found


def things_of(store: Store) -> list[Thing]:
    """The things that articles name, divisions of the gazetteer aside, by name."""
    kinds: dict[str, str] = {}
    for kind in THINGS:
        for quad in store.quads_for_pattern(None, RDF.type, kind):
            if isinstance(quad.subject, NamedNode):
                kinds[quad.subject.value] = kind.value.rpartition("#")[2]
    labels: dict[str, str] = {}
    forms: dict[str, set[str]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                iri, text = quad.subject.value, quad.object.value
                forms[iri].add(text)
                if predicate == SKOS.prefLabel:
                    labels[iri] = min(text, labels.get(iri, text))
    found = []
    for iri, label in labels.items():
        scope = iri.removeprefix(ID).partition("/")[2].split("_")[:-1]
        if iri in kinds and not iri.removeprefix(PREFIXES["place"]).isdecimal():
            parts = tuple(unquote(part) for part in scope)
            found.append(Thing(iri, label, kinds[iri], parts, tuple(sorted(forms[iri]))))
    return sorted(found)


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
