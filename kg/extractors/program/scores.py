"""What the features of a candidate weigh together, looked up in steps: most names are given up at the first.

The first look at a name costs little, the second asks what stands around it, the last for its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.decision import Feature, scorer
from kg.extractors.program.features import AT_A_GLANCE, FORMS, OF_WORDS, table_of
from kg.extractors.program.marks import MARKS, held, worded

if TYPE_CHECKING:
    from kg.extractors.program.candidates import Candidate

HOPELESS = -410
"""A name for which the features at a glance weigh less is given up: a seventh of those without marks that are none, and
no other of 840 pages. `python -m scripts.learning.looks` counts that."""

HOPELESS_IN_PLACE = -260
"""The same for these and what stands around a name: four ninths of the others that are none, none of 7062 taken."""

_GLANCE = {t: (tuple(f for f in FORMS[t] if f.name in AT_A_GLANCE), AT_A_GLANCE.intersection(MARKS[t])) for t in FORMS}
_PLACE: dict[str, tuple[tuple[Feature[Candidate], ...], frozenset[str]]] = {
    t: ((), frozenset(MARKS[t]) - AT_A_GLANCE - OF_WORDS) for t in FORMS
}
_WORDS = {t: (tuple(f for f in FORMS[t] if f.name not in AT_A_GLANCE), OF_WORDS) for t in FORMS}


def score_of(candidate: Candidate) -> int:
    """What a candidate's features weigh together where that is above zero, so that it is a program; else less."""
    table, glance = table_of(candidate), at_a_glance(candidate)
    if glance < HOPELESS:
        return glance
    placed = in_place(candidate, glance)
    if placed < HOPELESS_IN_PLACE:
        return placed
    return scorer(table, *_WORDS[table]).if_positive(candidate, worded(candidate), placed)


def at_a_glance(candidate: Candidate) -> int:
    """What a candidate's features at a glance weigh together."""
    table = table_of(candidate)
    return scorer(table, *_GLANCE[table]).score(candidate, held(candidate))


def in_place(candidate: Candidate, glance: int) -> int:
    """What these and what stands around it weigh together."""
    table = table_of(candidate)
    return scorer(table, *_PLACE[table]).score(candidate, candidate.around, glance)
