"""What the numbers of gold pages are about: the candidates of each, the right ones marked."""

from __future__ import annotations

from kg.evaluate.gold import GoldMetric, GoldPage
from kg.evaluate.matching import fold
from kg.evaluate.numbers import same_number
from kg.extractors import metrics
from kg.extractors.engine import Found
from kg.extractors.metric.subjects import DECISION, Subjects
from kg.linking.organizations import link_organizations
from kg.linking.places import link_places
from kg.linking.programs import link_programs
from kg.model import Metric, Text
from scripts.learning.fit import Example
from scripts.learning.sources import Source, found_before

NAMES = (DECISION,)

STRENGTH = 0.14

ACCEPTABLE = 0.3
"""How right a subject is that would do, beside 1 for the best."""

BORDERLINE = 0.5
"""How much a number counts that need not be found."""


def examples(source: Source) -> dict[str, list[Example]]:
    """The candidates of all numbers of a page that its gold has."""
    gathered: list[Example] = []
    for nth, text in enumerate(source.texts):
        found = found_before(text, "metrics")
        subjects = Subjects(text, found)
        names = names_of(text, found)
        for metric in metrics.extract(text, found):
            gold = gold_of(metric, text, source.gold)
            if gold is None or not gold.of:
                continue
            best, will_do = accepted(gold, source.gold)
            for ranked in subjects.ranked(metric.sentence, metric.start):
                labels = {name for mention in ranked.candidate.thing.mentions for name in names[mention]}
                right = 1.0 if labels & best else ACCEPTABLE if labels & will_do else 0.0
                group = nth, metric.sentence, metric.start
                weight = 1.0 if gold.core else BORDERLINE
                gathered.append(Example(source.name, ranked.features, right, group, weight))
    return {DECISION: gathered}


def gold_of(metric: Metric, text: Text, gold: GoldPage) -> GoldMetric | None:
    """The gold number that a metric is: same value and unit, its quote in the sentence, core ones first."""
    sentence = fold(text.sentences[metric.sentence].text)
    fits = [
        g
        for g in gold.metrics
        if same_number(metric.value, g.value)
        and fold(metric.unit) in set(map(fold, g.units))
        and fold(g.quote) in sentence
    ]
    printed = fold(text.sentences[metric.sentence].text[metric.start : metric.end])
    return max(fits, key=lambda g: (printed in fold(g.quote), g.core), default=None)


def accepted(metric: GoldMetric, gold: GoldPage) -> tuple[frozenset[str], frozenset[str]]:
    """The printings of the best subject, and those of all that will do."""
    each = [gold.names_of(name) | {fold(name)} for name in metric.of]
    return each[0], frozenset().union(*each)


def names_of(text: Text, found: Found) -> dict[object, frozenset[str]]:
    """All names of the thing that each mention names."""
    places = link_places(text, found)
    bodies = link_organizations(text, found, places).linked
    linked = {**places.linked, **bodies, **link_programs(text, found, places, bodies)}
    return {m: frozenset(map(fold, (e.label, *e.aliases))) for m, e in linked.items()}
