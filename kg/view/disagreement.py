"""Reports that disagree: numbers of two articles on one thing, indicator and year that cannot both be true."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.language.number_stages import Told
    from kg.network import Figure

ABOUT = Decimal("0.1")
"""How far from its printed value a number `about` it may lie; a convention of ours."""

_MOST = 60
"""Numbers of one series that are compared pair by pair; more are no series that a reader could follow."""


def disagreements(figures: Iterable[Figure], told_as: Mapping[str, Told]) -> frozenset[str]:
    """The IRIs of the figures that a figure of another article contradicts.

    Compared are figures of the same thing, indicator, unit, year and way of telling (a target is no result), but for
    articles that give several values of one. 93% does not contradict over 90%.
    """
    series: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.year is not None and figure.series:
            key = (figure.subject, figure.area, figure.series, figure.unit, told_as[figure.iri], figure.year)
            series[key].append(figure)
    found: set[str] = set()
    for reported in series.values():
        told = _without_lists(reported)
        for one, other in combinations(told[:_MOST], 2):
            if not set(one.articles) & set(other.articles) and _contradict(one, other):
                found |= {one.iri, other.iri}
    return frozenset(found)


def _without_lists(told: list[Figure]) -> list[Figure]:
    """The figures of articles that tell one value alone; several are members of a list, which words tell apart."""
    values: dict[str, set[str]] = defaultdict(set)
    for figure in told:
        for article in figure.articles:
            values[article].add(figure.value)
    return [figure for figure in told if all(len(values[article]) == 1 for article in figure.articles)]


def _contradict(one: Figure, other: Figure) -> bool:
    (low, high), (least, most) = _range(one), _range(other)
    return low > most or least > high


def _range(figure: Figure) -> tuple[Decimal, Decimal]:
    """The values that a figure allows."""
    try:
        value, upper = Decimal(figure.value), Decimal(figure.upper or figure.value)
    except InvalidOperation:
        return Decimal("-Infinity"), Decimal("Infinity")
    margin, beyond = abs(value) * ABOUT, abs(upper) * ABOUT
    return {
        "over": (value, Decimal("Infinity")),
        "under": (Decimal("-Infinity"), upper),
        "about": (value - margin, upper + beyond),
    }.get(figure.qualifier, (value, upper))
