"""What stands raised in HTML (`<sup>`): powers of units are read with them, marks of notes are no text."""

from __future__ import annotations

import re

from kg.reading.words import either

_POWERS = {"2": "²", "3": "³"}
_UNIT = re.compile(rf"(?<![A-Za-z]){either('length_units')}$", re.IGNORECASE)
_LONGEST_UNIT = 5
_OPENING, _CLOSING = "\\[［〔【(（", "\\]］〕】)）"
_NUMBERS = r"\d{1,3}(?:\s?[,，、–—-]\s?\d{1,3}){0,9}"
_NOTE = re.compile(rf"[{_OPENING}]?\s?{either('note_marks')}?\s?(?:{_NUMBERS}|[①-⑳❶-❿*†‡])?\s?[{_CLOSING}]?")


def raised(text: str, before: str) -> str:
    """What is read of a raised text behind another; nothing of the mark of a note.

    >>> raised("2", "占地3.5km"), raised("[12]", "建成书房9个"), raised("3", "增长12%"), raised("TM", "KG")
    ('²', '', '', 'TM')
    """
    told = text.strip()
    if told in _POWERS and _UNIT.search(before[-_LONGEST_UNIT:]):
        return _POWERS[told]
    return "" if _NOTE.fullmatch(told) else text
