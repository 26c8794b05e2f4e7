"""Corrections of what things are: names together, names apart, kinds, and names of nothing."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from kg.corrections.drafts import Here, Unfit, called, corrected, replaced, vouched, with_facts
from kg.corrections.entries import Apart, Different, Named, NoThing, Same
from kg.corrections.things import PLACES, Identity, identity, identity_of, is_called, is_labelled, is_of_kind, listed
from kg.language.anchors import Anchors, normal
from kg.model import ArticleFacts, Claim, Entity, Level, Property

_SCOPED = frozenset({*Level, "Organization", "Person", "Program"})
"""Kinds to whose identity the place belongs."""


def made_one(here: Here, entry: Same) -> ArticleFacts:
    """The facts with all things of some names as one.

    Raises:
        Unfit: none is there, or one is of another kind than the first.
    """
    label = entry.label or entry.called[0]
    names = (label, *entry.called)
    things = [e for e in here.facts.entities if is_of_kind(e, entry.kind) and any(is_called(e, n) for n in names)]
    things = [e for e in things if not entry.place or e.kind not in _SCOPED or _lies(e, entry.place)]
    if not things:
        raise Unfit("none of the names is there", telling=False)
    head = next((e for name in names[:2] for e in things if is_labelled(e, name)), None)
    if len({_family(e) for e in things}) > 1 and head is None:
        kinds = ", ".join(sorted({e.kind for e in things}))
        raise Unfit(f"the names are of several kinds there ({kinds}); say kind = …")
    if head is not None:
        things = _of_one_family(things, head, names)
    told = identity_of(label)
    changes = {}
    for thing in things:
        kind = head.kind if head else thing.kind
        to = told or _called_so(kind, label, entry.place, head or thing)
        changes[thing] = corrected(thing, replace(to, kind=to.kind or kind), entry.word)
    return replaced(here.facts, changes)


def _of_one_family(things: list[Entity], head: Entity, names: tuple[str, ...]) -> list[Entity]:
    """The things of the kind of the first; a name that something of another kind alone bears is not it.

    Raises:
        Unfit: there is such a name.
    """
    kept = [e for e in things if _family(e) == _family(head)]
    for name in names:
        other = next((e for e in things if is_called(e, name)), None)
        if other is not None and not any(is_called(e, name) for e in kept):
            raise Unfit(
                f"{head.label} is of kind {head.kind} there, {name} of kind {other.kind}; "
                f"say what it is with [[name]], or which are meant with kind = …"
            )
    return kept


def _family(entity: Entity) -> str:
    return "Place" if entity.kind in PLACES else entity.kind


def _lies(entity: Entity, place: str) -> bool:
    """Whether a thing may lie in a place: its scope is in the place, or holds it."""
    scope = f"{entity.scope}/" if entity.scope else ""
    return scope.startswith(f"{place}/") or f"{place}/".startswith(scope)


def _called_so(kind: str, label: str, place: str, thing: Entity) -> Identity:
    """The thing of a kind and name; without a place, a body or person is known by the name alone, in all articles."""
    if kind in PLACES:
        if thing.code and normal(thing.label) == normal(label):
            return Identity(kind, thing.label, thing.scope, thing.code)
        return listed(kind, label, place or thing.scope)
    return Identity(kind, label, place if kind in _SCOPED else "")


def kept_apart(here: Here, entry: Different) -> ArticleFacts:
    """The facts with names as things of their own that were read as one.

    Raises:
        Unfit: none of them is there.
    """
    facts = here.facts
    fit = False
    for name in entry.called:
        holders = [
            e for e in called(facts, name, entry.kind) if any(is_called(e, n) for n in entry.called if n != name)
        ]
        fit = fit or bool(called(facts, name, entry.kind))
        for thing in holders:
            if not is_labelled(thing, name):
                facts = _parted(facts, thing, name, entry)
    if not fit:
        raise Unfit("none of the names is there", telling=False)
    return facts


def _parted(facts: ArticleFacts, thing: Entity, name: str, entry: Different) -> ArticleFacts:
    """A thing, and another under one of its names: to each the aliases, sentences and facts that speak of it."""
    told = identity_of(name)
    label = told.label if told else name
    longer = [n for n in entry.called if n != name and normal(label) in normal(n)]
    mine = [n for n in thing.aliases if _goes_with(n, label, longer)]
    left = [n for n in (thing.label, *thing.aliases) if n not in mine and normal(n) != normal(label)]
    anchors = Anchors(sentence.text for sentence in facts.sentences)
    ours = {n for other in left for n in _standing(anchors, other, [label, *mine] if _is_part(other, label) else [])}
    theirs = _standing(anchors, label, longer) & set(thing.sentences) or set(thing.sentences)
    new = corrected(thing, Identity(thing.kind, label, thing.scope), entry.word)
    other = replace(new, aliases=tuple(sorted(mine)), sentences=tuple(sorted(theirs)), properties=())
    rest = replace(
        vouched(thing, entry.word),
        aliases=tuple(n for n in left if n != thing.label),
        sentences=tuple(n for n in thing.sentences if n not in theirs or n in ours) or thing.sentences,
    )
    return _shared_out(facts, thing, rest, other, theirs - ours)


def _goes_with(alias: str, label: str, longer: list[str]) -> bool:
    """Whether an alias belongs to a name that it holds, not to a longer one."""
    return normal(alias) != normal(label) and _is_part(label, alias) and not any(_is_part(n, alias) for n in longer)


def _is_part(short: str, name: str) -> bool:
    return normal(short) in normal(name)


def _standing(anchors: Anchors, name: str, longer: list[str]) -> set[int]:
    """The sentences in which a name stands by itself, not only within a longer one."""
    covering = [anchor for each in longer for anchor in anchors.find(each)]
    found = anchors.find(name)
    return {a.first for a in found if not any(c.covers(a.first, a.start, a.end) for c in covering)}


def told_apart(here: Here, entry: Apart) -> ArticleFacts:
    """The facts with another thing in the place of one that bears its name, in some sentences or all.

    Raises:
        Unfit: nothing has that name there.
    """
    sentences = here.quoted(entry.quote) if entry.quote else frozenset(range(len(here.sentences)))
    things = called(here.facts, entry.thing, entry.kind)
    meant = {thing: sentences.intersection(thing.sentences) for thing in things}
    if not any(meant.values()):
        raise Unfit(f"nothing is called {entry.thing} there", telling=bool(things))
    facts = here.facts
    for thing, mine in meant.items():
        to = _other(thing, entry)
        if not mine or to == identity(thing):  # which was read so already
            continue
        other = replace(corrected(thing, to, entry.word), sentences=tuple(sorted(mine)))
        rest = tuple(n for n in thing.sentences if n not in mine)
        if rest:
            facts = _shared_out(facts, thing, replace(thing, sentences=rest), other, sentences)
        else:
            facts = replaced(facts, {thing: other})
        if entry.place:
            facts = _without_seat(facts, to, entry.place)
    return facts


def _other(thing: Entity, entry: Apart) -> Identity:
    """What a thing is that bears the name of another."""
    label = entry.label or thing.label
    if thing.kind in PLACES:
        return listed(thing.kind, label, entry.place or thing.scope)
    return Identity(thing.kind, label, (entry.place or thing.scope) if thing.kind in _SCOPED else "")


def _without_seat(facts: ArticleFacts, thing: Identity, place: str) -> ArticleFacts:
    """The facts without what says that a thing lies elsewhere than in a place."""
    around = place.split("/")

    def is_elsewhere(claim: Claim) -> bool:
        seat = claim.predicate in {"within", "basedIn"} and identity(claim.subject) == thing
        return seat and claim.object.label not in around

    return with_facts(facts, claims=(claim for claim in facts.claims if not is_elsewhere(claim)))


def _shared_out(
    facts: ArticleFacts, thing: Entity, rest: Entity, other: Entity, sentences: AbstractSet[int]
) -> ArticleFacts:
    """The facts with two things in the place of one: what some sentences alone say goes to the other."""
    claims: list[Claim] = []
    for claim in facts.claims:
        if thing not in (claim.subject, claim.object):
            claims.append(claim)
            continue
        theirs = tuple(n for n in claim.sentences if n in sentences)
        ours = tuple(n for n in claim.sentences if n not in sentences)
        for to, numbers in ((rest, ours), (other, theirs)):
            if numbers:
                subject = to if claim.subject == thing else claim.subject
                target = to if claim.object == thing else claim.object
                claims.append(replace(claim, subject=subject, object=target, sentences=numbers))

    def of(entity: Entity | None, number: int) -> Entity | None:
        return (other if number in sentences else rest) if entity == thing else entity

    parted = with_facts(
        facts,
        entities=[*(e for e in facts.entities if e != thing), rest, other],
        claims=[claim for claim in claims if claim.subject != claim.object],
        observations=[
            replace(o, subject=of(o.subject, o.metric.sentence), area=of(o.area, o.metric.sentence))
            for o in facts.observations
        ],
    )
    return replaced(parted, {})


def kinds_told(here: Here, entry: Named) -> ArticleFacts:
    """The facts with things of a name as a person says what they are.

    Raises:
        Unfit: the name is not there.
    """
    sentences = here.quoted(entry.quote) if entry.quote else None
    things = [e for e in here.facts.entities if any(is_called(e, name) for name in entry.names)]
    if sentences is not None:
        things = [e for e in things if sentences.intersection(e.sentences)]
    mine = [e for e in things if e.kind == entry.kind]
    if not things:
        if entry.quote and not any(name in Anchors([entry.quote]) for name in entry.names):
            raise Unfit(f"the quotation does not name {entry.name}; give the printed form among aliases")
        raise Unfit(f"nothing is called {entry.name} there", telling=False)
    changes: dict[Entity, Entity | None] = {}
    head = next((e for e in mine if is_labelled(e, entry.name)), mine[0] if mine else None)
    for thing in things if head is None else mine:
        to = head or replace(thing, kind=entry.kind, label=entry.name, code=None, scope=_scope_for(entry.kind, thing))
        told = Identity(entry.kind, to.label, to.scope, to.code)
        if entry.place:
            told = _called_so(entry.kind, to.label, entry.place, to)
        changes[thing] = corrected(thing, told, entry.word)
    if entry.role and entry.kind == "Person":
        role = Property("role", entry.role)
        changes = {e: replace(c, properties=(*c.properties, role)) if c else None for e, c in changes.items()}
    return replaced(here.facts, changes)


def _scope_for(kind: str, thing: Entity) -> str:
    return thing.scope if kind in _SCOPED - {"Program"} else ""


def no_thing(here: Here, entry: NoThing) -> ArticleFacts:
    """The facts without a thing, and all that is said of it; or without a name of a thing.

    Raises:
        Unfit: nothing is called so, or another entry has made it one with something else.
    """
    things = called(here.facts, entry.thing, entry.kind)
    if not things:
        raise Unfit(f"nothing is called {entry.thing} there", telling=False)
    exact = [e for e in things if is_labelled(e, entry.thing)]
    if exact:
        return replaced(here.facts, dict.fromkeys(exact))
    if any(is_labelled(e, entry.thing) for e in called(here.read, entry.thing, entry.kind)):
        raise Unfit(f"a [[same]] has made it one with {things[0].label}; take one of the two out")
    name = normal(entry.thing)
    return replaced(
        here.facts,
        {e: replace(vouched(e, entry.word), aliases=tuple(a for a in e.aliases if normal(a) != name)) for e in things},
    )
