"""Corrections of relations: one that is missing, one that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pyoxigraph import NamedNode

from kg.corrections.drafts import Here, Unfit, called, the_one, with_facts
from kg.corrections.entries import Stated
from kg.corrections.things import ANY_PLACE, PLACES, is_called
from kg.model import CORRECTION, ArticleFacts, Claim, Entity
from kg.vocabulary import GOV, domain, range_


def with_relation(here: Here, entry: Stated) -> ArticleFacts:
    """The facts with a relation, or without one that is wrong.

    Raises:
        Unfit: its ends or its quotation are not there, or no such relation was read.
    """
    return _added(here, entry) if entry.holds else _dropped(here, entry)


def _dropped(here: Here, entry: Stated) -> ArticleFacts:
    wrong = [
        claim
        for claim in here.facts.claims
        if claim.predicate == entry.predicate
        and is_called(claim.subject, entry.subject)
        and is_called(claim.object, entry.object)
    ]
    sentences = here.quoted(entry.quote) if entry.quote else None
    if not wrong:
        known = called(here.facts, entry.subject) and called(here.facts, entry.object)
        raise Unfit(f"no {entry.predicate} from {entry.subject} to {entry.object} was read", telling=bool(known))
    claims: list[Claim | None] = []
    for claim in here.facts.claims:
        left = tuple(n for n in claim.sentences if sentences is not None and n not in sentences)
        claims.append(claim if claim not in wrong else replace(claim, sentences=left) if left else None)
    return with_facts(here.facts, claims=claims)


def _added(here: Here, entry: Stated) -> ArticleFacts:
    sentences = tuple(sorted(here.quoted(entry.quote)))
    term = GOV[entry.predicate]

    subject = the_one(here.facts, entry.subject, _among(domain(term)))
    target = the_one(here.facts, entry.object, _among(range_(term)))
    if subject == target:
        raise Unfit(f"{entry.subject} and {entry.object} are one thing there")
    claim = Claim(subject, entry.predicate, target, sentences, CORRECTION, None, entry.word)
    same = [c for c in here.facts.claims if (c.subject, c.predicate, c.object) == (subject, entry.predicate, target)]
    others = [c for c in here.facts.claims if c not in same]
    numbers = tuple(sorted({*sentences, *(n for c in same for n in c.sentences)}))
    return with_facts(here.facts, claims=[*others, replace(claim, sentences=numbers)])


def _among(classes: Iterable[NamedNode]) -> Callable[[Entity], bool]:
    """Whether a thing is of one of some classes of the ontology."""
    kinds = {term.value.rpartition("#")[2] for term in classes}
    return lambda thing: thing.kind in kinds or (ANY_PLACE in kinds and thing.kind in PLACES)
