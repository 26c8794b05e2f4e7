"""Lines that a column's width broke are put together again, so that all that follows sees whole pieces of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.reading import signs
from kg.reading.joins import joint
from kg.reading.lines import Line, Mark

_NARROWEST, _WIDEST = 8, 80
_RAGGED = 2
"""Full lines of one column differ by so many characters, since punctuation may not begin a line."""
_FEWEST = 8
"""A column with paragraphs of its own shows its width in so many lines."""


def wrapped(lines: Sequence[Line]) -> tuple[list[Line], list[int]]:
    """The lines, those of one paragraph of one width put together, and the width of the column that each stands in.

    The width is 0 where lines are no longer broken by one. Lines that may be a paragraph or several of a column
    without empty lines stay as they are, with their width.
    """
    rows: list[Line] = []
    widths: list[int] = []
    runs = list(_runs(lines))
    known = {width for run in runs if len(run) > 2 and (width := _width_of_paragraph(run))}
    for run in runs:
        width = _width_of_paragraph(run)
        if width and (len(run) > 2 or joint(run[0].text, run[1].text) > 1 or width in known):
            rows.append(joined(run))
            widths.append(0)
        else:
            rows.extend(run)
            widths.extend([_width_of_column(run)] * len(run))
    return rows, widths


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines right below each other."""
    least = min((line.gap for line in lines[1:]), default=0)
    run: list[Line] = []
    for line in lines:
        apart = run and (line.gap > least or line.first != run[-1].number + 1)
        if run and (apart or line.mark is not Mark.TEXT or run[-1].mark is not Mark.TEXT):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _width_of_paragraph(run: Sequence[Line]) -> int:
    """The width of lines that are all full but the last; 0 if they are not."""
    *full, last = run
    if not full:
        return 0
    width = max(len(line.text) for line in full)
    even = all(width - _RAGGED <= len(line.text) for line in full) and len(last.text) <= width
    plain = all(not (line.led or line.bullet or line.indented) for line in run[1:]) and not any(
        line.cut for line in full
    )
    broken = sum(signs.is_open(line.text) for line in full)
    return width if even and plain and _NARROWEST <= width <= _WIDEST and broken * 3 >= len(full) else 0


def _width_of_column(lines: Sequence[Line]) -> int:
    """The length of full lines where most lines have nearly one length, as in text wrapped to a column; else 0."""
    lengths = Counter(len(line.text) for line in lines if len(line.text) >= _NARROWEST)
    most = sum(lengths.values())
    if most < _FEWEST:
        return 0
    width = max(lengths, key=lambda length: (sum(lengths[length - back] for back in range(_RAGGED + 1)), -length))
    full = [line for line in lines if width - _RAGGED <= len(line.text) <= width]
    broken = sum(signs.is_open(line.text) for line in full)
    longer = sum(len(line.text) > width for line in lines)
    is_wrapped = len(full) * 2 >= most and longer * 10 <= most and broken * 3 >= len(full) and width <= _WIDEST
    return width if is_wrapped else 0


def joined(run: Sequence[Line]) -> Line:
    """Lines as one; between Latin letters the line break is a space."""
    text, offsets = run[0].text, list(run[0].offsets)
    for line in run[1:]:
        if _is_latin(text[-1]) and _is_latin(line.text[0]):
            text += " "
            offsets.append(offsets[-1] + 1)
        text += line.text
        offsets.extend(line.offsets)
    return replace(
        run[0],
        text=text,
        offsets=offsets,
        number=run[-1].number,
        count=sum(line.count for line in run),
        cut=run[-1].cut,
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
