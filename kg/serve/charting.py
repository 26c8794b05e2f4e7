"""Charts of a saved question's answer: numbers over years, each point leading to its row of the table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.dossier.blocks import Line, Point, Years
from kg.dossier.html import figure
from kg.serve.wording import heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.serve.questions import Answer, Cell

MOST_CHARTS = 12
"""Charts of one answer, those of most years first."""

_MOST_LINES = 6
_SERIES = ("indicator", "unit", "kind")
"""Columns that tell what is counted; numbers that differ in one never share a chart."""

_LINES = ("subject", "area", "district", "close_match")
"""Columns that tell of whom and where; each has a line of its own."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of the answer: its row, what it counts, of whom, when and how much."""

    row: int
    series: tuple[str, ...]
    line: tuple[str, ...]
    year: int
    value: Decimal


def charts(answer: Answer, language: str) -> tuple[list[str], int]:
    """The charts of an answer as HTML, and how many more there would be. Points lead to `#s1`, the first row."""
    drawn = [
        block for block in _blocks(answer, language) if len({p.year for line in block.lines for p in line.points}) > 1
    ]
    drawn.sort(key=lambda block: (-len({p.year for line in block.lines for p in line.points}), block.title))
    numbers = {str(row): row for row in range(1, len(answer.rows) + 1)}
    return [figure(block, numbers, block.title) for block in drawn[:MOST_CHARTS]], max(0, len(drawn) - MOST_CHARTS)


def _blocks(answer: Answer, language: str) -> Iterator[Years]:
    columns = answer.columns
    if "year" not in columns:
        return
    if "value" in columns:
        series: dict[tuple[str, ...], list[_Told]] = defaultdict(list)
        for told in _values(answer):
            series[told.series].append(told)
        for key, numbers in series.items():
            yield Years(_title(columns, key), tuple(_lines(numbers)))
        return
    years = [_year(row[columns.index("year")]) for row in answer.rows]
    if None not in years and len(set(years)) == len(years):  # a row a year
        yield Years("", tuple(_counts(answer, [year for year in years if year is not None], language)))


def _values(answer: Answer) -> Iterator[_Told]:
    columns = answer.columns
    year, value = columns.index("year"), columns.index("value")
    for number, row in enumerate(answer.rows, 1):
        when, much = _year(row[year]), _decimal(row[value])
        if when is not None and much is not None:
            series, line = (
                tuple(row[columns.index(name)].text for name in names if name in columns) for names in (_SERIES, _LINES)
            )
            yield _Told(number, series, line, when, much)


def _title(columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    told = dict(zip((name for name in _SERIES if name in columns), key, strict=True))
    unit = f" ({told['unit']})" if told.get("unit") else ""
    kind = told.get("kind", "level")
    return " · ".join(filter(None, (f"{told.get('indicator', '')}{unit}".strip(), "" if kind == "level" else kind)))


def _lines(numbers: list[_Told]) -> Iterator[Line]:
    """A line for each of whom and where; those beyond the sixth are one of points alone."""
    by_line: dict[tuple[str, ...], list[_Told]] = defaultdict(list)
    for told in numbers:
        by_line[told.line].append(told)
    ordered = sorted(by_line.items(), key=lambda each: (-len({told.year for told in each[1]}), each[0]))
    for line, found in ordered[:_MOST_LINES]:
        yield Line(_label(line), _points(found))
    if others := [told for _, found in ordered[_MOST_LINES:] for told in found]:
        yield Line("…", _points(others))


def _points(numbers: list[_Told]) -> tuple[Point, ...]:
    ordered = sorted(numbers, key=lambda told: (told.year, told.value, told.row))
    return tuple(
        Point(told.year, told.value, f"{_label(told.line)} {told.year}: {told.value:,f}".strip(), str(told.row))
        for told in ordered
    )


def _label(line: tuple[str, ...]) -> str:
    return " · ".join(dict.fromkeys(filter(None, line)))


def _counts(answer: Answer, years: list[int], language: str) -> list[Line]:
    """A line for each of the first columns of numbers, whose points are joined: each row counts the same."""
    lines: list[Line] = []
    joined = frozenset(zip(sorted(years), sorted(years)[1:], strict=False))
    for column, variable in enumerate(answer.columns):
        values = [_decimal(row[column]) for row in answer.rows]
        if variable == "year" or None in values:
            continue
        name = heading(variable, language)
        points = (
            Point(year, value, f"{name} {year}: {value:,f}", str(row))
            for row, (year, value) in enumerate(zip(years, values, strict=True), 1)
            if value is not None
        )
        lines.append(Line(name, tuple(sorted(points, key=lambda point: point.year)), joined))
    return lines[:_MOST_LINES]


def _year(cell: Cell) -> int | None:
    return int(cell.text) if cell.text.isascii() and cell.text.isdigit() and len(cell.text) == 4 else None


def _decimal(cell: Cell) -> Decimal | None:
    return Decimal(cell.text.replace(",", "")) if cell.number else None
