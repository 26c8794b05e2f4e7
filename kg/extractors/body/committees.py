"""Committees of the party of a division, named with it or by its level alone: 萧山区委, 区委."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.endings import DIVISION_LEVELS, is_division
from kg.language.tokens import dictionary_entry
from kg.language.wordlists import grammar, word_set, words
from kg.model import DIVISIONS, Level, Span

if TYPE_CHECKING:
    from kg.extractors.engine import Found, Scope

_BODIES = grammar("bodies")
_WORDS = (2, 3)
"""Characters of words that a short form of a body may end: 集团, 代表团."""

FOLLOWERS = ("x", "p", "c", "d", "v", "m", "t", "r", "l")
"""How jieba's tags begin of the words that may follow the name of a committee by itself."""

ACTS = ("d", "v")
"""The same for a committee without its place."""

_GOVERNMENT = _BODIES.compile("{division}?{people-s}?{government}")


def committee_at(position: int, scope: Scope) -> Span | None:
    """The name of a committee whose 委 stands at a position, if it is not that of a department or of a mere post.

    With its place it may be named for who heads it; by its level alone it must act, in an article on such a place.
    """
    text, end = scope.sentence.text, position + 1
    start = _named(position, scope)
    named = start is not None
    if start is None:
        token = next((t for t in scope.tokens if t.start == position - 1), None)
        if token is None or not _has_level(text[position - 1], scope.found):
            return None
        start = position - 1
    following = next((t for t in scope.tokens if t.start >= end), None)
    apart = following is None or following.start > end
    acts = following is not None and not apart and following.tag.startswith(FOLLOWERS if named else ACTS)
    acts = acts or (named and _is_told_how(text, end, scope))
    issues = following is not None and following.text in word_set("document_issuing_verbs")
    governs = _GOVERNMENT.match(text, end) is not None
    headed = text.startswith(words("organization_words:head"), end)
    return Span(start, end) if acts or issues or governs or (named and (headed or len(text) == end)) else None


def league_start(start: int, scope: Scope) -> int | None:
    """Where the name of a committee that is the youth league's begins: 团 + 成都市 + 武侯区委."""
    ends = {place.end: place.start for place in scope.found.places_in(scope.number) if place.kind in DIVISIONS}
    while start in ends:
        start = ends[start]
    before = scope.sentence.text[:start]
    form = next((form for form in words("organization_committee_heads:short") if before.endswith(form)), "")
    is_end = any(dictionary_entry(before[-length:]) is not None for length in _WORDS if length <= start)  # of 集团
    return start - len(form) if form and not is_end else None


def _named(position: int, scope: Scope) -> int | None:
    """Where the name of the committee's place begins: 萧山区 + 委, 萧山区 + 区委; in 四川省委 no place is read."""
    text = scope.sentence.text
    places = [
        p for p in scope.found.places_in(scope.number) if p.kind in DIVISIONS and p.name.endswith(DIVISION_LEVELS)
    ]
    ends = (p for p in places if p.end == position or (p.end == position - 1 and p.name[-1] == text[position - 1]))
    place = next(ends, None)
    if place is not None:
        return place.start
    token = next((t for t in scope.tokens if t.end == position + 1 and t.tag == "nt"), None)
    return token.start if token is not None and is_division(token.text[:-1]) else None


def _has_level(level: str, found: Found) -> bool:
    """Whether an article names a division of the level that a committee without a name is of."""
    city = (Level.CITY, Level.DISTRICT) if level in _BODIES["city"] else (Level.DISTRICT,)
    kinds = (Level.PROVINCE,) if level in _BODIES["province"] else city
    return any(place.name.endswith(level) for place in found.of_kind(*kinds))


def _is_told_how(text: str, end: int, scope: Scope) -> bool:
    """Whether what a committee does follows, whatever words segmentation makes of it: 委将|继续, 委|紧急召开."""
    glued = next((t for t in scope.tokens if t.start < end < t.end), None)
    if glued is not None and dictionary_entry(glued.text) is not None:
        return False  # 委派, 委托
    return text.startswith(words("organization_words:told-how"), end)
