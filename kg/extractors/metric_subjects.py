"""What a number is about, and the area that it covers.

The subject is the program that the sentence names before the number; else what the sentence leads with (a place, a
body); else the place that acts in it. A sentence that names none goes on about what the one before it was about.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.extractors.actors import Actor, actors
from kg.language.wordlists import either
from kg.model import Level, Mention, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extractors.engine import Found
    from kg.model import Text

NARROW = frozenset(Level) - {Level.PROVINCE}
"""Levels that a local number may be about."""

ADMINISTRATIVE = NARROW - {Level.SITE}

_LEADING = re.compile(
    r"(?:[^，,。；]{0,12}[，,：:])?(?:[“‘（(]?(?:"
    + either("metric_lead_ins")
    + r"|地铁[0-9一二三四五六七八九十]+号线)?)?[“‘]?"
)
"""What may stand before the first thing of a sentence that it leads with: a short clause of time, a preposition."""

_SPEAKER = re.compile(r"[^，,。：:]{2,40}" + either("metric_speech_verbs") + r"(?:道|说)?[，,：:]")
"""A clause that names the speaker of what follows."""

_SPOKEN = re.compile(r"”[^”]{2,40}" + either("metric_speech_verbs") + "[。.]?$")
"""The same after the speech."""

_TAKEN_UP = re.compile("(?:目前，|如今，|今年以来，|据悉，)?(?:该|这一|这项|这个|此)" + either("program_heads"))
"""What takes up the program named last: 该机制, 这一平台."""

_LIST = re.compile(r"(?:[一二三四五六]是|其[一二三四]|第[一二三四][，,是]|[①②③④⑤])")


class Subjects:
    """Answers for one article what its numbers are about; what it has worked out for a sentence it keeps."""

    def __init__(self, text: Text, found: Found) -> None:
        self._text = text
        self._found = found
        self._actors: dict[int, tuple[Actor, ...]] = {}
        self._topics: dict[tuple[bool, bool], list[Mention | None]] = {}
        self._programs: dict[tuple[bool, bool], list[Mention | None]] = {}
        self._areas: list[Mention | None] = [None]

    def subject_of(self, number: int, position: int) -> Mention | None:
        """What the number at a position of a sentence is about."""
        taken_up = _TAKEN_UP.match(self._text.sentences[number].text)
        return (
            self._last_program(number, position)
            or (taken_up and self._earlier(number, self._programs, self._last_program))
            or self._about(number, position)
            or self._earlier(number, self._topics, self._about)
            or self._earlier(number, self._programs, self._last_program)
            or self._main_place
        )

    def area_of(self, number: int, position: int) -> Mention | None:
        """The administrative place that the number at a position covers: the last one named, or the article's first."""
        for actor in reversed(self._acting(number)):
            if actor.start < position and actor.place.kind in ADMINISTRATIVE:
                return actor.place
        while len(self._areas) <= number:
            named = [p for p in self._found.places_in(len(self._areas) - 1) if p.kind in ADMINISTRATIVE]
            self._areas.append(named[-1] if named else self._areas[-1])
        return self._areas[number] or self._main_place

    def _earlier(
        self,
        number: int,
        known: dict[tuple[bool, bool], list[Mention | None]],
        about: Callable[[int, int], Mention | None],
    ) -> Mention | None:
        """What the sentences before one are about, the nearest first."""
        sentence = self._text.sentences[number]
        listed, caption = _LIST.match(sentence.text) is not None, sentence.role is Role.CAPTION
        topics = known.setdefault((listed, caption), [None])
        while len(topics) <= number:
            earlier = len(topics) - 1
            topics.append(about(earlier, self._told(earlier, listed=listed, caption=caption)) or topics[-1])
        return topics[number]

    def _told(self, number: int, *, listed: bool, caption: bool) -> int:
        """How far a sentence tells what later ones are about: to its list, or to the naming of its speaker.

        Only for the items of a list does it end at the list; captions tell nothing but to captions.
        """
        sentence = self._text.sentences[number]
        if sentence.role is Role.CAPTION and not caption:
            return 0
        mark = (_LIST.search(sentence.text) if listed else None) or _SPOKEN.search(sentence.text)
        return mark.start() if mark else len(sentence.text)

    def _acting(self, number: int) -> tuple[Actor, ...]:
        """The acting places of a sentence."""
        if number not in self._actors:
            self._actors[number] = actors(self._text, self._found, number)
        return self._actors[number]

    def _about(self, number: int, position: int) -> Mention | None:
        """What a sentence leads with, else its last acting place before a position."""
        if lead := self._leading(number, position):
            return lead
        acting = [a.place for a in self._acting(number) if a.start < position]
        places = [place for place in acting if place.kind in NARROW] or acting
        return places[-1] if places else None

    def _last_program(self, number: int, position: int) -> Mention | None:
        """The program named last before a position, of two the longer, honours and the like aside."""
        sentence = self._text.sentences[number].text
        programs = [
            p
            for p in self._found.in_sentence(number, "Program")
            if p.end <= position and not _honour().search(sentence[max(0, p.start - 14) : p.start])
        ]
        return max(programs, key=lambda p: (p.end, p.end - p.start), default=None)

    def _leading(self, number: int, position: int) -> Mention | None:
        """The thing that a sentence begins with, of a chain (杭州市上城区) the last."""
        sentence = self._text.sentences[number].text
        speaker = _SPEAKER.match(sentence)
        opening = speaker.end() if speaker else 0
        lead: Mention | None = None
        for thing in self._found.in_sentence(number, *NARROW, "Program", "Organization"):
            listed = sentence[thing.end : thing.end + 1] in {"、", "等"}
            if thing.end > position or thing.start < opening or listed:
                continue
            if lead is None:
                lead = thing if _LEADING.fullmatch(sentence, opening, thing.start) else None
            elif thing.start == lead.end and {thing.kind, lead.kind} <= NARROW:
                lead = thing
        return lead

    @cached_property
    def _main_place(self) -> Mention | None:
        """The article's first administrative place, else its first place."""
        places = self._found.of_kind(*Level)
        return next((place for place in places if place.kind in ADMINISTRATIVE), places[0] if places else None)


@cache
def _honour() -> re.Pattern[str]:
    """Matches, before a program, what takes it as an object only in passing."""
    return re.compile(either("metric_honours") + "[^，,。；]{0,8}$")
