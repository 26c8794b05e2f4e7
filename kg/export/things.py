"""What the networks and tables hold, read from the store a thing at a time, so that memory does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from kg.export.sorting import in_order
from kg.export.source import Source
from kg.network import Passage
from kg.vocabulary import GAZETTEER, GOV, OA, PREFIXES, RDF, SCHEMA, SKOS, THINGS, relations, subclasses

_NAMED = 50_000  # names and years that are remembered
_RELATIONS = frozenset(relations())
_LEVELS = frozenset(subclasses(GOV.Place))


@dataclass(frozen=True, slots=True)
class Node:
    """A named thing: `kind` is its most telling class; `years` are those of the articles that tell of it."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    code: str
    roles: tuple[str, ...]
    confidence: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of two named things: how many articles state it, their years, the rules and passages behind it."""

    subject: str
    predicate: str
    object: str
    articles: int
    years: tuple[int, ...]
    rules: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `year` is empty where the text supports none."""

    iri: str
    file: str
    headline: str
    year: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric as it is written, with the labels of what it is about; empty where nothing is said."""

    iri: str
    indicator: str
    value: str
    unit: str
    qualifier: str
    kind: str
    year: str
    first_year: str
    last_year: str
    subject: str
    subject_label: str
    area: str
    area_label: str
    observes: str
    article: Article
    rules: tuple[str, ...]
    confidence: str
    passages: tuple[Passage, ...]


class Reader:
    """Reads a store thing by thing, in the order of their names."""

    def __init__(self, store: Source) -> None:
        self._store = store
        self.label = lru_cache(_NAMED)(self._label)
        self.source = lru_cache(_NAMED)(self._source)
        self.kind = lru_cache(_NAMED)(self._kind)

    def members(self, *classes: NamedNode) -> Iterator[NamedNode]:
        """The members of some classes, each once."""
        lines = (
            f"{quad.subject.value}\n".encode()
            for each in classes
            for quad in self._store.quads_for_pattern(None, RDF.type, each)
            if isinstance(quad.subject, NamedNode)
        )
        for line in in_order(lines):
            yield NamedNode(line[:-1].decode())

    def nodes(self) -> Iterator[Node]:
        """The named things."""
        for thing in self.members(*THINGS):
            said, graphs = self._said(thing)
            label = min(said[SKOS.prefLabel], default=thing.value)
            yield Node(
                iri=thing.value,
                kind=self.kind(thing.value),
                label=label,
                aliases=tuple(sorted(set(said[SKOS.altLabel]) - {label})),
                code=min(said[GOV.divisionCode], default=""),
                roles=tuple(sorted(set(said[GOV.role]))),
                confidence=max(said[GOV.confidence], default=""),
                years=self._years(graphs),
            )

    def edges(self, *, evidence: bool = False) -> Iterator[Edge]:
        """The relations of named things to each other, with rules and passages where `evidence` is wanted."""
        for thing in self.members(*THINGS):
            graphs: dict[tuple[NamedNode, NamedNode], set[str]] = defaultdict(set)
            for quad in self._store.quads_for_pattern(thing, None, None):
                if quad.predicate in _RELATIONS and isinstance(quad.object, NamedNode) and self.kind(quad.object.value):
                    graphs[quad.predicate, quad.object].add(_graph(quad))
            behind = self._claims(thing) if evidence and graphs else {}
            for predicate, target in sorted(graphs, key=str):
                rules, passages = behind.get((predicate, target), ((), ()))
                stating = graphs[predicate, target] - {GAZETTEER.value}
                yield Edge(
                    thing.value, local(predicate), target.value, len(stating), self._years(stating), rules, passages
                )

    def figures(self) -> Iterator[Figure]:
        """The metrics."""
        for metric in self.members(GOV.Metric):
            said, graphs = self._said(metric)

            def one(term: NamedNode, values: dict[NamedNode, list[str]] = said) -> str:
                return min(values[term], default="")

            passages = sorted((self.passage(iri) for iri in set(said[GOV.evidence])), key=lambda each: each.start)
            yield Figure(
                iri=metric.value,
                indicator=one(GOV.indicator),
                value=one(GOV.value),
                unit=one(GOV.unit),
                qualifier=one(GOV.qualifier),
                kind=one(GOV.kind),
                year=one(GOV.year),
                first_year=one(GOV.fromYear),
                last_year=one(GOV.toYear),
                subject=one(GOV.measures),
                subject_label=self.label(one(GOV.measures)),
                area=one(GOV.area),
                area_label=self.label(one(GOV.area)),
                observes=one(GOV.observes),
                article=self.source(min(graphs)),
                rules=tuple(sorted(set(said[GOV.rule]))),
                confidence=one(GOV.confidence),
                passages=tuple(passages),
            )

    def statements(self, classes: Iterable[NamedNode], *predicates: NamedNode) -> Iterator[tuple[str, str, str]]:
        """The values of some properties of the members of some classes: names of things, local names of properties."""
        for thing in self.members(*classes):
            said, _ = self._said(thing)
            for predicate in predicates:
                for value in sorted(set(said[predicate])):
                    yield thing.value, local(predicate), value

    def passage(self, iri: str) -> Passage:
        """A passage by its name."""
        said, _ = self._said(NamedNode(iri))
        start, end = (int(min(said[term], default="0")) for term in (OA.start, OA.end))
        return Passage(iri, min(said[OA.exact], default=""), start, end, min(said[OA.hasSource], default=""))

    def _claims(self, subject: NamedNode) -> dict[tuple[NamedNode, NamedNode], tuple[tuple[str, ...], tuple[str, ...]]]:
        """The rules and passages behind a thing's relations."""
        rules: dict[tuple[NamedNode, NamedNode], set[str]] = defaultdict(set)
        passages: dict[tuple[NamedNode, NamedNode], set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(None, RDF.subject, subject):
            assert isinstance(quad.subject, NamedNode)
            said, _ = self._said(quad.subject)
            for predicate in said[RDF.predicate]:
                for target in said[RDF.object]:
                    key = NamedNode(predicate), NamedNode(target)
                    rules[key].update(said[GOV.rule])
                    passages[key].update(said[GOV.evidence])
        return {key: (tuple(sorted(rules[key])), tuple(sorted(passages[key]))) for key in rules}

    def _said(self, thing: NamedNode) -> tuple[dict[NamedNode, list[str]], set[str]]:
        """The values of a thing's properties, and the graphs that tell of it."""
        said: dict[NamedNode, list[str]] = defaultdict(list)
        graphs = set()
        for quad in self._store.quads_for_pattern(thing, None, None):
            said[quad.predicate].append(quad.object.value)  # type: ignore[union-attr]
            graphs.add(_graph(quad))
        return said, graphs

    def _years(self, graphs: Iterable[str]) -> tuple[int, ...]:
        years = {self.source(graph).year for graph in graphs}
        return tuple(sorted(int(year) for year in years if year))

    def _label(self, iri: str) -> str:
        if not iri:
            return ""
        quads = self._store.quads_for_pattern(NamedNode(iri), SKOS.prefLabel, None)
        return min((quad.object.value for quad in quads), default=iri)  # type: ignore[union-attr]

    def _source(self, iri: str) -> Article:
        article = NamedNode(iri)

        def one(term: NamedNode) -> str:
            values = self._store.quads_for_pattern(article, term, None, article)
            return min((quad.object.value for quad in values), default="")  # type: ignore[union-attr]

        return Article(iri, one(GOV.sourceFile), one(SCHEMA.headline), one(GOV.year))

    def _kind(self, iri: str) -> str:
        """The local name of a thing's most telling class, empty for what is no named thing."""
        kinds = {quad.object for quad in self._store.quads_for_pattern(NamedNode(iri), RDF.type, None)}
        telling = sorted(str(kind) for kind in kinds & _LEVELS) or sorted(str(kind) for kind in kinds & set(THINGS))
        return telling[0][1:-1].removeprefix(PREFIXES["gov"]) if telling else ""


def local(term: NamedNode) -> str:
    """The name of a term of the ontology without its namespace.

    >>> local(GOV.ledBy)
    'ledBy'
    """
    return term.value.removeprefix(PREFIXES["gov"])


def _graph(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name.value
