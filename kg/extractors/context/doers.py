"""Who does what a sentence says: the bodies and places that are its subjects, and those introduced by 由.

Shared by the rules on relations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.context.actors import actors
from kg.extractors.engine import Scope
from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extractors.engine import Found
    from kg.model import Mention, Text

_RELATIONS = grammar("relations")
_GOVERNED = _RELATIONS.compile("{governing|relation_phrases:companion|relation_phrases:ground}$")
_WITH = _RELATIONS.compile("{relation_joining_verbs}{begun-tail}?[^，。；、{of}]{0,6}$")
_JOIN = _RELATIONS.compile("{joint|with|as-well-as}")
_AGAIN = _RELATIONS.compile("(?:^|(?<=[，；。：])){that}?(?P<noun>{relation_resumed_bodies})(?={han})(?!{of})")
REACH = 20
"""How many sentences back such a noun may reach."""
_CLAUSE = re.compile(r"[，。；：！？“]")


@dataclass(frozen=True, slots=True)
class Doer:
    """A body, or a place that acts, and where the sentence names it."""

    thing: Mention
    start: int
    end: int


def doers(scope: Scope) -> tuple[Doer, ...]:
    """The bodies and acting places of a sentence by position; the place in a body's name does not count apart."""
    return scope.found.kept(_doers, scope.text, scope.number)


def _doers(text: Text, found: Found, number: int) -> tuple[Doer, ...]:
    scope = Scope(text, number, found)
    bodies = found.in_sentence(number, "Organization")
    acting = [Doer(body, body.start, body.end) for body in bodies]
    acting.extend(
        Doer(actor.place, _chain_start(actor.start, scope), actor.end)
        for actor in actors(text, found, number)
        if not any(body.start <= actor.start < body.end for body in bodies)
    )
    acting.extend(_resumed(scope))
    return tuple(sorted(acting, key=lambda d: (d.start, d.end)))


def _resumed(scope: Scope) -> Iterator[Doer]:
    """Bodies that a noun takes up: 自治会 for 西兴老街自治会, at the beginning of a clause or after 该."""
    named = scope.found.in_sentence(scope.number)
    for match in _AGAIN.finditer(scope.sentence.text):
        if any(m.start < match.end("noun") and match.start("noun") < m.end for m in named):
            continue
        for number in range(scope.number - 1, max(-1, scope.number - REACH), -1):
            bodies = scope.found.in_sentence(number, "Organization")
            body = next((b for b in reversed(bodies) if b.name.endswith(match["noun"])), None)
            if body:
                yield Doer(body, match.start(), match.end("noun"))
                break


def _chain_start(start: int, scope: Scope) -> int:
    """Where the chain of places begins that ends with one: 上城区 in 上城区紫阳街道."""
    for place in reversed(scope.found.places_in(scope.number)):
        if place.end == start:
            start = place.start
    return start


def subjects(scope: Scope, verb: int) -> tuple[Doer, ...]:
    """The subjects of the verb at a position: the first doers of the nearest clause with any, and those joined."""
    text = scope.sentence.text
    known = [d for d in doers(scope) if d.end <= verb]
    cuts = [m.start() + 1 for m in _CLAUSE.finditer(text, 0, verb)]
    end = verb
    for start in [*reversed(cuts), 0]:
        here = [d for d in known if start <= d.start and d.end <= end]
        governed = {other for d in here if _GOVERNED.search(text[: d.start]) for other in _joined(d, here, text)}
        free = [d for d in here if d not in governed]
        if free:
            return _joined(free[0], free, text)
        end = start
    return ()


def companions(scope: Scope) -> tuple[Doer, ...]:
    """The doers that the subject works with: 联合甲局、乙局; 携手甲公司."""
    text = scope.sentence.text
    known = doers(scope)
    found = [other for d in known if _WITH.search(text[: d.start]) for other in _joined(d, known, text)]
    return tuple(dict.fromkeys(found))


def _joined(first: Doer, others: Sequence[Doer], text: str) -> tuple[Doer, ...]:
    """A doer with those that a conjunction adds to it."""
    group = [first]
    for other in others:
        if other.start > group[-1].end and _JOIN.fullmatch(text[group[-1].end : other.start]):
            group.append(other)
    return tuple(group)


def enumerations(scope: Scope) -> tuple[tuple[Doer, ...], ...]:
    """The doers of a sentence, those that conjunctions join together: 甲局、乙局和丙公司."""
    text, groups = scope.sentence.text, list[tuple[Doer, ...]]()
    for doer in doers(scope):
        if groups and doer.start > groups[-1][-1].end and _JOIN.fullmatch(text[groups[-1][-1].end : doer.start]):
            groups[-1] += (doer,)
        else:
            groups.append((doer,))
    return tuple(groups)


def agents(scope: Scope) -> tuple[tuple[Doer, ...], ...]:
    """The doers that 由 introduces, each group with those joined to it."""
    text = scope.sentence.text
    known = doers(scope)
    return tuple(_joined(d, known, text) for d in known if text[: d.start].endswith(_RELATIONS["out-of"]))
