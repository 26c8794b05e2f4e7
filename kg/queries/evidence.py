"""Adds to the rows of an answer the sentences that tell their facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Store

from kg.queries.running import Rows, Term
from kg.vocabulary import GOV, OA, RDF, SCHEMA, XSD

COLUMNS = ("sentence", "headline", "file")
"""What is added; a column of that name that the query gives itself stays as it is."""

_NAMES = (GOV.observes, GOV.indicator, GOV.unit)
_DESCRIBES = (*_NAMES, GOV.area, GOV.year, GOV.kind, GOV.qualifier)


@dataclass(frozen=True, slots=True, order=True)
class _Source:
    """Where a fact is told, in the order in which sources are preferred."""

    file: str
    start: int
    headline: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row tells of its source itself: None where it has no such column."""

    sentences: str | None
    """One sentence, or several with spaces between, in the order of the text."""
    headline: str | None
    file: str | None

    def fits(self, source: _Source) -> bool:
        """Whether it may be that source."""
        ends = (self.headline, source.headline), (self.file, source.file)
        return (self.sentences is None or source.sentence in self.sentences) and all(
            told in {None, found} for told, found in ends
        )


def with_evidence(store: Store, answer: Rows) -> Rows:
    """The rows with the sentence, headline and file of the first source that tells a fact of theirs.

    A row has a fact when it names a claim, a metric or a passage, holds both ends of a claim, or a metric's subject,
    value, and indicator or unit; else it has the sentences that it gives itself, as the saved questions do.
    """
    added = tuple(name for name in COLUMNS if name not in answer.columns)
    finder = _Finder(store)
    rows = []
    for row in answer.rows:
        given = {name: cell.value for name, cell in zip(answer.columns, row, strict=True) if isinstance(cell, Literal)}
        source = finder.source(row, _Told(given.get("sentence"), given.get("headline"), given.get("file")))
        cells = [Literal(str(getattr(source, name))) if source else None for name in added]
        rows.append((*row, *cells))
    return replace(answer, columns=(*answer.columns, *added), rows=tuple(rows))


class _Finder:
    """Finds the facts of rows; keeps what it has read of each thing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claims: dict[NamedNode, dict[Term, list[NamedNode]]] = {}
        self._metrics: dict[NamedNode, list[tuple[Decimal, NamedNode, frozenset[Term], frozenset[Term]]]] = {}

    def source(self, row: Sequence[Term | None], told: _Told) -> _Source | None:
        """The first source of a row's surest facts, of those that it tells itself if it tells any."""
        for facts in self._facts(row, told.sentences):
            found = sorted({source for fact in facts for source in self._sources(fact)})
            for source in found:
                if told.fits(source):
                    return source
        return None

    def _facts(self, row: Sequence[Term | None], sentences: str | None) -> Iterator[list[NamedNode]]:
        """The facts and passages that a row tells of, the surest kind first."""
        nodes = [term for term in row if isinstance(term, NamedNode)]
        yield [node for node in nodes if self._has(node, RDF.object) or self._has(node, GOV.value)]
        yield [node for node in nodes if self._has(node, OA.hasSource)]
        yield self._measured(row, nodes)
        yield self._claimed(nodes)
        if sentences:
            yield self._said(sentences)
        yield [node for node in nodes if self._has(node, GOV.evidence)]

    def _said(self, sentences: str) -> list[NamedNode]:
        """The passages with the first of some sentences, between which spaces stand, as they may within one."""
        ends = (place for place, sign in enumerate(f"{sentences} ") if sign == " ")
        found = (self._subjects(OA.exact, Literal(sentences[:end])) for end in ends)
        return next(filter(None, found), [])

    def _claimed(self, nodes: list[NamedNode]) -> list[NamedNode]:
        return [claim for node in nodes for other in nodes for claim in self._claims_of(node).get(other, [])]

    def _measured(self, row: Sequence[Term | None], nodes: list[NamedNode]) -> list[NamedNode]:
        """The metrics of the row's things with a value of the row, those that agree with most of its other cells."""
        values = {number for term in row if (number := _number(term)) is not None}
        cells = set(row)
        fitting = [
            (len(described & cells), metric)
            for node in nodes
            for value, metric, named, described in (self._metrics_of(node) if values else [])
            if value in values and named & cells
        ]
        most = max((count for count, _ in fitting), default=0)
        return [metric for count, metric in fitting if count == most]

    def _claims_of(self, subject: NamedNode) -> dict[Term, list[NamedNode]]:
        if subject not in self._claims:
            found: dict[Term, list[NamedNode]] = defaultdict(list)
            for claim in self._subjects(RDF.subject, subject):
                for end in self._objects(claim, RDF.object):
                    found[end].append(claim)
            self._claims[subject] = found
        return self._claims[subject]

    def _metrics_of(self, subject: NamedNode) -> list[tuple[Decimal, NamedNode, frozenset[Term], frozenset[Term]]]:
        if subject not in self._metrics:
            self._metrics[subject] = [
                (number, metric, self._cells(metric, _NAMES), self._cells(metric, _DESCRIBES))
                for metric in self._subjects(GOV.measures, subject)
                for value in self._objects(metric, GOV.value)
                if (number := _number(value)) is not None
            ]
        return self._metrics[subject]

    def _cells(self, metric: NamedNode, predicates: Sequence[NamedNode]) -> frozenset[Term]:
        return frozenset(cell for predicate in predicates for cell in self._objects(metric, predicate))

    def _sources(self, fact: NamedNode) -> Iterator[_Source]:
        passages = [fact] if self._has(fact, OA.hasSource) else self._objects(fact, GOV.evidence)
        for passage in passages:
            sentence, start = self._text(passage, OA.exact), self._text(passage, OA.start)
            for article in self._objects(passage, OA.hasSource):
                file, headline = self._text(article, GOV.sourceFile), self._text(article, SCHEMA.headline)
                if sentence:
                    yield _Source(file, int(start or 0), headline, sentence)

    def _has(self, node: Term, predicate: NamedNode) -> bool:
        return next(iter(self._objects(node, predicate)), None) is not None

    def _objects(self, node: Term, predicate: NamedNode) -> list[Term]:
        if isinstance(node, Literal):
            return []
        return [quad.object for quad in self._store.quads_for_pattern(node, predicate, None)]

    def _subjects(self, predicate: NamedNode, target: NamedNode | Literal) -> list[NamedNode]:
        quads = self._store.quads_for_pattern(None, predicate, target)
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]

    def _text(self, node: Term, predicate: NamedNode) -> str:
        return min((term.value for term in self._objects(node, predicate) if isinstance(term, Literal)), default="")


def _number(term: Term | None) -> Decimal | None:
    if not isinstance(term, Literal) or term.datatype not in {XSD.decimal, XSD.integer}:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None
