"""The sections of a report, and the times that their headings hold for what stands below.

A report of a government reviews a year under one heading (一、2025年工作回顾) and plans the next under another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language.times import Time, times_of
from kg.language.wordlists import grammar
from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Text

_YEARS = grammar("years")
_ORDINAL = _YEARS.compile(
    "(?P<part>[{ten-numeral}]{1,3}、|{nth}[{ten-numeral}]{1,3}{section-part})|[（(][{ten-numeral}]{1,3}[）)]"
)
_CLOSING = _YEARS.compile("{closing-part}[0-9{ten-numeral}]{0,3}[：:]?")
_PLAN = _YEARS.compile("{ten}([{several-numeral}]){piece}?{plan-sign}(?:{year}{plan})?")
"""A plan by its name alone, which in a heading means its period: “十四五”发展成就, 第十五个五年规划."""

_PLAN_PERIOD = "".join(_YEARS.word(name) for name in ("plan-sign", "plan-period"))
_PLAN_TAIL = 8
"""So many characters at most the word for its period stands behind a plan."""

_BEHIND_US = _YEARS.compile("(?<![{ten-numeral}]){past-year}")
_PARTS = re.compile("[，。；：！？]")
_LONGEST = 40
"""So many characters at most a heading has."""

LEAD = 12
"""So many characters at most the time ends behind that a sentence leads with."""

_NEW_YEAR_MONTHS = frozenset({"01", "02"})
"""The months in which the last year is looked back on."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the headings above a sentence hold for it.

    That is the time of what names no other, and the year that periods until now end with, if that is not the one of
    writing.
    """

    time: Time | None = None
    until: int | None = None


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: how deep its heading stands, the times that this names, and the year of writing."""

    depth: int
    times: tuple[Time, ...]
    year: int

    @property
    def until(self) -> int | None:
        """The last of the years that it looks back on; None if it looks ahead."""
        last = max((time.years[1] if time.years else time.year or 0 for time in self.times), default=0)
        return last if 0 < last < self.year else None

    def holding(self, nth: int) -> Held:
        """What it holds with one of its times: a plan's period that is still ahead aims at its end."""
        if not self.times:
            return NOTHING
        time = self.times[nth]
        if time.years and time.years[0] >= self.year:
            return Held(Time(0, time.years[1]), self.until)
        return Held(Time(0, time.year, time.years), self.until)


def held(
    text: Text,
    folded: Sequence[str],
    relative: Sequence[list[re.Match[str]]],
    year: int | None,
    published: str | None,
) -> tuple[Held, ...]:
    """What the headings of a text hold for each of its sentences.

    `folded` are the sentences, `relative` the words for times in them, `year` the year that the text speaks of.
    """
    numbers = [number for number in range(len(folded)) if _is_heading(text, folded, number)] if year else []
    if not year or not numbers:
        return (NOTHING,) * len(folded)
    holding = [NOTHING] * len(folded)
    within: list[_Section] = []
    nth = 0
    for number, following in pairwise([*numbers, len(folded)]):
        depth = _depth(folded[number])
        within = [section for section in within if section.depth < depth]
        times = _told(folded[number], relative[number], year, published)
        if times or not within:
            within.append(_Section(depth, times, year))
            nth = 0
        for at in range(number, following):
            nth = nth if at == number else _led(folded[at], relative[at], within[-1], year, nth)
            holding[at] = within[-1].holding(nth)
    return tuple(holding)


def _is_heading(text: Text, folded: Sequence[str], number: int) -> bool:
    """Whether a sentence is a heading that may begin or end a section: numbered, or with a time of its own."""
    sentence, role = folded[number], text.sentences[number].role
    opens = number == 0 or text.sentences[number - 1].paragraph != text.sentences[number].paragraph
    if role is Role.HEADLINE or not opens or len(sentence) > _LONGEST:
        return False
    if _CLOSING.fullmatch(sentence):
        return True
    if _ORDINAL.match(sentence):
        return role is Role.HEADING or not _PARTS.search(sentence[:-1])
    return role is Role.HEADING and any(time.year or time.years for time in times_of(sentence, [], None))


def _depth(heading: str) -> int:
    """How deep a heading stands: 0 for one without number and for an appendix, 1 for 一、, 2 for （一）."""
    ordinal = _ORDINAL.match(heading)
    return 0 if ordinal is None else 1 if ordinal["part"] else 2


def _told(heading: str, relative: list[re.Match[str]], year: int, published: str | None) -> tuple[Time, ...]:
    """The times that a heading names."""
    looks_back = published is not None and published[5:7] in _NEW_YEAR_MONTHS
    until = int(published[:4]) - 1 if published and looks_back else year
    times = list(times_of(heading, relative, year, until))
    for match in _PLAN.finditer(heading):
        if not any(match.start() < time.end <= match.end() + _PLAN_TAIL for time in times):
            plan = times_of(f"{_YEARS.word('ten')}{match[1]}{_PLAN_PERIOD}", [], None)
            times += [Time(match.end(), years=time.years) for time in plan]
    times += [Time(match.end(), until) for match in _BEHIND_US.finditer(heading)]
    return tuple(sorted(times, key=lambda time: time.end))


def _led(sentence: str, relative: list[re.Match[str]], section: _Section, year: int, nth: int) -> int:
    """Which of the times of a section holds from a sentence on: the one that it leads with, else that of before."""
    if len(section.times) < 2:
        return nth
    leading = next((time for time in times_of(sentence, relative, year, section.until) if time.end <= LEAD), None)
    single = _BEHIND_US.search(sentence, 0, LEAD) is not None
    for at, time in enumerate(section.times):
        if (leading and (time.year, time.years) == (leading.year, leading.years)) or (single and time.year):
            return at
    return nth
