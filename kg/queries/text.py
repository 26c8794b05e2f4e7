"""Text for a terminal: its width, and what may not be shown."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The columns that a text takes in a terminal: wide characters take two, combining ones none.

    >>> width("街道ab")
    6
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def visible(text: str) -> str:
    """A text on one line, without control characters that could steer a terminal."""
    return "".join(" " if c in "\r\n\t" else c for c in text if c in "\r\n\t" or unicodedata.category(c) != "Cc")


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
