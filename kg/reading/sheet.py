"""What the lines of a page look like: title, byline, furniture, caption, body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from kg.reading import signs
from kg.reading.bylines import names_after_roles, names_alone
from kg.reading.columns import joined, wrapped
from kg.reading.furniture import furniture
from kg.reading.joins import closes_what_it_opens, joint, word_across
from kg.reading.lines import Line, Mark
from kg.reading.words import PAGES, words

_LONGEST_ODD_LINE = 120
_LONGEST_CAPTION = 60
_LONGEST_ANSWER = 12
_PICTURE, _APART = 2, 2
"""So many empty lines more than usual stand where a picture stood; it speaks so much against going on."""
_CLEARLY = 2
_SHORTEST_CLAUSE = 2
_LONGEST_HEADING = 35
_LONGEST_LEAD = 7
_DATED = PAGES.compile(r"\d{2,4}{year}[^，,]{0,6}[，,]")
_NEAR = 40
_FARTHEST = 2
"""So many short lines may stand where a picture interrupts a sentence."""


class Kind(StrEnum):
    """What a line looks like."""

    TITLE = auto()
    HEADING = auto()
    SHORT = auto()
    NAMES = auto()
    BYLINE = auto()
    FURNITURE = auto()
    CREDIT = auto()
    CAPTION = auto()
    BODY = auto()


TITLES = frozenset({Kind.TITLE, Kind.HEADING, Kind.SHORT})
SIGNED = frozenset({Kind.NAMES, Kind.BYLINE})
PICTURED = frozenset({Kind.CAPTION, Kind.CREDIT})
ASIDE = PICTURED | {Kind.FURNITURE}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a page, those of a column's paragraph put together, and what they look like.

    `gap` is the usual number of empty lines between two lines, `widths` the length of a full line where lines stand
    in a column that is wrapped to a width, else 0. `broken` tells whether columns break lines in mid-sentence anywhere.
    """

    lines: Sequence[Line]
    kinds: Sequence[Kind]
    gap: int
    widths: Sequence[int]
    broken: bool

    def kind(self, number: int) -> Kind | None:
        """The kind of a line, None after the last."""
        return self.kinds[number] if number < len(self.kinds) else None


def sheet(lines: Sequence[Line]) -> Sheet:
    """Classifies the lines of a page by their own looks, then by which of them go on in which."""
    rows, widths = _whole_titles(*wrapped(lines))
    gaps = Counter(line.gap for line in rows[1:])
    usual = min(gaps, key=lambda gap: (-gaps[gap], gap)) if gaps else 0
    kinds = [_kind(line, width) for line, width in zip(rows, widths, strict=True)]
    _answer_labels(rows, kinds)
    broken = any(row.count > 1 for row in rows) or any(
        kind is Kind.BODY and len(row.text) > signs.LONGEST_TITLE and signs.is_open(row.text)
        for row, kind in zip(rows[:-1], kinds, strict=False)
    )
    return Sheet(rows, _settled(rows, kinds, usual, broken=broken), usual, widths, broken)


def _whole_titles(lines: Sequence[Line], widths: Sequence[int]) -> tuple[list[Line], list[int]]:
    """The lines, a headline or heading that is broken in a word or quotation put together."""
    rows: list[Line] = []
    kept: list[int] = []
    for line, width in zip(lines, widths, strict=True):
        if rows and not width and _is_one_title(rows[-1], line):
            rows[-1] = joined([rows[-1], line])
        else:
            rows.append(line)
            kept.append(width)
    return rows, kept


def _is_one_title(first: Line, second: Line) -> bool:
    plain = first.mark is second.mark is Mark.TEXT and not second.led and not first.cut
    return (
        plain
        and first.number + 1 == second.first
        and len(first.text) + len(second.text) <= signs.LONGEST_TITLE
        and all(_kind(line, 0) in {Kind.SHORT, Kind.NAMES} for line in (first, second))
        and (word_across(first.text, second.text) or closes_what_it_opens(first.text, second.text))
    )


def _kind(line: Line, width: int) -> Kind:
    text = line.text
    by_mark = {Mark.TITLE: Kind.TITLE, Mark.HEADING: Kind.HEADING, Mark.CAPTION: Kind.CAPTION}.get(line.mark)
    if by_mark:
        return by_mark
    if len(text) > _LONGEST_ODD_LINE or (line.count > 1 and not signs.could_be_title(text)):
        return Kind.BODY
    tests = (
        (signs.is_credit, Kind.CREDIT),
        (furniture, Kind.FURNITURE),
        (names_after_roles, Kind.BYLINE),
        (names_alone, Kind.NAMES),
        (_is_caption, Kind.CAPTION),
    )
    kind = next((kind for test, kind in tests if test(text)), None)
    if kind:
        return kind
    full = width and len(text) >= width - 2
    return Kind.SHORT if signs.could_be_title(text) and line.mark is Mark.TEXT and not full else Kind.BODY


def _answer_labels(rows: Sequence[Line], kinds: list[Kind]) -> None:
    """Makes what stands below a label alone (来源：) part of it, and items below a web page's button (相关阅读)."""
    above = None
    for number, row in enumerate(rows):
        answers = above is not None and above.asks and kinds[number] in {Kind.SHORT, Kind.NAMES}
        listed = above is not None and above.is_control and row.mark is Mark.ITEM
        if listed or (answers and len(row.text) <= _LONGEST_ANSWER):
            kinds[number] = Kind.FURNITURE
            above = above if listed else None
        else:
            above = furniture(row.text) if kinds[number] is Kind.FURNITURE else None


def _is_caption(text: str) -> bool:
    return signs.says_it_is_a_caption(text) and not signs.starts_in_mid_sentence(text)


def _settled(rows: Sequence[Line], before: Sequence[Kind], gap: int, *, broken: bool) -> list[Kind]:
    """The kinds of the lines by what goes on in what.

    Short lines that a sentence runs through are body; those in the middle of one that goes on below are captions.
    """
    kinds = list(before)
    last: Line | None = None  # the body's last line
    for number, row in enumerate(rows):
        kind = kinds[number]
        if kind in {Kind.TITLE, Kind.HEADING} or row.mark is not Mark.TEXT:
            last = None
            continue
        if kind in ASIDE:
            continue
        if last is not None and kind in {Kind.SHORT, Kind.NAMES} and _parts_a_quotation(rows, number):
            kinds[number] = Kind.CAPTION
        elif last is not None and signs.is_open(last.text):
            _settle_in_sentence(rows, kinds, number, last, gap)
        elif (
            (broken or leads_in(row.text))
            and kind in {Kind.SHORT, Kind.NAMES}
            and _begins_sentence(rows, kinds, number)
        ):
            kinds[number] = Kind.BODY
        if kinds[number] is Kind.BODY:
            last = row
        elif kinds[number] not in PICTURED:
            last = None
    return kinds


def _parts_a_quotation(rows: Sequence[Line], number: int) -> bool:
    """Whether a line stands between a quotation and the mark that closes it, which begins a line below."""
    below = rows[number + 1 : number + 1 + _FARTHEST]
    return rows[number].text[0] not in signs.CLOSERS and any(row.text[0] in signs.CLOSING_MARKS for row in below)


def _settle_in_sentence(rows: Sequence[Line], kinds: list[Kind], number: int, last: Line, gap: int) -> None:
    """Tells the second half of a broken sentence from what stands before it."""
    row = rows[number]
    if not _may_interrupt(row, kinds[number]) or _is_heading(row.text):
        return
    here = joint(last.text, row.text) - _APART * (row.gap >= gap + _PICTURE)
    ahead = _ahead(rows, kinds, number)
    if not ahead:
        if kinds[number] is Kind.SHORT and (here > 0 or signs.is_closed(row.text)):
            kinds[number] = Kind.BODY
        return
    behind = max((joint(last.text, rows[place].text) for place in ahead if kinds[place] not in SIGNED), default=-1)
    through = joint(row.text, rows[ahead[0]].text)
    ends = signs.is_closed(row.text)
    if here > behind or (here == behind and through > 0) or (ends and behind - here < _CLEARLY):
        kinds[number] = Kind.BODY
    elif behind > 0 or (kinds[ahead[0]] is Kind.BODY and behind == 0):
        kinds[number] = Kind.CREDIT if kinds[number] in SIGNED else Kind.CAPTION


def _may_interrupt(row: Line, kind: Kind) -> bool:
    """Whether a line is short enough for a caption."""
    if kind in {Kind.SHORT, Kind.NAMES, Kind.BYLINE}:
        return True
    return (
        row.count == 1
        and len(row.text) <= _LONGEST_CAPTION
        and signs.is_closed(row.text)
        and signs.sentence_count(row.text) == 1
    )


def _is_heading(text: str) -> bool:
    if len(text) > _LONGEST_HEADING:
        return len(text) <= signs.LONGEST_TITLE and signs.has_phrases(signs.without_quotations(text))
    return signs.has_phrases(text) or signs.is_numbered(text) or "：" in text


def _ahead(rows: Sequence[Line], kinds: Sequence[Kind], number: int) -> list[int]:
    """The next lines below line `number` that are no captions and credits by their looks, up to a full line of body."""
    found: list[int] = []
    for place in range(number + 1, len(rows)):
        kind = kinds[place]
        if kind in {Kind.TITLE, Kind.HEADING} or len(found) == _FARTHEST:
            break
        if kind not in ASIDE:
            found.append(place)
        if kind is Kind.BODY and not _may_interrupt(rows[place], kind):
            break
    return found


def _begins_sentence(rows: Sequence[Line], kinds: Sequence[Kind], number: int) -> bool:
    """Whether a short line after a whole sentence begins one that goes on below, perhaps under a picture."""
    text = rows[number].text
    if _is_heading(text) or _is_one_of_several(rows, kinds, number):
        return False
    for place in _ahead(rows, kinds, number):
        if kinds[place] in SIGNED:
            return False
        if kinds[place] is Kind.BODY:
            return joint(text, rows[place].text) > 0 or begins_sentence(text)
        if begins_sentence(rows[place].text):
            break
    return begins_sentence(text)


def _is_one_of_several(rows: Sequence[Line], kinds: Sequence[Kind], number: int) -> bool:
    """Whether a short line nearby has the form of this one, as an article's headings have."""
    near = range(max(0, number - _NEAR), min(len(rows), number + _NEAR))
    return any(kinds[n] is Kind.SHORT and signs.have_one_form(rows[number].text, rows[n].text) for n in near)


def leads_in(text: str) -> bool:
    """Whether a line begins with an adverbial and a comma (据了解，…), as not even a long heading does."""
    openings = (*words("paragraph_openings"), *words("sentence_openings"))
    return "，" in text[:_LONGEST_LEAD] and text.startswith(tuple(word for word in openings if len(word) > 1))


def begins_sentence(text: str) -> bool:
    """Whether a line begins as sentences do and headings do not."""
    clauses = text.replace(",", "，").split("，")
    last = len(clauses[-1])
    cut_short = len(clauses) > 1 and (last <= _SHORTEST_CLAUSE or last * 2 <= len(clauses[0]))
    openings = (*words("paragraph_openings"), *words("sentence_openings"))
    return (
        cut_short
        or bool(_DATED.match(text))
        or len(text) > _LONGEST_HEADING
        or text.startswith(openings)
        or signs.has_open_bracket(text)
    )
