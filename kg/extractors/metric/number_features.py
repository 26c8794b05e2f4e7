"""What tells how sure a number is: how it was read, what it counts, and how its subject was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.decision import Feature

if TYPE_CHECKING:
    from kg.extractors.metric.subject_candidates import Candidate
    from kg.model import Metric

LONGEST = 12
"""Longer indicators are alike."""

LEAD = 40
"""So wide are the bands of the lead that a subject has over the next, and of its score."""

BANDS = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A metric with the thing that it is about: its `candidate`, the score, and the lead over the next."""

    metric: Metric
    candidate: Candidate | None = None
    score: int = 0
    lead: int = 0


def _band(points: int) -> str:
    return str(max(-BANDS, min(points // LEAD, BANDS)))


def _here(number: Number) -> str:
    candidate = number.candidate
    if candidate is None:
        return "nothing"
    if candidate.near:
        where = "here" if candidate.before else "after"
    else:
        where = "paragraph" if candidate.last >= candidate.around.paragraph else "away"
    return f"{candidate.thing.sort}, {where}"


def _named(number: Number) -> str:
    return f"{number.candidate.thing.family}, {number.candidate.thing.share}" if number.candidate else ""


FEATURES: tuple[Feature[Number], ...] = (
    Feature("rule", "how it was read", lambda n: n.metric.rule),
    Feature("kind", "level, growth, from, to", lambda n: str(n.metric.kind)),
    Feature("unit", "its unit: 户", lambda n: n.metric.unit),
    Feature("length", "how many characters its indicator has", lambda n: str(min(len(n.metric.indicator), LONGEST))),
    Feature("begins", "the indicator's first character", lambda n: n.metric.indicator[:1]),
    Feature("ends", "the indicator's last two characters: 社区", lambda n: n.metric.indicator[-2:]),
    Feature("lead", "how far its subject is ahead of the next", lambda n: _band(n.lead)),
    Feature("score", "what its subject weighs", lambda n: _band(n.score)),
    Feature("subject", "the sort of its subject, and whether the sentence or its paragraph names it", _here),
    Feature("named", "how often the article names its subject beside the most named of its family", _named),
)
