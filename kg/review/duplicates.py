"""Things that may be one: are they?"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from kg.language.anchors import normal
from kg.network import Thing
from kg.review.holdings import Holdings
from kg.review.suggestion import Suggestion, Value

SORT = "duplicates"
KINDS = ("Program", "Organization", "Person", "Site", "Document")
SHORTEST = 2
ALIKE = 0.75
COMMON = 60
"""Pairs of signs that more things share tell nothing."""


def duplicates(held: Holdings) -> Iterator[Suggestion]:
    """The close matches of the graph, and pairs of things whose names are alike and that no place keeps apart."""
    known = {frozenset((pair.one, pair.other)) for pair in held.pairs}
    for pair in held.pairs:
        one, other = held.things.get(pair.one), held.things.get(pair.other)
        if one and other and one.passages and other.passages and (one.kind == other.kind or one.label == other.label):
            yield _suggestion(held, one, other, pair.confidence, pair.reason)
    for kind in KINDS:
        things = [thing for thing in held.network.things if thing.kind == kind and thing.passages]
        for one, other in _pairs(things):
            alike = _likeness(one, other)
            if alike and _may_be_one(one, other) and frozenset((one.iri, other.iri)) not in known:
                yield _suggestion(held, one, other, alike / 2, "two nodes with like names")


def _pairs(things: list[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """The pairs whose names share two signs in a row, those of ordinary pairs of signs aside."""
    by_signs: dict[str, list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        label = normal(thing.label)
        for signs in sorted({label[n : n + 2] for n in range(len(label) - 1)}):
            by_signs[signs].append(number)
    pairs = {pair for numbers in by_signs.values() if len(numbers) <= COMMON for pair in combinations(numbers, 2)}
    yield from ((things[a], things[b]) for a, b in sorted(pairs))


def _likeness(one: Thing, other: Thing) -> Decimal:
    """How alike two names are, from 0 to 1."""
    short, long = sorted((normal(one.label), normal(other.label)), key=lambda name: (len(name), name))
    if len(short) < SHORTEST:
        return Decimal(0)
    if short in long:
        return Decimal(len(short)) / Decimal(len(long)) / 2 + Decimal("0.5")
    if len(short) > SHORTEST and _abbreviates(short, long):
        return Decimal("0.7")
    share = difflib.SequenceMatcher(None, short, long, autojunk=False).ratio()
    return Decimal(round(share * 100)) / 100 if share >= ALIKE and len(short) > SHORTEST + 1 else Decimal(0)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the signs of a short form stand in their order in a long one that begins and ends like it."""
    rest = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(sign in rest for sign in short)


def _may_be_one(one: Thing, other: Thing) -> bool:
    """Whether no district keeps two things apart, and they are not both labels of one article's list of forms."""
    apart = one.districts and other.districts and set(one.districts).isdisjoint(other.districts)
    return not (apart and one.kind != "Program") and not _numbered(one.label, other.label)


def _numbered(one: str, other: str) -> bool:
    """Whether two names differ in a number only: 第一小学 and 第二小学."""
    differing = set(one).symmetric_difference(other)
    return len(one) == len(other) and bool(differing) and all(sign.isnumeric() for sign in differing)


def _suggestion(held: Holdings, one: Thing, other: Thing, alike: Decimal, reason: str) -> Suggestion:
    first, second = sorted((one, other), key=lambda thing: (-len(thing.passages), -len(thing.label), thing.iri))
    passage = held.passage(second.passages)
    assert passage is not None
    keys: dict[str, Value]
    kind = first.kind.lower()
    ends = frozenset({one.iri, other.iri})
    weight = alike * min(first.weight, second.weight)
    why = f"{reason}, {len(first.passages)} and {len(second.passages)} sentences"
    if one.kind != other.kind:
        asks, keys = f"{first.label} is of kind {kind}, not {second.kind.lower()}", {"name": first.label, "kind": kind}
        return Suggestion(SORT, weight, asks, why, passage.text, held.file(passage), "name", keys, ends)
    asks, keys = (
        f"{second.label} is {first.label}",
        {"names": (held.name(first.iri), held.name(second.iri)), "kind": kind},
    )
    return Suggestion(SORT, weight, asks, why, passage.text, held.file(passage), "same", keys, ends)
