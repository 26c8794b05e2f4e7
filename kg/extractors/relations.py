"""What programs and bodies have to do with places, bodies and programs.

Rules see relations stated and choose the place where a program runs; `pairs` brings together what they see,
`relation.features` tells what else speaks for and against, and the weights of `relation_…` decide what is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from kg.decision import Judged, features_of, scorer, weights
from kg.extractors.relation.bodies import BODY_RULES, WITH_BODY
from kg.extractors.relation.features import FEATURES, OF_OBJECT, OF_PAIR, OF_SUBJECT
from kg.extractors.relation.pairs import Choice, Pair, pairs
from kg.extractors.relation.parts import PART_RULES
from kg.extractors.relation.places import PLACE_RULES
from kg.language.frame import is_stand_in
from kg.language.listed_places import WIDE
from kg.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from kg.extractors.context.things import Thing
    from kg.extractors.engine import Found
    from kg.model import Mention, Text

NEEDS = ("places", "organizations", "programs")

RULES = (*BODY_RULES, WITH_BODY, *PART_RULES, *PLACE_RULES)

TABLES = {
    "implementedIn": "relation_implemented_in",
    "ledBy": "relation_led_by",
    "involves": "relation_involves",
}
"""The decision that takes each relation; parts and seats are told by rules: there is too little gold to learn from."""

SIGNAL = frozenset({"signal"})
"""The feature that tells which rules see a relation stated."""


def features(pair: Pair) -> tuple[str, ...]:
    """The features of a pair, the rules that see its relation stated among them."""
    return (*features_of(FEATURES, pair), *(f"signal={rule}" for rule in sorted({s.rule for s in pair.signals})))


def extract(text: Text, found: Found) -> Iterator[Relation]:
    """The relations that an article states."""
    for pair, score in _accepted(pairs(text, found)):
        table = TABLES.get(pair.predicate)
        subjects, objects = _named(pair.subject), _named(pair.object)
        sure = _bounded(weights(table).probability(score), pair.subject) if table else None
        for sentence in sorted({signal.sentence for signal in pair.signals}):
            subject, thing = _nearest(subjects, sentence), _nearest(objects, sentence)
            yield Relation(subject, pair.predicate, thing, sentence, pair.signals[0].rule, sure)


def _accepted(proposed: Iterable[Pair]) -> Iterator[tuple[Pair, int]]:
    """The pairs whose relation holds, with their scores; of the places of a program the likeliest, and those told of.

    A district or one of its places that leads a program runs it too (白龙桥镇也办起了“…”).
    """
    scored = list(_scored(proposed))
    best: dict[Thing, tuple[int, bool]] = {}
    for pair, score in scored:
        if pair.choice:
            this = score, pair.choice.preferred
            best[pair.subject] = max(this, best.get(pair.subject, this))
    led = {(p.subject, p.object) for p, score in scored if p.predicate == "ledBy" and score > 0}
    for pair, score in scored:
        runs = pair.choice and pair.choice.told and pair.object.kind not in WIDE and (pair.subject, pair.object) in led
        if runs or (score > 0 and (pair.choice is None or _is_chosen(pair.choice, score, *best[pair.subject]))):
            yield pair, score


def _is_chosen(choice: Choice, score: int, highest: int, preferred: bool) -> bool:
    """Whether a program runs in a place: the likeliest, one listed with it, or one told of.

    One is listed with it where the weightiest vote is for both (甲街道、乙街道共建); one told of may lie within or
    around the likeliest.
    """
    return score == highest or (preferred and choice.preferred) or choice.told


def _scored(proposed: Iterable[Pair]) -> Iterator[tuple[Pair, int]]:
    """Pairs, each with the weight of its `features` where that is above zero, else less.

    What holds of a thing for all its pairs is weighed once.
    """
    subjects: dict[tuple[str, Thing], int] = {}
    objects: dict[tuple[str, Thing], int] = {}
    for pair in proposed:
        table = TABLES.get(pair.predicate)
        if table is None:
            yield pair, 1
            continue
        subject, thing = (table, pair.subject), (table, pair.object)
        if subject not in subjects:
            subjects[subject] = scorer(table, OF_SUBJECT).score(pair)
        if thing not in objects:
            objects[thing] = scorer(table, OF_OBJECT).score(pair, so_far=0)
        said = {f"signal={signal.rule}" for signal in pair.signals}
        yield pair, scorer(table, OF_PAIR, SIGNAL).if_positive(pair, said, subjects[subject] + objects[thing])


def _bounded(probability: Decimal, subject: Thing) -> Decimal:
    """Nothing holds of a program more surely than that it is one."""
    return min(probability, max((m.probability for m in subject.mentions if m.probability), default=probability))


def _named(thing: Thing) -> tuple[Mention, ...]:
    """The mentions of a thing by its name, or all where the text only has words such as 该区 for it."""
    return tuple(m for m in thing.mentions if not is_stand_in(m.name)) or thing.mentions


def _nearest(named: Sequence[Mention], sentence: int) -> Mention:
    """Of mentions by position the one that stands nearest to a sentence, the shortest of several forms there."""
    place = bisect_left(named, sentence, key=_sentence)
    near = min((m.sentence for m in named[max(0, place - 1) : place + 1]), key=lambda n: abs(n - sentence))
    here = named[bisect_left(named, near, key=_sentence) : bisect_right(named, near, key=_sentence)]
    return min(here, key=lambda m: (len(m.name), m.start))


def _sentence(mention: Mention) -> int:
    return mention.sentence


def judged(text: Text, found: Found) -> Iterator[Judged]:
    """Every pair of an article with what speaks for and against its relation."""
    proposed = list(pairs(text, found))
    taken = {id(pair) for pair, _ in _accepted(proposed)}
    for pair in (p for p in proposed if p.predicate in TABLES):
        subject, thing = (_nearest(_named(t), pair.evidence) for t in (pair.subject, pair.object))
        told = f"{subject.name} {pair.predicate} {thing.name}"
        table = weights(TABLES[pair.predicate])
        yield table.judged(told, pair.evidence, features(pair), accepted=id(pair) in taken)
