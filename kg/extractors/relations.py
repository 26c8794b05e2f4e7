"""What programs have to do with places, organizations and each other, by the clause that says so.

The rules stand in `relation_bodies` (who leads, who takes part), `relation_parts` and `relation_places`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.engine import Found, Scope
from kg.extractors.relation_bodies import BODY_RULES
from kg.extractors.relation_parts import PART_RULES
from kg.extractors.relation_places import PLACE_RULES, implemented
from kg.model import Relation, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS = ("places", "organizations", "programs")
SENTENCE_RULES = (*BODY_RULES, *PART_RULES)
RULES = (*SENTENCE_RULES, *PLACE_RULES)


def extract(text: Text, found: Found) -> Iterator[Relation]:
    """The relations that an article states."""
    for number in range(len(text.sentences)):
        if found.in_sentence(number, "Program", "Organization"):
            scope = Scope(text, number, found)
            for rule in SENTENCE_RULES:
                for subject, predicate, thing in rule.find(scope):
                    yield Relation(subject, predicate, thing, number, rule.name)
    yield from implemented(text, found)
