"""Pairs of things between which a relation may hold, with what the article tells of both.

The rules of `bodies`, `parts` and `places` give signals: that the words of a sentence state
a relation. Those for one pair, wherever they stand, are brought together here; they decide nothing by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.context.actors import actors, is_denied
from kg.extractors.context.things import Thing, Things, things
from kg.extractors.engine import Scope
from kg.extractors.relation.bodies import BODY_RULES, WITH_BODY
from kg.extractors.relation.parts import PART_RULES
from kg.extractors.relation.places import NAMED, Vote, main_place, votes, weightiest
from kg.extractors.relation.scenes import scenes
from kg.frozen import frozen
from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extractors.engine import Found
    from kg.model import Mention, Text


_VISITS = grammar("relations").compile("{relation_visiting_verbs}")

MOST_NAMED = 2
"""So many of the most named bodies may lead any program."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the pairs of an article share."""

    text: Text
    found: Found
    things: Things
    main: Thing | None
    acting: tuple[frozenset[str], ...]
    """For each sentence the keys of the places that act in it."""


@frozen
class Signal:
    """A rule that sees a relation stated in a sentence."""

    rule: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Choice:
    """How a place stands among those where a program may run.

    `share` is the part, in fifths, that it has of the weight of all votes; `first` tells that the first vote is for it,
    `preferred` that the weightiest is; `told` that a vote or a sentence speaks for the place itself, and not only that
    the article is about it; `scenes` tell of all that may be chosen how they stand to the program; `listed` are those
    that a vote is for together with the place (甲街道、乙街道共建).
    """

    share: int
    first: bool
    preferred: bool
    told: bool
    scenes: Mapping[Thing, str]
    listed: frozenset[Thing]


@dataclass(frozen=True)
class Pair:
    """Two things and the relation that is asked about, with the signals for it."""

    subject: Thing
    predicate: str
    object: Thing
    signals: tuple[Signal, ...]
    setting: Setting
    choice: Choice | None = None

    @cached_property
    def together(self) -> tuple[int, ...]:
        """The sentences that name both."""
        return tuple(sorted(self.subject.sentences & self.object.sentences))

    @property
    def evidence(self) -> int:
        """The first sentence that states the relation."""
        return min(signal.sentence for signal in self.signals)

    @cached_property
    def between(self) -> tuple[str, bool] | None:
        """The text between the nearest mentions in one sentence, and whether the object stands first."""
        best: tuple[int, str, bool] | None = None
        objects = _by_sentence(self.object)
        for one in self.subject.mentions:
            for other in objects.get(one.sentence, ()):
                before = other.end <= one.start
                if not before and other.start < one.end:
                    continue
                low, high = (other.end, one.start) if before else (one.end, other.start)
                if best is None or high - low < best[0]:
                    best = high - low, self.setting.text.sentences[one.sentence].text[low:high], before
        return best[1:] if best else None


def _by_sentence(thing: Thing) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in thing.mentions:
        found[mention.sentence].append(mention)
    return found


def pairs(text: Text, found: Found) -> Iterator[Pair]:
    """The pairs of an article that some rule speaks for, in the order of the text."""
    known = things(text, found)
    main = main_place(text, found, known.frame)
    acting = tuple(frozenset(known.of[a.place].key for a in actors(text, found, n)) for n in range(len(text.sentences)))
    setting = Setting(text, found, known, known.of.get(main) if main else None, acting)
    stated = _signals(setting)
    for (subject, predicate, thing), signals in stated.items():
        if not _same_name(subject, thing):
            yield Pair(subject, predicate, thing, tuple(signals), setting)
    for program, body in _beside(known):
        told = (program, "ledBy", body) in stated or (program, "involves", body) in stated
        if not told and not _same_name(program, body):
            pair = Pair(program, "ledBy", body, (Signal(WITH_BODY.name, _meeting(program, body)),), setting)
            if not (pair.between and _VISITS.search(pair.between[0])):
                yield pair
    yield from _places(setting, main)


def _same_name(one: Thing, other: Thing) -> bool:
    """Whether two things have a name in common: nothing leads itself, takes part in itself or is part of itself."""
    return one is other or not {m.name for m in one.mentions}.isdisjoint(m.name for m in other.mentions)


def _signals(setting: Setting) -> dict[tuple[Thing, str, Thing], list[Signal]]:
    """What the rules of sentences see, by subject, predicate and object."""
    text, found, of = setting.text, setting.found, setting.things.of
    signals: dict[tuple[Thing, str, Thing], list[Signal]] = defaultdict(list)
    for number in range(len(text.sentences)):
        if found.in_sentence(number, "Program", "Organization"):
            scope = Scope(text, number, found)
            for rule in (*BODY_RULES, *PART_RULES):
                for subject, predicate, thing in rule.find(scope):
                    signals[of[subject], predicate, of[thing]].append(Signal(rule.name, number))
    return signals


def _beside(known: Things) -> Iterator[tuple[Thing, Thing]]:
    """The programs with the bodies that a sentence of theirs names, and with those that the article names most."""
    for program in known.programs:
        for body in known.bodies:
            if body.rank < MOST_NAMED or body.sentences & program.sentences:
                yield program, body


def _places(setting: Setting, main: Mention | None) -> Iterator[Pair]:
    """Each program with the places where it may run: those voted for, named with it, and the article's."""
    of = setting.things.of
    keys = {mention: thing.key for mention, thing in of.items()}
    named = [mention for place in setting.things.places for mention in place.mentions]
    aside = {(m.sentence, m.start) for m in named}
    aside |= {(m.sentence, m.end) for m in named if is_denied(m, setting.text.sentences[m.sentence].text)}
    votes_for: dict[Thing, list[Vote]] = defaultdict(list)
    for vote in votes(setting.text, setting.found, main):
        votes_for[of[vote.program]].append(vote)
    for program, told in votes_for.items():
        weight = sum(vote.rule.weight for vote in told) or 1
        preferred = {of[place] for place in weightiest(told, keys).places}
        first = {of[place] for place in told[0].places}
        each = dict.fromkeys(of[place] for vote in told for place in vote.places)
        each |= dict.fromkeys(t for t in setting.things.places if _stands_with(t, program, aside))
        if setting.main:
            each[setting.main] = None
        standing = scenes(program, each, setting.text, setting.found)
        for place in each:
            alike = [vote for vote in told if any(of[p] is place for p in vote.places)]
            signals = [Signal(vote.rule.name, vote.program.sentence) for vote in alike]
            share = 5 * sum(vote.rule.weight for vote in alike) // weight
            told_so = share > 0 or _stands_with(place, program, aside)
            listed = frozenset(of[other] for vote in alike for other in vote.places) - {place}
            choice = Choice(share, place in first, place in preferred, told_so, standing, listed)
            signals = signals or [Signal(NAMED.name, _meeting(program, place))]
            yield Pair(program, "implementedIn", place, tuple(signals), setting, choice)


def _stands_with(place: Thing, program: Thing, aside: set[tuple[int, int]]) -> bool:
    """Whether a sentence of the program names the place as one where it may run.

    It may not where it ends at a position of `aside`: there it only begins a chain (甲市乙社区), or is denied to have
    it (乙街道没有开设).
    """
    if place.sentences.isdisjoint(program.sentences):
        return False
    return any(m.sentence in program.sentences and (m.sentence, m.end) not in aside for m in place.mentions)


def _meeting(program: Thing, place: Thing) -> int:
    """The first sentence that names both, else the program."""
    return min(program.sentences & place.sentences, default=program.first.sentence)
