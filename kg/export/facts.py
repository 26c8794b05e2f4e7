"""An article's facts as a sidecar: what `kg build` reads again to the same graph, in the format of gold facts.

Beside what gold facts have, each fact has its quotations with their places, its rules and confidence, and things have
their IRIs, so that nothing needs to be guessed when it is read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import IO, Any

from pyoxigraph import Literal, NamedNode

from kg.errors import UserError
from kg.export.source import Source
from kg.model import CORRECTION
from kg.vocabulary import GOV, ID, OA, RDF, SCHEMA, SKOS

LISTS = {
    "Organization": "organizations",
    "Program": "programs",
    "Person": "people",
    "Document": "documents",
}
"""The list of each kind of thing; places stand in a list of their own."""

LEVELS = ("Province", "City", "District", "Street", "Community", "Site")
RELATIONS = ("within", "implementedIn", "ledBy", "involves", "partOf", "basedIn", "worksFor", "issuedBy")
Item = dict[str, Any]


def write(store: Source, file: IO[bytes], called: str | None = None) -> None:
    """The facts of the one page that a store holds; all that it holds as of the page `called` so.

    Raises:
        UserError: it holds several, and none is named.
    """
    pages = pages_of(store)
    if called is not None:
        pages = {called: sorted({each for articles in pages.values() for each in articles}, key=str)}
    if len(pages) != 1:
        raise UserError(
            f"the graph holds {len(pages)} pages; name one with --article FILE, or give FOLDER/ with --format facts"
        )
    for name, articles in pages.items():
        file.write(page(store, name, articles))


def pages_of(store: Source) -> dict[str, list[NamedNode]]:
    """The articles of each page, by its file's name."""
    pages: dict[str, list[NamedNode]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, GOV.sourceFile, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            pages[quad.object.value].append(quad.subject)
    return {name: sorted(set(pages[name]), key=str) for name in sorted(pages)}


def files_of(store: Source) -> list[str]:
    """The names of the files that articles stand in, and behind them those of other files with the same texts."""
    told = [*pages_of(store), *sorted(_names(store, GOV.repeatedIn))]
    return list(dict.fromkeys(told))


def _names(store: Source, predicate: NamedNode) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, predicate, None):
        if isinstance(quad.object, Literal):
            yield quad.object.value


def file_name(page: str) -> str:
    """What the sidecar of a page is called: nothing in the page's name leads out of the folder.

    >>> file_name("../news/a.txt"), file_name("..")
    ('a.txt.facts.json', 'page.facts.json')
    """
    last = page.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign if sign.isprintable() else "_" for sign in last).strip(". ")
    return f"{name or 'page'}.facts.json"


def page(store: Source, name: str, articles: Iterable[NamedNode]) -> bytes:
    """The sidecar of a page."""
    items = [_Article(store, article).item() for article in articles]
    items.sort(key=lambda item: (item.pop("begins"), item["headline"]))
    text = json.dumps({"page": PurePath(name).name, "articles": items}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


class _Article:
    """The statements of an article's graph, by subject and property."""

    def __init__(self, store: Source, article: NamedNode) -> None:
        self._article = article
        self._said: dict[NamedNode, dict[NamedNode, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in store.quads_for_pattern(None, None, None, article):
            if isinstance(quad.subject, NamedNode):
                self._said[quad.subject][quad.predicate].append(quad.object)
        self._nodes = sorted(self._said, key=str)

    def item(self) -> Item:
        """The article as an object; `begins` is where its first quotation does."""
        article = self._article
        item: Item = {"headline": self._text(article, SCHEMA.headline)}
        year = self._text(article, GOV.year)
        item |= {"year": int(year) if year else None, "year_quotes": self._quotes(article, GOV.evidence)}
        item |= _filled(
            year_rule=self._year_rule(),
            published=self._text(article, SCHEMA.datePublished),
            paper=self._text(article, GOV.paper),
            **self._word(article),
        )
        item["places"] = list(self._things(LEVELS))
        for kind, name in LISTS.items():
            item[name] = list(self._things((kind,)))
        item["metrics"] = [number for node in self._of_type("Metric") for number in self._numbers(node)]
        item["relations"] = [self._relation(node) for node in self._of_type("Claim")]
        starts = [int(o.value) for n in self._of_type("Passage") for o in self._said[n][OA.start]]
        return item | {"begins": min(starts, default=0)}

    def _year_rule(self) -> str:
        """What told the year; that of the paper is a correction."""
        rules = self._texts(self._article, GOV.rule)
        told = [rule for rule in rules if rule != CORRECTION] or rules
        return told[0] if told and self._text(self._article, GOV.year) else ""

    def _of_type(self, name: str) -> list[NamedNode]:
        return [node for node in self._nodes if GOV[name] in self._said[node].get(RDF.type, ())]

    def _things(self, kinds: Iterable[str]) -> Iterator[Item]:
        for kind in kinds:
            for node in self._of_type(kind):
                item: Item = {"name": self._text(node, SKOS.prefLabel)}
                if kind in LEVELS:
                    item |= {"level": kind.lower(), "within": self._label(node, GOV.within)}
                item |= {"aliases": self._texts(node, SKOS.altLabel)}
                item |= _filled(role=self._texts(node, GOV.role))
                yield item | {"core": True, "id": _short(node)} | self._source(node, GOV.mentionedIn)

    def _relation(self, node: NamedNode) -> Item:
        subject, predicate, target = (self._one(node, t) for t in (RDF.subject, RDF.predicate, RDF.object))
        item = {"s": self._text(subject, SKOS.prefLabel), "p": predicate.value.removeprefix(GOV.iri)}
        item |= {"o": self._text(target, SKOS.prefLabel), "core": True, "s_id": _short(subject), "o_id": _short(target)}
        return item | self._source(node, GOV.evidence)

    def _numbers(self, node: NamedNode) -> Iterator[Item]:
        """A number, once for each of its quotations, rules and confidences."""
        year, first, last = (self._text(node, term) for term in (GOV.year, GOV.fromYear, GOV.toYear))
        indicator, upper = self._text(node, GOV.indicator), self._text(node, GOV.valueTo)
        subject, area = self._one(node, GOV.measures), self._one(node, GOV.area)
        item: Item = {
            "value": _number(self._text(node, GOV.value)),
            "unit": [self._text(node, GOV.unit)],
            "qualifier": self._text(node, GOV.qualifier),
            "kind": self._text(node, GOV.kind),
            "counts": [indicator] if indicator else [],
            "of": [self._text(subject, SKOS.prefLabel)] if subject else [],
            "year": int(year) if year else None,
        }
        item |= _filled(
            valueTo=_number(upper) if upper else None,
            fromYear=int(first) if first else None,
            toYear=int(last) if last else None,
            subject=_short(subject) if subject else "",
            area=_short(area) if area else "",
            **self._word(node),
        )
        quotes, rules = self._quotes(node, GOV.evidence), self._texts(node, GOV.rule)
        sure = self._texts(node, GOV.confidence)
        for number in range(max(len(quotes), len(rules), len(sure))):
            told: Item = {"rule": rules[number % len(rules)]} if rules else {}
            told |= {"confidence": _number(sure[number % len(sure)])} if sure else {}
            yield item | {"core": True} | quotes[number % len(quotes)] | told

    def _source(self, node: NamedNode, predicate: NamedNode) -> Item:
        sure = max(map(Decimal, self._texts(node, GOV.confidence)), default=None)
        item: Item = {"rules": self._texts(node, GOV.rule), "quotes": self._quotes(node, predicate)}
        return item | _filled(confidence=None if sure is None else _number(str(sure)), **self._word(node))

    def _word(self, node: NamedNode) -> Item:
        return _filled(by=self._text(node, GOV.assertedBy), on=self._text(node, GOV.assertedOn))

    def _quotes(self, node: NamedNode, predicate: NamedNode) -> list[Item]:
        passages = [o for o in self._said[node].get(predicate, ()) if isinstance(o, NamedNode)]
        found = [(int(self._text(p, OA.start) or 0), self._text(p, OA.exact)) for p in passages]
        return [{"quote": text, "start": start} for start, text in sorted(found)]

    def _label(self, node: NamedNode, predicate: NamedNode) -> str | None:
        target = self._one(node, predicate)
        return self._text(target, SKOS.prefLabel) or None if target else None

    def _one(self, node: NamedNode, predicate: NamedNode) -> Any:
        return min(self._said[node].get(predicate, ()), key=str, default=None)

    def _text(self, node: NamedNode, predicate: NamedNode) -> str:
        return next(iter(self._texts(node, predicate)), "")

    def _texts(self, node: NamedNode, predicate: NamedNode) -> list[str]:
        return sorted(o.value for o in self._said[node].get(predicate, ()) if isinstance(o, Literal))


def _filled(**items: Any) -> Item:
    """The items that say something."""
    return {key: value for key, value in items.items() if value not in (None, "", [])}


def _short(node: NamedNode) -> str:
    """An IRI with the prefix of its kind."""
    folder, _, rest = node.value.removeprefix(ID).partition("/")
    return f"{folder}:{rest}"


def _number(text: str) -> int | float | str:
    """A decimal as JSON has it: as text where it would lose digits."""
    value = Decimal(text)
    if value == value.to_integral_value():
        return int(value)
    return float(text) if Decimal(repr(float(text))) == value else text
