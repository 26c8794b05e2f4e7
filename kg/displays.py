"""What consoles and spreadsheets make of what we write: signs that they lack, cells that they would run."""

from __future__ import annotations

import codecs
import io
import re
import sys

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that Excel or LibreOffice takes for a formula, the wide signs of Chinese keyboards included."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_PLAIN = {"─": "-", "…": "...", "·": "-", "•": "*", "“": '"', "”": '"'}
"""What stands for signs that a console cannot show; others are escaped."""


def inert(cell: str) -> str:
    """A cell of a table that no spreadsheet takes for a formula: one that begins like one gets an apostrophe.

    >>> inert("=1+1"), inert("＝1+1行动"), inert("-3.5"), inert("1+6")
    ("'=1+1", "'＝1+1行动", '-3.5', '1+6')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def write_what_can_be_written() -> None:
    """Have standard output and error write in place of what their encoding lacks an escape, or a plain sign for lines.

    A label may hold what GBK, ASCII or Latin-1 have no sign for, and a file's name half a character.
    """
    codecs.register_error("kg", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="kg")


def _escaped(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for signs that cannot be written."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end]
    plain = "".join(_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in text)
    return plain, error.end
