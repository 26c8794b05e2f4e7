"""What programs and bodies have to do with places, bodies and programs.

Rules see relations stated and choose the place where a program runs; `pairs` brings together what they see,
`relation_features` tells what else speaks for and against, and the weights of `relation_…` decide what is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.decision import Judged, features_of, weights
from kg.extractors.pairs import Pair, pairs
from kg.extractors.relation_bodies import BODY_RULES
from kg.extractors.relation_features import FEATURES
from kg.extractors.relation_parts import PART_RULES
from kg.extractors.relation_places import PLACE_RULES
from kg.language.frame import is_stand_in
from kg.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found
    from kg.extractors.things import Thing
    from kg.model import Mention, Text

NEEDS = ("places", "organizations", "programs")

RULES = (*BODY_RULES, *PART_RULES, *PLACE_RULES)

TABLES = {
    "implementedIn": "relation_implemented_in",
    "ledBy": "relation_led_by",
}
"""The decision that takes each relation; of the others rules alone tell: their gold is too little to learn from."""

SURE = frozenset({"led-by-subject", "led-by-agent", "led-by-head", "led-by-named-head", "program-settled-in-place"})
"""Rules that see a relation stated outright: nothing else can speak against it."""


def features(pair: Pair) -> tuple[str, ...]:
    """The features of a pair, the rules that see its relation stated among them."""
    return (*features_of(FEATURES, pair), *(f"signal={rule}" for rule in sorted({s.rule for s in pair.signals})))


def extract(text: Text, found: Found) -> Iterator[Relation]:
    """The relations that an article states."""
    for pair, score in _accepted(pairs(text, found)):
        table = TABLES.get(pair.predicate)
        sure = weights(table).probability(score) if table else None
        for sentence in sorted({signal.sentence for signal in pair.signals}):
            subject, thing = _nearest(pair.subject, sentence), _nearest(pair.object, sentence)
            yield Relation(subject, pair.predicate, thing, sentence, pair.signals[0].rule, sure)


def _accepted(proposed: Iterable[Pair]) -> Iterator[tuple[Pair, int]]:
    """The pairs whose relation holds, with their scores."""
    for pair in proposed:
        table = TABLES.get(pair.predicate)
        score = weights(table).score(features(pair)) if table else 1
        if score > 0 or any(signal.rule in SURE for signal in pair.signals):
            yield pair, score


def _nearest(thing: Thing, sentence: int) -> Mention:
    """The mention of a thing that stands nearest to a sentence, by its name and the shortest of several forms."""
    named = [m for m in thing.mentions if not is_stand_in(m.name)] or thing.mentions
    return min(named, key=lambda m: (abs(m.sentence - sentence), len(m.name), m.sentence, m.start))


def judged(text: Text, found: Found) -> Iterator[Judged]:
    """Every pair of an article with what speaks for and against its relation."""
    proposed = list(pairs(text, found))
    taken = {id(pair) for pair, _ in _accepted(proposed)}
    for pair in (p for p in proposed if p.predicate in TABLES):
        subject, thing = _nearest(pair.subject, pair.evidence), _nearest(pair.object, pair.evidence)
        told = f"{subject.name} {pair.predicate} {thing.name}"
        table = weights(TABLES[pair.predicate])
        yield table.judged(told, pair.evidence, features(pair), accepted=id(pair) in taken)
