"""The facts of a sidecar and those of our own rules together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from kg.corrections.drafts import merged, replaced, with_facts
from kg.corrections.things import Identity, identity
from kg.language.anchors import normal
from kg.model import ArticleFacts, Claim, Entity, Observation


class Mode(StrEnum):
    """What a page's facts are where it has a sidecar: its alone, both, what both say, or those of our rules alone."""

    ONLY = "only"
    ADD = "add"
    AGREE = "agree"
    RULES = "rules"


def combined(own: ArticleFacts, theirs: ArticleFacts, mode: Mode) -> ArticleFacts:
    """The facts of an article by a mode; where both know a thing it is ours, with the names of both."""
    if mode in {Mode.ONLY, Mode.RULES}:
        return theirs if mode is Mode.ONLY else own
    theirs = replaced(theirs, {thing: _as_ours(thing, own.entities) for thing in theirs.entities})
    return _added(own, theirs) if mode is Mode.ADD else _agreed(own, theirs)


def _as_ours(thing: Entity, ours: Iterable[Entity]) -> Entity:
    """A thing under the identity that our rules give it, if it is one of ours: the same, or of its kind and name."""
    alike = [e for e in ours if identity(e) == identity(thing)]
    alike = alike or [e for e in ours if e.kind == thing.kind and not _names(e).isdisjoint(_names(thing))]
    if len(alike) != 1:
        return thing
    mine = alike[0]
    names = {thing.label, *thing.aliases} - {mine.label}
    return replace(thing, label=mine.label, scope=mine.scope, code=mine.code, aliases=tuple(sorted(names)))


def _names(thing: Entity) -> frozenset[str]:
    return frozenset(map(normal, (thing.label, *thing.aliases)))


def _added(own: ArticleFacts, theirs: ArticleFacts) -> ArticleFacts:
    groups: dict[object, list[Entity]] = {}
    for thing in (*own.entities, *theirs.entities):
        groups.setdefault(identity(thing), []).append(thing)
    said_of: dict[object, Entity] = {identity(thing): thing for thing in theirs.entities}
    whole = {key: _as_sure(merged(group), said_of.get(key)) for key, group in groups.items()}

    def same(thing: Entity) -> Entity:
        return whole.get(identity(thing), thing)

    def joined(claim: Claim) -> Claim:
        return replace(claim, subject=same(claim.subject), object=same(claim.object))

    year = theirs if theirs.year else own
    said = {_number(o) for o in theirs.observations}
    ours = {_number(o): o for o in reversed(own.observations)}
    numbers = [_completed(o, ours.get(_number(o))) for o in theirs.observations]
    numbers += [o for o in own.observations if _number(o) not in said]
    return with_facts(
        replace(own, year=year.year, year_sentences=year.year_sentences, year_rule=year.year_rule),
        entities=whole.values(),
        claims=map(joined, (*theirs.claims, *own.claims)),
        observations=[
            replace(o, subject=same(o.subject) if o.subject else None, area=same(o.area) if o.area else None)
            for o in numbers
        ],
    )


def _completed(theirs: Observation, ours: Observation | None) -> Observation:
    """A number as they read it; what they leave open of its subject and area is what we know of it."""
    if ours is None:
        return theirs
    return replace(theirs, subject=theirs.subject or ours.subject, area=theirs.area or ours.area)


def _agreed(own: ArticleFacts, theirs: ArticleFacts) -> ArticleFacts:
    known = {identity(thing): thing for thing in theirs.entities}
    kept = replaced(own, {thing: _known_to_both(thing, known.get(identity(thing))) for thing in own.entities})
    stated = {_claim(claim) for claim in theirs.claims}
    derived = {"within", "basedIn"}  # which follow from the names of things that both know
    ours = {_number(o): o for o in kept.observations}
    things = {identity(thing): thing for thing in kept.entities}
    return with_facts(
        kept,
        claims=[claim for claim in kept.claims if claim.predicate in derived or _claim(claim) in stated],
        observations=[
            _number_of_both(ours[key], o, things) for o in theirs.observations if (key := _number(o)) in ours
        ],
    )


def _known_to_both(thing: Entity, known: Entity | None) -> Entity | None:
    """A thing that both know, as ours, found by the rules of both."""
    return known and _as_sure(replace(thing, rules=tuple(sorted({*thing.rules, *known.rules}))), known)


def _as_sure(thing: Entity, said: Entity | None) -> Entity:
    """A thing that is not less sure by our reading than by what a sidecar says, where that does not tell how sure."""
    return replace(thing, probability=None) if said and said.probability is None else thing


def _number_of_both(ours: Observation, theirs: Observation, things: Mapping[Identity, Entity]) -> Observation:
    """A number that both found, as they read it, about what is known to both: what they say, else what we do."""
    about = things.get(identity(theirs.subject)) if theirs.subject else None
    area = things.get(identity(theirs.area)) if theirs.area else None
    return replace(theirs, subject=about or ours.subject, area=area or ours.area)


def _claim(claim: Claim) -> tuple[object, ...]:
    return identity(claim.subject), claim.predicate, identity(claim.object)


def _number(observation: Observation) -> tuple[object, ...]:
    metric = observation.metric
    return metric.sentence, metric.value, normal(metric.unit)
