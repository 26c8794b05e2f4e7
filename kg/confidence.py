"""How sure a fact is: how often facts like it were right where they were compared with gold facts.

What a learned decision took has its probability (see `kg.decision`); what a rule found, the share of the rule's facts
that were right. `rule_precision.tsv` beside this module holds the counts: rule, right, wrong.
`scripts/rule_precision.py` makes it from real articles that no writer of rules has read.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.model import CORRECTION

if TYPE_CHECKING:
    from kg.model import ArticleFacts, Claim, Entity, Metric

PRIOR_RIGHT, PRIOR_ALL = 3, 4
"""A rule never compared is held to be right in three of four cases, and few cases move that little."""

_PLACES = Decimal("0.01")


@cache
def confidence(rule: str) -> Decimal:
    """The share of a rule's facts that were right, between 0 and 1, rounded down to two places; 1 of a correction.

    >>> Decimal(0) < confidence("formula") <= Decimal(1)
    True
    >>> confidence("a rule that nobody compared")
    Decimal('0.75')
    """
    if rule == CORRECTION:
        return Decimal(1)
    right, wrong = _counts().get(rule, (0, 0))
    share = Decimal(right + PRIOR_RIGHT) / Decimal(right + wrong + PRIOR_ALL)
    return share.quantize(_PLACES, ROUND_FLOOR)


def of_entity(entity: Entity) -> Decimal | None:
    """How sure a thing is: as its surest mention; None where no rule is named."""
    if entity.probability and CORRECTION not in entity.rules:
        return entity.probability
    return max(map(confidence, entity.rules), default=None)


def of_claim(claim: Claim) -> Decimal:
    """How sure a relation is."""
    return claim.probability if claim.probability is not None else confidence(claim.rule)


def of_metric(metric: Metric) -> Decimal:
    """How sure a number is, with its indicator and subject."""
    return metric.probability if metric.probability is not None else confidence(metric.rule)


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
        claims=tuple(c for c in facts.claims if of_claim(c) >= least and c.subject in kept and c.object in kept),
        observations=tuple(
            replace(
                o,
                subject=o.subject if o.subject in kept else None,
                area=o.area if o.area in kept else None,
            )
            for o in facts.observations
            if of_metric(o.metric) >= least
        ),
    )


def _is_sure(entity: Entity, least: Decimal) -> bool:
    found = of_entity(entity)
    return found is None or found >= least
