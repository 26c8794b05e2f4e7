"""The text of an article as ground for facts: where quotations and names stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.corrections.things import PLACES
from kg.language.anchors import Anchor, Anchors, normal
from kg.language.gazetteer import named, short_form
from kg.model import Mention, Text
from kg.sidecars.said import Cause, Quote, SaidThing

SHOWN = 40
"""So many characters of a fact are told."""


class Unanchored(Exception):  # noqa: N818 - a fact that is refused, and told
    """Why a fact is refused, in words and by its kind."""

    def __init__(self, reason: str, cause: Cause = Cause.FORM) -> None:
        super().__init__(reason)
        self.cause = cause


@dataclass(frozen=True)
class Ground:
    """The text that facts are anchored in."""

    text: Text

    @cached_property
    def anchors(self) -> Anchors:
        """Its sentences, to be searched."""
        return Anchors(sentence.text for sentence in self.text.sentences)

    def anchor(self, quote: Quote) -> Anchor:
        """Where a quotation stands: at the place that it tells, or the first.

        Raises:
            Unanchored: it stands nowhere.
        """
        found = list(self.anchors.find(quote.text))
        if not found:
            raise Unanchored(
                f"“{quote.text[:SHOWN]}{'…' * (len(quote.text) > SHOWN)}” stands nowhere in the text", Cause.QUOTE
            )
        if quote.start is not None:
            return next((a for a in found if self._begins(a, quote.start)), found[0])
        return found[0]

    def sentences(self, quotes: Iterable[Quote]) -> tuple[int, ...]:
        """The numbers of the sentences that quotations touch."""
        return tuple(sorted({n for quote in quotes for n in self.anchor(quote).sentences}))

    def _begins(self, anchor: Anchor, start: int) -> bool:
        pieces = self.text.sentences[anchor.first].pieces
        return any(piece.start <= start < piece.end for piece in pieces)


def mentions_of(things: list[SaidThing], ground: Ground) -> dict[int, list[Mention]]:
    """The mentions of each thing, where its names stand.

    Within a longer name a shorter one counts as a place in the name of a body, or where it stands nowhere else.
    """
    free: dict[int, list[Mention]] = {id(thing): [] for thing in things}
    nested: dict[int, list[Mention]] = {id(thing): [] for thing in things}
    taken: dict[int, list[Mention]] = {}
    forms = {(normal(name), id(thing)): (name, thing) for thing in things for name in _forms(thing, ground)}
    for form, key in sorted(forms, key=lambda f: (-len(f[0]), f[0])):
        name, thing = forms[form, key]
        for anchor in ground.anchors.find(form):
            if anchor.last != anchor.first:
                continue
            mention = Mention(thing.kind, name, anchor.first, anchor.start, anchor.end, thing.source.rules[0])
            around = [m for m in taken.setdefault(anchor.first, []) if _holds(m, mention)]
            (nested if any(_hides(m, mention) for m in around) else free)[key].append(mention)
            taken[anchor.first].append(mention)
    return {key: found or nested[key] for key, found in free.items()}


def _forms(thing: SaidThing, ground: Ground) -> tuple[str, ...]:
    """The names of a thing; of a place none of whose names stands in the text, the short form that it may print."""
    if thing.kind not in PLACES or any(name in ground.anchors for name in thing.names):
        return thing.names
    return (*thing.names, *sorted(short_forms(thing.name)))


def short_forms(name: str) -> frozenset[str]:
    """How a text may print a division of that full name in short.

    >>> sorted(short_forms("上城区"))
    ['上城']
    """
    forms = (short_form(division) for division in named(name) if division.name == name)
    return frozenset(form for form in forms if form)


def _holds(outer: Mention, inner: Mention) -> bool:
    return (
        outer.start <= inner.start and inner.end <= outer.end and (outer.start, outer.end) != (inner.start, inner.end)
    )


def _hides(outer: Mention, inner: Mention) -> bool:
    return inner.kind not in PLACES or outer.kind in PLACES
