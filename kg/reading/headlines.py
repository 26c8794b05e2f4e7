"""Finds the headline blocks of a page: kicker, main line and deck, then byline, date and source."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from kg.reading import signs
from kg.reading.blocks import (
    LEAD_DASH,
    SHORTEST_HEADLINE,
    Head,
    end_of_byline,
    is_kicker,
    is_picture_line,
    main_title,
    titles_from,
)
from kg.reading.bylines import closing_credit, opening_credit
from kg.reading.furniture import furniture
from kg.reading.joins import SURE, joint
from kg.reading.lines import Line
from kg.reading.openings import (
    SHARED_BY_LINE,
    head_between,
    is_byline_amid,
    is_one_of_several,
    opening,
    stands_behind_opening,
)
from kg.reading.sheet import PICTURED, SIGNED, TITLES, Kind, Sheet
from kg.reading.topics import shared
from kg.reading.words import PAGES

_FEWEST = 2
_SHORTEST_ARTICLE = 200
_LEAST_SHARED, _USUAL_HEADLINE = -4, 14
"""Below so many shared runs in a thousand (`topics.shared`) a text is told to be about something else."""
_BY_CREDIT = 16
"""So many more where the line above credits an article's pictures."""
_LONGEST_FIRST_LINE = 80
_MOST_BELOW = 4


def heads(page: Sheet) -> list[Head]:
    """The headline blocks of a page in order.

    A block is: the first lines of the page; a title by its mark; short lines before a byline, a date, or a body that
    opens with 本报讯; short lines after a line that closes an article (editors, a byline or （记者 …） at its end).
    """
    found = _heads(page, _Unsigned.NONE)
    if len(found) < _FEWEST:
        return _heads(page, _Unsigned.LED_UP_TO) if page.broken else found
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
    number, closed, signed = 0, False, 0
    while number < len(page.lines):
        head = _first_head(page) if number == 0 else _head_at(page, number, marked, closed=closed)
        if head is not None and found and _repeats(page, found[-1], number):
            head = None
        if head is None and _begins_another(page, found[-1], number, unsigned):
            head = Head(number, titles_from(page, number))
        if head is not None:
            found.append(head)
            signed = head.stop if any(page.kinds[place] in SIGNED for place in range(head.start, head.stop)) else 0
            number, closed = max(head.stop, number + 1), False
            continue
        closed = _closes(page, number) or (closed and page.kinds[number] in {Kind.FURNITURE, Kind.CREDIT})
        if is_byline_amid(page, number):
            between = head_between(page, found[-1], signed, number) if signed else None
            if between is not None:
                found.append(between)
            if (between or not signed) and stands_behind_opening(page, found[-1], number):
                found[-1] = Head(found[-1].start, titles_from(page, found[-1].stop))
                closed = False
            signed = number + 1
        number += 1
    return found


def _repeats(page: Sheet, last: Head, number: int) -> bool:
    """Whether a line says the headline above once more."""
    titles = [page.lines[place] for place in range(last.start, last.stop) if page.kinds[place] in TITLES]
    return bool(titles) and main_title(titles).text == page.lines[number].text


def _begins_another(page: Sheet, last: Head, number: int, unsigned: _Unsigned) -> bool:
    """Whether an unsigned headline stands at a line: several lines or a long one, and what is told below is new."""
    titles = titles_from(page, number)
    rows = page.lines[number:titles]
    credited = _is_behind_closing_credit(page, number)
    if not credited and not _may_be_unsigned(rows, unsigned):
        return False
    told = "".join(line.text for line in page.lines[last.start : number])
    is_new = number > last.stop and len(told) >= _SHORTEST_ARTICLE and _follows_whole_sentence(page, number)
    longest = max((len(row.text) for row in rows), default=0)
    if not is_new or not _could_begin(page, rows, titles) or longest < SHORTEST_HEADLINE:
        return False
    limit = _LEAST_SHARED + SHARED_BY_LINE * min(len(rows) - 1, 2) + (longest - _USUAL_HEADLINE)
    return not is_one_of_several(page, number) and shared(told, opening(page, number)) < limit + _BY_CREDIT * credited


def _may_be_unsigned(rows: Sequence[Line], unsigned: _Unsigned) -> bool:
    led_up_to = len(rows) > 1 and is_kicker(rows[0].text, rows[1].text)
    return unsigned is _Unsigned.ANY or (unsigned is _Unsigned.LED_UP_TO and led_up_to)


def _is_behind_closing_credit(page: Sheet, number: int) -> bool:
    """Whether a line follows one that credits an article's pictures, as many articles end: 图片由…提供."""
    before = number - 1
    return number > 1 and page.kinds[before] is Kind.CREDIT and signs.credits_all(page.lines[before].text)


def _follows_whole_sentence(page: Sheet, number: int) -> bool:
    above = next((place for place in range(number - 1, 0, -1) if page.kinds[place] is not Kind.CREDIT), 0)
    return page.kinds[above] is not Kind.BODY or signs.is_closed(page.lines[above].text)


def _could_begin(page: Sheet, rows: Sequence[Line], stop: int) -> bool:
    """Whether short lines before line `stop` may be a headline block with the body below, perhaps under a picture.

    None is numbered, a deck comes behind another line.
    """
    places = range(stop, min(stop + _MOST_BELOW, len(page.lines)))
    below = next((n for n in places if page.kinds[n] not in PICTURED and not is_picture_line(page, n)), stop)
    is_plain = bool(rows) and not any(signs.is_numbered(row.text) for row in rows)
    return is_plain and page.kind(below) is Kind.BODY and not LEAD_DASH.match(rows[0].text)


def _is_numbered_heading(text: str) -> bool:
    """Whether a line is numbered, and not a headline with its column's name: 【治理一线】…."""
    return signs.is_numbered(text) and text[0] != "【"


def _first_head(page: Sheet) -> Head | None:
    """The block that a page begins with: all short lines before a byline or date, else the first line."""
    number = 0
    while page.kind(number) is Kind.FURNITURE:
        number += 1
    titles = titles_from(page, number)
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
        second = page.lines[stop].text if page.kind(stop) is Kind.SHORT and not _begins_body(page, stop) else ""
        if LEAD_DASH.match(second) or (is_kicker(first.text, second) and not _is_numbered_heading(second)):
            stop += 1
    return Head(0, end_of_byline(page, stop))


def _begins_body(page: Sheet, number: int) -> bool:
    """Whether a short line is the first of a report in a narrow column: 本报讯, or a word that the body below ends."""
    text = page.lines[number].text
    goes_on = page.kind(number + 1) is Kind.BODY and joint(text, page.lines[number + 1].text) >= SURE
    return opening_credit(text)[0] > 0 or goes_on


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
    if kind not in TITLES or is_picture_line(page, number) or LEAD_DASH.match(page.lines[number].text):
        return None
    titles = titles_from(page, number)
    anchored = end_of_byline(page, titles)
    ends_article = _is_bracketed(page, titles) and signs.is_closed(page.lines[titles - 1].text)
    if anchored > titles and not ends_article:
        return Head(number, anchored)
    if kind is Kind.TITLE and number in marked:
        stop = next((n for n in range(number, titles) if page.kinds[n] is not Kind.TITLE), titles)
        return Head(number, stop)
    opens_report = page.kind(titles) is Kind.BODY and opening_credit(page.lines[titles].text)[0] > 0
    text = page.lines[number].text
    starts_new = closed and page.kind(titles) is Kind.BODY and not _is_numbered_heading(text)
    return Head(number, titles) if opens_report or starts_new else None


def _marked_titles(page: Sheet) -> frozenset[int]:
    """The lines marked as titles that begin an article.

    Where the first has a byline and none of the others has, the others are headings of one article.
    """
    marked = [number for number, kind in enumerate(page.kinds) if kind is Kind.TITLE]
    signed = {number for number in marked if (end := titles_from(page, number)) < end_of_byline(page, end)}
    if not signed:
        return frozenset(marked)
    return frozenset(marked[:1])


def _is_bracketed(page: Sheet, number: int) -> bool:
    return number < len(page.lines) and page.lines[number].text[0] in "（(" and page.lines[number].text[-1] in "）)"


def _closes(page: Sheet, number: int) -> bool:
    """Whether a line outside of headline blocks ends an article."""
    text, kind = page.lines[number].text, page.kinds[number]
    if kind is Kind.BYLINE:
        return not text.endswith(PAGES["photographed"])
    if kind is Kind.NAMES:
        return is_byline_amid(page, number)
    if kind is Kind.FURNITURE:
        told = furniture(text)
        return told is not None and (told.closes or told.opens)
    return kind is Kind.BODY and bool(closing_credit(text)[1])
