"""Numbers of the whole country: where a text tells of it, they cover no place that it names and are about none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.nation import nation_told

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Text

_LEAD = 18
"""So many characters may stand before the word for the country where a sentence leads with it."""

_REACH = 12
"""So many sentences a paragraph goes on about the country without naming it."""


def national_from(text: Text, found: Found, number: int, position: int) -> int | None:
    """From which position on a sentence tells of the whole country up to another; None where it does not.

    That ends where a place is named. Where the sentence names none, it goes on about the country (0) with which a
    sentence before it in the paragraph leads.
    """
    told = found.kept(_told, text, number)
    here = max((end for end in told if end <= position), default=None)
    places = [place.start for place in found.places_in(number) if place.start < position]
    if here is not None:
        return here if all(start < here for start in places) else None
    return 0 if not places and found.kept(_carried, text, number) else None


def _told(text: Text, _found: Found, number: int) -> tuple[int, ...]:
    return nation_told(text.sentences[number].text)


def _carried(text: Text, found: Found, number: int) -> bool:
    """Whether the paragraph told last, of places and the country, of the country, leading with it."""
    paragraph = text.sentences[number].paragraph
    for before in range(number - 1, max(-1, number - 1 - _REACH), -1):
        if text.sentences[before].paragraph != paragraph or found.places_in(before):
            return False
        if told := found.kept(_told, text, before):
            return told[0] <= _LEAD
    return False
