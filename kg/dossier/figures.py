"""The sections of a dossier's numbers: those followed over years or areas with charts, the rest in tables."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.dossier.blocks import Bars, Block, Cell, Line, Note, Point, Section, Table, Years
from kg.dossier.wording import change_of, named, value_of, year_of
from kg.language.number_stages import Stage, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.dossier.model import Number, Series, Thing

_MOST_LINES = 6
_MOST_BARS = 30


def number_section(key: str, series: Iterable[Series], about: Thing | None, words: Mapping[str, str]) -> Section | None:
    """A section of series; the subject is told where it is not `about`. None where there are none."""
    series = tuple(series)
    if not series:
        return None
    charted = [each for each in series if _chart(each, words)]
    parts = [_followed(each, about, words) for each in charted]
    rest = [each for each in series if each not in charted]
    for group in ("level", "cumulative", "new", "growth", "decrease", "change", "target"):
        numbers = [number for each in rest if _group(each) == group for number in each.numbers]
        if numbers:
            parts.append(Section(f"{key}-{group}", words[group], (_table(numbers, about, words, words[group]),)))
    notes: tuple[Block, ...] = (Note(words["numbersNote"]),) if charted else ()
    return Section(key, words[key], notes, tuple(parts))


def _group(series: Series) -> str:
    if series.stage is Stage.TARGET:
        return "target"
    if series.kind != "level":
        return series.kind
    return "level" if series.tally is Tally.PLAIN else str(series.tally)


def _title(series: Series, about: Thing | None, words: Mapping[str, str]) -> str:
    subject = series.subject.label + "：" if series.subject and series.subject != about else ""
    unit = f" ({series.unit})" if series.unit else ""
    group = _group(series)
    kinds = [words[group]] if group != "level" else []
    if series.stage is Stage.TARGET and series.tally is not Tally.PLAIN:
        kinds.append(words[str(series.tally)])
    return " · ".join([f"{subject}{series.indicator}{unit}", *kinds])


def _followed(series: Series, about: Thing | None, words: Mapping[str, str]) -> Section:
    """A series with its chart, and the table beside it."""
    title = _title(series, about, words)
    changes = {change.later.iri: change for change in series.changes}
    head = [words["year"], words["area"], words["value"], words["changeSince"]]
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(year_of(number, words)),
            named(number.area),
            Cell(value_of(number, words), number.passages),
            Cell(change_of(changes[number.iri], words), changes[number.iri].earlier.passages)
            if number.iri in changes
            else Cell(""),
        )
        for number in sorted(series.numbers, key=_by_year)
    ]
    if not changes:
        head, rows = head[:3], [row[:3] for row in rows]
    chart = _chart(series, words)
    assert chart is not None
    return Section("", title, (chart, Table(title, tuple(head), tuple(rows), frozenset({2, 3}))))


def _by_year(number: Number) -> tuple[bool, int, str, str]:
    return number.year is None, number.year or 0, _label(number.area), number.iri


def _chart(series: Series, words: Mapping[str, str]) -> Years | Bars | None:
    """The chart of a series over at least two years, or of several areas in one; None where there is neither."""
    if series.kind == "change" or not series.indicator:
        return None
    title = _title(series, None, words)
    dated = [number for number in series.numbers if number.year is not None]
    if len({number.year for number in dated}) > 1:
        return Years(title, tuple(_lines(series, dated, words)))
    areas = {number.area: number for number in dated if number.area}
    if len(areas) < 2:
        return None
    bars = [(area.label, _point(number, words)) for area, number in sorted(areas.items())]
    bars.sort(key=lambda bar: -bar[1].value)
    return Bars(f"{title} · {dated[0].year}", tuple(bars[:_MOST_BARS]))


def _lines(series: Series, dated: Iterable[Number], words: Mapping[str, str]) -> Iterator[Line]:
    """A line an area; those beyond the sixth are one of points alone."""
    areas: dict[Thing | None, list[Number]] = defaultdict(list)
    for number in dated:
        areas[number.area].append(number)
    joined: dict[Thing | None, set[tuple[int, int]]] = defaultdict(set)
    for change in series.changes:
        if change.earlier.year is not None and change.later.year is not None:
            joined[change.later.area].add((change.earlier.year, change.later.year))
    ordered = sorted(areas.items(), key=lambda line: (-len({n.year for n in line[1]}), _label(line[0]), str(line[0])))
    for area, numbers in ordered[:_MOST_LINES]:
        points = sorted((_point(number, words) for number in numbers), key=lambda point: (point.year, point.value))
        yield Line(_label(area), tuple(points), frozenset(joined[area]))
    others = [_point(number, words) for _, numbers in ordered[_MOST_LINES:] for number in numbers]
    if others:
        yield Line("…", tuple(sorted(others, key=lambda point: (point.year, point.value, point.text))))


def _label(area: Thing | None) -> str:
    return area.label if area else ""


def _point(number: Number, words: Mapping[str, str]) -> Point:
    assert number.year is not None
    where = f"{_label(number.area)} ".lstrip()
    return Point(number.year, number.value, f"{where}{number.year}: {value_of(number, words)}", number.passages[0])


def _table(numbers: list[Number], about: Thing | None, words: Mapping[str, str], caption: str) -> Table:
    """Numbers that stand alone; the two ends of one change in one row."""
    others = any(number.subject not in {about, None} for number in numbers)
    rows = []
    for first, ends in _ends(numbers):
        value = " → ".join(value_of(number, words) for number in ends)
        passages = tuple(dict.fromkeys(iri for number in ends for iri in number.passages))
        row = [
            Cell(first.indicator or words["notTold"]),
            Cell(value, passages),
            Cell(year_of(ends[-1], words)),
            named(first.area),
        ]
        rows.append((named(first.subject), *row) if others else tuple(row))
    head = (words["indicator"], words["value"], words["year"], words["area"])
    if others:
        return Table(caption, (words["subject"], *head), tuple(rows), frozenset({2}))
    return Table(caption, head, tuple(rows), frozenset({1}))


def _ends(numbers: list[Number]) -> Iterator[tuple[Number, tuple[Number, ...]]]:
    """Each number, but the one from and the one to of a sentence and indicator together."""
    pairs: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in numbers:
        if number.kind in {"from", "to"}:
            pairs[_told(number)].append(number)
    for number in numbers:
        ends = sorted(pairs.get(_told(number), ()), key=lambda end: end.kind)
        if [end.kind for end in ends] != ["from", "to"]:
            yield number, (number,)
        elif number.kind == "from":
            yield number, tuple(ends)


def _told(number: Number) -> tuple[object, ...]:
    return number.passages, number.indicator, number.unit, number.subject, number.stage
