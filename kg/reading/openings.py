"""Bylines amid the text: behind an article's opening, with its parts below, or at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from kg.reading import signs
from kg.reading.blocks import Head, end_of_byline, is_picture_line, titles_from
from kg.reading.bylines import names_of_no_words
from kg.reading.lines import Line
from kg.reading.sheet import ASIDE, SIGNED, TITLES, Kind, Sheet
from kg.reading.topics import shared
from kg.reading.words import PAGES

SHARED_BY_LINE = 12
"""A headline block of one line more may share so many more runs in a thousand (`topics.shared`) with what is above."""
_LONGEST_OPENING = 900
_LINES_BELOW = 6
_SHORTEST_HEADLINE = 6
_FARTHEST, _MOST_ASIDE = 200, 10
"""So many lines around a line, and so many captions and credits above it, are looked at."""
_SAME_TOPIC, _OTHER_TOPIC = 8, 14
"""So many runs at least share an opening and what goes on below its byline, so many at most two articles."""


def is_byline_amid(page: Sheet, number: int) -> bool:
    """Whether a line below a whole sentence names authors: by a role, a mark, brackets, or names that are no words."""
    kind, line = page.kinds[number], page.lines[number]
    nearest = range(number - 1, max(-1, number - _MOST_ASIDE), -1)
    above = next((place for place in nearest if page.kinds[place] not in ASIDE), None)
    if kind not in SIGNED or above is None or page.kinds[above] is not Kind.BODY:
        return False
    if kind is Kind.BYLINE:
        return not line.text.endswith(PAGES["photographed"])
    marked = line.bullet or signs.is_bracketed(line.text) or names_of_no_words(line.text)
    return marked and signs.is_closed(page.lines[above].text)


def stands_behind_opening(page: Sheet, head: Head, number: int) -> bool:
    """Whether a byline amid the text stands behind the opening of the article that begins at `head`.

    An opening is short and has no headings. Below goes on the body, or headings of one form, or what tells of the same.
    """
    first = titles_from(page, head.stop)
    told = page.lines[first:number]
    if _is_signed(page, head) or not told or sum(len(line.text) for line in told) > _LONGEST_OPENING:
        return False
    if any(page.kinds[place] in TITLES and not is_picture_line(page, place) for place in range(first, number)):
        return False
    below = next((place for place in range(number + 1, len(page.lines)) if page.kinds[place] not in ASIDE), None)
    if below is None or page.kinds[below] in SIGNED:
        return False
    titles = titles_from(page, below)
    if titles == below:
        return True
    if end_of_byline(page, titles) > titles:
        return False
    common = shared(_text(page.lines[head.start : number]), opening(page, below))
    return is_one_of_several(page, below) or (common >= _SAME_TOPIC and not _ends_in_byline(page))


def head_between(page: Sheet, last: Head, start: int, stop: int) -> Head | None:
    """The headline block from which on lines `start` to `stop` tell of something else than the article above them."""
    found: list[tuple[int, int, Head]] = []
    for first, end in _runs(page, start, stop):
        longest = max(len(line.text) for line in page.lines[first:end])
        is_heading = signs.is_numbered(page.lines[first].text) or is_one_of_several(page, first)
        if is_heading or longest < _SHORTEST_HEADLINE:
            continue
        told = _text(page.lines[max(last.start, first - _FARTHEST) : first])
        common = shared(told, opening(page, first))
        found.append((common - SHARED_BY_LINE * (end - first - 1), -first, Head(first, end)))
    best = min(found, default=None, key=lambda item: item[:2])
    return best[2] if best is not None and best[0] < _OTHER_TOPIC else None


def is_one_of_several(page: Sheet, number: int) -> bool:
    """Whether another heading of the page has the form of a line: they are the parts of one article."""
    return _is_alone(page, number) and any(
        signs.have_one_form(page.lines[number].text, page.lines[place].text)
        for place in range(max(0, number - _FARTHEST), min(len(page.lines), number + _FARTHEST))
        if place != number and _is_alone(page, place)
    )


def _is_alone(page: Sheet, number: int) -> bool:
    """Whether a title-like line stands for itself above the body, as headings do and few headlines."""
    above = page.kinds[number - 1] if number else None
    return page.kinds[number] in TITLES and above not in TITLES and page.kind(number + 1) in {Kind.BODY, *ASIDE}


def opening(page: Sheet, number: int) -> str:
    """The headline block at a line and the first lines of text below it."""
    titles = titles_from(page, number)
    below = takewhile(lambda place: page.kinds[place] not in TITLES, range(titles, len(page.lines)))
    text = (place for place in below if page.kinds[place] is Kind.BODY)
    return _text(page.lines[place] for place in (*range(number, titles), *islice(text, _LINES_BELOW)))


def _ends_in_byline(page: Sheet) -> bool:
    """Whether the last article of the page is signed at its end, as then the others are."""
    last = next((place for place in range(len(page.lines) - 1, -1, -1) if page.kinds[place] not in ASIDE), None)
    return last is not None and is_byline_amid(page, last)


def _is_signed(page: Sheet, head: Head) -> bool:
    return any(page.kinds[number] in SIGNED for number in range(head.start, head.stop))


def _runs(page: Sheet, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The runs of title-like lines with text below them."""
    number = start
    while number < stop:
        end = titles_from(page, number)
        below = next((place for place in range(end, stop) if page.kinds[place] not in ASIDE), None)
        if end > number and below is not None and page.kinds[below] is Kind.BODY:
            yield number, end
        number = max(end, number + 1)


def _text(lines: Iterable[Line]) -> str:
    return "".join(line.text for line in lines)
