"""What programs and bodies have to do with places, bodies and programs.

`pairs` proposes, `relation_features` tells what speaks for and against, and the weights of `relation_…` decide. A
program runs in one place, the likeliest (several where an enumeration names them alike).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.decision import Judged, features_of, weights
from kg.extractors.pairs import Pair, pairs
from kg.extractors.relation_bodies import BODY_RULES
from kg.extractors.relation_features import FEATURES
from kg.extractors.relation_parts import PART_RULES
from kg.extractors.relation_places import PLACE_RULES, PlaceRule
from kg.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found
    from kg.model import Mention, Text

NEEDS = ("places", "organizations", "programs")

UNSTATED = PlaceRule("told-together", 0)
"""The relation follows from how both are told of, though no rule sees it stated."""

RULES = (*BODY_RULES, *PART_RULES, *PLACE_RULES, UNSTATED)

TABLES = {
    "implementedIn": "relation_implemented_in",
    "ledBy": "relation_led_by",
    "involves": "relation_involves",
    "partOf": "relation_part_of",
}
"""The decision that each relation of a program is taken by; that a body is based in a place, its signals alone tell."""


def features(pair: Pair) -> tuple[str, ...]:
    """The features of a pair, the rules that see its relation stated among them."""
    return (*features_of(FEATURES, pair), *(f"signal={rule}" for rule in sorted({s.rule for s in pair.signals})))


def extract(text: Text, found: Found) -> Iterator[Relation]:
    """The relations that an article states."""
    for pair, score in _accepted(pairs(text, found)):
        subject, thing = _mentions(pair)
        rule = pair.signals[0].rule if pair.signals else UNSTATED.name
        table = TABLES.get(pair.predicate)
        sure = weights(table).probability(score) if table else None
        yield Relation(subject, pair.predicate, thing, pair.evidence, rule, sure)


def _accepted(proposed: Iterable[Pair]) -> Iterator[tuple[Pair, int]]:
    """The pairs whose relation holds, with their scores."""
    where: dict[str, list[tuple[int, Pair]]] = defaultdict(list)
    for pair in proposed:
        if pair.predicate not in TABLES:
            yield pair, 0
            continue
        score = weights(TABLES[pair.predicate]).score(features(pair))
        if pair.predicate == "implementedIn":
            where[pair.subject.key].append((score, pair))
        elif score > 0:
            yield pair, score
    for scored in where.values():
        score, best = max(scored, key=lambda s: s[0])
        if score > 0:
            yield best, score
            yield from ((p, s) for s, p in scored if p is not best and _alike(p, best) and s > 0)


def _alike(one: Pair, other: Pair) -> bool:
    """Whether one enumeration tells both: a rule sees them in the same sentence, and they are of one level."""
    return one.object.kind == other.object.kind and bool(set(one.signals) & set(other.signals))


def _mentions(pair: Pair) -> tuple[Mention, Mention]:
    """The mentions of both things that stand nearest to the evidence."""

    def nearest(mentions: tuple[Mention, ...]) -> Mention:
        return min(mentions, key=lambda m: (abs(m.sentence - pair.evidence), m.sentence, m.start))

    return nearest(pair.subject.mentions), nearest(pair.object.mentions)


def judged(text: Text, found: Found) -> Iterator[Judged]:
    """Every pair of an article with what speaks for and against its relation."""
    proposed = list(pairs(text, found))
    taken = {id(pair) for pair, _ in _accepted(proposed)}
    for pair in (p for p in proposed if p.predicate in TABLES):
        told = f"{pair.subject.first.name} {pair.predicate} {pair.object.first.name}"
        table = weights(TABLES[pair.predicate])
        yield table.judged(told, pair.evidence, features(pair), accepted=id(pair) in taken)
