"""The lines of a page, with the place of every character, whatever the format it comes in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from kg.invisible import INVISIBLE

BULLETS = "■□●○◆◇▲△▶▷►★☆※◎▌▎•"
"""Marks that newspapers set before bylines, headings and items, and that OCR sets for what it cannot read."""

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_EDGE = re.compile(rf"[\s{INVISIBLE}]*")
_HASHES = re.compile(r"(#{1,6})(?:\s+|(?<=##))")
_BULLET = re.compile(rf"[{BULLETS}][\s{INVISIBLE}{BULLETS}]*")


class Mark(Enum):
    """What the format says that a line is."""

    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    CAPTION = auto()
    ITEM = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without surrounding white space, `offsets[i]` the place of `text[i]` in the source.

    `number` counts the non-empty lines; `gap` is the number of empty lines before it; `bullet` whether a mark such
    as ■ stood before it; `led` and `cut` whether anything that is no white space was taken off before and after it;
    `indented` whether white space stood before it. A line put together from several has the `number` of the last and
    tells how many they are (`count`).
    """

    text: str
    offsets: Sequence[int]
    number: int = 0
    gap: int = 0
    mark: Mark = Mark.TEXT
    bullet: bool = False
    led: bool = False
    cut: bool = False
    indented: bool = False
    count: int = 1

    @property
    def first(self) -> int:
        """The number of the first of the lines that it is made of."""
        return self.number - self.count + 1

    def part(self, start: int, end: int) -> Line:
        """The line with only `text[start:end]` left."""
        return replace(self, text=self.text[start:end], offsets=self.offsets[start:end], cut=end < len(self.text))


def trimmed(text: str, offsets: Sequence[int], number: int = 0, gap: int = 0, mark: Mark = Mark.TEXT) -> Line | None:
    """A line without the white space, zero-width characters and bullets around it; None if nothing is left."""
    end = len(text)
    while end and (text[end - 1].isspace() or _UNSEEN.match(text[end - 1]) or text[end - 1] in BULLETS):
        end -= 1
    first = _end(_EDGE, text, 0, end)
    start = _end(_BULLET, text, first, end)
    if start >= end:
        return None
    led = any(not char.isspace() for char in text[:start])
    dropped = any(char in BULLETS or _UNSEEN.match(char) for char in text[end:])
    return Line(
        text[start:end],
        offsets[start:end],
        number,
        gap,
        mark,
        bullet=start > first,
        led=led,
        cut=dropped,
        indented=first > 0,
    )


def plain_lines(text: str, start: int = 0) -> list[Line]:
    r"""The non-empty lines of plain text from `start`; `# ` marks a title and `## ` and deeper a heading.

    >>> [(line.text, line.gap, line.mark.name) for line in plain_lines("# 标题\n\n　　正文。")]
    [('标题', 0, 'TITLE'), ('正文。', 1, 'TEXT')]
    """
    lines: list[Line] = []
    position, number, gap = start, 0, 0
    for raw in text[start:].splitlines(keepends=True):
        line = trimmed(raw, range(position, position + len(raw)), number, gap)
        position += len(raw)
        number += bool(raw.strip())
        if line is not None and line.text.startswith("#"):
            line = _without_hashes(line)
        if line is None:
            gap += 1
        else:
            lines.append(line)
            gap = 0
    return lines


def _without_hashes(line: Line) -> Line | None:
    hashes = _HASHES.match(line.text)
    if not hashes:
        return line if line.text.strip("#") else None
    mark = Mark.TITLE if len(hashes[1]) == 1 else Mark.HEADING
    text = line.text.rstrip("#")
    return trimmed(text[hashes.end() :], line.offsets[hashes.end() : len(text)], line.number, line.gap, mark)


def _end(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    found = pattern.match(text, start, end)
    return found.end() if found else start
