"""Bodies named with who heads them, whatever their words: 青石路 + 集贸市场 + 管理所 + 所长 + 丁一鸣.

Where a clause begins with such a stretch, a post and a full name behind it, all before the post is one name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extractors.body.companies import line_of
from kg.language.bodies.endings import is_distinct, tails
from kg.language.person_names import full_name
from kg.language.wordlists import grammar, word_set
from kg.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Scope
    from kg.language.bodies.endings import Tail
    from kg.language.bodies.line import Line

_BODIES = grammar("bodies")
COMMITTEE = _BODIES.word("committee")
"""The ending inside a name that tells no other body: the office named is the committee's (区委 + 基层党建 + 办)."""

LONGEST_BRAND = 5
"""Characters of a company's name without an ending."""

FORMER = _BODIES["formerly"]
"""What tells of a post that it is held no more."""

FUNCTION_TAGS = ("x", "p", "c", "r", "y", "e", "o", "u")
"""How jieba's tags begin of words that stand in no name before a post."""

_SHORT_PLACE = _BODIES.compile("{han}?(?:{community-level}|{estate})")
"""A level with no name before it, only the end of another word."""

_NUMBERED = _BODIES.compile("{nth}{ten-numeral}+|[0-9]+")
"""A number that is part of a name."""

BEFORE_HEADS = _BODIES.compile(
    "(?:^|(?<=[，。；：！？”“、（])){formerly}?([^，。；：！？”“、{of}（）]{3,22}?){organization_name_parts:rank}?"
    "(?:(?P<company>{organization_posts:company})|{organization_posts}|{in-charge})(?={han})"
)
"""A stretch from the beginning of a clause as group 1, and a post behind it; `company` is a post of companies."""


def headed_bodies(match: re.Match[str], scope: Scope) -> Iterator[Span]:
    """The body that a stretch of the pattern names, if a full name follows its post."""
    if not full_name(match.string, scope.tokens, match.end(), introduced=True):
        return
    line, end = line_of(scope), match.end(1)
    start = _past_places(line, match.start(1), end)
    tail = next((tail for tail in tails(match.string) if tail.end == end), None)
    own = _past_chain(line, start)
    parts = line.parts(own, tail.start if tail else end)
    if not parts or (own == start and _acts(*parts[0])) or not all(_may_name(word, tag) for word, tag in parts):
        return
    if tail is None:
        named = start < own or (end - own <= LONGEST_BRAND and is_distinct(parts))
        if match["company"] and named and parts[-1][0] not in word_set("organization_words:generic"):
            yield Span(start, end)
    elif _is_named(line, start, own, tail):
        yield Span(start, end)


def _past_places(line: Line, start: int, end: int) -> int:
    """The beginning of the last of the places that stand one behind the other from a position on."""
    for place in line.places:
        if place.start > start and line.place_over(start) is None:
            break
        if place.start <= start < place.end < end and line.place_over(place.end) is not None:
            start = place.end
    return start


def _past_chain(line: Line, start: int) -> int:
    """The end of the place that begins at a position, else the position."""
    place = line.place_over(start)
    return start if place is None else line.places[place].end


def _acts(word: str, tag: str) -> bool:
    """Whether a word, given with its tag, is a verb that tells what is done rather than what a body does."""
    return tag.startswith(("v", "d")) and len(word) > 1 and word not in word_set("organization_words:field")


def _may_name(word: str, tag: str) -> bool:
    """Whether a word, given with its tag, may stand in a name before a post."""
    if word in word_set("organization_words:field") or _NUMBERED.fullmatch(word):
        return True
    boundary = word_set("organization_words:boundary")
    acting = word in (*boundary, *FORMER) or (word[-1] in boundary and not tag.startswith("n"))
    return not acting and not tag.startswith(FUNCTION_TAGS)


def _is_named(line: Line, start: int, own: int, tail: Tail) -> bool:
    """Whether a place or a name of its own stands before an ending, and no other body."""
    inner = [t for t in tails(line.text[own : tail.start]) if t.text != COMMITTEE]
    if own == start and _SHORT_PLACE.fullmatch(line.text, own, tail.start):
        return False
    parts = line.parts(own, tail.start)
    kind = parts[0][0] in word_set("organization_words:group", "organization_words:generic")
    if inner or tail.text in word_set("organization_endings:manager"):
        return False
    return own > start or is_distinct(parts) or not kind
