"""What stands raised, in HTML (`<sup>`) or by its signs: powers of units are text, marks of notes are none."""

from __future__ import annotations

import re

from kg.reading.words import PAGES, words

LONGEST_UNIT = 5
_POWERS = frozenset({"2", "3"})
_UNIT = PAGES.compile("(?<![A-Za-z]){length_units}$", re.IGNORECASE)
_OPENING, _CLOSING = "\\[［〔【(（", "\\]］〕】)）"
_NUMBERS = r"\d{1,3}(?:\s?[,，、–—-]\s?\d{1,3}){0,9}"
_NOTE = PAGES.compile(f"[{_OPENING}]?" + r"\s?{note_marks}?\s?(?:" + _NUMBERS + r"|[①-⑳❶-❿*†‡])?\s?" + f"[{_CLOSING}]?")

_SIGNS = "¹²³⁰⁴-⁹"
_BEHIND = r"(?<=[\u3400-\u9fff\d%％”’」』》）)\]］〕])"
_OF_LENGTH = "".join(sorted({unit[-1] for unit in words("length_units")}))
NOTE_IN_TEXT = PAGES.regex(
    _BEHIND + r"(?:(?<!{no-note})[\[［〔]\^?" + _NUMBERS + r"[\]］〕](?!{nth}?\d{0,5}{issue})"
    r"|[（(]{note_marks}\s?" + _NUMBERS + "[）)]"
    rf"|(?<!10)(?<![{_OF_LENGTH}])[{_SIGNS}]{{1,3}}(?![{_SIGNS}])"
    r"|(?<=[\d{myriad}%％])[①-⑳❶-❿](?=[\u3400-\u9fff]))"
)
"""The mark of a note as plain text prints it: 800[3]棵, 书房〔12〕, 人口³. What numbers an issue or a document is none
(第[3]期, 国发〔98〕5号), nor is the ① that begins an item."""


def is_note(raised: str, before: str) -> bool:
    """Whether a raised text behind another is the mark of a note, and no power of a unit of length.

    >>> is_note("2", "占地3.5km"), is_note("[12]", "建成书房9个"), is_note("3", "增长12%"), is_note("TM", "KG")
    (False, True, True, False)
    """
    told = raised.strip()
    return bool(_NOTE.fullmatch(told)) and not (told in _POWERS and _UNIT.search(before[-LONGEST_UNIT:]))
