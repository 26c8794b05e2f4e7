"""What the rules on relations share: their record, the programs of a sentence, the program that a passage is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.context.resumed import resumptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.extractors.engine import Found, Scope
    from kg.model import Mention, Text

Triple = tuple["Mention", str, "Mention"]


@dataclass(frozen=True)
class SentenceRule:
    """A named rule that gives the relations of one sentence as subject, predicate and object."""

    name: str
    find: Callable[[Scope], Iterator[Triple]]


def programs(scope: Scope) -> tuple[Mention, ...]:
    """The programs of a sentence, each by its shortest form, without those named within the name of another."""
    return scope.found.kept(_programs, scope.text, scope.number)


def _programs(_text: Text, found: Found, number: int) -> tuple[Mention, ...]:
    every = found.in_sentence(number, "Program")
    shortest = [p for p in every if not any(o.start == p.start and o.end < p.end for o in every)]
    return tuple(p for p in shortest if not any(o.start < p.start and p.end <= o.end for o in every))


def topic_before(scope: Scope, position: int) -> Mention | None:
    """The program named, or taken up by a noun, last before a position: in the sentence or earlier in its paragraph."""
    paragraph = scope.sentence.paragraph
    for number in range(scope.number, -1, -1):
        if scope.text.sentences[number].paragraph != paragraph:
            return None
        resumed = [
            r for r in resumptions(scope.text, scope.found, number) if number < scope.number or r.end <= position
        ]
        if resumed:
            return resumed[-1].program
        named = [p for p in scope.found.in_sentence(number, "Program") if number < scope.number or p.end <= position]
        if named:
            return min((p for p in named if p.start == named[-1].start), key=lambda p: p.end)
    return None
