"""What a number is about, and the area that it covers.

The subject is the program that the sentence names before the number; else what the sentence leads with (a place, a
body); else the place that acts in it. A sentence that names none goes on about what the one before it was about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extractors.actors import actors
from kg.language.wordlists import either
from kg.model import Level, Mention, Role

if TYPE_CHECKING:
    from kg.extractors.engine import Found, Scope
    from kg.model import Text

NARROW = frozenset(Level) - {Level.PROVINCE}
"""Levels that a local number may be about."""

ADMINISTRATIVE = NARROW - {Level.SITE}

_LEADING = re.compile(
    r"(?:[^，,。；]{0,12}[，,：:])?(?:[“‘（(]?(?:在|由|作为|以|其中|比如|例如|据悉|目前|同时|今年|去年|近期|近日|地铁[0-9一二三四五六七八九十]+号线)?)?[“‘]?$"
)
"""What may stand before the first thing of a sentence that it leads with: a short clause of time, a preposition."""

_SPEAKER = re.compile(r"[^，,。：:]{2,40}" + either("metric_speech_verbs") + r"(?:道|说)?[，,：:]")
"""A clause that names the speaker of what follows."""

_SPOKEN = re.compile(r"”[^”]{2,40}" + either("metric_speech_verbs") + "[。.]?$")
"""The same after the speech."""

_LIST = re.compile(r"(?:[一二三四五六]是|其[一二三四]|第[一二三四][，,是]|[①②③④⑤])")


def subject_of(scope: Scope, position: int) -> Mention | None:
    """What the number at a position of a sentence is about."""
    here = _before(scope.text, scope.found, scope.number, position)
    if here:
        return here
    spoken = [_told(scope, number) for number in range(scope.number)]
    for about in (_about, _last_program):
        for number in range(scope.number - 1, -1, -1):
            topic = about(scope.text, scope.found, number, spoken[number])
            if topic:
                return topic
    return _main_place(scope.found)


def _told(scope: Scope, number: int) -> int:
    """How far an earlier sentence tells what later ones are about: to its list, or to the naming of its speaker."""
    sentence = scope.text.sentences[number]
    if sentence.role is Role.CAPTION and scope.sentence.role is not Role.CAPTION:
        return 0
    listed = _LIST.match(scope.sentence.text) is not None
    mark = (_LIST.search(sentence.text) if listed else None) or _SPOKEN.search(sentence.text)
    return mark.start() if mark else len(sentence.text)


def area_of(scope: Scope, position: int) -> Mention | None:
    """The administrative place that the number at a position covers: the last one named, or the article's first."""
    acting = [a.place for a in actors(scope.text, scope.found, scope.number) if a.start < position]
    for place in reversed(acting):
        if place.kind in ADMINISTRATIVE:
            return place
    for number in range(scope.number - 1, -1, -1):
        for place in reversed(scope.found.places_in(number)):
            if place.kind in ADMINISTRATIVE:
                return place
    return _main_place(scope.found)


def _before(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """The program named last before a position, else what the sentence is about up to there."""
    return _last_program(text, found, number, position) or _about(text, found, number, position)


def _about(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """What a sentence leads with, else its last acting place."""
    return _leading(text, found, number, position) or _acting(text, found, number, position)


def _last_program(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """The program named last before a position, of two the longer, honours and the like aside."""
    sentence = text.sentences[number].text
    programs = [
        p
        for p in found.in_sentence(number, "Program")
        if p.end <= position and not _honour().search(sentence[max(0, p.start - 14) : p.start])
    ]
    return max(programs, key=lambda p: (p.end, p.end - p.start), default=None)


@cache
def _honour() -> re.Pattern[str]:
    """Matches, before a program, what takes it as an object only in passing."""
    return re.compile(either("metric_honours") + "[^，,。；]{0,8}$")


def _leading(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """The thing that a sentence begins with, of a chain (杭州市上城区) the last."""
    sentence = text.sentences[number].text
    things = [
        m
        for m in found.in_sentence(number)
        if m.end <= position and (m.kind in NARROW or m.kind in {"Program", "Organization"})
    ]
    speaker = _SPEAKER.match(sentence)
    opening = speaker.end() if speaker else 0
    lead: Mention | None = None
    for thing in things:
        if thing.start < opening:
            continue
        if lead is None:
            lead = thing if _LEADING.fullmatch(sentence, opening, thing.start) else None
        elif thing.start == lead.end and {thing.kind, lead.kind} <= NARROW:
            lead = thing
    return lead


def _acting(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """The last place that acts in a sentence before a position."""
    acting = [a.place for a in actors(text, found, number) if a.start < position]
    narrow = [place for place in acting if place.kind in NARROW]
    places = narrow or acting
    return places[-1] if places else None


def _main_place(found: Found) -> Mention | None:
    """The article's first administrative place, else its first place."""
    places = [m for m in found.mentions if m.kind in set(Level)]
    return next((place for place in places if place.kind in ADMINISTRATIVE), places[0] if places else None)
