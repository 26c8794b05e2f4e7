"""Times: which times a text names, and which of them holds at a place in a sentence.

The article's year itself, by which 今年 and 近三年 are resolved, is told by `kg.language.years`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.language.numbers import fold, value_of
from kg.language.wordlists import grammar, table
from kg.language.years import (
    OF_VALUE,
    SINCE,
    TITLE,
    YEAR,
    is_compared,
    relative_words,
    steps,
    words_of_present,
    year_of,
)
from kg.language.years import (
    PRINTED as PRINTED_YEAR,
)
from kg.model import Role
from kg.reading.issue_dates import FILE_NAME, FOLDER

if TYPE_CHECKING:
    from kg.model import Text

_YEARS = grammar("years")
_SPAN = _YEARS.compile(YEAR + "{year}?[-—–~{up-to}]{1,2}((?:19|20)[0-9]{2}){year}")
_EACH = _YEARS.compile("{joint}?" + YEAR + "{year}?(?={joint}(?:19|20)[0-9]{2}|[^。；0-9]{0,14}{severally})")
_OPENS = _YEARS.compile("{year_words:behind}?" + YEAR + "{year}{year-tail}?[，,]")
_LEADS = _YEARS.compile(YEAR + "{year}(?:{year-tail}|{early-or-half}|[0-9]{1,2}{month}(?:[0-9]{1,2}{day})?)?[，,]")
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
_INTENDS = _YEARS.compile("{year_words:apart}|{will}(?!{nearing})")
_DATELINE = _YEARS.compile(YEAR + "[{year}.-](1[0-2]|0?[1-9])[{month}.-](3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_SOURCE = _YEARS.compile("[（(][^（）()]{0,30}[）)]|[^，。]{0,14}[0-9]{1,2}{day}{wire}|{own-report}.*", re.DOTALL)
_WHOLE_YEAR = _YEARS.word("whole-year")
_LONGEST_DATELINE = 60

PRINTED, DATELINE, IN_TEXT = "printed-date", "date-line", "year-in-text"
"""The rules of an article's year: its date stands beside the text, on a line of it, or the text tells the year."""

GIVEN = "given-date"
"""The rule of a date that whoever builds gives for pages that tell none."""

GUESSED = frozenset({FILE_NAME, FOLDER, GIVEN})
"""The rules of dates that the page itself does not tell."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence names: a year or the first and last of a period, and where its words end.

    `resumes` tells that it takes up a year named before it in the paragraph, if there is one (全年). `each` are the
    years of a list whose numbers follow one for each (2022年和2023年分别).
    """

    end: int
    year: int | None = None
    years: tuple[int, int] | None = None
    resumes: bool = False
    each: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The times that an article names, by sentence, and the year that it speaks of.

    `evidence` are the numbers of the sentences that tell the year; `opening` is the time that the text opens with,
    which holds wherever no other is named: an annual report says its year once. The year holds for the sentences of
    `timeless`, whose paragraph names no time before them and that tell of no other time or plan: from the sentence
    `firm` on, which is the first if the year is that of writing, else the one that begins with it; -1 if none does.
    `rule` is the name of what told the year.
    """

    year: int | None
    evidence: tuple[int, ...]
    times: tuple[tuple[Time, ...], ...]
    paragraphs: tuple[int, ...]
    opening: Time | None = None
    firm: int = -1
    timeless: frozenset[int] = frozenset()
    rule: str = ""

    def at(self, sentence: int, position: int) -> Time | None:
        """The time that holds at a place: the last one named before it in its sentence or paragraph, or at first."""
        resuming: Time | None = None
        for number in range(sentence, -1, -1):
            if self.paragraphs[number] != self.paragraphs[sentence]:
                return resuming or self.opening or self._of_writing(sentence)
            for time in reversed(self.times[number]):
                if number == sentence and time.end > position:
                    continue
                if not time.resumes:
                    held = time if number == sentence else replace(time, each=())
                    return held if held.year or held.years else None
                resuming = resuming or (time if time.year else None)
        return resuming or self.opening or self._of_writing(sentence)

    def _of_writing(self, sentence: int) -> Time | None:
        """The year of writing, for a sentence that names no time."""
        holds = self.year and 0 <= self.firm <= sentence and sentence in self.timeless
        return Time(0, self.year) if holds else None


def calendar(text: Text) -> Calendar:
    """The times that an article names."""
    if not (_last and _last[0][0] is text):
        _last[:] = [(text, _calendar(text))]
    return _last[0][1]


_last: list[tuple[Text, Calendar]] = []
"""The text asked about last and its calendar: extraction and linking ask for the same one after the other."""


def _calendar(text: Text) -> Calendar:
    """The times that an article names, read anew."""
    folded = [fold(sentence.text) for sentence in text.sentences]
    published, rule = _published(text)
    relative = [list(relative_words().finditer(sentence)) for sentence in folded]
    told = words_of_present().intersection(word[0] for words in relative for word in words)
    titles = sum(sentence.role is Role.HEADLINE for sentence in text.sentences)
    year, evidence = year_of(folded, told, published, titles)
    times = tuple(tuple(_times(*sentence, year)) for sentence in zip(folded, relative, strict=True))
    return Calendar(
        year,
        evidence,
        times,
        tuple(sentence.paragraph for sentence in text.sentences),
        _opening(text, year),
        0 if published is not None or told or len(evidence) > 1 else _first_led(folded, year),
        frozenset(
            n for n, s in enumerate(folded) if not times[n] and not PRINTED_YEAR.search(s) and not _INTENDS.search(s)
        ),
        (rule or IN_TEXT) if year else "",
    )


def _opening(text: Text, year: int | None) -> Time | None:
    """The article's year, where its body begins with it: 2024年，…."""
    first = next((s.text for s in text.sentences if s.role is Role.BODY), "")
    match = _OPENS.match(fold(first))
    return Time(0, year) if match and int(match[1]) == year else None


def _first_led(sentences: list[str], year: int | None) -> int:
    """The first sentence that begins with the article's year, so that it speaks of that year; -1 if none does."""
    led = (n for n, s in enumerate(sentences) if (match := _LEADS.match(s)) and int(match[1]) == year)
    return next(led, -1)


def _published(text: Text) -> tuple[str | None, str]:
    """The day of publication with the rule that found it: what the page says of it before what its file's name does."""
    article = text.article
    if article.published and article.dated not in GUESSED:
        return article.published, article.dated or PRINTED
    line = dateline(text)
    return (line, DATELINE) if line else (article.published, article.dated)


def with_dateline(text: Text) -> Text:
    """The text, its article published on the day that a line of it prints, if the page does not say so otherwise."""
    published, rule = _published(text)
    if rule != DATELINE:
        return text
    return replace(text, article=replace(text.article, published=published, dated=rule))


def dateline(text: Text) -> str | None:
    """The day that a line of the paper or of the source prints outside the story: 晚报 2024年7月5日 第3版."""
    for sentence in text.sentences:
        if len(sentence.text) > _LONGEST_DATELINE or sentence.role is Role.HEADLINE:
            continue
        folded = fold(sentence.text)
        day = _DATELINE.search(folded)
        if day and (sentence.role is not Role.BODY or _SOURCE.fullmatch(folded)):
            return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return None


@cache
def _plans() -> tuple[tuple[re.Pattern[str], int, int], ...]:
    """The periods of plans, their first and last years."""
    return tuple((re.compile(row[0]), int(row[1]), int(row[2])) for row in table("date_periods"))


def _times(sentence: str, relative: list[re.Match[str]], year: int | None) -> list[Time]:
    """The times that a sentence names, in order."""
    printed = list(PRINTED_YEAR.finditer(sentence))
    times = _years_named(sentence, printed, relative, year) if printed or relative else []
    times += _periods(sentence, year)
    times = _shared_out(sorted(times, key=lambda time: time.end), sentence)
    return _followed(times, sentence) if times and _YEARS.word("year") in sentence else times


def _years_named(
    sentence: str, printed: list[re.Match[str]], relative: list[re.Match[str]], year: int | None
) -> list[Time]:
    """The times that printed years and words for years name."""
    spans = list(_SPAN.finditer(sentence))
    times = [Time(m.end(), years=(int(m[1]), int(m[2]))) for m in spans]
    taken = [m.span() for m in (*TITLE.finditer(sentence), *spans)]
    free = (m for m in printed if not any(start <= m.start() < end for start, end in taken))
    times += [_printed_time(sentence, m, year) for m in free if not is_compared(sentence, m)]
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
    begins = SINCE.search(sentence[max(0, match.start() - 6) : match.start()])
    if begins and OF_VALUE.match(sentence, match.end()):
        begins = None  # 从2022年的1.3万件降到…
    return Time(match.end(), None if begins else printed)


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
