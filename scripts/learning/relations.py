"""Labelled pairs of things: does the relation hold that is asked about?"""

from __future__ import annotations

from collections import defaultdict

from kg.evaluate.gold import GoldPage
from kg.evaluate.matching import alike, fold
from kg.extractors.context.things import Thing
from kg.extractors.relation.pairs import Pair, pairs
from kg.extractors.relations import TABLES, features
from scripts.learning.fit import Example
from scripts.learning.sources import Source, found_before

NAMES = tuple(TABLES.values())

WORTH = {"relation_implemented_in": 0.29, "relation_involves": 0.25, "relation_led_by": 0.25}
"""A pair is taken where more than this share of its like hold, of those whose relation need not be found a few counted.
That is less than the third that `fit` takes: places of programs that so come in are right as often as wrong, and this
raises F1 on sources kept aside; who leads and who takes part is to be found where it is plainly said."""

NOT_CORE = 0.05
"""What a relation weighs that may be found or not: it costs nothing, so it teaches little. With 0.4 the tables learned
what a generous reader lists, and for the sake of that took 169 wrong leaders beside 113 that must be found."""


def names(thing: Thing) -> set[str]:
    """The folded printings of a thing, and its official name."""
    found = {fold(m.name) for m in thing.mentions}
    return found | ({fold(thing.division.name)} if thing.division else set())


def examples(source: Source) -> dict[str, list[Example]]:
    """Every pair of a source, by the table of its relation."""
    found: dict[str, list[Example]] = defaultdict(list)
    for text in source.texts:
        asked = [pair for pair in pairs(text, found_before(text, "relations")) if pair.predicate in TABLES]
        cores = [_core(pair, source.gold) for pair in asked]
        settled = {pair.subject for pair, core in zip(asked, cores, strict=True) if pair.choice and core}
        for pair, core in zip(asked, cores, strict=True):
            # A place that need not be found is wrong where it stands in the way of one that must be.
            stands_in_way = core is False and pair.choice and pair.subject in settled
            found[TABLES[pair.predicate]].append(_example(pair, source, None if stands_in_way else core))
    return found


def _example(pair: Pair, source: Source, core: bool | None) -> Example:
    return Example(
        source.name,
        features(pair),
        float(core is not None),
        weight=NOT_CORE if core is False else 1.0,
        neutral=core is False,
        rivals=pair.subject.first if pair.choice else None,
    )


def _core(pair: Pair, gold: GoldPage) -> bool | None:
    """Whether a pair's relation must be found (True), may be (False), or is none."""
    subject, thing = names(pair.subject), names(pair.object)
    held = [
        relation.core
        for relation in gold.relations
        if relation.predicate == pair.predicate
        and alike(subject, relation.subject, partly=True)
        and alike(thing, relation.object, partly=True)
    ]
    return any(held) if held else None
