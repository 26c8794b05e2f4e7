"""What is said of an article as the JSON that `kg.sidecars.parsing` reads: the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kg.sidecars.parsing import KINDS
from kg.sidecars.said import Quote, SaidArticle, SaidNumber, SaidRelation, SaidThing, Source

Item = dict[str, Any]


def article_item(said: SaidArticle) -> Item:
    """An article as an object: the keys of gold facts, and beside them the place of each quotation.

    Its facts are from one source, which the page tells; what a fact is sure of stands beside it.
    """
    item: Item = {"headline": next(iter(said.titles), ""), "opening": said.opening}
    for key, kind in KINDS.items():
        places = not kind
        things = [thing for thing in said.things if (thing.kind == kind if kind else thing.kind not in KINDS.values())]
        item[key] = [_thing(thing, place=places) for thing in things]
    item["metrics"] = [_number(number) for number in said.numbers]
    item["relations"] = [_relation(relation) for relation in said.relations]
    return item


def _thing(said: SaidThing, *, place: bool) -> Item:
    item: Item = {"name": said.name}
    if place:
        item |= {"level": said.kind.lower(), "within": said.within or None}
    item["aliases"] = list(said.aliases)
    if said.role:
        item["role"] = list(said.role)
    return item | _from(said.quotes, said.source)


def _number(said: SaidNumber) -> Item:
    item: Item = {
        "value": _plain(said.value),
        "unit": [said.unit],
        "qualifier": said.qualifier,
        "kind": said.kind,
        "counts": [said.indicator] if said.indicator else [],
        "of": list(said.of),
    }
    if said.dated:
        item["year"] = said.year
    if said.upper is not None:
        item["valueTo"] = _plain(said.upper)
    if said.area:
        item["area"] = said.area
    return item | _from((said.quote,), said.source)


def _relation(said: SaidRelation) -> Item:
    return {"s": said.subject, "p": said.predicate, "o": said.object} | _from(said.quotes, said.source)


def _from(quotes: Iterable[Quote], source: Source) -> Item:
    """The quotations and the confidence of a fact: of a single quotation without a list."""
    told = [{"quote": q.text} if q.start is None else {"quote": q.text, "start": q.start} for q in quotes]
    item: Item = {} if not told else told[0] if len(told) == 1 else {"quotes": told}
    return item if source.sure is None else item | {"confidence": _plain(source.sure)}


def _plain(value: Decimal) -> int | float | str:
    """A decimal as JSON has it: as text where it would lose digits.

    >>> _plain(Decimal("1.20")), _plain(Decimal("1E+3")), _plain(Decimal("0.12345678901234567890"))
    (1.2, 1000, '0.1234567890123456789')
    """
    if value == value.to_integral_value():
        return int(value)
    text = f"{value.normalize():f}"
    return float(text) if Decimal(repr(float(text))) == value else text
