"""Finds the headline blocks of a page: kicker, main line and deck, then byline, date and source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice, takewhile

from kg.reading import signs
from kg.reading.bylines import closing_credit, opening_credit
from kg.reading.furniture import furniture
from kg.reading.lines import Line, Mark
from kg.reading.sheet import SIGNED, TITLES, Kind, Sheet
from kg.reading.topics import shared
from kg.reading.words import words

_LEAD_DASH = re.compile(r"(?:—|--|——)")
_MOST_TITLES = 5
_FEWEST = 2
_SHORTEST_HEADLINE, _LONG_HEADLINE, _SHORTEST_ARTICLE = 9, 12, 200
_LONGEST_COLUMN_NAME = 5
_LINES_OF_AN_OPENING = 6
_LEAST_SHARED, _SHARED_BY_LINE, _USUAL_HEADLINE = -4, 12, 14
"""Below so many shared runs in a thousand (`topics.shared`) a text is told to be about something else."""
_MOST_SIGNED = 6
_LONGEST_FIRST_LINE = 80


@dataclass(frozen=True, slots=True)
class Head:
    """A headline block: lines `start` to `stop` of the page; nothing in it is part of a body."""

    start: int
    stop: int


def heads(page: Sheet) -> list[Head]:
    """The headline blocks of a page in order.

    A block is: the first lines of the page; a title by its mark; short lines before a byline, a date, or a body that
    opens with 本报讯; short lines after a line that closes an article (editors, a byline or （记者 …） at its end).
    """
    found = _heads(page, _Unsigned.NONE)
    if len(found) < _FEWEST:
        return found
    signed = sum(any(page.kinds[number] in SIGNED for number in range(head.start, head.stop)) for head in found)
    return _heads(page, _Unsigned.ANY if signed < len(found) else _Unsigned.LED_UP_TO)


class _Unsigned(Enum):
    """Which headlines without a byline are looked for: where all others have one, only such below a kicker."""

    NONE = auto()
    LED_UP_TO = auto()
    ANY = auto()


def _heads(page: Sheet, unsigned: _Unsigned) -> list[Head]:
    """The headline blocks; those that nothing but a new topic tells from headings only where they are asked for."""
    found: list[Head] = []
    marked = _marked_titles(page)
    number, closed = 0, False
    while number < len(page.lines):
        head = _first_head(page) if number == 0 else _head_at(page, number, marked, closed=closed)
        if head is not None and found and _repeats(page, found[-1], number):
            head = None
        if head is None and _begins_another(page, found[-1], number, unsigned):
            head = Head(number, _titles_from(page, number))
        if head is None:
            closed = _closes(page, number) or (closed and page.kinds[number] in {Kind.FURNITURE, Kind.CREDIT})
            number += 1
        else:
            found.append(head)
            number, closed = max(head.stop, number + 1), False
    return found


def _repeats(page: Sheet, last: Head, number: int) -> bool:
    """Whether a line says the headline above once more."""
    titles = [page.lines[place] for place in range(last.start, last.stop) if page.kinds[place] in TITLES]
    return bool(titles) and main_title(titles).text == page.lines[number].text


def _begins_another(page: Sheet, last: Head, number: int, unsigned: _Unsigned) -> bool:
    """Whether an unsigned headline stands at a line: several lines or a long one, and what is told below is new."""
    if unsigned is _Unsigned.NONE:
        return False
    titles = _titles_from(page, number)
    rows = page.lines[number:titles]
    if unsigned is _Unsigned.LED_UP_TO and not (len(rows) > 1 and _is_kicker(rows[0].text, rows[1].text)):
        return False
    if page.kind(titles) is not Kind.BODY or not _could_begin(rows) or number == last.stop:
        return False
    before = page.lines[number - 1]
    if page.kinds[number - 1] is Kind.BODY and signs.is_open(before.text):
        return False
    longest = max(len(row.text) for row in rows)
    told = "".join(line.text for line in page.lines[last.start : number])
    if longest < _SHORTEST_HEADLINE or len(told) < _SHORTEST_ARTICLE:
        return False
    below = takewhile(lambda place: page.kinds[place] not in TITLES, range(titles, len(page.lines)))
    opening = "".join(
        page.lines[place].text for place in (*range(number, titles), *islice(below, _LINES_OF_AN_OPENING))
    )
    common = shared(told, opening)
    return common < _LEAST_SHARED + _SHARED_BY_LINE * min(len(rows) - 1, 2) + (longest - _USUAL_HEADLINE)


def _could_begin(rows: Sequence[Line]) -> bool:
    """Whether short lines may be a headline block: none is numbered, a deck comes behind another line."""
    return bool(rows) and not any(signs.is_numbered(row.text) for row in rows) and not _LEAD_DASH.match(rows[0].text)


def _first_head(page: Sheet) -> Head | None:
    """The block that a page begins with: all short lines before a byline or date, else the first line."""
    number = 0
    while page.kind(number) is Kind.FURNITURE:
        number += 1
    titles = _titles_from(page, number)
    anchored = end_of_byline(page, titles)
    if titles > number and anchored > titles:
        return Head(0, anchored)
    stop = number
    while page.kind(stop) is Kind.TITLE:
        stop += 1
    first = page.lines[number] if number < len(page.lines) else None
    if first is None:
        return Head(0, number)
    if stop == number and (page.kinds[number] in TITLES or _is_long_title(page, number)):
        stop = number + 1
        second = page.lines[stop].text if page.kind(stop) is Kind.SHORT else ""
        if _LEAD_DASH.match(second) or (_is_kicker(first.text, second) and not signs.is_numbered(second)):
            stop += 1
    return Head(0, end_of_byline(page, stop))


def _is_kicker(text: str, below: str) -> bool:
    """Whether a line above a longer one only leads up to it: a slogan in phrases, a column's name."""
    looks_so = signs.has_phrases(text) or signs.is_bracketed(text) or len(text) < _SHORTEST_HEADLINE
    is_speech = below.startswith("“") and signs.is_closed(below)
    return looks_so and not is_speech and len(below) >= max(_LONG_HEADLINE, len(text))


def _is_long_title(page: Sheet, number: int) -> bool:
    """A first line that is longer than titles are elsewhere but still no sentence."""
    text = page.lines[number].text
    nothing_goes_on = number + 1 < len(page.lines) and not signs.starts_in_mid_sentence(page.lines[number + 1].text)
    return (
        page.kinds[number] is Kind.BODY
        and len(text) <= _LONGEST_FIRST_LINE
        and not (page.widths[number] and len(text) >= page.widths[number] - 2)
        and text[-1] not in "。，,、；;：:"
        and ("。" not in text or "——" in text)
        and not signs.starts_in_mid_sentence(text)
        and nothing_goes_on
    )


def _head_at(page: Sheet, number: int, marked: frozenset[int], *, closed: bool) -> Head | None:
    kind = page.kinds[number]
    if kind not in TITLES or is_picture_line(page, number) or _LEAD_DASH.match(page.lines[number].text):
        return None
    titles = _titles_from(page, number)
    anchored = end_of_byline(page, titles)
    ends_article = _is_bracketed(page, titles) and signs.is_closed(page.lines[titles - 1].text)
    if anchored > titles and not ends_article:
        return Head(number, anchored)
    if kind is Kind.TITLE and number in marked:
        stop = next((n for n in range(number, titles) if page.kinds[n] is not Kind.TITLE), titles)
        return Head(number, stop)
    opens_report = page.kind(titles) is Kind.BODY and opening_credit(page.lines[titles].text)[0] > 0
    starts_new = closed and page.kind(titles) is Kind.BODY and not signs.is_numbered(page.lines[number].text)
    return Head(number, titles) if opens_report or starts_new else None


def is_picture_line(page: Sheet, number: int) -> bool:
    """Whether a short line stands where a picture stood: after more empty lines than two paragraphs have between.

    Headings of phrases or with numbers, and lines right before a byline, are none.
    """
    line = page.lines[number]
    if page.kinds[number] is not Kind.SHORT or line.gap < page.gap + 2:
        return False
    if signs.has_phrases(line.text) or signs.is_numbered(line.text) or "：" in line.text:
        return False
    return page.kind(number + 1) not in {Kind.NAMES, Kind.BYLINE}


def _titles_from(page: Sheet, number: int) -> int:
    """The end of the run of title-like lines that begins at a line."""
    stop = number
    while page.kind(stop) in TITLES and stop - number < _MOST_TITLES:
        stop += 1
    return stop


def end_of_byline(page: Sheet, number: int) -> int:
    """The end of the byline, date and source lines that begin at a line."""
    stop = end = number
    while page.kind(stop) in {*SIGNED, Kind.FURNITURE} and stop - number < _MOST_SIGNED:
        told = furniture(page.lines[stop].text) if page.kinds[stop] is Kind.FURNITURE else None
        if told is not None and told.opens:
            break
        if told is not None and told.closes:
            told_editors_at_the_end = stop == number or page.kind(stop + 1) not in {Kind.BODY, Kind.FURNITURE}
            if told_editors_at_the_end:
                break
        stop += 1
        if told is None or not told.is_control:
            end = stop
    return stop if end > number else number


def _marked_titles(page: Sheet) -> frozenset[int]:
    """The lines marked as titles that begin an article.

    Where the first has a byline and none of the others has, the others are headings of one article.
    """
    marked = [number for number, kind in enumerate(page.kinds) if kind is Kind.TITLE]
    signed = {number for number in marked if (end := _titles_from(page, number)) < end_of_byline(page, end)}
    if not signed:
        return frozenset(marked)
    return frozenset(marked[:1])


def _is_bracketed(page: Sheet, number: int) -> bool:
    return number < len(page.lines) and page.lines[number].text[0] in "（(" and page.lines[number].text[-1] in "）)"


def _closes(page: Sheet, number: int) -> bool:
    """Whether a line outside of headline blocks ends an article."""
    text, kind = page.lines[number].text, page.kinds[number]
    if kind is Kind.BYLINE:
        return not text.endswith("摄")
    if kind is Kind.NAMES:
        line = page.lines[number]
        return (
            number > 0 and signs.is_closed(page.lines[number - 1].text) and (line.bullet or _is_bracketed(page, number))
        )
    if kind is Kind.FURNITURE:
        told = furniture(text)
        return told is not None and (told.closes or told.opens)
    return kind is Kind.BODY and bool(closing_credit(text)[1])


def main_title(titles: Sequence[Line]) -> Line:
    """The main line of a headline block, which need not be the first.

    Lines marked as titles go before others; then a line that names its place or speaker (杭州：…), then a long one and
    one that is not a row of phrases; a deck (—— …) and a column's name, short or in brackets, come last.
    """
    marked = [line for line in titles if line.mark is Mark.TITLE] or list(titles)

    def rank(line: Line) -> tuple[int, int]:
        text = line.text
        score = (
            2 * ("：" in text or ":" in text) + 2 * (not signs.has_phrases(text)) + 2 * (len(text) >= _LONG_HEADLINE)
        )
        score += any(mark in text for mark in words("place_marks"))
        if _LEAD_DASH.match(text):
            score -= 4
        if len(text) <= _LONGEST_COLUMN_NAME or signs.is_bracketed(text):
            score -= 3
        return (-score, line.number)

    return min(marked, key=rank)
