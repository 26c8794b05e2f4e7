"""Pairs of things between which a relation may hold, with what the article tells of both.

Every program is paired with the places of the article, with the bodies and programs near it or named most, and every
body with the places. The rules of `relation_bodies`, `relation_parts` and `relation_places` give signals: that the
words of a sentence state the relation. They decide nothing by themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.actors import actors
from kg.extractors.engine import Scope
from kg.extractors.relation_bodies import BODY_RULES
from kg.extractors.relation_parts import PART_RULES
from kg.extractors.relation_places import main_place, votes
from kg.extractors.things import Thing, Things, things
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found
    from kg.model import Text

NEAR = 1
"""A body or program is paired with a program that a sentence so far away names."""

TOP = 2
"""So many of the article's bodies and programs are paired with every program."""

_CLAUSE = re.compile("[，；：。]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the pairs of an article share."""

    text: Text
    found: Found
    things: Things
    main: Thing | None
    acting: tuple[frozenset[str], ...]
    """For each sentence the keys of the places that act in it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that sees a relation stated in a sentence."""

    rule: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things and the relation that is asked about, with the signals for it."""

    subject: Thing
    predicate: str
    object: Thing
    signals: tuple[Signal, ...]
    setting: Setting

    @property
    def together(self) -> tuple[int, ...]:
        """The sentences that name both."""
        return tuple(sorted(self.subject.sentences & self.object.sentences))

    @property
    def evidence(self) -> int:
        """The sentence that tells the relation best: a signal's, else one that names both, else the subject's first."""
        told = [s.sentence for s in self.signals] or list(self.together)
        return min(told, default=self.subject.first.sentence)

    def between(self) -> tuple[str, bool] | None:
        """The text between the nearest mentions in one sentence, and whether the object stands first."""
        best: tuple[int, str, bool] | None = None
        for one in self.subject.mentions:
            for other in self.object.mentions:
                if one.sentence != other.sentence:
                    continue
                before = other.end <= one.start
                if not before and other.start < one.end:
                    continue
                low, high = (other.end, one.start) if before else (one.end, other.start)
                if best is None or high - low < best[0]:
                    best = high - low, self.setting.text.sentences[one.sentence].text[low:high], before
        return best[1:] if best else None


def pairs(text: Text, found: Found) -> Iterator[Pair]:
    """The pairs of an article, by the first mention of their subject."""
    known = things(text, found)
    main = main_place(text, found, known.frame)
    acting = tuple(
        frozenset(known.of[a.place].key for a in actors(text, found, n)) for n in range(len(text.sentences))
    )
    setting = Setting(text, found, known, known.of.get(main) if main else None, acting)
    signals = _signals(setting, main)
    for program in known.programs:
        for place in known.places:
            yield _pair(program, "implementedIn", place, signals, setting)
            if place.kind != Level.SITE:
                yield _pair(program, "ledBy", place, signals, setting)
        for body in known.bodies:
            if _near(program, body):
                yield _pair(program, "ledBy", body, signals, setting)
                yield _pair(program, "involves", body, signals, setting)
        for other in known.programs:
            if other is not program and _near(program, other):
                yield _pair(program, "partOf", other, signals, setting)
    for body in known.bodies:
        for place in known.places:
            pair = _pair(body, "basedIn", place, signals, setting)
            if pair.signals:
                yield pair


def _pair(
    subject: Thing, predicate: str, thing: Thing, signals: dict[tuple[str, str, str], list[Signal]], setting: Setting
) -> Pair:
    return Pair(subject, predicate, thing, tuple(signals.get((subject.key, predicate, thing.key), ())), setting)


def _near(one: Thing, other: Thing) -> bool:
    """Whether two things are told of together, or one of them is told of everywhere."""
    if other.rank < TOP:
        return True
    return any(n + d in other.sentences for n in one.sentences for d in range(-NEAR, NEAR + 1))


def _signals(setting: Setting, main) -> dict[tuple[str, str, str], list[Signal]]:
    """What the rules see, by subject, predicate and object."""
    text, found, of = setting.text, setting.found, setting.things.of
    signals: dict[tuple[str, str, str], list[Signal]] = defaultdict(list)
    for number in range(len(text.sentences)):
        if not found.in_sentence(number, "Program", "Organization"):
            continue
        scope = Scope(text, number, found)
        for rule in (*BODY_RULES, *PART_RULES):
            for subject, predicate, thing in rule.find(scope):
                signals[of[subject].key, predicate, of[thing].key].append(Signal(rule.name, number))
    for vote in votes(text, found, main):
        for place in vote.places:
            key = of[vote.program].key, "implementedIn", of[place].key
            signals[key].append(Signal(vote.rule.name, vote.program.sentence))
    return signals
