"""How often each rule was right where its facts were compared with gold facts.

`rule_precision.tsv` beside this module holds the counts: rule, right, wrong. `scripts/rule_precision.py` makes it from
the development articles of `tests/articles` and from `seeds`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import ArticleFacts, Entity

PRIOR_RIGHT, PRIOR_ALL = 3, 4
"""A rule never compared is held to be right in three of four cases, and few cases move that little."""


@cache
def confidence(rule: str) -> Decimal:
    """The share of a rule's facts that were right, between 0 and 1, rounded down to two places.

    >>> Decimal(0) < confidence("formula") <= Decimal(1)
    True
    >>> confidence("a rule that nobody compared")
    Decimal('0.75')
    """
    right, wrong = _counts().get(rule, (0, 0))
    share = Decimal(right + PRIOR_RIGHT) / Decimal(right + wrong + PRIOR_ALL)
    return share.quantize(Decimal("0.01"), ROUND_FLOOR)


def best(rules: Iterable[str]) -> Decimal | None:
    """The confidence of what several rules found: that of the surest; None where no rule is named."""
    return max(map(confidence, rules), default=None)


@cache
def _counts() -> dict[str, tuple[int, int]]:
    text = (resources.files("kg") / "rule_precision.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {rule: (int(right), int(wrong)) for rule, right, wrong in rows}


def sure(facts: ArticleFacts, least: Decimal) -> ArticleFacts:
    """The facts of an article that are at least so sure.

    A thing goes with all that is said of it; a number that was about it is kept, about nothing.
    """
    kept = {e for e in facts.entities if _is_sure(e, least)}
    return replace(
        facts,
        entities=tuple(e for e in facts.entities if e in kept),
        claims=tuple(c for c in facts.claims if confidence(c.rule) >= least and c.subject in kept and c.object in kept),
        observations=tuple(
            replace(
                o,
                subject=o.subject if o.subject in kept else None,
                area=o.area if o.area in kept else None,
            )
            for o in facts.observations
            if confidence(o.metric.rule) >= least
        ),
    )


def _is_sure(entity: Entity, least: Decimal) -> bool:
    found = best(entity.rules)
    return found is None or found >= least
