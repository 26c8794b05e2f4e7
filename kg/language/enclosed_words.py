"""Quotations and brackets among the words around a number: where they open and close, and the words of a quotation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.surroundings import Word

CLOSING_QUOTES = frozenset("”’」』")
"""Marks that close a quotation."""
LONGEST = 8
"""Words from a mark or bracket to the one that closes it, at most."""


def quoted_after(words: Sequence[Word], here: int) -> tuple[list[Word], int]:
    """The words of a short quotation that a mark opens, and where it closes; a number in it (86后) leaves it out."""
    for place in range(here + 1, min(here + LONGEST, len(words))):
        if words[place].part == "mark":
            inside = [replace(word, part="noun") for word in words[here + 1 : place]]
            told = any(char.isdigit() for word in inside for char in word.text)
            return ([] if told else inside), place
    return [], here


def quoted_before(words: Sequence[Word], here: int) -> tuple[list[Word], int]:
    """The words, from the last, of a short quotation that a mark closes, and where it opens."""
    for place in range(here - 1, max(-1, here - LONGEST), -1):
        if words[place].part == "mark":
            return [replace(word, part="noun") for word in words[here - 1 : place : -1]], place
    return [], here


def goes_on(words: Sequence[Word], here: int) -> bool:
    """Whether a noun follows the quotation that a mark opens or closes, so that it stands within the label."""
    closing = next((n for n in range(here + 1, min(here + LONGEST, len(words))) if words[n].part == "mark"), here)
    return closing + 1 < len(words) and words[closing + 1].part in {"noun", "open"}


def closing_of(words: Sequence[Word], opening: int) -> int:
    """Where a short bracket closes, or its own place."""
    for place in range(opening + 1, min(opening + LONGEST, len(words))):
        if words[place].part == "close":
            return place
    return opening


def opening_of(words: Sequence[Word], closing: int) -> int:
    """Where a short bracket opens, or its own place."""
    for place in range(closing - 1, max(-1, closing - LONGEST), -1):
        if words[place].part == "open":
            return place
    return closing
