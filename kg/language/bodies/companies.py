"""Where the names of companies begin, whose words may be any: a brand, a place, what they do.

What is known of other bodies' beginnings is in `starts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.language.bodies.endings import Ending, Tail, is_distinct
from kg.language.bodies.line import Line
from kg.language.wordlists import grammar, word_set

LONGEST_SEATED = 10
"""Characters of a company's name from its place to its legal form."""

BRAND = 2
"""Characters of a brand that is a verb."""

COMPANY_FORM = 4
"""An ending of so many characters (有限公司) tells the legal form of one company; 公司 alone may be any."""

FULL_PLACE = grammar("bodies")["full-place"]
"""How full names of places end."""


@dataclass(frozen=True, slots=True)
class Start:
    """The beginning of a name: its position and the jurisdiction there, if one is named.

    `place` is the index of a place of the line; `level` the bare level (区) in its stead.
    """

    position: int
    place: int | None = None
    level: str = ""


def worded_company(line: Line, limit: int, tail: Tail) -> Start | None:
    """A company whose name holds ordinary words, so that it begins further left: 杭州 + 听风 + 科技 + 有限公司."""
    if tail.kind is not Ending.COMPANY or len(tail.text) < COMPANY_FORM:
        return None
    begin = line.reach(tail.start)
    if begin >= limit:
        return None
    begin = after_appositions(line, begin, tail.start)
    seated = begin < limit and line.seat_at(begin)
    parts = line.parts(begin, tail.start)
    if seated:
        parts = parts[1:]
    elif is_distinct(line.parts(limit, tail.start)):
        return None
    return Start(begin) if begin < limit and is_distinct(parts) else None


def seated_company(line: Line, tail: Tail) -> Start | None:
    """A company with a legal form whose name holds any words behind its place: 重庆 + 云文 + 造纸 + 有限公司."""
    if tail.kind is not Ending.COMPANY or len(tail.text) < COMPANY_FORM:
        return None
    index = line.token_at(tail.start - 1) if tail.start else -1
    while index >= 0 and tail.start - line.tokens[index].start <= LONGEST_SEATED:
        token = line.tokens[index]
        place = line.place_over(token.start)
        if place is not None or token.tag == "ns":
            position = line.places[place].start if place is not None else token.start
            end = line.places[place].end if place is not None else token.end
            return Start(position, place) if tail.start - end >= BRAND else None
        if token.tag.startswith(("x", "p", "c", "u", "r")) or token.text in _acting():
            return None
        index -= 1
    return None


@cache
def _acting() -> frozenset[str]:
    """The words that a body does something with, and is not named by."""
    processes = word_set("organization_words:process") - word_set("organization_words:field")
    return word_set("organization_words:boundary", "organization_words:partner") | processes


def verb_company(line: Line, limit: int, tail: Tail) -> Start | None:
    """A company whose brand is a verb between its place and what it does: 宁波 + 领跑 + 体育发展 + 有限公司."""
    if tail.kind is not Ending.COMPANY or len(tail.text) < COMPANY_FORM or limit == tail.start:
        return None
    verb = line.tokens[line.token_at(limit - 1)] if limit else None
    if verb is None or verb.end != limit or verb.tag != "v" or len(verb.text) != BRAND or not verb.start:
        return None
    if verb.text in word_set("organization_words:boundary", "organization_words:partner", "organization_words:process"):
        return None
    index = line.place_over(verb.start - 1)
    place = line.tokens[line.token_at(verb.start - 1)]
    if index is not None and line.places[index].end == verb.start:
        return Start(line.places[index].start, index)
    return Start(place.start) if place.tag == "ns" else None


def first_of_company(line: Line, index: int, limit: int) -> int:
    """The index of the place that a company's name begins with: short forms go together (上海 + 杨浦)."""
    first = first_of_chain(line, index, limit)
    while first < index:
        pair = line.places[index - 1 : index + 1]
        if all(line.text.endswith(FULL_PLACE, place.start, place.end) for place in pair):
            break
        index -= 1
    return index


def first_of_chain(line: Line, index: int, limit: int) -> int:
    """The index of the first of the places that stand one right behind the other up to a place: 太原市 + 迎泽."""
    while index and line.places[index - 1].end == line.places[index].start and line.places[index - 1].start >= limit:
        index -= 1
    return index


def after_appositions(line: Line, start: int, end: int) -> int:
    """Past nouns that say what kind of body follows, and verbs: 龙头企业 + 恒远科技公司, 联合 + 恒远科技公司."""
    for word in line.words(start, end):
        if word not in word_set("organization_words:group", "organization_words:partner"):
            break
        start += len(word)
    return min(start, end)
