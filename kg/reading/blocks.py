"""Headline blocks: kicker, main line and deck, then byline, date and source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.reading import signs
from kg.reading.furniture import furniture
from kg.reading.lines import Line, Mark
from kg.reading.sheet import SIGNED, TITLES, Kind, Sheet
from kg.reading.words import PAGES

LEAD_DASH = re.compile(r"(?:—|--|——)")
"""How a deck begins that says so."""
_PLACE_MARK = PAGES.compile("{place_marks}(?<!{country})")
_OCCASION = PAGES.compile("[^0-9]{0,2}[0-9]{4}{year}[0-9]{1,2}{month}[0-9]{1,2}{day}{at}.{2,40}{upon}")
"""When and where a speech was given: 2026年1月14日在省第十四届人民代表大会第四次会议上."""

SHORTEST_HEADLINE = 9
_LONG_HEADLINE = 12
_LONGEST_COLUMN_NAME = 5
_MOST_TITLES, _MOST_SIGNED = 5, 6


@dataclass(frozen=True, slots=True)
class Head:
    """A headline block: lines `start` to `stop` of the page; nothing in it is part of a body."""

    start: int
    stop: int


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


def titles_from(page: Sheet, number: int) -> int:
    """The end of the run of title-like lines that begins at a line."""
    stop = number
    while page.kind(stop) in TITLES and stop - number < _MOST_TITLES:
        if stop > number and page.kind(stop + 1) in {Kind.CREDIT, Kind.BODY} and is_picture_line(page, stop):
            break
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


def is_kicker(text: str, below: str) -> bool:
    """Whether a line above a longer one only leads up to it: a slogan in phrases, a column's name."""
    looks_so = signs.has_phrases(text) or signs.is_bracketed(text) or len(text) < SHORTEST_HEADLINE
    is_speech = below.startswith("“") and signs.is_closed(below)
    return looks_so and not is_speech and len(below) >= max(SHORTEST_HEADLINE, len(text) + 1)


def main_title(titles: Sequence[Line]) -> Line:
    """The main line of a headline block, which need not be the first.

    Lines marked as titles go before others; then a line that names its place or speaker (杭州：…), then a long one and
    one that is not a row of phrases, the longest of several; a deck (—— …), the occasion of a speech, and a column's
    name, short or in brackets, come last.
    """
    marked = [line for line in titles if line.mark is Mark.TITLE] or list(titles)

    def rank(line: Line) -> tuple[int, int, int]:
        text = line.text
        score = (
            2 * ("：" in text or ":" in text) + 2 * (not signs.has_phrases(text)) + 2 * (len(text) >= _LONG_HEADLINE)
        )
        score += bool(_PLACE_MARK.search(text))
        if LEAD_DASH.match(text) or _OCCASION.fullmatch(text):
            score -= 4
        if len(text) <= _LONGEST_COLUMN_NAME or signs.is_bracketed(text):
            score -= 3
        return (-score, -len(text), line.number)

    return min(marked, key=rank)
