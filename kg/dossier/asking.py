"""Asks a graph the questions in `queries/dossier`, and gives things, passages and articles as dataclasses."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.dossier.model import Article, Thing
from kg.network import KINDS, PLACES, Passage
from kg.queries.answering import Asked, rows_of
from kg.queries.names import label
from kg.queries.saved import Question, read_question
from kg.resources import folder
from kg.vocabulary import GOV, OA, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from kg.queries.running import Term

_TIES = {"Program": "implementedIn", "Organization": "basedIn", "Person": "worksFor", "Document": "issuedBy"}
"""The property of a class that leads to where its things run or have their seat, or whose they are."""

_CLASSES = {GOV[kind].value: kind for kind in KINDS}


@cache
def _question(name: str) -> Question:
    return read_question(name, (folder("queries") / "dossier" / f"{name}.rq").read_text(encoding="utf-8"))


class Reader:
    """A graph, asked in this process; what it has read of a thing, passage or article is kept."""

    def __init__(self, graph: Asked) -> None:
        self.graph = graph
        self.store: Store = graph.graphs
        self._things: dict[str, Thing] = {}
        self._passages: dict[str, Passage] = {}
        self._articles: dict[str, Article] = {}

    def ask(self, question: str, iri: str) -> Iterator[dict[str, str]]:
        """The rows that answer a question on a thing, sorted: the values of its columns, "" where nothing is bound."""
        asked = _question(question)
        answer = rows_of(self.graph, asked, {asked.parameters[0].name: f"<{iri}>"})
        for row in sorted(tuple(map(_text, cells)) for cells in answer.rows):
            yield dict(zip(answer.columns, row, strict=True))

    def thing(self, iri: str) -> Thing:
        """A thing by its name, with its label and its most specific class ("" where it has none of ours)."""
        if iri not in self._things:
            node = NamedNode(iri)
            kinds = {_CLASSES.get(kind, "") for kind in self._values(iri, RDF.type)}
            self._things[iri] = Thing(label(self.store, node), iri, min(kinds - {""}, key=KINDS.index, default=""))
        return self._things[iri]

    def names(self, iri: str) -> tuple[str, ...]:
        """The printed forms of a thing other than its label."""
        return tuple(name for name in self._values(iri, SKOS.altLabel) if name != self.thing(iri).label)

    @cache  # noqa: B019 - a reader lives as long as one dossier
    def is_program(self, label: str) -> bool:
        """Whether a program has that label."""
        named = self._pool.quads_for_pattern(None, SKOS.prefLabel, Literal(label, language="zh"))
        return any(
            self.thing(quad.subject.value).kind == "Program" for quad in named if isinstance(quad.subject, NamedNode)
        )

    def roles(self, iri: str) -> tuple[str, ...]:
        """The offices and trades told of a person."""
        return self._values(iri, GOV.role)

    def matched(self, iri: str) -> tuple[Thing, ...]:
        """What may be the same as a thing."""
        return tuple(map(self.thing, self._values(iri, SKOS.closeMatch)))

    def around(self, iri: str) -> tuple[Thing, ...]:
        """The places that a place lies in, the nearest first."""
        found: list[str] = []
        edge = [iri]
        while edge:
            edge = sorted({up for each in edge for up in self._values(each, GOV.within)} - {iri, *found})
            found += edge
        places = (place for place in map(self.thing, found) if place.kind)
        # Of a street of which an article tells the city too, the district still comes first.
        return tuple(sorted(places, key=lambda place: (-KINDS.index(place.kind), place)))

    def where(self, thing: Thing) -> tuple[Thing, ...]:
        """What tells a thing from others of its name: of a place those around it, else what its class is tied to."""
        if thing.kind in PLACES:
            return self.around(thing.iri)
        says = _TIES.get(thing.kind)
        return tuple(sorted(map(self.thing, self._values(thing.iri, GOV[says])))) if says else ()

    def passage(self, iri: str) -> Passage:
        """A passage by its name."""
        if iri not in self._passages:
            text, source = self._first(iri, OA.exact), self._first(iri, OA.hasSource)
            start, end = int(self._first(iri, OA.start) or 0), int(self._first(iri, OA.end) or 0)
            self._passages[iri] = Passage(iri, text, start, end, source)
        return self._passages[iri]

    def article(self, iri: str) -> Article:
        """An article by its name."""
        if iri not in self._articles:
            file = self._first(iri, GOV.sourceFile)
            year = self._first(iri, GOV.year)
            self._articles[iri] = Article(
                iri,
                self._first(iri, SCHEMA.headline) or file,
                file,
                int(year) if year else None,
                self._first(iri, SCHEMA.datePublished),
                self._values(iri, SCHEMA.author),
                self._values(iri, GOV.paper),
            )
        return self._articles[iri]

    def year(self, passage: str) -> int | None:
        """The year that the article of a passage speaks of."""
        return self.article(self.passage(passage).article).year

    def first_year(self, passages: Iterable[str]) -> int | None:
        """The earliest year that the articles of passages speak of; None where none tells its year."""
        return min((year for each in passages if (year := self.year(each)) is not None), default=None)

    def in_order(self, passages: Iterable[str]) -> tuple[str, ...]:
        """Passages, each once: the earliest articles first, those without a year last, then as the text runs."""
        return tuple(sorted(set(passages), key=self._place))

    def _place(self, iri: str) -> tuple[int, str, str, int, str]:
        passage = self.passage(iri)
        article = self.article(passage.article)
        return article.year or _NEVER, article.published, article.file, passage.start, iri

    def _first(self, iri: str, predicate: NamedNode) -> str:
        return next(iter(self._values(iri, predicate)), "")

    def _values(self, iri: str, predicate: NamedNode) -> tuple[str, ...]:
        found = self._pool.quads_for_pattern(NamedNode(iri), predicate, None)
        return tuple(sorted({_text(quad.object) for quad in found}))

    @cached_property
    def _pool(self) -> Store:
        """Where statements are looked up: the union, in which each stands once."""
        return self.graph.pool


_NEVER = 9999
"""Stands for the year of an article that tells none, so that it comes last."""


def _text(term: Term | None) -> str:
    return (
        "" if term is None or isinstance(term, Triple) else term.value if isinstance(term, NamedNode | Literal) else ""
    )
