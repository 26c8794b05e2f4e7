"""Bodies right behind the full name of a place, whose names may be of ordinary words: 观光村 + 便民 + 服务站."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.language.bodies.companies import Start
from kg.language.bodies.endings import Ending, Tail, tails
from kg.language.wordlists import grammar, word_set, words
from kg.model import Span

if TYPE_CHECKING:
    from kg.language.bodies.line import Line

LONGEST_TASK = 10
"""Characters between a place and an ending that say what the body does."""

LONGEST_ERRAND = 22
"""Characters between a place and an ending where somebody's post follows, so that all is one name."""

NO_NAME = ("x", "p", "c", "r", "d", "t", "y", "e", "m", "o", "q", "u")
"""How jieba's tags begin of words that stand in no name before a post."""

NOMINAL = ("n", "v", "b", "a", "j", "l", "s", "z")
"""How jieba's tags begin of words that may say what a body does."""

_BODIES = grammar("bodies")
PARTY = _BODIES.word("party")
"""The Party, whose meetings an errand is named by: 党 + 的 + …精神."""

_ERRANDS = (Ending.OFFICE, Ending.TEAM, Ending.INSTITUTION, Ending.BRANCH)
_OWN_LEVEL = _BODIES.compile("(?:{division}|{town}|{street})$")
_NARROW = _BODIES.compile("{narrow-place}$")
_WIDE = _BODIES.compile("(?<!{all})(?:{wide-level}|(?<!{small}){district})$")
WIDE_PLACE = _BODIES.compile("(?:{wide-level}|{town}|{street}|(?<!{small-or-social}){district})$")
"""How places end that are wider than an estate."""

_ERRAND = _BODIES.compile("{organization_words:errand}")
_POST = _BODIES.compile("(?:{han}{2,6}{section})?{person_roles|document_issuing_verbs}")
"""What tells that all before it is one name: 主任, or 安置科 + 科长."""


def of_full_place(line: Line, tail: Tail) -> Start | None:
    """The place that a body's name begins with, where nouns alone stand between: in a village any words do."""
    index = bisect_right(line.places, Span(tail.start, 0)) - 1
    if tail.kind not in (Ending.OFFICE, Ending.TEAM, Ending.INSTITUTION) or index < 0:
        return None
    place = line.places[index]
    if not 0 <= tail.start - place.end <= LONGEST_TASK or len(tail.text) < 2:
        return None
    if line.text.startswith(_BODIES["community-level"] + _BODIES["estate"], tail.end):  # 街道 + 小学社区
        return None
    name = line.text[place.start : place.end]
    narrow = is_narrow(name)
    parts = line.parts(place.end, tail.start)
    if not (narrow or (_WIDE.search(name) and len(parts) > 1)) or tails(line.text[place.end : tail.start]):
        return None
    if not parts:
        return Start(place.start, index) if tail.kind is Ending.INSTITUTION else None
    first, tag = parts[0]
    acting = tag == "v" or first in word_set("organization_words:group")
    return Start(place.start, index) if are_nouns(parts) and not acting else None


def of_nation(line: Line, tail: Tail) -> Start | None:
    """The country that an association's name begins with, whatever it does: 中国 + 灾害 + 防御 + 协会."""
    if tail.kind is not Ending.INSTITUTION or not tail.text.endswith(_BODIES["council"]):
        return None
    for prefix in words("organization_words:national"):
        start = line.text.rfind(prefix, max(0, tail.start - LONGEST_TASK - len(prefix)), tail.start)
        parts = line.parts(start + len(prefix), tail.start) if start >= 0 else []
        if parts and line.tokens[line.token_at(start)].start == start and are_nouns(parts):
            return Start(start)
    return None


def are_nouns(parts: list[tuple[str, str]]) -> bool:
    """Whether words, given with their tags, may all say what a body does."""
    fields, stops = word_set("organization_words:field"), word_set("organization_words:boundary")
    return all(w in fields or (t.startswith(NOMINAL) and w not in stops) for w, t in parts)


def with_errand(line: Line, tail: Tail) -> Start | None:
    """The place or state that a body's name begins with, an errand behind it: 江苏省 + 学习贯彻…精神 + 宣讲团."""
    errand = _ERRAND.search(line.text, max(0, tail.start - LONGEST_ERRAND), tail.start)
    if errand is None or len(tail.text) < 2 or tail.kind not in _ERRANDS:
        return None
    parts = line.parts(errand.start(), tail.start)
    if tails(line.text[errand.start() : tail.start]) or any(tag.startswith(("x", "p", "c")) for _, tag in parts):
        return None
    nation = next(
        (word for word in words("organization_words:national") if line.text.endswith(word, 0, errand.start())), ""
    )
    index = line.place_over(errand.start() - 1) if errand.start() else None
    wide = bool(nation) or (index is not None and _OWN_LEVEL.search(line.text, 0, errand.start()) is not None)
    if not _tells(parts, of=wide):
        return None
    if nation:
        return Start(errand.start() - len(nation))
    return None if index is None or line.places[index].end != errand.start() else Start(line.places[index].start, index)


def before_post(line: Line, tail: Tail) -> Start | None:
    """The place that a body's name begins with, whatever words follow, where a post tells that all is one name.

    抚顺市 + 采煤沉陷搬迁 + 办公室 + 主任.
    """
    index = bisect_right(line.places, Span(tail.start, 0)) - 1
    party = word_set("organization_endings:founded", "organization_endings:party")
    founded = tail.text in word_set("organization_endings:founded")
    if index < 0 or len(tail.text) < 2 or (tail.kind not in _ERRANDS and tail.text not in party):
        return None
    place = line.places[index]
    if not 0 < tail.start - place.end <= LONGEST_ERRAND or not _OWN_LEVEL.search(line.text, place.start, place.end):
        return None
    if not founded and not _POST.match(line.text, tail.end):
        return None
    parts = line.parts(place.end, tail.start)
    named = all(not tag.startswith(NO_NAME) for _, tag in parts) and _tells(parts)
    single = founded or not tails(line.text[place.end : tail.start])
    return Start(place.start, index) if parts and named and single else None


def _tells(parts: list[tuple[str, str]], *, of: bool = False) -> bool:
    """Whether words, given with their tags, may tell what a body is for; 的 may be among them with `of`, or in 党的."""
    acting = word_set("organization_words:boundary", "organization_words:partner")
    before = ("", *(word for word, _ in parts))
    return all(
        word not in acting or (tag == "uj" and (of or last == PARTY))
        for last, (word, tag) in zip(before, parts, strict=False)
    )


def is_narrow(place: str) -> bool:
    """Whether a place, by how it ends, is a street, town, village, community or estate."""
    return _NARROW.search(place) is not None


def has_such(place: str, tail: Tail) -> bool:
    """Whether a place, by how it ends, is one that has such a body: 办事处 is a street's, 业委会 an estate's."""
    if tail.text in word_set("organization_endings:street"):
        return place.endswith(_BODIES["street"] + _BODIES["town"] + _BODIES["wider-area"])
    return tail.text not in word_set("organization_endings:estate") or not WIDE_PLACE.search(place)
