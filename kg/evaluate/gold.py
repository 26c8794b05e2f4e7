"""Gold facts: what a careful reader takes from a page, in JSON files of one page each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import UserError
from kg.evaluate.matching import fold

KINDS = ("places", "organizations", "programs", "people", "documents")
RELATIONS = ("implementedIn", "ledBy", "involves", "partOf", "basedIn")
_MOST_LEVELS = 6


@dataclass(slots=True)
class GoldThing:
    """A named thing over all articles of a page; `core` ones must be found."""

    name: str
    names: set[str]
    core: bool
    level: str = ""
    within: str | None = None


@dataclass(slots=True)
class GoldMetric:
    """A number over an article's readings of it: any of `kinds`, `counts` and `of` will do."""

    value: float
    units: tuple[str, ...]
    quote: str
    qualifier: str
    year: int | None
    core: bool = False
    kinds: set[str] = field(default_factory=set)
    counts: list[str] = field(default_factory=list)
    of: list[str] = field(default_factory=list)
    area: str = ""


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation among named things, by all their printings."""

    subject: frozenset[str]
    predicate: str
    object: frozenset[str]
    core: bool
    told: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with the titles that will do."""

    headline: str
    titles: frozenset[str]
    year: int | None


@dataclass(frozen=True, slots=True)
class GoldPage:
    """All gold facts of a page; `things` by kind."""

    name: str
    articles: tuple[GoldArticle, ...]
    things: dict[str, tuple[GoldThing, ...]]
    metrics: tuple[GoldMetric, ...]
    relations: tuple[GoldRelation, ...]

    def names_of(self, name: str) -> frozenset[str]:
        """All folded printings of the thing that a name belongs to, or the folded name alone."""
        folded = fold(name)
        for kind in KINDS:
            for thing in self.things[kind]:
                if folded in thing.names:
                    return frozenset(thing.names)
        return frozenset({folded})

    def enclosing(self) -> dict[str, frozenset[str]]:
        """The printings of all places around a place, by the place's folded name."""
        around: dict[str, set[str]] = {}
        for place in self.things["places"]:
            up = place.within
            for _ in range(_MOST_LEVELS):
                if not up:
                    break
                around.setdefault(fold(place.name), set()).update(self.names_of(up))
                folded = fold(up)
                up = next((p.within for p in self.things["places"] if folded in p.names), None)
        return {name: frozenset(names) for name, names in around.items()}


def read_gold(path: Path) -> GoldPage:
    """The gold facts of a file.

    Raises:
        UserError: the file cannot be read or is no gold file.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _page(data)
    except OSError as error:
        raise UserError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise UserError(f"{path} is not a file of gold facts: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    """Why a file holds no gold facts, in the words of who writes one."""
    match error:
        case UnicodeDecodeError():
            return "it is no text in UTF-8"
        case json.JSONDecodeError():
            return f"it is no JSON (line {error.lineno}, column {error.colno})"
        case KeyError():
            return f"a {error.args[0]!r} is missing; gold facts look like those of kg export PAGE.facts.json"
        case _:
            return "its JSON has another form; gold facts look like those of kg export PAGE.facts.json"


def _page(data: dict[str, Any]) -> GoldPage:
    articles = data["articles"]
    page = GoldPage(
        data["page"],
        tuple(
            GoldArticle(a["headline"], frozenset(map(fold, [a["headline"], *a.get("accept", [])])), a.get("year"))
            for a in articles
        ),
        {kind: _things(item for a in articles for item in a.get(kind, [])) for kind in KINDS},
        _metrics(articles),
        (),
    )
    relations = (r for a in articles for r in a.get("relations", []) if r["p"] in RELATIONS)
    return GoldPage(page.name, page.articles, page.things, page.metrics, tuple(_relation(page, r) for r in relations))


def _relation(page: GoldPage, item: dict[str, Any]) -> GoldRelation:
    told = f"{item['s']} {item['p']} {item['o']}"
    return GoldRelation(page.names_of(item["s"]), item["p"], page.names_of(item["o"]), item.get("core", True), told)


def _things(items: Iterable[dict[str, Any]]) -> tuple[GoldThing, ...]:
    """The things of one kind, one a name over all articles; core if any article says so."""
    merged: dict[str, GoldThing] = {}
    for item in items:
        name = fold(item["name"])
        thing = merged.setdefault(name, GoldThing(item["name"], set(), core=False, level=item.get("level", "")))
        thing.names.update(map(fold, [item["name"], *item.get("aliases", [])]))
        thing.core |= item.get("core", True)
        thing.within = thing.within or item.get("within")
    return tuple(merged.values())


def _metrics(articles: list[dict[str, Any]]) -> tuple[GoldMetric, ...]:
    """The numbers of a page; two readings of one printed number become one that accepts either."""
    merged: dict[tuple[int, str, float, str], GoldMetric] = {}
    for number, article in enumerate(articles):
        for item in article.get("metrics", []):
            key = (number, fold(item["quote"]), item["value"], fold(item["unit"][0]))
            if key not in merged:
                merged[key] = GoldMetric(
                    item["value"], tuple(item["unit"]), item["quote"], item.get("qualifier", "exact"), item.get("year")
                )
            metric = merged[key]
            metric.kinds.add(item.get("kind", "level"))
            metric.core |= item.get("core", True)
            metric.counts += item["counts"]
            metric.of += item["of"]
            metric.year = metric.year or item.get("year")
            metric.area = metric.area or item.get("area") or ""
    return tuple(merged.values())
