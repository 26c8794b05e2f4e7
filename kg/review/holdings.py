"""What a graph holds, as far as a review asks: things, claims and numbers with their sentences and confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kg.network import Network, Passage, Thing, read_network
from kg.store import open_graph, read_manifest, while_reading
from kg.vocabulary import GOV, ID, PREFIXES, RDF


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim: its ends by IRI, its property, rule and confidence, and where it is stated."""

    subject: str
    predicate: str
    object: str
    rule: str
    confidence: Decimal
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, by IRI, that the graph holds for close matches, why, and how often such pairs were one."""

    one: str
    other: str
    reason: str
    confidence: Decimal


@dataclass(frozen=True)
class Holdings:
    """The things and numbers of a graph by IRI, its claims and close matches, and the files that it was built from."""

    network: Network
    claims: tuple[Stated, ...]
    pairs: tuple[Pair, ...]
    confidences: Mapping[str, Decimal]
    rules: Mapping[str, str]
    files: tuple[Path, ...]

    @cached_property
    def things(self) -> dict[str, Thing]:
        """The things by IRI."""
        return {thing.iri: thing for thing in self.network.things}

    @cached_property
    def _bearers(self) -> Counter[str]:
        return Counter(name for thing in self.network.things for name in thing.names)

    def name(self, iri: str) -> str:
        """What an entry calls a thing: its label, or its IRI where others bear the label too."""
        label = self.things[iri].label
        if self._bearers[label] == 1:
            return label
        folder, _, rest = iri.removeprefix(ID).partition("/")
        return f"{folder}:{rest}" if PREFIXES.get(folder) == f"{ID}{folder}/" else iri

    def passage(self, iris: Iterable[str]) -> Passage | None:
        """The first of some passages."""
        return next((self.network.passages[iri] for iri in iris if iri in self.network.passages), None)

    def file(self, passage: Passage) -> str:
        """The name of the file in which a passage stands."""
        return self.network.sources[passage.article].file


def read_holdings(folder: Path) -> Holdings:
    """What the graph in a folder holds.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    files = tuple(map(Path, read_manifest(folder).sources))
    with while_reading(folder):
        store = open_graph(folder)
        confidences = {s: Decimal(v) for s, v in _least(store, GOV.confidence).items()}
        rules = _least(store, GOV.rule)
        claims, pairs = tuple(_claims(store, confidences, rules)), tuple(_pairs(store, confidences))
        return Holdings(read_network(store), claims, pairs, confidences, rules, files)


def _least(store: Store, predicate: NamedNode) -> dict[str, str]:
    """The value of a property by thing, the greatest number or first text where several articles state one."""
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, predicate, None):
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
            name, value = quad.subject.value, quad.object.value
            better = max if predicate == GOV.confidence else min
            found[name] = better(value, found.get(name, value))
    return found


def _claims(store: Store, confidences: Mapping[str, Decimal], rules: Mapping[str, str]) -> Iterable[Stated]:
    parts: dict[str, dict[str, str]] = {}
    for term, key in ((RDF.subject, "subject"), (RDF.predicate, "predicate"), (RDF.object, "object")):
        for quad in store.quads_for_pattern(None, term, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                parts.setdefault(quad.subject.value, {})[key] = quad.object.value
    for iri in sorted(parts):
        passages = (q.object for q in store.quads_for_pattern(NamedNode(iri), GOV.evidence, None))
        told = parts[iri]
        yield Stated(
            told["subject"],
            told["predicate"].removeprefix(GOV.iri),
            told["object"],
            rules.get(iri, ""),
            confidences.get(iri, Decimal(1)),
            tuple(sorted(p.value for p in passages if isinstance(p, NamedNode))),
        )


def _pairs(store: Store, confidences: Mapping[str, Decimal]) -> Iterable[Pair]:
    reasons = _least(store, GOV.reason)
    nodes = {quad.subject for quad in store.quads_for_pattern(None, RDF.type, GOV.Match)}
    for node in sorted((node for node in nodes if isinstance(node, NamedNode)), key=str):
        ends = sorted(
            q.object.value for q in store.quads_for_pattern(node, GOV.matches, None) if isinstance(q.object, NamedNode)
        )
        if len(ends) == 2:
            yield Pair(ends[0], ends[1], reasons.get(node.value, ""), confidences.get(node.value, Decimal(1)))
