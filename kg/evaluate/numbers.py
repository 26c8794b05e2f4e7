"""Compares the metrics of a page with its gold metrics, aspect by aspect."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import astuple, dataclass
from typing import SupportsFloat

from kg.evaluate.figures import Certainty, Figures
from kg.evaluate.found import FoundPage
from kg.evaluate.gold import GoldMetric, GoldPage
from kg.evaluate.matching import fold
from kg.vocabulary import PREFIXES

_TOLERANCE = 1e-6
_LONGEST_INDICATOR = 20
_ASPECTS = ("value", "unit", "qualifier", "kind", "indicator", "subject")


@dataclass(frozen=True, slots=True)
class Aspects:
    """In which respects a found metric is a gold one."""

    value: bool
    unit: bool
    qualifier: bool
    kind: bool
    indicator: bool
    subject: bool

    @property
    def count(self) -> int:
        """The number of respects that are right."""
        return sum(astuple(self))

    @property
    def wrong(self) -> list[str]:
        """The respects that are not right."""
        return [name for name in _ASPECTS if not getattr(self, name)]


def compare_metrics(found: FoundPage, gold: GoldPage, figures: Figures) -> None:
    """Pairs metrics that agree in value and unit, the fullest agreement first, and counts how far they agree."""
    nodes = found.of_type("Metric")
    pairs = _paired(found, gold, nodes)
    by_number = dict(pairs.values())
    wrong = [node for node in nodes if node not in pairs]
    core = [number for number, metric in enumerate(gold.metrics) if metric.core]
    hit = [by_number[number] for number in core if number in by_number]
    full = sum(not aspects.wrong for aspects in hit)
    tallies = figures.tallies
    tallies["metrics value+unit"].add(len(hit), len(wrong), len(core) - len(hit))
    tallies["metrics full"].add(full, len(wrong) + len(hit) - full, len(core) - full)
    for aspect in _ASPECTS[2:]:
        right = sum(getattr(aspects, aspect) for aspects in by_number.values())
        tallies[f"metrics {aspect}"].add(right, len(by_number) - right, len(by_number) - right)
    _count_parts(found, gold, pairs, figures)
    for node in nodes:
        right = node in pairs and not pairs[node][1].wrong
        figures.sure.append(Certainty("metrics", found.confidence(node), right))
        figures.found("metrics full", found.said(node, "rule"), right=right)
        read = node in pairs and set(pairs[node][1].wrong) <= {"subject"}  # which no rule of numbers chooses
        for rule in sorted(set(found.said(node, "rule"))):
            figures.rules[rule].add(read, not read, 0)
    for node in wrong:
        printed = [text for term in ("indicator", "value", "unit") for text in found.said(node, term)]
        figures.tell(gold.name, "metrics", "wrong", printed)
    for number in core:
        quote = gold.metrics[number].quote
        if number not in by_number:
            figures.tell(gold.name, "metrics", "missed", quote)
        elif by_number[number].wrong:
            figures.tell(gold.name, "metrics", "half", f"{quote}: {by_number[number].wrong}")


def _count_parts(found: FoundPage, gold: GoldPage, pairs: dict[str, tuple[int, Aspects]], figures: Figures) -> None:
    """How often a subject is the best of those that would do, and year and area are those that the page tells.

    Years and areas are judged of numbers alone for which the gold facts have one; one that is read where they have none
    is nobody's fault.
    """
    tallies, aliases = figures.tallies, _aliases(gold)
    for node, (number, _) in pairs.items():
        if gold.metrics[number].of:
            best = _is_about(found, node, gold.metrics[number].of[:1], aliases)
            tallies["metrics subject best"].add(best, not best, not best)
        year = gold.metrics[number].year
        if year:
            years = {text[:4] for text in found.said(node, "year")}
            tallies["metrics year"].add(
                str(year) in years, bool(years) and str(year) not in years, str(year) not in years
            )
        if area := gold.metrics[number].area:
            told = found.said(node, "area")
            right = _is_named(found, told, [area], aliases) or area.replace("place:", PREFIXES["place"]) in told
            tallies["metrics area"].add(right, bool(told) and not right, not right)


def _paired(found: FoundPage, gold: GoldPage, nodes: list[str]) -> dict[str, tuple[int, Aspects]]:
    """Each found metric with the number of its gold metric, one to one."""
    aliases = _aliases(gold)
    grid = []
    for node in nodes:
        for number, metric in enumerate(gold.metrics):
            aspects = _aspects(found, node, metric, aliases)
            if aspects.value and aspects.unit:
                grid.append((-aspects.count, not metric.core, node, number, aspects))
    grid.sort(key=lambda row: row[:3])
    pairs: dict[str, tuple[int, Aspects]] = {}
    taken: set[int] = set()
    for _, _, node, number, aspects in grid:
        if node not in pairs and number not in taken:
            pairs[node] = (number, aspects)
            taken.add(number)
    return pairs


def _aliases(gold: GoldPage) -> dict[str, set[str]]:
    """All printings of the things that metrics may be about, by each printing."""
    aliases: dict[str, set[str]] = {}
    for kind in ("places", "organizations", "programs"):
        for thing in gold.things[kind]:
            for name in thing.names:
                aliases.setdefault(name, set()).update(thing.names)
    return aliases


def _aspects(found: FoundPage, node: str, metric: GoldMetric, aliases: dict[str, set[str]]) -> Aspects:
    units = {fold(unit) for unit in found.said(node, "unit")} or {""}
    qualifiers = {_local(text) for text in found.said(node, "qualifier")} or {"exact"}
    kinds = {_local(text) for text in found.said(node, "kind")} or {"level"}
    return Aspects(
        value=any(same_number(text, metric.value) for text in found.said(node, "value")),
        unit=not units.isdisjoint(map(fold, metric.units)),
        qualifier=metric.qualifier in qualifiers,
        kind=not kinds.isdisjoint(metric.kinds),
        indicator=any(_counts(text, metric) for text in found.said(node, "indicator")),
        subject=_is_about(found, node, metric.of, aliases),
    )


def _is_about(found: FoundPage, node: str, things: list[str], aliases: dict[str, set[str]]) -> bool:
    """Whether a metric is about one of some things, each by any of its printings."""
    return _is_named(found, found.said(node, "measures"), things, aliases)


def _is_named(found: FoundPage, nodes: list[str], things: list[str], aliases: dict[str, set[str]]) -> bool:
    """Whether a node is one of some things, each by any of its printings."""
    names = {name for thing in things for name in ({fold(thing)} | aliases.get(fold(thing), set()))}
    return any(found.labels.get(node, set()) & names for node in nodes)


def _local(text: str) -> str:
    return text.rpartition("#")[2].lower()


def same_number(printed: SupportsFloat | str, value: float) -> bool:
    """Whether a printed number is a value, but for rounding.

    >>> same_number("93.0", 93), same_number("many", 93)
    (True, False)
    """
    try:
        return abs(float(printed) - value) <= _TOLERANCE * max(1, abs(value))
    except ValueError:
        return False


def _counts(indicator: str, metric: GoldMetric) -> bool:
    """Whether an indicator is a short label, without the number itself, that tells what is counted."""
    printed = re.findall(r"[0-9.]+", unicodedata.normalize("NFKC", metric.quote))
    if printed and printed[0] in unicodedata.normalize("NFKC", indicator):
        return False
    folded = fold(indicator)
    return len(folded) <= _LONGEST_INDICATOR and any(fold(counted) in folded for counted in metric.counts)
