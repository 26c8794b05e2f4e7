"""Facts that the graph is not sure of: is it wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kg.review.holdings import Holdings
from kg.review.suggestion import Suggestion, Value

SORT = "doubtful"


def doubtful(held: Holdings, least: Decimal) -> Iterator[Suggestion]:
    """Things, relations and numbers under a confidence."""
    yield from _things(held, least)
    yield from _claims(held, least)
    yield from _numbers(held, least)


def _things(held: Holdings, least: Decimal) -> Iterator[Suggestion]:
    for thing in held.network.things:
        sure = held.confidences.get(thing.iri)
        passage = held.passage(thing.passages)
        if sure is None or sure >= least or passage is None:
            continue
        keys: dict[str, Value] = {"thing": held.name(thing.iri), "kind": thing.kind.lower()}
        yield Suggestion(
            SORT, (1 - sure) * thing.weight, f"{thing.label} is no {thing.kind.lower()}",
            _reason(sure, held.rules.get(thing.iri, "")), passage.text, held.file(passage), "wrong", keys,
            frozenset({thing.iri}),
        )  # fmt: skip


def _claims(held: Holdings, least: Decimal) -> Iterator[Suggestion]:
    for claim in held.claims:
        passage = held.passage(claim.passages)
        ends = (claim.subject, claim.object)
        if claim.confidence >= least or passage is None or not all(iri in held.things for iri in ends):
            continue
        subject, target = (held.things[iri].label for iri in ends)
        keys: dict[str, Value] = {
            "subject": held.name(claim.subject), "predicate": claim.predicate, "object": held.name(claim.object),
            "in": Path(held.file(passage)).name,
        }  # fmt: skip
        yield Suggestion(
            SORT, (1 - claim.confidence) * 2, f"{subject} {claim.predicate} {target} is wrong",
            _reason(claim.confidence, claim.rule), passage.text, held.file(passage), "wrong", keys, frozenset(ends),
        )  # fmt: skip


def _numbers(held: Holdings, least: Decimal) -> Iterator[Suggestion]:
    for figure in held.network.figures:
        sure = held.confidences.get(figure.iri, Decimal(1))
        passage = held.passage(figure.passages)
        if sure >= least or passage is None:
            continue
        told = f"{figure.indicator} {figure.value}{figure.unit}".strip()
        file = Path(held.file(passage)).name
        keys: dict[str, Value] = {
            "quote": passage.text,
            "value": Decimal(figure.value),
            "unit": figure.unit,
            "in": file,
        }
        yield Suggestion(
            SORT, 1 - sure, f"{told} of {held.things[figure.subject].label} is wrong",
            _reason(sure, held.rules.get(figure.iri, "")), passage.text, held.file(passage), "wrong", keys,
            frozenset({figure.subject}),
        )  # fmt: skip


def _reason(sure: Decimal, rule: str) -> str:
    return f"confidence {sure}, found by {rule}" if rule else f"confidence {sure}"
