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

from kg.model import ANNOTATION, CORRECTION, MODEL

if TYPE_CHECKING:
    from kg.model import ArticleFacts, Claim, Entity, Metric

PRIOR_RIGHT, PRIOR_ALL = 3, 4
"""A rule never compared is held to be right in three of four cases, and few cases move that little."""

_PLACES = Decimal("0.01")


@cache
def confidence(rule: str) -> Decimal | None:
    """The share of a rule's facts that were right, between 0 and 1, rounded down to two places.

    It is 1 of what people correct or annotate; what a model has read, nobody has measured.

    >>> Decimal(0) < confidence("formula") <= Decimal(1)
    True
    >>> confidence("a rule that nobody compared")
    Decimal('0.75')
    """
    if rule in {CORRECTION, ANNOTATION}:
        return Decimal(1)
    if rule.startswith(MODEL):
        return None
    right, wrong = _counts().get(rule, (0, 0))
    share = Decimal(right + PRIOR_RIGHT) / Decimal(right + wrong + PRIOR_ALL)
    return share.quantize(_PLACES, ROUND_FLOOR)


def of_entity(entity: Entity) -> Decimal | None:
    """How sure a thing is: as its surest mention; None where no rule is named, or nobody has measured one of them."""
    given = not {CORRECTION, ANNOTATION}.isdisjoint(entity.rules)
    if entity.probability is not None and not given:
        return entity.probability
    shares = [confidence(rule) for rule in entity.rules]
    known = [share for share in shares if share is not None]
    return max(known, default=None) if given or len(known) == len(shares) else None


def of_claim(claim: Claim) -> Decimal | None:
    """How sure a relation is; None where nobody has measured it."""
    return claim.probability if claim.probability is not None else confidence(claim.rule)


def of_metric(metric: Metric) -> Decimal | None:
    """How sure a number is, with its indicator and subject; None where nobody has measured it."""
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
    kept = {e for e in facts.entities if _reaches(of_entity(e), least)}
    return replace(
        facts,
        entities=tuple(e for e in facts.entities if e in kept),
        claims=tuple(
            c for c in facts.claims if _reaches(of_claim(c), least) and c.subject in kept and c.object in kept
        ),
        observations=tuple(
            replace(
                o,
                subject=o.subject if o.subject in kept else None,
                area=o.area if o.area in kept else None,
            )
            for o in facts.observations
            if _reaches(of_metric(o.metric), least)
        ),
    )


def _reaches(sure: Decimal | None, least: Decimal) -> bool:
    """Whether a fact is sure enough; one that nobody has measured is."""
    return sure is None or sure >= least
