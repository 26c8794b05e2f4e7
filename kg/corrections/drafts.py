"""An article's facts while corrections are applied: pure steps from facts to facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.corrections.things import Identity, identity, is_called, is_labelled, is_of_kind
from kg.language.anchors import Anchors
from kg.linking.article import united
from kg.model import CORRECTION, ArticleFacts, Claim, Entity, Observation, Sentence, Word


class Unfit(Exception):  # noqa: N818 - no fault of the program, and told as a remark
    """Why an entry does not fit an article. `telling` is False where the article just does not speak of it."""

    def __init__(self, reason: str, *, telling: bool = True) -> None:
        super().__init__(reason)
        self.telling = telling


@dataclass(frozen=True)
class Here:
    """One article under correction: its facts as they are by now, its text, and its facts as they were read."""

    facts: ArticleFacts
    sentences: tuple[Sentence, ...] = field(repr=False)
    read: ArticleFacts = field(repr=False)

    @cached_property
    def anchors(self) -> Anchors:
        """Its text, to be searched for quotations."""
        return Anchors(sentence.text for sentence in self.sentences)

    def quoted(self, quote: str) -> frozenset[int]:
        """The numbers of the sentences that hold a quotation.

        Raises:
            Unfit: it stands nowhere.
        """
        found = frozenset(number for anchor in self.anchors.find(quote) for number in anchor.sentences)
        if not found:
            raise Unfit(f"“{quote[:30]}{'…' * (len(quote) > 30)}” stands nowhere in the text", telling=False)
        return found


def called(facts: ArticleFacts, reference: str, kind: str = "") -> list[Entity]:
    """The things that a reference names: those labelled so, and those that have it as an alias."""
    return [e for e in facts.entities if is_of_kind(e, kind) and is_called(e, reference)]


def the_one(facts: ArticleFacts, reference: str, fits: Callable[[Entity], bool] = lambda _: True) -> Entity:
    """The one thing that a reference names, by its label before others.

    Raises:
        Unfit: there is none, or there are several.
    """
    found = called(facts, reference)
    fitting = [e for e in found if fits(e)]
    exact = [e for e in fitting if is_labelled(e, reference)]
    best = exact or fitting
    if len(best) == 1:
        return best[0]
    if best:
        told = "; ".join(f"{e.label} ({e.kind}{' in ' + e.scope if e.scope else ''})" for e in best)
        raise Unfit(f"{reference} could be {told}; give the IRI of the one you mean")
    if found:
        raise Unfit(f"{reference} is a {found[0].kind} there, which cannot stand here")
    raise Unfit(f"nothing is called {reference} there; add it with [[name]] or [[missing]]", telling=False)


def corrected(entity: Entity, to: Identity, word: Word | None) -> Entity:
    """A thing as a person says what it is."""
    names = tuple(sorted({entity.label, *entity.aliases} - {to.label}))
    kind = to.kind or entity.kind
    return vouched(replace(entity, kind=kind, label=to.label, scope=to.scope, code=to.code, aliases=names), word)


def vouched(entity: Entity, word: Word | None) -> Entity:
    """A thing that a person vouches for."""
    return replace(entity, rules=tuple(sorted({*entity.rules, CORRECTION})), word=word or entity.word)


def merged(group: Iterable[Entity]) -> Entity:
    """Several readings of one thing as one."""
    group = list(group)
    first = group[0]
    if len(group) == 1:
        return first
    names = {name for e in group for name in (e.label, *e.aliases)} - {first.label}
    properties = {p for e in group for p in e.properties}
    return replace(
        first,
        aliases=tuple(sorted(names)),
        sentences=tuple(sorted({n for e in group for n in e.sentences})),
        properties=tuple(sorted(properties, key=lambda p: (p.term, p.value))),
        rules=tuple(sorted({rule for e in group for rule in e.rules})),
        probability=max((e.probability for e in group if e.probability is not None), default=None),
        word=next((e.word for e in group if e.word), None),
    )


def replaced(facts: ArticleFacts, changes: Mapping[Entity, Entity | None]) -> ArticleFacts:
    """The facts with other things in the place of some; None takes a thing out with all that is said of it.

    Things that have become one are merged; numbers that were about a thing taken out are about nothing.
    """
    groups: dict[Identity, list[Entity]] = {}
    for entity in facts.entities:
        changed = changes.get(entity, entity)
        if changed is not None:
            groups.setdefault(identity(changed), []).append(changed)
    whole = {key: merged(group) for key, group in groups.items()}
    final: dict[Entity, Entity | None] = {}
    for entity in facts.entities:
        changed = changes.get(entity, entity)
        final[entity] = None if changed is None else whole[identity(changed)]
    return with_facts(
        facts,
        entities=whole.values(),
        claims=(_moved(claim, final) for claim in facts.claims),
        observations=(
            replace(
                o,
                subject=final.get(o.subject, o.subject) if o.subject else None,
                area=final.get(o.area, o.area) if o.area else None,
            )
            for o in facts.observations
        ),
    )


def _moved(claim: Claim, final: Mapping[Entity, Entity | None]) -> Claim | None:
    subject, target = final.get(claim.subject, claim.subject), final.get(claim.object, claim.object)
    return replace(claim, subject=subject, object=target) if subject and target and subject != target else None


def with_facts(
    facts: ArticleFacts,
    *,
    entities: Iterable[Entity] | None = None,
    claims: Iterable[Claim | None] | None = None,
    observations: Iterable[Observation] | None = None,
) -> ArticleFacts:
    """The facts with others of some kinds, each once and in the order that linking gives."""
    kept = facts.entities if entities is None else entities
    return replace(
        facts,
        entities=tuple(sorted(set(kept), key=lambda e: (e.kind, e.label, e.scope, e.code or ""))),
        claims=facts.claims if claims is None else united(claim for claim in claims if claim),
        observations=facts.observations if observations is None else tuple(observations),
    )
