"""The times that a sentence names: years, periods and the words for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.language.numbers import value_of
from kg.language.wordlists import grammar, table
from kg.language.years import OF_VALUE, SINCE, TITLE, YEAR, is_compared, steps
from kg.language.years import PRINTED as PRINTED_YEAR

_YEARS = grammar("years")
_SPAN = _YEARS.compile(YEAR + "{year}?[-—–~{up-to}]{1,2}((?:19|20)[0-9]{2}){year}")
_EACH = _YEARS.compile("{joint}?" + YEAR + "{year}?(?={joint}(?:19|20)[0-9]{2}|[^。；0-9]{0,14}{severally})")
_COUNT = "({several-numeral}|[0-9]{1,2})"
_LASTING = _YEARS.compile(
    "(?<!{lasting-verb}{done})(?<![{lasting-verb}{nth}0-9{ten}])" + _COUNT + "{year}{since-tail}"
    "|{recent}" + _COUNT + "{year}(?!{year-noun})"
)
_ON_FROM = _YEARS.compile("(?:[0-9]{1,2}{month}(?:[0-9]{1,2}{day})?)?(?:{until-now}|{to-this-day}(?!{year})|{so-far})")
"""What makes of a year the beginning of a period that goes on."""

_NEXT = _YEARS.compile("{next-year}|(?<![0-9{nth}]){second-year}(?!{second-year-noun})")
_SPAN_OF_YEARS = _YEARS.compile("{year}{since-tail}|{recently}..?{year}")
_LONGEST_PERIOD = 20
_PLAN = _YEARS.word("plan-sign")
_OUT_OF = _YEARS.compile("[{from}{out-of}]$")
_WHOLE_YEAR = _YEARS.word("whole-year")


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence names: a year or the first and last of a period, and where its words end.

    `resumes` tells that it takes up a year named before it in the paragraph, if there is one (全年). `each` are the
    years of a list whose numbers follow one for each (2022年和2023年分别). `of_value` tells that the year is only that
    of the number right behind it (由2020年的7.2%提高到8%).
    """

    end: int
    year: int | None = None
    years: tuple[int, int] | None = None
    resumes: bool = False
    each: tuple[int, ...] = ()
    of_value: bool = False


@cache
def _plans() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """The periods of plans, their first and last years."""
    return tuple((re.compile(row[0]), int(row[1]), int(row[2])) for row in table("date_periods"))


def times_of(
    sentence: str, relative: list[re.Match[str]], year: int | None, until: int | None = None
) -> tuple[Time, ...]:
    """The times that a folded sentence names, in order, told the words for times in it and the year of writing.

    `until` is the year with which periods that go on until now end, if that is another.
    """
    printed = list(PRINTED_YEAR.finditer(sentence))
    until = until or year
    times = _years_named(sentence, printed, relative, year, until) if printed or relative else []
    times += _periods(sentence, until)
    times = _shared_out(sorted(times, key=lambda time: time.end), sentence)
    return tuple(_followed(times, sentence) if times and _YEARS.word("year") in sentence else times)


def _years_named(
    sentence: str, printed: list[re.Match[str]], relative: list[re.Match[str]], year: int | None, until: int | None
) -> list[Time]:
    """The times that printed years and words for years name."""
    spans = list(_SPAN.finditer(sentence))
    times = [Time(m.end(), years=(int(m[1]), int(m[2]))) for m in spans]
    taken = [m.span() for m in (*TITLE.finditer(sentence), *spans)]
    free = (m for m in printed if not any(start <= m.start() < end for start, end in taken))
    times += [_printed_time(sentence, m, until) for m in free if not is_compared(sentence, m)]
    going_on = {match.end() for m in (*printed, *relative) if (match := _goes_on(sentence, m))}
    times += [_relative_time(sentence, m, year) for m in relative if not is_compared(sentence, m)]
    return [time for time in times if time.years or time.end not in going_on]


def _periods(sentence: str, year: int | None) -> list[Time]:
    """The periods that a sentence names: so many years up to the article's (近三年来), those of a plan (十四五时期)."""
    found = []
    for match in _LASTING.finditer(sentence) if _SPAN_OF_YEARS.search(sentence) else ():
        length = int(value_of(match[1] or match[2]))
        if 1 < length <= _LONGEST_PERIOD and not is_compared(sentence, match):
            found.append(Time(match.end(), years=(year - length + 1, year) if year else None))
    for pattern, first, last in _plans() if _PLAN in sentence else ():
        for match in (m for m in pattern.finditer(sentence) if not is_compared(sentence, m)):
            until = year if year and first < year < last and match[0].endswith(_YEARS["until-now"]) else last
            found.append(Time(match.end(), first) if first == last else Time(match.end(), years=(first, until)))
    return found


def _shared_out(times: list[Time], sentence: str) -> list[Time]:
    """The times, the last of a list of years before 分别 standing for each of them."""
    listed = list(_EACH.finditer(sentence)) if _YEARS.word("severally") in sentence else []
    groups: list[list[re.Match[str]]] = []
    for match in listed:
        if groups and groups[-1][-1].end() == match.start():
            groups[-1].append(match)
        else:
            groups.append([match])
    each = {group[-1].end(): tuple(int(match[1]) for match in group) for group in groups if len(group) > 1}
    return [replace(time, each=each.get(time.end, ())) for time in times] if each else times


def _followed(times: list[Time], sentence: str) -> list[Time]:
    """The times with those told from the one before them in the sentence: 2022年建成3个，次年建成5个."""
    for match in _NEXT.finditer(sentence):
        before = [time for time in times if time.end <= match.start()]
        if before:
            year = before[-1].year
            times = sorted([*times, Time(match.end(), year + 1 if year else None)], key=lambda time: time.end)
    return times


def _printed_time(sentence: str, match: re.Match[str], year: int | None) -> Time:
    """The time of a printed year: the year, or from 以来 on the period until the article's year."""
    printed = int(match[1])
    onward = _goes_on(sentence, match)
    if onward and year and printed < year:
        return Time(onward.end(), years=(printed, year))
    before = sentence[max(0, match.start() - 6) : match.start()]
    value = OF_VALUE.match(sentence, match.end()) if _OUT_OF.search(before) else None
    if value:
        return Time(value.end(), printed, of_value=True)  # 从2022年的1.3万件降到…
    return Time(match.end(), None if SINCE.search(before) else printed)


def _relative_time(sentence: str, match: re.Match[str], year: int | None) -> Time:
    """The time of a word for one: a year, or from 去年以来 on the period until the article's."""
    step = steps()[match[0]]
    onward = _goes_on(sentence, match) if step < 0 else None
    if onward and year:
        return Time(onward.end(), years=(year + step, year))
    return Time(match.end(), year + step if year else None, resumes=match[0] == _WHOLE_YEAR)


def _goes_on(sentence: str, match: re.Match[str]) -> re.Match[str] | None:
    """What tells behind a year that it is the first of a period until now: 去年以来, 2022年至今."""
    return _ON_FROM.match(sentence, match.end())
