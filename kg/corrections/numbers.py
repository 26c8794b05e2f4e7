"""Corrections of numbers: one that is missing, one that is wrong, one that is about something else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kg.corrections.drafts import Here, Unfit, the_one, with_facts
from kg.corrections.entries import Number
from kg.language.anchors import Anchor, normal
from kg.model import CORRECTION, ArticleFacts, Entity, Level, Measure, Metric, Observation, Qualifier

PLACES = frozenset(Level)
_SUBJECTS = frozenset({*Level, "Program", "Organization"})


def with_number(here: Here, entry: Number) -> ArticleFacts:
    """The facts with a number added, taken out or changed.

    Raises:
        Unfit: no number is meant, or more than one, or a thing that it is to be about is not there.
    """
    facts = here.facts
    here.quoted(entry.quote)
    where = list(here.anchors.find(entry.quote))
    if entry.does == "add":
        return _added(facts, where[0], entry)
    numbers = _meant(facts, where, entry)
    if entry.does == "drop":
        return with_facts(facts, observations=[o for n, o in enumerate(facts.observations) if n not in numbers])
    changed = {n: _changed(facts, facts.observations[n], entry) for n in numbers}
    return with_facts(facts, observations=[changed.get(n, o) for n, o in enumerate(facts.observations)])


def _meant(facts: ArticleFacts, where: list[Anchor], entry: Number) -> set[int]:
    """Which observations a quotation means: those within it, of the value and unit if told; they must agree."""
    ways = (_within, _touching)
    for way in ways:
        found = {
            n: o.metric for n, o in enumerate(facts.observations) if way(o.metric, where) and _fits(o.metric, entry)
        }
        if found:
            break
    if not found:
        here = sorted({_told(o.metric) for o in facts.observations if _touching(o.metric, where)})
        hint = f"; read were {', '.join(here)}" if here else ""
        raise Unfit(f"no such number was read from “{entry.quote[:30]}”{hint}")
    if len({(m.value, m.unit) for m in found.values()}) > 1:
        told = ", ".join(sorted({_told(m) for m in found.values()}))
        raise Unfit(f"“{entry.quote[:30]}” holds several numbers ({told}); add value = …")
    return set(found)


def _within(metric: Metric, where: list[Anchor]) -> bool:
    return any(anchor.covers(metric.sentence, metric.start, metric.end) for anchor in where)


def _touching(metric: Metric, where: list[Anchor]) -> bool:
    return any(metric.sentence in anchor.sentences for anchor in where)


def _fits(metric: Metric, entry: Number) -> bool:
    value = entry.value is None or metric.value == entry.value
    return value and (entry.unit is None or normal(metric.unit) == normal(entry.unit))


def _told(metric: Metric) -> str:
    return f"{metric.value.normalize():f}{metric.unit}"


def _changed(facts: ArticleFacts, observation: Observation, entry: Number) -> Observation:
    metric = observation.metric
    return Observation(
        replace(
            metric,
            rule=CORRECTION,
            probability=None,
            word=entry.word,
            indicator=metric.indicator if entry.indicator is None else entry.indicator,
            qualifier=Qualifier(entry.qualifier) if entry.qualifier else metric.qualifier,
            kind=Measure(entry.kind) if entry.kind else metric.kind,
            year=entry.year or (None if entry.years else metric.year),
            years=entry.years or (None if entry.year else metric.years),
            upper=metric.upper if entry.upper is None else entry.upper,
        ),
        observation.subject if entry.subject is None else _thing(facts, entry.subject, _SUBJECTS),
        observation.area if entry.area is None else _thing(facts, entry.area, PLACES),
    )


def _added(facts: ArticleFacts, where: Anchor, entry: Number) -> ArticleFacts:
    assert entry.value is not None
    alike = [o for o in facts.observations if _within(o.metric, [where]) and _fits(o.metric, entry)]
    if alike:
        raise Unfit(f"{_told(alike[0].metric)} was read there already; change it with [[number]], or delete the entry")
    end = where.end if where.last == where.first else len(facts.sentences[where.first].text)
    metric = Metric(Decimal(entry.value), entry.unit or "", "", where.first, where.start, end, CORRECTION)
    return with_facts(
        facts, observations=[*facts.observations, _changed(facts, Observation(metric, None, None), entry)]
    )


def _thing(facts: ArticleFacts, name: str, kinds: frozenset[str]) -> Entity | None:
    return the_one(facts, name, lambda e: e.kind in kinds) if name else None
