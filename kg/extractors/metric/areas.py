"""The administrative place that a number covers.

The place that it is about, if its paragraph names one; else what acts before the number in its own sentence; else what
a sentence before it in the paragraph leads with; else the place of what it is about; else that of the whole article,
which the text means by 全市 or 全县. In an account that a place gives of itself it is that place but for numbers that
are told of another. Figures of the whole country cover none, nor do a ministry's.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.context.actors import actors
from kg.extractors.context.discourse import is_compared
from kg.extractors.context.things import things
from kg.extractors.metric.accounts import account_place, own_place
from kg.extractors.metric.national import national_from
from kg.extractors.metric.shares import share_of
from kg.extractors.relation.places import main_place
from kg.language.bodies.official import national
from kg.language.wordlists import grammar, word_set, words
from kg.model import Level, Mention

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Text

ADMINISTRATIVE = frozenset(Level) - {Level.SITE}
"""Levels of the places that a number may cover."""

_NARROW = frozenset({Level.STREET, Level.COMMUNITY})
"""Levels of the places where a scene plays though a text names them once."""

_LISTED = frozenset({"、"})
_LEAD = 14
"""So many characters may stand before the place that a sentence leads with."""

_OFTEN = 2
"""So often at least a text names a place that it does not name in passing."""

_RENOWNED = grammar("metrics").compile("{metric_whole_areas}[^，。；：、0-9]{0,4}{metric_renown}")
"""Matches a word for a whole place where something is only known: 全省都晓得."""


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
        return self._by_passage(subject, number, position)

    def _by_passage(self, subject: Mention | None, number: int, position: int) -> Mention | None:
        """The administrative place of the passage of a number, else that of what it is about, else the article's."""
        share = share_of(self._text, self._found, number, position)
        if share is not None and share.kind in ADMINISTRATIVE:
            return share
        if here := self._acting(number, position):
            return here
        if self._is_of_state(subject, number, position):
            return None
        scene = self._led(number)
        if scene is None and subject is not None:
            scene = self._of_subject(subject, number)
        return scene or self._of_article

    def _is_of_state(self, subject: Mention | None, number: int, position: int) -> bool:
        """Whether a number is told of a body of the whole state, or of its means: 中央财政安排5亿元."""
        if subject is not None and subject.kind == "Organization" and national(subject.name):
            return True
        sentence = self._text.sentences[number].text
        return any(word in sentence[:position] for word in words("metric_central"))

    def _led(self, number: int) -> Mention | None:
        """What the nearest sentence before a sentence that leads with a place leads with, in the paragraph."""
        sentences = self._text.sentences
        for earlier in range(number - 1, -1, -1):
            if sentences[earlier].paragraph != sentences[number].paragraph:
                break
            if led := self._acting(earlier, _LEAD):
                return led
        return None

    def _of_subject(self, subject: Mention, number: int) -> Mention | None:
        """The place that a subject is, that its name begins with, or where it was named when the text last did so."""
        if subject.kind in ADMINISTRATIVE:
            wide = subject.kind not in _NARROW and self._of_whole is not None
            named = sum(place.name == subject.name for place in self._found.of_kind(subject.kind))
            passing = wide and named < _OFTEN  # 在温州市召开现场会, in a report on 全省
            return None if passing or subject.name in word_set("metric_whole_areas") else subject
        inside = [
            place
            for place in self._found.places_in(subject.sentence)
            if place.kind in ADMINISTRATIVE and subject.start <= place.start and place.end <= subject.end
        ]
        if subject.kind == "Organization" and inside and inside[0].start == subject.start:
            return inside[-1]
        sentences = self._text.sentences
        if sentences[subject.sentence].paragraph == sentences[number].paragraph:
            return None
        return self._acting(subject.sentence, subject.start) or self._led(subject.sentence)

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
                and not _RENOWNED.match(sentence, actor.start)
            ]
        return next((place for start, place in reversed(self._places[number]) if start < position), None)

    @cached_property
    def _of_article(self) -> Mention | None:
        """The place that the text means by 全市 and the like, else the one that the article as a whole is about."""
        if self._of_whole is not None:
            return self._of_whole
        main = main_place(self._text, self._found, things(self._text, self._found).frame)
        if main is not None and main.kind in ADMINISTRATIVE:
            return main
        return next(iter(self._found.of_kind(*ADMINISTRATIVE)), None)

    @cached_property
    def _of_whole(self) -> Mention | None:
        """The place that the text means by 全市 and the like, if it says so often."""
        return own_place(self._text, self._found)
