"""What a sidecar says of an article as facts: found in its text, by our own gazetteer and linking.

A thing with an IRI is that thing. One with names only is looked for wherever they stand, and linked as our own rules'
mentions are. Relations and numbers are then between the things so found. What stands nowhere is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.corrections.drafts import Unfit, called, corrected, replaced, the_one, with_facts
from kg.corrections.things import PLACES, Identity, identity_of, is_called
from kg.extractors import Found
from kg.language.anchors import normal
from kg.language.dates import calendar
from kg.language.program_labels import is_common_name, program_label
from kg.linking import link
from kg.linking.entities import entity
from kg.model import (
    CORRECTION,
    Article,
    ArticleFacts,
    Claim,
    Entity,
    Fact,
    Measure,
    Mention,
    Metric,
    Observation,
    Property,
    Qualifier,
    Relation,
    Text,
)
from kg.sidecars.edits import as_edited
from kg.sidecars.ground import SHOWN, Ground, Unanchored, mentions_of
from kg.sidecars.printed import held_to_print, told_number, told_relation
from kg.sidecars.said import Cause, Refused, SaidArticle, SaidNumber, SaidRelation, SaidThing, Source
from kg.vocabulary import GOV, domain, range_

PROGRAM = "Program"
_SUBJECTS = frozenset({*PLACES, PROGRAM, "Organization"})


def anchored(said: SaidArticle, text: Text) -> tuple[ArticleFacts, tuple[Refused, ...]]:
    """The facts that a sidecar states of an article, and those that were refused."""
    ground = Ground(text)
    said = held_to_print(as_edited(said), ground)
    refused = list(said.refused)
    facts = _named(said, ground, refused)
    facts = _identified(facts, said, ground, refused)
    facts = replace(facts, article=_issued(facts.article, said))
    for relation in said.relations:
        try:
            facts = with_facts(facts, claims=[*facts.claims, _claim(facts, relation, ground)])
        except (Unanchored, Unfit) as error:
            cause = getattr(error, "cause", Cause.END)
            refused.append(Refused(told_relation(relation), str(error), cause, relation))
    numbers = []
    for number in said.numbers:
        try:
            numbers.append(_observation(facts, number, ground))
        except (Unanchored, Unfit) as error:
            refused.append(Refused(told_number(number), str(error), getattr(error, "cause", Cause.END), number))
    facts = with_facts(facts, observations=numbers)
    return _dated(facts, said, ground, refused), tuple(refused)


def _named(said: SaidArticle, ground: Ground, refused: list[Refused]) -> ArticleFacts:
    """The things that are known by their names, where these stand, linked."""
    things = [thing for thing in said.things if not thing.id]
    mentions = mentions_of(things, ground)
    standing = []
    for thing in things:
        try:
            ground.sentences(thing.quotes)
        except Unanchored as error:
            refused.append(Refused(thing.name[:SHOWN], str(error), error.cause, thing))
            continue
        if mentions[id(thing)]:
            standing.append(thing)
        else:
            refused.append(Refused(thing.name[:SHOWN], Cause.NAME, Cause.NAME, thing))
    if not standing:
        return ArticleFacts(ground.text.article, ground.text.printed or ground.text.sentences)
    facts: list[Fact] = [m for thing in standing for m in mentions[id(thing)]]
    facts += _enclosed(standing, mentions)
    linked = link(ground.text, Found.of(facts))
    linked = with_facts(linked, claims=[claim for claim in linked.claims if claim.predicate == "within"])
    linked = _with_programs(linked, [thing for thing in standing if thing.kind == PROGRAM], mentions)
    for thing in standing:
        if thing.kind != PROGRAM:
            linked = _as_said(linked, thing)
    return linked


def _with_programs(facts: ArticleFacts, things: list[SaidThing], mentions: dict[int, list[Mention]]) -> ArticleFacts:
    """The facts with a program for each that is said, under its own name, however like the names are."""
    scopes = {normal(name): e.scope for e in facts.entities if e.kind == PROGRAM for name in (e.label, *e.aliases)}
    programs = []
    for thing in things:
        label = program_label(thing.name)
        scope = next((scopes[normal(n)] for n in thing.names if normal(n) in scopes), "")
        found = entity(PROGRAM, label, mentions[id(thing)], scope=scope if is_common_name(label) else "")
        named = replace(found, aliases=tuple(sorted({*found.aliases, thing.name} - {label})))
        programs.append(_vouched(named, thing.source))
    rest = replaced(facts, {e: None for e in facts.entities if e.kind == PROGRAM})
    return replaced(with_facts(rest, entities=[*rest.entities, *programs]), {})


def _enclosed(things: list[SaidThing], mentions: dict[int, list[Mention]]) -> Iterator[Relation]:
    """What is said of places within others, for those that the gazetteer does not know."""
    places = {normal(name): thing for thing in things if thing.kind in PLACES for name in thing.names}
    for thing in things:
        above = places.get(normal(thing.within)) if thing.within else None
        if thing.kind in PLACES and above is not None and above is not thing:
            inner, outer = mentions[id(thing)][0], mentions[id(above)][0]
            yield Relation(inner, "within", outer, inner.sentence, thing.source.rules[0])


def _as_said(facts: ArticleFacts, thing: SaidThing) -> ArticleFacts:
    """The facts with the entities that bear a thing's names as one, under its name if linking has no better."""
    mine = [e for e in facts.entities if e.kind == thing.kind and any(is_called(e, name) for name in thing.names)]
    if not mine:
        return facts
    head = next((e for e in mine if is_called(e, thing.name)), mine[0])
    free = thing.kind not in PLACES and thing.kind != "Organization"
    label = thing.name if free or not is_called(head, thing.name) else head.label
    scope = head.scope.removesuffix(f"/{head.label}")  # of a body that stands where a site of its name does
    to = Identity(thing.kind, label, scope, head.code)
    role = tuple(Property("role", text) for text in thing.role)
    return replaced(facts, {e: _vouched(corrected(e, to, None), thing.source, role) for e in mine})


def _vouched(entity: Entity, source: Source, properties: tuple[Property, ...] = ()) -> Entity:
    """An entity with the source that a sidecar names."""
    said = tuple(sorted({*entity.properties, *properties}, key=lambda p: (p.term, p.value)))
    return replace(entity, rules=source.rules, probability=source.sure, word=source.word, properties=said)


def _identified(facts: ArticleFacts, said: SaidArticle, ground: Ground, refused: list[Refused]) -> ArticleFacts:
    """The facts with the things that are known by their IRI."""
    found = []
    for thing in said.things:
        if not thing.id:
            continue
        try:
            found.append(_thing(thing, ground))
        except Unanchored as error:
            refused.append(Refused(thing.name[:SHOWN], str(error), error.cause, thing))
    return replaced(with_facts(facts, entities=[*facts.entities, *found]), {}) if found else facts


def _thing(said: SaidThing, ground: Ground) -> Entity:
    to = identity_of(said.id)
    if to is None:
        raise Unanchored(f"{said.id[:SHOWN]} is no IRI of a thing")
    sentences = ground.sentences(said.quotes)
    if not sentences:
        raise Unanchored("it needs a quote")
    aliases = tuple(sorted({said.name, *said.aliases} - {to.label}))
    roles = tuple(Property("role", text) for text in said.role)
    return _vouched(Entity(to.kind or said.kind, to.label, to.scope, to.code, aliases, sentences), said.source, roles)


def _claim(facts: ArticleFacts, said: SaidRelation, ground: Ground) -> Claim:
    term = GOV[said.predicate]
    subject = _end(facts, said.subject, {c.value.rpartition("#")[2] for c in domain(term)})
    target = _end(facts, said.object, {c.value.rpartition("#")[2] for c in range_(term)})
    if subject == target:
        raise Unanchored("both ends are one thing", Cause.END)
    sentences = ground.sentences(said.quotes) or _shared(subject, target)
    source = said.source
    return Claim(subject, said.predicate, target, sentences, source.rules[0], source.sure, source.word)


def _end(facts: ArticleFacts, name: str, kinds: set[str]) -> Entity:
    """The thing that a relation names: a body before the place where it is."""
    bodies = [e for e in called(facts, name) if e.kind in kinds]
    if bodies:
        return the_one(facts, name, lambda e: e.kind in kinds)
    return the_one(facts, name, lambda e: "Place" in kinds and e.kind in PLACES)


def _shared(subject: Entity, target: Entity) -> tuple[int, ...]:
    """The first sentence that names both, or else the first of each."""
    both = sorted(set(subject.sentences) & set(target.sentences))
    return tuple(both[:1]) or tuple(sorted({*subject.sentences[:1], *target.sentences[:1]}))


def _observation(facts: ArticleFacts, said: SaidNumber, ground: Ground) -> Observation:
    where = ground.anchor(said.quote)
    subject = next((e for name in said.of for e in _about(facts, name, _SUBJECTS)), None)
    area = next(iter(_about(facts, said.area, PLACES)), None) if said.area else None
    end = where.end if where.first == where.last else len(ground.text.sentences[where.first].text)
    metric = Metric(
        said.value, said.unit, said.indicator, where.first, where.start, end, said.source.rules[0],
        Qualifier(said.qualifier), Measure(said.kind), year=said.year, years=said.years,
        upper=said.upper, probability=said.source.sure, word=said.source.word,
    )  # fmt: skip
    if not said.dated:
        time = calendar(ground.text).at(where.first, where.end if where.first == where.last else end)
        metric = replace(metric, year=time.year, years=time.years) if time else metric
    return Observation(metric, subject, area)


def _about(facts: ArticleFacts, name: str, kinds: frozenset[str]) -> list[Entity]:
    return [e for e in called(facts, name) if e.kind in kinds]


def _issued(article: Article, said: SaidArticle) -> Article:
    """The article with the day and paper that the sidecar gives, if it has none."""
    return replace(
        article,
        published=article.published or said.published or None,
        dated=article.dated or (said.year_rule if said.published else ""),
        paper=article.paper or said.paper,
        word=article.word or (said.source.word if said.paper or said.year_rule == CORRECTION else None),
    )


def _dated(facts: ArticleFacts, said: SaidArticle, ground: Ground, refused: list[Refused]) -> ArticleFacts:
    """The facts with the year that the sidecar gives the article, or else that our rules do."""
    found = calendar(ground.text)
    if said.year is None:
        return replace(facts, year=found.year, year_sentences=found.evidence, year_rule=found.rule)
    try:
        told = ground.sentences(said.year_quotes)
    except Unanchored as error:
        refused.append(Refused(f"the year {said.year}", str(error), error.cause))
        return replace(facts, year=found.year, year_sentences=found.evidence, year_rule=found.rule)
    evidence = told or (found.evidence if found.year == said.year else ())
    rule = said.year_rule or (found.rule if found.year == said.year else said.source.rules[0])
    return replace(facts, year=said.year, year_sentences=evidence, year_rule=rule)
