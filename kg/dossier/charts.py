"""Charts as SVG that needs no script: numbers over years, and areas side by side; each point leads to its sentence."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from kg.dossier.blocks import Bars, Years
from kg.queries.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.dossier.blocks import Line, Point

_WIDTH, _HEIGHT = 380, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 16, 14, 28
_BAR, _LABEL = 14, 16
_ASIDE = 9
"""How far a point stands beside another that would hide it."""
_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 8
_SCALES = ((9, "bn"), (6, "M"), (3, "k"))


def chart(block: Years | Bars, numbers: Mapping[str, int]) -> str:
    """The SVG of a chart; `numbers` are those of the sentences, to which points lead as `#s1`."""
    drawn = _years(block, numbers) if isinstance(block, Years) else _bars(block, numbers)
    height = _HEIGHT if isinstance(block, Years) else _TOP + len(block.bars) * (_BAR + _LABEL + 6)
    title = safe(block.title)
    body = "".join(drawn)
    return f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="{title}">{body}</svg>'


def safe(text: str) -> str:
    """A text as HTML, on one line and without what steers a terminal or browser."""
    return escape(" ".join(visible(text).split()), quote=True)


def compact(value: Decimal) -> str:
    """A number for the side of a chart.

    >>> compact(Decimal(140000)), compact(Decimal("2.5")), compact(Decimal(1500000))
    ('140k', '2.5', '1.5M')
    """
    for zeros, sign in _SCALES:
        if abs(value) >= 10**zeros:
            return f"{_short(value / 10**zeros)}{sign}"
    return _short(value)


def _short(value: Decimal) -> str:
    text = format(round(value, 2), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """About four round numbers from at most `low` to at least `high`; whole ones where both are.

    >>> [str(tick) for tick in ticks(Decimal(0), Decimal(171))]
    ['0', '50', '100', '150', '200']
    >>> [str(tick) for tick in ticks(Decimal(0), Decimal(2))]
    ['0', '1', '2']
    """
    high = max(high, low + 1) if high == low else high
    span = high - low
    size = Decimal(10) ** ((span / 4).adjusted())
    step = next(size * factor for factor in _STEPS if size * factor * 4 >= span)
    if low % 1 == high % 1 == 0:
        step = max(step, Decimal(1))  # there is no half district
    first = (low / step).to_integral_value("ROUND_FLOOR")
    last = (high / step).to_integral_value("ROUND_CEILING")
    return [step * number for number in range(int(first), int(last) + 1)]


def _years(block: Years, numbers: Mapping[str, int]) -> Iterator[str]:
    points = [point for line in block.lines for point in line.points]
    years = sorted({point.year for point in points})
    marks = ticks(min([Decimal(0), *(p.value for p in points)]), max([Decimal(0), *(p.value for p in points)]))
    wide, tall = _WIDTH - _LEFT - _RIGHT - 24, _HEIGHT - _TOP - _BOTTOM

    def across(year: int) -> Decimal:
        return round(Decimal(_LEFT + 12) + Decimal(wide) * (year - years[0]) / (years[-1] - years[0]), 1)

    def up(value: Decimal) -> Decimal:
        return round(_TOP + tall * (marks[-1] - value) / (marks[-1] - marks[0]), 1)

    for mark in marks:
        yield f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{up(mark)}" y2="{up(mark)}"/>'
        yield f'<text x="{_LEFT - 6}" y="{up(mark) + 4}" text-anchor="end">{compact(mark)}</text>'
    every = -(-len(years) // _MOST_TICKS)
    for year in years[::every]:
        yield f'<text x="{across(year)}" y="{_HEIGHT - 8}" text-anchor="middle">{year}</text>'
    drawn: Counter[tuple[Decimal, Decimal]] = Counter()
    for place, line in enumerate(block.lines):
        yield from _joins(line, place, across, up)
        for point in line.points:
            spot = across(point.year), up(point.value)
            at = f'cx="{spot[0] + _ASIDE * drawn[spot]}" cy="{spot[1]}"'
            drawn[spot] += 1
            yield _link(point, numbers, f'<circle class="hit" {at} r="12"/><circle class="c{place}" {at} r="4.5"/>')


def _joins(line: Line, place: int, across, up) -> Iterator[str]:  # type: ignore[no-untyped-def] # noqa: ANN001
    by_year = {point.year: point for point in line.points}
    for earlier, later in sorted(line.joined):
        one, other = by_year[earlier], by_year[later]
        ends = f'x1="{across(earlier)}" y1="{up(one.value)}" x2="{across(later)}" y2="{up(other.value)}"'
        yield f'<line class="join l{place}" {ends}/>'


def _bars(block: Bars, numbers: Mapping[str, int]) -> Iterator[str]:
    most = max((abs(point.value) for _, point in block.bars), default=Decimal(0)) or Decimal(1)
    for place, (label, point) in enumerate(block.bars):
        top = _TOP + place * (_BAR + _LABEL + 6)
        length = max(Decimal(2), round(Decimal(_WIDTH - 8) * abs(point.value) / most, 1))
        shown = point.text.rpartition(": ")[2]
        text = f'<text x="4" y="{top}">{safe(label)}</text>'
        text += f'<text x="{_WIDTH - 4}" y="{top}" text-anchor="end">{safe(shown)}</text>'
        bar = f'<rect class="c0" x="4" y="{top + 5}" width="{length}" height="{_BAR}" rx="2"/>'
        yield text + _link(point, numbers, bar)


def _link(point: Point, numbers: Mapping[str, int], drawn: str) -> str:
    """What is drawn for a point, as a link to its sentence."""
    told = safe(point.text)
    return f'<a href="#s{numbers[point.passage]}" aria-label="{told}"><title>{told}</title>{drawn}</a>'
