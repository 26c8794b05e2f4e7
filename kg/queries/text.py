"""Text for a terminal: its width, and what may not be shown."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # the characters of Unicode's category Cc


class _Widths(dict[str, int]):
    """The columns of each character, found out once: tables of thousands of sentences hold few different ones."""

    def __missing__(self, sign: str) -> int:
        self[sign] = 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        return self[sign]


_WIDTHS = _Widths()


def width(text: str) -> int:
    """The columns that a text takes in a terminal: wide characters take two, combining ones none.

    >>> width("街道ab")
    6
    """
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def visible(text: str) -> str:
    """A text on one line, without control characters that could steer a terminal."""
    return _CONTROL.sub(lambda found: " " if found[0] in "\r\n\t" else "", text)


def pointed_at(text: str, line: int, column: int) -> str:
    """A line of a text, and under it a caret at a column, both counted from 1; long lines are cut around it.

    >>> print(pointed_at("SELECT ?街道 {{", 1, 12))
    SELECT ?街道 {{
                 ^
    """
    lines = text.splitlines() or [""]
    shown = visible(lines[min(line, len(lines)) - 1])
    start = max(0, column - 1 - _BEFORE)
    return f"{shown[start : start + _SHOWN]}\n{' ' * width(shown[start : column - 1])}^"


_BEFORE, _SHOWN = 60, 100  # characters of a long line before the caret, and in all
