"""Companies without a legal form: items of a list of companies, and brands with their trade."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.language.bodies.endings import NAME_TAGS, is_brand, is_distinct, is_division
from kg.language.bodies.line import Line
from kg.language.gazetteer import named
from kg.language.tokens import START, dictionary_entry
from kg.language.wordlists import word_set, words
from kg.model import Level, Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from kg.extractors.engine import Scope

_REGIONS = (Level.PROVINCE, Level.CITY)
"""Places that firms of the state are named after for short."""

LONGEST_ITEM = 16
"""Short names of companies in a list are shorter."""

LONGEST_BRAND = 4
"""Characters of the brand of a company at most."""


def line_of(scope: Scope) -> Line:
    """The sentence with its outermost places."""
    spans: list[Span] = []
    for place in scope.found.places_in(scope.number):
        if not spans or place.start >= spans[-1].end:
            spans.append(Span(place.start, place.end))
    return Line(scope.sentence.text, scope.tokens, tuple(spans))


def listed_companies(match: re.Match[str], scope: Scope) -> Iterator[Span]:
    """The items before 等…企业, each a name: 恒远制药、蓝湾数科等龙头企业."""
    line = line_of(scope)
    end = match.start()
    while end > 0:
        begin = match.string.rfind("、", max(0, end - LONGEST_ITEM), end) + 1
        start = max(begin, line.limit(end))
        if _is_item(line, start, end):
            yield Span(start, end)
        if not begin or start > begin:
            return
        end = begin - 1


def regional_company(match: re.Match[str], scope: Scope) -> Iterator[Span]:
    """A firm of the state by its province or city and trade: 江苏 + 交控."""
    for place in scope.found.places_in(scope.number):
        if (
            place.end == match.start()
            and place.kind in _REGIONS
            and not _is_full(match.string[place.start : place.end])
        ):
            yield Span(place.start, match.end())


def _is_full(place: str) -> bool:
    """Whether a printed name of a place is its full one: 苏州市, not 苏州."""
    return any(division.name == place for division in named(place))


def _is_item(line: Line, start: int, end: int) -> bool:
    """Whether a stretch is the short name of a company, not a kind of one or a place."""
    return (
        2 < end - start <= LONGEST_ITEM
        and not any(place.start < end == place.end for place in line.places)
        and is_distinct(line.parts(start, end))
    )


def branded_company(match: re.Match[str], scope: Scope) -> Iterator[Span]:
    """A company by its brand and trade alone, as a subject or with somebody's post: 恒远环保 + 宣布."""
    tokens, place = scope.tokens, bisect_left(scope.tokens, match.start(), key=START)
    if not 0 < place < len(tokens) or tokens[place].end != match.end():
        return
    first = place - 1
    if (
        first
        and tokens[first].tag.startswith(("n", "x"))
        and len(tokens[first].text) == 1 == len(tokens[first - 1].text)
    ):
        first -= 1  # the segmentation takes rare signs apart: 鹏 + 鹞
    brand = match.string[tokens[first].start : match.start()]
    before, after = tokens[first - 1] if first else None, tokens[place + 1] if place + 1 < len(tokens) else None
    whole = (
        before is None
        or before.tag.startswith(("x", "p", "c", "u", "ns"))
        or before.text in word_set("organization_words:group", "organization_words:apposition")
    )
    acts = after is None or after.tag.startswith(("x", "v", "p", "c", "d", "u"))
    acts = acts or match.string.startswith(words("person_roles"), match.end())
    new = dictionary_entry(brand) is None or tokens[first].tag.startswith(NAME_TAGS)
    rare = new and is_brand(brand) and not is_division(brand) and len(brand) <= LONGEST_BRAND
    if whole and acts and rare and tokens[first].tag.startswith(("n", "z", "a", "b", "x")):
        yield Span(tokens[first].start, match.end())
