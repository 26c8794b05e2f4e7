"""All that one article says, its mentions linked to things."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.dates import calendar
from kg.linking.entities import Linked, merged
from kg.linking.organizations import Organizations, link_organizations
from kg.linking.places import Places, link_places
from kg.linking.programs import link_programs
from kg.linking.things import link_documents, link_others, link_people
from kg.model import ArticleFacts, Claim, Entity, Metric, Observation, Relation, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found

WITHIN_RULE = "nearest-enclosing-place"
BASED_RULE = "jurisdiction-in-name"


def link(text: Text, found: Found) -> ArticleFacts:
    """The facts of an article about things instead of printed names."""
    places = link_places(text, found)
    organizations = link_organizations(text, found, places)
    linked: Linked = {
        **places.linked,
        **organizations.linked,
        **link_programs(text, found, places, organizations.linked),
        **link_people(found, places, organizations),
        **link_documents(text, found, places),
    }
    linked = {**linked, **link_others(found, linked)}
    claims = [*_claims(found.relations, linked), *_enclosing(places), *_based(organizations)]
    told = calendar(text)
    return ArticleFacts(
        text.article,
        text.printed or text.sentences,
        merged(linked),
        united(claims),
        tuple(_observations(found.metrics, linked)),
        told.year,
        told.evidence,
        told.rule,
    )


def _claims(relations: Iterable[Relation], linked: Linked) -> Iterator[Claim]:
    for relation in relations:
        subject, thing = linked[relation.subject], linked[relation.object]
        if subject != thing:
            yield Claim(subject, relation.predicate, thing, (relation.sentence,), relation.rule, relation.probability)


def _enclosing(places: Places) -> Iterator[Claim]:
    for place, above in places.enclosing.items():
        yield Claim(place, "within", above, (places.evidence[place],), WITHIN_RULE)


def _based(organizations: Organizations) -> Iterator[Claim]:
    for body, place in organizations.places.items():
        yield Claim(body, "basedIn", place, body.sentences[:1], BASED_RULE)


def united(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """One claim a statement: the evidence of all its sentences, rule and probability of the first that found it."""
    sentences: dict[tuple[Entity, str, Entity], set[int]] = {}
    first: dict[tuple[Entity, str, Entity], Claim] = {}
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object)
        sentences.setdefault(key, set()).update(claim.sentences)
        first.setdefault(key, claim)
    whole = (replace(claim, sentences=tuple(sorted(sentences[key]))) for key, claim in first.items())
    return tuple(
        sorted(
            whole,
            key=lambda c: (c.subject.label, c.subject.kind, c.predicate, c.object.label, c.object.scope),
        )
    )


def _observations(metrics: Iterable[Metric], linked: Linked) -> Iterator[Observation]:
    for metric in metrics:
        yield Observation(
            metric,
            linked[metric.subject] if metric.subject else None,
            linked[metric.area] if metric.area else None,
        )
