"""Departments whose place stands before another body of it: 区民政局、财政局; 荷叶区委常委、组织部部长."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extractors.body.companies import line_of
from kg.language.bodies.bare_levels import COMMUNITY_LEVELS, is_bare
from kg.language.bodies.endings import Ending, ending_pattern, tails
from kg.language.bodies.full_places import are_nouns
from kg.language.listed_places import WIDE
from kg.language.wordlists import grammar, table, word_set, words
from kg.model import Level, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Scope
    from kg.language.bodies.endings import Tail
    from kg.language.bodies.line import Line
    from kg.model import Mention

LONGEST_FIELD = 8
"""Characters of what an office in a list does (公路事务 + 中心)."""

LONGEST_POSTS = 30
"""Characters of the posts between a place and a department that somebody heads too."""

_BODIES = grammar("bodies")
_STATE = _BODIES.word("china")
"""What stands before a place in brackets in the names of institutes of the whole state."""

_NEIGHBOURHOODS = _BODIES["street"] + _BODIES["town"] + COMMUNITY_LEVELS
"""How places end whose posts are those of one body."""

_DEPARTMENT = "{organization_endings:department|organization_abbreviations}"
_LISTING = _BODIES.compile("{joint}")

_LEVELS = _BODIES["any-division"]
"""How full names of divisions end."""

INSTITUTES_IN_BRACKETS = _BODIES.compile(
    "[（(](?P<inner>{han}{2,14})[）)](?!{han}?{and-so-on}){han}{1,10}?{organization_endings:institution}"
)
"""What stands in brackets before the end of an institute's name."""

SHARED_BODIES = _BODIES.compile(
    "{two-to-five}(?P<level>{rank-or-level})(?!{party})(?P<body>" + _DEPARTMENT + ")(?!{head})"
)
"""How many places have a body of a kind: 两级 + 法院, 三区 + 民政局."""

_NEXT_DEPARTMENT = _BODIES.compile("{joint}(?!{neighbourhood}|{town}|{village})(" + _DEPARTMENT + ")(?!{head})")
_POSTS = _BODIES.compile("{division}?(?:{han}{0,10}?{organization_posts}[、{also-holds}])+")
"""The posts between a place and a department that somebody heads too: 委常委、副区长、."""

_POSTS_OF_LEVEL = _BODIES.compile("({division})(?:{han}{0,8}?{organization_posts}[、{also-holds}])+$")


def listed_departments(text: str, position: int) -> Iterator[re.Match[str]]:
    """The departments listed after one that carries the place: 区民政局、财政局和人社局."""
    while match := _NEXT_DEPARTMENT.match(text, position):
        yield match
        position = match.end()


def listed_office(line: Line, tail: Tail, position: int) -> int | None:
    """Where an office begins that is listed right after a body of its place: 县交通局和 + 公路事务 + 中心."""
    if tail.kind not in (Ending.OFFICE, Ending.DEPARTMENT) or not _LISTING.match(line.text, position):
        return None
    begin = position + 1
    if not 0 < tail.start - begin <= LONGEST_FIELD or tails(line.text[begin : tail.start]):
        return None
    parts = line.parts(begin, tail.start)
    kinds = word_set("organization_words:group", "organization_words:boundary")
    general = tail.text in word_set("organization_endings:itself") | _BODIES.set("any-department", "any-office")
    office = len(tail.text) > 1 and not general and ending_pattern().match(line.text, tail.end) is None
    return begin if office and are_nouns(parts) and not any(word in kinds for word, _ in parts) else None


def headed_department(match: re.Match[str], scope: Scope) -> Iterator[tuple[str, Span]]:
    """The place or level, and the span, of a department that is headed by who has another post of the same place.

    荷叶区委常委、组织部部长; 区委副书记、政法委书记. In streets and communities all posts go together.
    """
    department = Span(match.start(1), match.end(1))
    line = line_of(scope)
    place = next((p for p in reversed(line.places) if p.end <= department.start), None)
    near = place is not None and department.start - place.end <= LONGEST_POSTS
    if place is not None and near and _POSTS.fullmatch(line.text, place.end, department.start):
        if not line.text.endswith(_NEIGHBOURHOODS, 0, place.end):
            yield line.text[place.start : place.end], department
        return
    begin = max(0, department.start - LONGEST_POSTS)
    posts = _POSTS_OF_LEVEL.search(line.text, begin, department.start)
    if posts and is_bare(line, posts.start()):
        yield posts[1], department


def bodies_of_series(match: re.Match[str], scope: Scope) -> Iterator[tuple[Span, str]]:
    """Bodies of one kind that several places have, where a series prints the kind once: 海曙、江北两区民政局.

    Each by the span of its place, the last up to the end of the kind, and by its full name.
    """
    text = scope.sentence.text
    places = {p.end: p for p in scope.found.places_in(scope.number) if p.kind in (*WIDE, Level.DISTRICT)}
    series: list[Mention] = []
    end = match.start()
    while place := places.get(end):
        series.insert(0, place)
        start = min(p.start for p in places.values() if p.start <= place.start and p.end > place.start - 1)
        if start == 0 or not _LISTING.match(text[start - 1]):
            break
        end = start - 1
    if len(series) > 1:
        for place in series:
            level = "" if place.name.endswith(_LEVELS) else match["level"].replace(_BODIES.word("rank"), "")
            span = Span(place.start, match.end() if place is series[-1] else place.end)
            yield span, place.name + level + match["body"]


def bracketed_bodies(match: re.Match[str], scope: Scope) -> Iterator[Span]:
    """An institute behind its place and what stands in brackets: 江苏省 + （扬州）机床研究院."""
    places = scope.found.places_in(scope.number)
    inner = match.span("inner")
    told = bool(tails(match["inner"])) or any((p.start, p.end) == inner for p in places)
    start = match.start()
    while above := [p for p in places if p.end == start]:
        start = min(place.start for place in above)
    if scope.sentence.text.endswith(_STATE, 0, start):
        start -= len(_STATE)
    if told and start < match.start():
        yield Span(start, match.end())


@cache
def departments_in_posts() -> re.Pattern[str]:
    """A department as group 1 that follows another post and is part of one: 、+ 组织部 + 部长, 、+ 政法委 + 书记."""
    rows = table("organization_endings")
    own = {row[0] for row in rows if row[1] == Ending.DEPARTMENT} | set(words("organization_abbreviations"))
    own -= word_set("organization_endings:itself", "organization_endings:community")
    own = {form for form in own if not form.startswith(_BODIES["narrow-level"])}
    forms = sorted(own, key=lambda form: (-len(form), form))
    headed = "{organization_name_parts:department}?{organization_posts}|(?<={office-or-ministry}){head}"
    return _BODIES.compile("(?<=[、{also-holds}])(" + "|".join(map(re.escape, forms)) + ")(?=" + headed + ")")
