"""How a place stands to a program: the actor of its clause, the beginning of a chain of places, who speaks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.context.actors import actors
from kg.extractors.context.things import things
from kg.language.clauses import told_by
from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extractors.context.things import Thing
    from kg.extractors.engine import Found
    from kg.model import Mention, Text

SCENES = (
    "beside",
    "clause",
    "sentence",
    "after",
    "named",
    "speaker",
    "chain",
    "paragraph",
    "last",
    "before",
    "later",
)
"""The ways in which a place may stand to a program, the closest first.

It acts directly `beside` the program (甲街道的“P”), in the same `clause` or `sentence` before it, or `after` it; it is
only `named` there, as in the name of a body; its people are the `speaker`; it begins a `chain` of places (甲市 in
甲市乙县); it is the last that acts before, in the same `paragraph` or in one before (`last`); it is named only `before`
or `later`.
"""

_RANK = {scene: n for n, scene in enumerate(SCENES)}
BESIDE_IT = grammar("relations").compile("{composed}?{of}?[“‘「]?")
_CUT = re.compile("[，；：。]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A place where a sentence names it or takes it up, and whether it acts, begins a chain, or is who speaks."""

    thing: Thing
    start: int
    end: int
    acts: bool
    begins: bool
    speaks: bool


def standings(text: Text, found: Found, number: int) -> tuple[Standing, ...]:
    """The places of a sentence, named or taken up again, by position."""
    return found.kept(_standings, text, number)


def _standings(text: Text, found: Found, number: int) -> tuple[Standing, ...]:
    named, acting = found.places_in(number), actors(text, found, number)
    if not named and not acting:
        return ()
    of, (first, last) = things(text, found).of, told_by(text.sentences[number].text)
    starts, act = {m.start for m in named}, {(a.start, a.end) for a in acting}
    spans = {(m.start, m.end): m for m in named} | {(a.start, a.end): a.place for a in acting}
    return tuple(
        Standing(of[place], start, end, (start, end) in act, end in starts, first <= start < last)
        for (start, end), place in sorted(spans.items(), key=lambda s: s[0])
    )


def scenes(program: Thing, places: Iterable[Thing], text: Text, found: Found) -> dict[Thing, str]:
    """How each place stands to a program at its closest."""
    closest: dict[Thing, str] = {}
    for mention in program.mentions:
        sentence = text.sentences[mention.sentence].text
        for standing in standings(text, found, mention.sentence):
            scene = _scene(mention, standing, sentence)
            if scene and _RANK[scene] < _RANK[closest.get(standing.thing, "later")]:
                closest[standing.thing] = scene
    last = _last_acting(program, text, found)
    return {place: closest.get(place) or last.get(place) or _apart(program, place) for place in places}


def _scene(mention: Mention, standing: Standing, sentence: str) -> str:
    """How a place stands to a mention of a program in its sentence; "" within its name."""
    if mention.start <= standing.start and standing.end <= mention.end:
        return ""
    if standing.begins or standing.speaks or not standing.acts:
        return "chain" if standing.begins else "speaker" if standing.speaks else "named"
    if standing.start >= mention.end:
        return "after"
    between = sentence[standing.end : mention.start]
    return "beside" if BESIDE_IT.fullmatch(between) else "sentence" if _CUT.search(between) else "clause"


def _last_acting(program: Thing, text: Text, found: Found) -> dict[Thing, str]:
    """The last places of each class that act in the sentences before a program is first named."""
    first = program.first.sentence
    last: dict[str, Thing] = {}
    scene: dict[Thing, str] = {}
    for number in range(first - 1, -1, -1):
        same = text.sentences[number].paragraph == text.sentences[first].paragraph
        for standing in reversed(standings(text, found, number)):
            if (standing.acts or standing.begins) and standing.thing.kind not in last:
                last[standing.thing.kind] = standing.thing
                scene[standing.thing] = "paragraph" if same else "last"
    return scene


def _apart(program: Thing, place: Thing) -> str:
    return "before" if min(place.sentences) < program.first.sentence else "later"
