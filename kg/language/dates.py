"""Times: which times a text names, and which of them holds at a place in a sentence.

The article's year itself, by which 今年 and 近三年 are resolved, is told by `kg.language.years`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING

from kg.language.numbers import fold
from kg.language.sections import LEAD, Held, held
from kg.language.times import Time, times_of
from kg.language.wordlists import grammar
from kg.language.years import PRINTED as PRINTED_YEAR
from kg.language.years import YEAR, relative_words, words_of_present, year_of
from kg.model import Role
from kg.reading.issue_dates import FILE_NAME, FOLDER

if TYPE_CHECKING:
    from kg.model import Text

_YEARS = grammar("years")
_OPENS = _YEARS.compile("{year_words:behind}?" + YEAR + "{year}{year-tail}?[，,]")
_LEADS = _YEARS.compile(YEAR + "{year}(?:{year-tail}|{early-or-half}|[0-9]{1,2}{month}(?:[0-9]{1,2}{day})?)?[，,]")
_INTENDS = _YEARS.compile("{year_words:apart}|{will}(?!{nearing})")
_DATELINE = _YEARS.compile(YEAR + "[{year}.-](1[0-2]|0?[1-9])[{month}.-](3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_SOURCE = _YEARS.compile("[（(][^（）()]{0,30}[）)]|[^，。]{0,14}[0-9]{1,2}{day}{wire}|{own-report}.*", re.DOTALL)
_LONGEST_DATELINE = 60
_OF_VALUE = 2
"""So many characters at most (超过) stand between the words for a year and the number that alone is of it."""

PRINTED, DATELINE, IN_TEXT = "printed-date", "date-line", "year-in-text"
"""The rules of an article's year: its date stands beside the text, on a line of it, or the text tells the year."""

GIVEN = "given-date"
"""The rule of a date that whoever builds gives for pages that tell none."""

GUESSED = frozenset({FILE_NAME, FOLDER, GIVEN})
"""The rules of dates that the page itself does not tell."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The times that an article names, by sentence, and the year that it speaks of.

    `evidence` are the numbers of the sentences that tell the year; `opening` is the time that the text opens with,
    which holds wherever no other is named: an annual report says its year once. The year holds for the sentences of
    `timeless`, whose paragraph names no time before them and that tell of no other time or plan: from the sentence
    `firm` on, which is the first if the year is that of writing, else the one that begins with it; -1 if none does.
    `sections` tells what the headings above a sentence hold for it. `rule` is the name of what told the year.
    """

    year: int | None
    evidence: tuple[int, ...]
    times: tuple[tuple[Time, ...], ...]
    paragraphs: tuple[int, ...]
    opening: Time | None = None
    firm: int = -1
    timeless: frozenset[int] = frozenset()
    sections: tuple[Held, ...] = ()
    rule: str = ""

    def at(self, sentence: int, position: int) -> Time | None:
        """The time that holds at a place: the last one named before it in its sentence or paragraph, or at first.

        In a section with a time of its own, of the sentences before only what they lead with goes on holding.
        """
        resuming: Time | None = None
        section = self.sections[sentence].time if self.sections else None
        for number in range(sentence, -1, -1):
            if self.paragraphs[number] != self.paragraphs[sentence]:
                break
            for time in reversed(self.times[number]):
                if number == sentence and time.end > position:
                    continue
                if time.of_value and (number != sentence or position - time.end > _OF_VALUE):
                    continue
                if section and number != sentence and time.end > LEAD:
                    continue
                if not time.resumes:
                    held = time if number == sentence else replace(time, each=())
                    return held if held.year or held.years else None
                resuming = resuming or (time if time.year else None)
        return section or resuming or self.opening or self._of_writing(sentence)

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
    sections = held(text, folded, relative, year, published)
    times = tuple(map(times_of, folded, relative, repeat(year), (section.until for section in sections)))
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
        sections,
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
