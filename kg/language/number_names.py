"""Numbers that count nothing: parts of names, titles and set phrases, ordinals, numbers of sections and of rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language import quotations
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from kg.language.numbers import Numeral

_NUMBERS = grammar("numbers")
BELOW_ZERO = _NUMBERS.compile("{below-zero}$|(?<={is-or-reaches}){minus}$|(?<![0-9A-Za-z%℃）)])-$")
LARGE = _NUMBERS.compile("[{myriad}{over-tail}]")
_AFTER_NAME = re.compile(r"[A-Za-z+＋°_#]|<(?!sup)")
_BEFORE_NAME = _NUMBERS.compile(r"[A-Za-z0-9./_#№{ordinal-sign}×*‑-]|[0-9A-Za-z][-—–+＋]|[0-9][:：∶]")
_ABBREVIATION = re.compile("[A-Z]{3}$")
_LISTED = re.compile("[0-9]、$")
_OF_SETTLEMENT = _NUMBERS.compile("{row-settlement}$")
_SPEECH = re.compile(r"[，。！？；,!?;：:]")
_TITLE = re.compile(r"《[^《》]{1,80}》|〔[^〔〕]{1,12}〕|<[^<>]{1,12}>")
_ORDINALS = _NUMBERS.compile(
    "{nth}[0-9{ten-numeral}{hundred}]+(?:[{ordinal-joint}-][0-9{ten-numeral}{hundred}]+)*[{ordinal-joint}—–-]{1,2}$"
)
_LONGEST_ORDINALS = 16
_NTH = _NUMBERS.word("nth")
_HEADING = _NUMBERS.compile(r"(?:^|[。；;\s）)]|[0-9{myriad}][^\s0-9{up-to}{and}、，,])$")
_IDIOMS = _NUMBERS.compile("{number_idioms}")
_LONGEST_NAME = 20


def is_section(text: str, numeral: Numeral) -> bool:
    """Whether a number with decimals heads a section, since what it would count has none: 3.1本工程."""
    if numeral.value == numeral.value.to_integral_value() or LARGE.search(text, numeral.start, numeral.end):
        return False
    return not numeral.chinese and _HEADING.search(text[max(0, numeral.start - 5) : numeral.start]) is not None


def is_of_row(text: str, numeral: Numeral, unit: str) -> bool:
    """Whether a number tells which one of a row and not how many: 红星11、12组, 桥头村7组."""
    if unit not in word_set("number_rows") or numeral.chinese:
        return False
    before = text[max(0, numeral.start - 2) : numeral.start]
    return bool(_LISTED.search(before) or (unit in _NUMBERS["numbered-part"] and _OF_SETTLEMENT.search(before)))


def is_name(text: str, numeral: Numeral) -> bool:
    """Whether a number is part of a name, an ordinal, a version or a telephone number."""
    before = text[max(0, numeral.start - 2) : numeral.start]
    if _ABBREVIATION.search(text, 0, numeral.start) and LARGE.search(text, numeral.start, numeral.end):
        return False  # 人均GDP2.2万美元
    if before and (_BEFORE_NAME.match(before[-1]) or _BEFORE_NAME.fullmatch(before)) and not BELOW_ZERO.search(before):
        return True
    begins = max(0, numeral.start - _LONGEST_ORDINALS)
    if text.find(_NTH, begins, numeral.start) >= 0 and _ORDINALS.search(text, begins, numeral.start):
        return True
    printed = text[numeral.start : numeral.end]
    return len(printed) > 1 and printed[0] == "0" and printed[1] != "."


def runs_into_name(text: str, numeral: Numeral) -> bool:
    """Whether signs of a name follow a number, unless they are a unit (20km): 5A, 1+6."""
    return _AFTER_NAME.match(text, numeral.end) is not None


def names_of(text: str) -> list[tuple[int, int]]:
    """The spans of titles, of set phrases, and of quotations that are names and not speech."""
    spans = [match.span() for pattern in (_TITLE, _IDIOMS) for match in pattern.finditer(text)]
    quoted = (match for match in quotations.PATTERN.finditer(text) if len(match[0]) <= _LONGEST_NAME + 2)
    return spans + [match.span() for match in quoted if not _SPEECH.search(match[0])]
