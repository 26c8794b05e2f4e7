"""Pairs of things between which a relation may hold, with what the article tells of both.

The rules of `relation_bodies`, `relation_parts` and `relation_places` give signals: that the words of a sentence state
a relation. Those for one pair, wherever they stand, are brought together here; they decide nothing by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.actors import actors
from kg.extractors.engine import Scope
from kg.extractors.relation_bodies import BODY_RULES
from kg.extractors.relation_parts import PART_RULES
from kg.extractors.relation_places import Vote, main_place, votes, weightiest
from kg.extractors.things import Thing, Things, things

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found
    from kg.model import Mention, Text


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
        """The first sentence that states the relation."""
        return min(signal.sentence for signal in self.signals)

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
    for (subject, predicate, thing), signals in _signals(setting, main).items():
        if subject is not thing:
            yield Pair(subject, predicate, thing, tuple(signals), setting)


def _signals(setting: Setting, main: Mention | None) -> dict[tuple[Thing, str, Thing], list[Signal]]:
    """What the rules see, by subject, predicate and object."""
    text, found, of = setting.text, setting.found, setting.things.of
    signals: dict[tuple[Thing, str, Thing], list[Signal]] = defaultdict(list)
    for number in range(len(text.sentences)):
        if found.in_sentence(number, "Program", "Organization"):
            scope = Scope(text, number, found)
            for rule in (*BODY_RULES, *PART_RULES):
                for subject, predicate, thing in rule.find(scope):
                    signals[of[subject], predicate, of[thing]].append(Signal(rule.name, number))
    where: dict[Thing, list[Vote]] = defaultdict(list)
    for vote in votes(text, found, main):
        where[of[vote.program]].append(vote)
    keys = {mention: thing.key for mention, thing in of.items()}
    for program, told in where.items():
        for place in dict.fromkeys(of[p] for p in weightiest(told, keys).places):
            alike = [v for v in told if any(of[p] is place for p in v.places)]
            signals[program, "implementedIn", place] += [Signal(v.rule.name, v.program.sentence) for v in alike]
    return signals
