"""Numbers as they were read, with their labels: whether value, unit, indicator and subject are a careful reader's."""

from __future__ import annotations

from kg.decision import features_of
from kg.evaluate.matching import fold
from kg.extractors import metrics
from kg.extractors.metric.number_features import FEATURES, Number
from kg.extractors.metric.subjects import CERTAINTY, Subjects
from scripts.learning.fit import Example
from scripts.learning.sources import Source, found_before
from scripts.learning.subjects import accepted, gold_of, names_of

NAMES = (CERTAINTY,)


def examples(source: Source) -> dict[str, list[Example]]:
    """One example a number that the source's texts give; what the gold does not have is wrong."""
    gathered: list[Example] = []
    for text in source.texts:
        found = found_before(text, "metrics")
        subjects, names = Subjects(text, found), names_of(text, found)
        for metric in metrics.extract(text, found):
            number = subjects.number(metric)
            gold = gold_of(metric, text, source.gold)
            right = False
            if gold is not None:
                labels = _labels(number, names)
                right = any(fold(word) in fold(metric.indicator) for word in gold.counts) and (
                    not gold.of or bool(labels & accepted(gold, source.gold)[1])
                )
            gathered.append(Example(source.name, features_of(FEATURES, number), float(right)))
    return {CERTAINTY: gathered}


def _labels(number: Number, names: dict[object, frozenset[str]]) -> set[str]:
    """All names of what a number is about."""
    candidate = number.candidate
    return {name for mention in candidate.thing.mentions for name in names[mention]} if candidate else set()
