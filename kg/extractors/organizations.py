"""Organizations: named bodies of party and state, companies, schools, hospitals, associations.

The ending tells that a body is named (局, 有限公司, 大学), the words before it where the name begins. A generic
word (业委会, 企业, 有关部门) is none, and a street, community or district that acts is a place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING

from kg.extractors.body.committees import committee_at, league_start
from kg.extractors.body.companies import branded_company, line_of, listed_companies, regional_company
from kg.extractors.body.headed import BEFORE_HEADS, headed_bodies
from kg.extractors.body.no_bodies import is_in_title, is_no_body
from kg.extractors.body.seats import based_in
from kg.extractors.body.shared_places import (
    INSTITUTES_IN_BRACKETS,
    SHARED_BODIES,
    bodies_of_series,
    bracketed_bodies,
    departments_in_posts,
    headed_department,
    listed_departments,
    listed_office,
)
from kg.extractors.body.short_forms import short_forms, shortened
from kg.extractors.engine import PLACES, Found, Rule, Scope, apply
from kg.language.bodies.bare_levels import COMMUNITY_LEVELS
from kg.language.bodies.companies import Start
from kg.language.bodies.endings import Ending, Tail, is_division, tails
from kg.language.bodies.line import Line
from kg.language.bodies.official import DEPARTMENT_OF_MINISTRY, short_academies
from kg.language.bodies.starts import start_of
from kg.language.gazetteer import named
from kg.language.main_places import main_name
from kg.language.place_chains import WIDTH
from kg.language.wordlists import beginning, grammar, word_set
from kg.model import DIVISIONS, Fact, Level, Mention, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NEEDS = ("places",)

KIND = "Organization"

_BODIES = grammar("bodies")
_STREET_LEVEL = _BODIES.compile("(?:{street}|{town}){street-body}")
"""How the bodies of a bare street or town begin."""

HEADED = "body-before-head"
"""The rule whose beginnings are the least sure: any other that ends a name at the same place goes before."""

SHORT_FORM = (3, 2)
"""How many characters the short forms of most provinces and cities have."""


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The organizations of an article, and the places that their names begin with."""
    bare = _BareNeighbourhoods(found)
    mentions = [fact for fact in apply(RULES, text, found) if isinstance(fact, Mention) and bare.is_meant(fact)]
    mentions = [m for m in mentions if not is_in_title(text.sentences[m.sentence].text, m.start)]
    mentions = sorted([*mentions, *shortened(text, short_forms(text, mentions))], key=lambda m: m.sentence)
    for number, group in groupby(mentions, key=lambda mention: mention.sentence):
        named = longest(group)
        yield from named
        yield from based_in(named, found.places_in(number), text.sentences[number].text)


class _BareNeighbourhoods:
    """Whose the bodies of a bare level (社区党委) are: of the community named last, or of the article's main one.

    Those of a bare street (街道党工委) are none where the article names no street.
    """

    def __init__(self, found: Found) -> None:
        self.places = [m for m in found.of_kind(*PLACES) if m.kind != Level.SITE]
        self.streets = any(m.kind == Level.STREET for m in self.places)
        self.main = main_name((m.name, m.sentence) for m in self.places if m.kind == Level.COMMUNITY)

    def is_meant(self, body: Mention) -> bool:
        """Whether a body has no bare level of a neighbourhood, or the article tells which is meant."""
        if _STREET_LEVEL.match(body.name):
            return self.streets
        if not body.name.startswith(COMMUNITY_LEVELS) or self.main is not None:
            return True
        last = bisect_left(self.places, (body.sentence, body.start), key=lambda m: (m.sentence, m.start)) - 1
        return last >= 0 and self.places[last].kind == Level.COMMUNITY


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of a sentence without those that a longer one covers or cuts into, by position."""
    kept: list[Mention] = []
    mentions = list(mentions)
    told = {m.end for m in mentions if m.rule != HEADED}
    mentions = [m for m in mentions if m.rule != HEADED or m.end not in told]
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.rule)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(mention)
    return kept


def _mention(scope: Scope, start: int, end: int, rule: str, shared: str = "") -> Mention:
    printed = shared + scope.sentence.text[start:end]
    return Mention(KIND, re.sub(r"[“”\"'‘’]", "", printed), scope.number, start, end, rule)


def _by_ending(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """Each ending of the sentence with what stands before it, and the departments listed after it."""
    text = match.string
    line = line_of(scope)
    listed = 0
    shared: tuple[int, str] | None = None
    for tail in tails(text):
        start = start_of(line, tail) if tail.start >= listed else None
        office = listed_office(line, tail, shared[0]) if shared and start is None else None
        if shared and office is not None:
            yield _mention(scope, office, tail.end, "enumerated-department", shared[1])
            shared = (tail.end, shared[1])
        if start is None or is_no_body(line, start, tail):
            continue
        yield _mention(scope, _past_site(start.position, tail, scope), tail.end, f"{tail.kind.value}-by-ending")
        jurisdiction = _jurisdiction(line, start, tail)
        for item in listed_departments(text, tail.end) if jurisdiction else ():
            listed = item.end()
            yield _mention(scope, item.start(1), item.end(1), "enumerated-department", jurisdiction)
        shared = (max(listed, tail.end), jurisdiction) if jurisdiction else None


def _past_site(start: int, tail: Tail, scope: Scope) -> int:
    """Past the place where an institution stands that is called after a wider one: 东湖区 + 江西师范大学."""
    text, position, site = scope.sentence.text, start, None
    for place in scope.found.places_in(scope.number):
        if place.start == position:
            position, site = place.end, place
    if site is None or site.kind in (Level.PROVINCE, Level.SITE):
        return start
    stems = (text[position : position + length] for length in SHORT_FORM)
    wider = any(WIDTH[d.level] < min(WIDTH[site.kind], WIDTH[Level.DISTRICT]) for stem in stems for d in named(stem))
    return position if wider and position + min(SHORT_FORM) < tail.end else start


def _jurisdiction(line: Line, start: Start, tail: Tail) -> str:
    """The place or level that a department's name begins with, or ""."""
    if tail.kind not in (Ending.DEPARTMENT, Ending.OFFICE) or start.level in _BODIES["street"] + COMMUNITY_LEVELS:
        return ""
    return start.level or ("" if start.place is None else line.text[start.position : line.places[start.place].end])


def _party_committee(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """A committee of the party by itself: 萧山区委."""
    span = committee_at(match.start(), scope)
    if span is not None:
        league = league_start(span.start, scope)
        rule = "party-committee" if league is None else "youth-league"
        yield _mention(scope, span.start if league is None else league, span.end, rule)


def _committee_member(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """武义县委组织部长: the department of a committee, named by who heads it."""
    end = match.start() + 1
    place = next((p for p in scope.found.places_in(scope.number) if p.end == end and p.kind in DIVISIONS), None)
    yield _mention(scope, match.start() if place is None else place.start, match.end(1), "committee-member")


def _headed_department(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """区委常委、组织部部长: a department by who heads it, whose place stands with an earlier post."""
    for place, span in headed_department(match, scope):
        yield _mention(scope, span.start, span.end, "headed-department", place)


def _of_series(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """海曙、江北两区民政局: a body of each place."""
    for span, name in bodies_of_series(match, scope):
        yield Mention(KIND, name, scope.number, span.start, span.end, "body-of-series")


def _police_branch(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """公安江汉分局: the police of a district, by its short form."""
    if is_division(match[1]):
        yield _mention(scope, match.start(), match.end(), "police-branch")


def _ministry(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """A ministry, with its department if one follows: 民政部 + 养老服务司."""
    line, ministry, department = line_of(scope), match.end(1), match.end()
    own = department > ministry and line.limit(department - 1) <= ministry
    own = own and line.words(ministry, department)[0] not in word_set("organization_words:deed")
    yield _mention(scope, match.start(), department if own else ministry, "ministry")


def _each(rule: str, spans: Callable[[re.Match[str], Scope], Iterable[Span]]) -> Callable[..., Iterator[Mention]]:
    """A production of a mention for each span."""

    def produce(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
        for span in spans(match, scope):
            yield _mention(scope, span.start, span.end, rule)

    return produce


def _whole(rule: str) -> Callable[[re.Match[str], Scope], Iterator[Mention]]:
    """A production that takes all that the pattern matches as the name."""

    def produce(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
        yield _mention(scope, match.start(), match.end(), rule)

    return produce


RULES: tuple[Rule, ...] = (
    Rule("body-by-ending", re.compile(r".+", re.DOTALL), _by_ending),
    Rule("body-of-series", SHARED_BODIES, _of_series),
    Rule("bracketed-institute", INSTITUTES_IN_BRACKETS, _each("bracketed-institute", bracketed_bodies)),
    Rule("headed-department", departments_in_posts(), _headed_department),
    Rule(HEADED, BEFORE_HEADS, _each(HEADED, headed_bodies)),
    Rule("party-committee", _BODIES.compile("(?<={division}){committee}"), _party_committee),
    Rule(
        "committee-member",
        _BODIES.compile("{division}{committee}({han}{2,4}?{ministry}|{law-committee})(?={minister})"),
        _committee_member,
    ),
    Rule(
        "listed-company",
        _BODIES.compile(
            "{and-so-on}(?:[0-9]+{over-tail}?{bodies-unit}"
            "|(?!{han}{0,3}(?:{organization_name_parts:trade}|[^{firm-sign}]{trade}{firm-sign})){han}{0,4}?)"
            "(?:{firm}(?!{bodies-unit})|{company})"
        ),
        _each("listed-company", listed_companies),
    ),
    Rule("branded-company", _BODIES.compile("{organization_trade_endings}"), _each("branded-company", branded_company)),
    Rule(
        "regional-company",
        _BODIES.compile("{organization_state_firms}(?!{organization_name_parts:no-firm})"),
        _each("regional-company", regional_company),
    ),
    Rule(
        "power-grid",
        _BODIES.compile("{grid}{han}{2,10}?{organization_name_parts:grid}"),
        _whole("power-grid"),
    ),
    Rule(
        "abbreviated-hospital",
        _BODIES.compile("{han}{university-short}(?:{attached}{belonging}?)?{first-six}{attached}?{court-end}"),
        _whole("abbreviated-hospital"),
    ),
    Rule(
        "numbered-squad",
        _BODIES.compile(
            "{public-security}?{organization_name_parts:squad}{detachment}?{nth}?{ten-numeral}{1,3}{squad}"
        ),
        _whole("numbered-squad"),
    ),
    Rule("institution-short-form", short_academies(), _whole("institution-short-form")),
    Rule("police-branch", _BODIES.compile("{public-security}({han}{2,4}?){branch-office}"), _police_branch),
    Rule(
        "ministry",
        re.compile(
            beginning("organization_ministries")
            + _BODIES.regex(
                "(?<!《)({organization_ministries})(?!{no-ministry}|(?<={military}){chairman}|{nth}{han}{1,4}{group})"
                "(?:" + DEPARTMENT_OF_MINISTRY + ")?"
            )
        ),
        _ministry,
    ),
    Rule(
        "state-builder",
        _BODIES.compile(
            "{organization_words:builder}{ten-numeral}{1,3}(?:{builder-trade}?{office}(?:{ten-numeral}{company})?|{company})"
        ),
        _whole("state-builder"),
    ),
    Rule(
        "committee-of-another-party",
        _BODIES.compile(
            "{organization_committee_heads:party|organization_committee_heads:council}"
            "{han}{2,10}?{division}(?:{whole-body}|{committee}(?!{member}))"
        ),
        _whole("committee-of-another-party"),
    ),
    Rule(
        "youth-league",
        _BODIES.compile(
            "{league}{wide-level|district}{committee}|{organization_committee_heads:league}"
            "(?:{wide-level|district}{committee}|{han}{2,8}?{committee}{committee-tail}?"
            "|{han}{8,12}?{district|county}{committee}{committee-tail}?)"
        ),
        _whole("youth-league"),
    ),
)
