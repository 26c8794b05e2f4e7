"""Organizations: named bodies of party and state, companies, schools, hospitals, associations.

The ending tells that a body is named (局, 有限公司, 大学), the words before it where the name begins. A generic
word (业委会, 企业, 有关部门) is none, and a street, community or district that acts is a place.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from kg.extractors.engine import Found, Rule, Scope, apply
from kg.language.organization_limits import Line
from kg.language.organization_names import Ending, Tail, is_distinct, tails
from kg.language.organization_starts import Start, start_of
from kg.language.wordlists import either
from kg.model import Fact, Mention, Relation, Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NEEDS = ("places",)

KIND = "Organization"

LONGEST_ITEM = 16
"""Short names of companies in a list are shorter."""


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The organizations of an article, and the places that their names begin with."""
    mentions = (fact for fact in apply(RULES, text, found) if isinstance(fact, Mention))
    for number, group in groupby(mentions, key=lambda mention: mention.sentence):
        named = longest(group)
        yield from named
        yield from _based_in(named, found.places_in(number))


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of a sentence without those that a longer one covers or cuts into, by position."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.rule)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(mention)
    return kept


def _based_in(mentions: list[Mention], places: tuple[Mention, ...]) -> Iterator[Relation]:
    """The place that a name begins with, or that stands directly before it."""
    for mention in mentions:
        near = [place for place in places if mention.start in (place.start, place.end)]
        if near:
            place = max(near, key=lambda p: (p.start == mention.start, p.end - p.start))
            yield Relation(mention, "basedIn", place, mention.sentence, "place-in-name")


def _mention(scope: Scope, start: int, end: int, rule: str, shared: str = "") -> Mention:
    printed = shared + scope.sentence.text[start:end]
    return Mention(KIND, re.sub(r"[“”\"'‘’]", "", printed), scope.number, start, end, rule)


def _line(scope: Scope) -> Line:
    """The sentence with its outermost places."""
    spans: list[Span] = []
    for place in scope.found.places_in(scope.number):
        if not spans or place.start >= spans[-1].end:
            spans.append(Span(place.start, place.end))
    return Line(scope.sentence.text, scope.tokens, tuple(spans))


def _by_ending(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """Each ending of the sentence with what stands before it, and the departments listed after it."""
    text = match.string
    line = _line(scope)
    listed = 0
    for tail in tails(text):
        start = start_of(line, tail) if tail.start >= listed else None
        if start is None:
            continue
        yield _mention(scope, start.position, tail.end, f"{tail.kind.value}-by-ending")
        jurisdiction = _jurisdiction(line, start, tail)
        for item in _enumerated(text, tail.end) if jurisdiction else ():
            listed = item.end()
            yield _mention(scope, item.start(1), item.end(1), "enumerated-department", jurisdiction)


def _jurisdiction(line: Line, start: Start, tail: Tail) -> str:
    """The place or level that a department's name begins with, or ""."""
    if tail.kind not in (Ending.DEPARTMENT, Ending.OFFICE):
        return ""
    return start.level or ("" if start.place is None else line.text[start.position : line.places[start.place].end])


@cache
def _next_department() -> re.Pattern[str]:
    return re.compile(rf"[、和与及]({either('organization_departments', 'organization_abbreviations')})(?!长)")


def _enumerated(text: str, position: int) -> Iterator[re.Match[str]]:
    """The departments listed after one that carries the place: 区民政局、财政局和人社局."""
    while match := _next_department().match(text, position):
        yield match
        position = match.end()


def _listed(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
    """The items before 等…企业, each a name: 恒远制药、蓝湾数科等龙头企业."""
    line = _line(scope)
    end = match.start()
    while end > 0:
        begin = match.string.rfind("、", max(0, end - LONGEST_ITEM), end) + 1
        start = max(begin, line.limit(end))
        if _is_item(line, start, end):
            yield _mention(scope, start, end, "listed-company")
        if not begin or start > begin:
            return
        end = begin - 1


def _is_item(line: Line, start: int, end: int) -> bool:
    """Whether a stretch is the short name of a company, not a kind of one or a place."""
    return (
        2 < end - start <= LONGEST_ITEM
        and not any(place.start < end == place.end for place in line.places)
        and is_distinct(line.parts(start, end))
    )


def _whole(rule: str) -> Callable[[re.Match[str], Scope], Iterator[Mention]]:
    """A production that takes all that the pattern matches as the name."""

    def produce(match: re.Match[str], scope: Scope) -> Iterator[Mention]:
        yield _mention(scope, match.start(), match.end(), rule)

    return produce


RULES: tuple[Rule, ...] = (
    Rule("body-by-ending", re.compile(r".+", re.DOTALL), _by_ending),
    Rule("listed-company", re.compile(r"等[^，。；、：的]{0,8}?(?:企业(?!家)|高校|院校|科研机构|公司)"), _listed),
    Rule(
        "abbreviated-hospital",
        re.compile(r"[一-龥]大(?:附属|附)?[一二三四五六](?:附)?院"),
        _whole("abbreviated-hospital"),
    ),
    Rule("youth-league", re.compile(r"(?:共青)?团[省市区县]委|共青团[一-龥]{2,8}?委(?:员会)?"), _whole("youth-league")),
)
