"""An article as a reader sees it: its text, each mention and number marked, and what was read from each sentence.

The graph holds the sentences that facts were read from. The whole text is read again from its file, where this is as
it was when the graph was built; else those sentences alone are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.dossier.model import Article, Thing
from kg.dossier.numbers import plain
from kg.dossier.wording import amount, words
from kg.language.quantities import quantities
from kg.model import Role
from kg.rdf.names import article_iri
from kg.reading import Unreadable, read_articles
from kg.reading.sentences import sentences
from kg.vocabulary import GOV, OA, RDF, SKOS, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.dossier.asking import Reader
    from kg.network import Passage
    from kg.serve.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; `iri` is the thing or number that it names, "" for none, and `kind` its class."""

    text: str
    iri: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation read from a sentence: subject, property in the reader's words, object."""

    subject: Thing
    says: str
    object: Thing


@dataclass(frozen=True, slots=True)
class Figure:
    """A number read from a sentence: its IRI, what it counts, how much, of what, where, when."""

    iri: str
    indicator: Thing | None
    amount: str
    subject: Thing | None
    area: Thing | None
    years: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: its anchors on the page (`char=3,9`), its text in runs, and what was read from it."""

    anchors: tuple[str, ...]
    runs: tuple[Run, ...]
    relations: tuple[Relation, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph by its role on the page (headline, heading, body, caption)."""

    role: str
    sentences: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its paragraphs; `whole` tells whether these are all of its text."""

    article: Article
    parts: tuple[Part, ...]
    whole: bool


def told(snapshot: Snapshot, iri: str, language: str) -> Told:
    """The article of that IRI."""
    reader = snapshot.reader()
    marker = _Marker(snapshot, reader, language)
    passages = _passages(snapshot, reader, iri)
    whole = tuple(_whole(snapshot.files.get(iri, ""), iri, passages[0].start)) if passages else ()
    known = {(each.start, each.end): each for each in passages}
    if not known.keys() <= {piece for _, lines in whole for _, pieces in lines for piece in pieces}:
        parts = tuple(Part(Role.BODY, (marker.sentence((each,), each.text),)) for each in passages)
        return Told(reader.article(iri), parts, whole=False)
    parts = tuple(
        Part(
            role,
            _each_once(marker.sentence(tuple(known[p] for p in pieces if p in known), text) for text, pieces in lines),
        )
        for role, lines in whole
    )
    return Told(reader.article(iri), parts, whole=True)


def _each_once(said: Iterable[Said]) -> tuple[Said, ...]:
    """The sentences of a paragraph, a relation told with the first that tells it."""
    told: set[Relation] = set()
    found = []
    for sentence in said:
        found.append(replace(sentence, relations=tuple(each for each in sentence.relations if each not in told)))
        told.update(sentence.relations)
    return tuple(found)


def _passages(snapshot: Snapshot, reader: Reader, iri: str) -> list[Passage]:
    found = snapshot.pool.quads_for_pattern(None, OA.hasSource, NamedNode(iri))
    passages = (reader.passage(quad.subject.value) for quad in found if isinstance(quad.subject, NamedNode))
    return sorted(passages, key=lambda passage: (passage.start, passage.end))


_Line = tuple[str, list[tuple[int, int]]]


def _whole(name: str, iri: str, around: int) -> Iterator[tuple[str, list[_Line]]]:
    """The paragraphs of an article in a file by role, each sentence with its spans; nothing where it is not there.

    The IRI tells whether it is the same text.
    """
    try:
        articles = read_articles(Path(name), around=around) if name else ()
        article = next((each for each in articles if article_iri(each).value == iri), None)
    except (OSError, ValueError, Unreadable):
        return
    if article is None:
        return
    cut: dict[int, list[_Line]] = {}
    for sentence in sentences(article):
        spans = [(piece.start, piece.end) for piece in sentence.pieces]
        cut.setdefault(sentence.paragraph, []).append((sentence.text, spans))
    for number, paragraph in enumerate(article.paragraphs):
        yield paragraph.role, cut.get(number, [(paragraph.text, [])])


class _Marker:
    """Marks sentences, and tells what was read from them."""

    def __init__(self, snapshot: Snapshot, reader: Reader, language: str) -> None:
        self._pool, self._reader, self._language = snapshot.pool, reader, language
        self._words = words(language)

    def sentence(self, passages: tuple[Passage, ...], text: str) -> Said:
        """A sentence that stands in some passages."""
        nodes = [NamedNode(passage.iri) for passage in passages]
        facts = sorted({fact for node in nodes for fact in self._subjects(GOV.evidence, node)})
        relations = tuple(filter(None, (self._relation(fact) for fact in facts)))
        figures = [figure for fact in facts for figure in self._figure(fact)]
        things = sorted({thing for node in nodes for thing in self._subjects(GOV.mentionedIn, node)})
        anchors = tuple(passage.iri.partition("#")[2] for passage in passages)
        marks = [*self._mentions(text, things), *_numbers(text, [(f.iri, v, u) for f, v, u in figures])]
        return Said(anchors, tuple(_runs(text, marks)), relations, tuple(figure for figure, *_ in figures))

    def _subjects(self, predicate: NamedNode, node: NamedNode) -> Iterator[str]:
        for quad in self._pool.quads_for_pattern(None, predicate, node):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _values(self, iri: str, predicate: NamedNode) -> list[str]:
        found = self._pool.quads_for_pattern(NamedNode(iri), predicate, None)
        return sorted(quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal))

    def _one(self, iri: str, predicate: NamedNode) -> str:
        return next(iter(self._values(iri, predicate)), "")

    def _thing(self, iri: str) -> Thing | None:
        return self._reader.thing(iri) if iri else None

    def _relation(self, fact: str) -> Relation | None:
        subject, says, target = (self._one(fact, term) for term in (RDF.subject, RDF.predicate, RDF.object))
        if not (subject and says and target):
            return None
        return Relation(self._reader.thing(subject), label(NamedNode(says), self._language), self._reader.thing(target))

    def _figure(self, fact: str) -> Iterator[tuple[Figure, Decimal, str]]:
        """A number, its value and unit."""
        try:
            value = plain(Decimal(self._one(fact, GOV.value)))
        except InvalidOperation:
            return
        unit, upper = self._one(fact, GOV.unit), self._one(fact, GOV.valueTo)
        shown = amount(value, unit, self._one(fact, GOV.qualifier) or "exact", self._words)
        if upper:
            shown += f" – {plain(Decimal(upper)):,f}"
        ends = (self._one(fact, GOV.fromYear), self._one(fact, GOV.toYear))
        years = self._one(fact, GOV.year) or "–".join(filter(None, ends))
        things = (self._thing(self._one(fact, term)) for term in (GOV.observes, GOV.measures, GOV.area))
        indicator, subject, area = things
        yield Figure(fact, indicator, shown, subject, area, years), value, unit

    def _mentions(self, text: str, things: Iterable[str]) -> Iterator[tuple[int, int, str, str]]:
        """Where the printed forms of things stand."""
        for iri in things:
            kind = self._reader.thing(iri).kind
            for form in {*self._values(iri, SKOS.prefLabel), *self._values(iri, SKOS.altLabel)}:
                start = text.find(form)
                while form and start >= 0:
                    yield start, start + len(form), iri, kind
                    start = text.find(form, start + len(form))


def _numbers(text: str, figures: Iterable[tuple[str, Decimal, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Where the quantities stand that became numbers of the graph, each taken once, in the order of the text."""
    left = list(figures)
    for quantity in quantities(text):
        value = plain(quantity.value)
        fitting = [each for each in left if each[1] == value]
        best = next((each for each in fitting if each[2] == quantity.unit), fitting[0] if fitting else None)
        if best is not None:
            left.remove(best)
            yield quantity.start, quantity.end, best[0], "Metric"


def _runs(text: str, marks: Iterable[tuple[int, int, str, str]]) -> Iterator[Run]:
    """A text in runs: of marks that overlap the longest one is kept."""
    kept: list[tuple[int, int, str, str]] = []
    for mark in sorted(marks, key=lambda mark: (mark[0] - mark[1], mark)):
        if all(mark[1] <= other[0] or mark[0] >= other[1] for other in kept):
            kept.append(mark)
    at = 0
    for start, end, iri, kind in sorted(kept):
        if start > at:
            yield Run(text[at:start])
        yield Run(text[start:end], iri, kind)
        at = end
    if at < len(text):
        yield Run(text[at:])
