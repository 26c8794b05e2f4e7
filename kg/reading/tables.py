"""Tables of figures to lines: each figure after the name of its row and of its column, as a sentence would have it.

Of a table such as

    街道      纳凉点（处）  接待居民（万人次）
    东湖街道  9             2.5

the lines are 东湖街道纳凉点9处 and 东湖街道接待居民2.5万人次. Every character keeps its place in the source;
what comes from another cell is set off by a mark that paragraphs drop and remember as a break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.reading.lines import Line, Mark
from kg.reading.words import PAGES

_BREAK = "\u2060"
_LONGEST_CELL = 30
_FEWEST_COLUMNS = 2
_FIGURE = re.compile(r"[+-]?\d[\d,，]*(?:\.\d+)?\s*(?P<unit>[%％‰]|[^\d\s.,，]{1,4})?")
_UNIT = PAGES.compile(r"[（(](?:{unit-word}[:：])?(?P<unit>[^（）()\d]{1,6})[）)]$")


@dataclass(slots=True)
class Table:
    """A table as it is read: where its lines begin, and by row and cell the lines in it."""

    start: int
    rows: list[list[list[Line]]] = field(default_factory=list)
    plain: bool = True
    """Whether it is a table of cells, not one that lays out a page."""


def listed(table: Table) -> list[Line] | None:
    """The lines of a table of figures, or of one of short cells, as those of a list; None where it lays out a page."""
    found = figures(table)
    if found is not None or not table.plain or max(map(len, table.rows), default=0) < _FEWEST_COLUMNS:
        return found
    lines = [line for row in table.rows for cell in row for line in cell]
    return [replace(line, mark=Mark.ITEM) for line in lines] if all(map(_is_short, lines)) else None


def figures(table: Table) -> list[Line] | None:
    """The lines of a table of figures; None where it is none."""
    cells = [[_cell(cell) for cell in row] for row in table.rows if row]
    if (
        not table.plain
        or len(cells) < 2
        or any(len(cell) > 1 for row in table.rows for cell in row)
        or len({len(row) for row in cells}) != 1
    ):
        return None
    head, *body = cells
    if len(head) < _FEWEST_COLUMNS or not all(_is_short(line) for row in cells for line in row if line):
        return None
    if any(line and _FIGURE.fullmatch(line.text) for line in head) or not any(_is_figure(c) for r in body for c in r):
        return None
    found: list[Line] = []
    for row in body:
        named = next((n for n, line in enumerate(row) if line and not _is_figure(line)), 0)  # after the row's number
        name = row[named]
        first = named + any(map(_is_figure, row))
        for column, line in zip(head[first:], row[first:], strict=True):
            if line is None:
                continue
            told = _told(name, column, line) if name and column and _is_figure(line) else [line]
            found.append(_joined(told))
    return found


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_CELL and "。" not in line.text


def _cell(lines: Sequence[Line]) -> Line | None:
    return lines[0] if lines else None


def _is_figure(line: Line | None) -> bool:
    return line is not None and bool(_FIGURE.fullmatch(line.text))


def _told(name: Line, column: Line, figure: Line) -> list[Line]:
    """What a figure says, part by part: of what row, what it counts, how many, in what unit."""
    unit = _UNIT.search(column.text)
    if unit is None or unit.start() == 0:
        return [name, column, figure]
    found = _FIGURE.fullmatch(figure.text)
    label = column.part(0, unit.start())
    if found and found["unit"]:
        return [name, label, figure]
    return [name, label, figure, column.part(unit.start("unit"), unit.end("unit"))]


def _joined(parts: Sequence[Line]) -> Line:
    """Parts of several lines as one, with a mark between."""
    text = _BREAK.join(part.text for part in parts)
    offsets: list[int] = []
    for part in parts:
        if offsets:
            offsets.append(part.offsets[0])
        offsets.extend(part.offsets)
    return Line(text, offsets, mark=Mark.ITEM)
