"""The administrative place that a number covers.

The place that it is about, if its paragraph names one; else what acts before the number in its own sentence; else what
a sentence before it in the paragraph leads with; else the place of the whole article, that which the text means by
全市 or 全县. In an account that a place gives of itself it is that place but for numbers that are told of another.
Figures of the whole country cover none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.accounts import account_place, own_place
from kg.extractors.actors import actors
from kg.extractors.discourse import is_compared
from kg.extractors.metric_shares import share_of
from kg.extractors.national import national_from
from kg.extractors.relation_places import main_place
from kg.extractors.things import things
from kg.language.wordlists import word_set
from kg.model import Level, Mention

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Text

ADMINISTRATIVE = frozenset(Level) - {Level.SITE}
"""Levels of the places that a number may cover."""

_LISTED = frozenset({"、"})
_LEAD = 14
"""So many characters may stand before the place that a sentence leads with."""


def _is_of_list(sentence: str, start: int, end: int) -> bool:
    """Whether a name is one of several of which the number is; not where it has a number of its own (、乙市1.1万个)."""
    before, after = sentence[max(0, start - 1) : start], sentence[end : end + 1]
    return after in _LISTED or (before in _LISTED and not after.isnumeric())


class Areas:
    """Answers for one article what places its numbers cover."""

    def __init__(self, text: Text, found: Found) -> None:
        self._text = text
        self._found = found
        self._places: dict[int, list[tuple[int, Mention]]] = {}

    def area_of(self, number: int, position: int, subject: Mention | None) -> Mention | None:
        """The administrative place that the number at a position of a sentence covers, told what it is about."""
        if national_from(self._text, self._found, number, position) is not None:
            return None
        if account := account_place(self._text, self._found):
            told = things(self._text, self._found).of.get(subject) if subject else None
            return subject if told and told.kind in ADMINISTRATIVE and told is not account else account.first
        if subject is not None and self._is_own(subject, number):
            return subject
        return self._by_passage(number, position)

    def _by_passage(self, number: int, position: int) -> Mention | None:
        """The administrative place of the passage of a number, whatever that is about."""
        share = share_of(self._text, self._found, number, position)
        if share is not None and share.kind in ADMINISTRATIVE:
            return share
        if here := self._acting(number, position):
            return here
        sentences = self._text.sentences
        for earlier in range(number - 1, -1, -1):
            if sentences[earlier].paragraph != sentences[number].paragraph:
                break
            if led := self._acting(earlier, _LEAD):
                return led
        return self._of_article

    def _is_own(self, subject: Mention, number: int) -> bool:
        """Whether a subject is an administrative place that the paragraph of a sentence names."""
        if subject.kind not in ADMINISTRATIVE or subject.name in word_set("metric_whole_areas"):
            return False
        paragraph = self._text.sentences[number].paragraph
        named = (place for place in self._found.of_kind(subject.kind) if place.name == subject.name)
        return any(self._text.sentences[place.sentence].paragraph == paragraph for place in named)

    def _acting(self, number: int, position: int) -> Mention | None:
        """The last administrative place that acts in a sentence before a position, those of a list aside."""
        if number not in self._places:
            sentence = self._text.sentences[number].text
            self._places[number] = [
                (actor.start, actor.place)
                for actor in actors(self._text, self._found, number)
                if actor.place.kind in ADMINISTRATIVE
                and not is_compared(sentence, actor.start)
                and not _is_of_list(sentence, actor.start, actor.end)
            ]
        return next((place for start, place in reversed(self._places[number]) if start < position), None)

    @cached_property
    def _of_article(self) -> Mention | None:
        """The place that the text means by 全市 and the like, else the one that the article as a whole is about."""
        if own := own_place(self._text, self._found):
            return own
        main = main_place(self._text, self._found, things(self._text, self._found).frame)
        if main is not None and main.kind in ADMINISTRATIVE:
            return main
        return next(iter(self._found.of_kind(*ADMINISTRATIVE)), None)
