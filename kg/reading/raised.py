"""What stands raised in HTML (`<sup>`): powers of units are text, marks of notes are none."""

from __future__ import annotations

import re

from kg.reading.words import either

LONGEST_UNIT = 5
_POWERS = frozenset({"2", "3"})
_UNIT = re.compile(rf"(?<![A-Za-z]){either('length_units')}$", re.IGNORECASE)
_OPENING, _CLOSING = "\\[［〔【(（", "\\]］〕】)）"
_NUMBERS = r"\d{1,3}(?:\s?[,，、–—-]\s?\d{1,3}){0,9}"
_NOTE = re.compile(rf"[{_OPENING}]?\s?{either('note_marks')}?\s?(?:{_NUMBERS}|[①-⑳❶-❿*†‡])?\s?[{_CLOSING}]?")


def is_note(raised: str, before: str) -> bool:
    """Whether a raised text behind another is the mark of a note, and no power of a unit of length.

    >>> is_note("2", "占地3.5km"), is_note("[12]", "建成书房9个"), is_note("3", "增长12%"), is_note("TM", "KG")
    (False, True, True, False)
    """
    told = raised.strip()
    return bool(_NOTE.fullmatch(told)) and not (told in _POWERS and _UNIT.search(before[-LONGEST_UNIT:]))
