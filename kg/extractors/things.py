"""The distinct things of an article, as far as extractors need to tell them apart: printed forms grouped by name.

Linking decides in the end which forms are one thing; here 上城 and 上城区, 三方协同 and 三方协同治理 are kept together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.language.frame import Frame, article_frame
from kg.language.gazetteer import Division, ancestors
from kg.language.place_meanings import meanings
from kg.language.program_names import stem
from kg.model import Mention, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extractors.engine import Found
    from kg.model import Text

HEADLINE = 3
"""A thing that the headline names weighs as if so many more sentences did."""


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A thing with its mentions by position.

    `key` tells it from others of its article; `division` is the listed place that it is; `weight` the number of
    sentences that name it, the headline counted more; `rank` its place among the article's things of its kind (places
    being one kind) by weight, from 0.
    """

    key: str
    kind: str
    mentions: tuple[Mention, ...]
    division: Division | None = None
    weight: int = 0
    rank: int = 0

    sentences: frozenset[int] = frozenset()

    @property
    def first(self) -> Mention:
        """The first mention."""
        return self.mentions[0]


@dataclass(frozen=True)
class Things:
    """An article's programs, bodies and places, each by first mention, and which thing a mention names."""

    programs: tuple[Thing, ...]
    bodies: tuple[Thing, ...]
    places: tuple[Thing, ...]
    frame: Frame
    of: dict[Mention, Thing]


def things(text: Text, found: Found) -> Things:
    """The things of an article, worked out once."""
    return found.kept(_things, text, -1)


def _things(text: Text, found: Found, _: int) -> Things:
    places = [m for m in found.mentions if m.kind in PLACES]
    frame = article_frame(text, places)
    meant = meanings(text, places, frame)
    forms = _program_forms(found.of_kind("Program"))
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    divisions: dict[tuple[str, str], Division | None] = {}
    for mention in found.mentions:
        if mention.kind in PLACES:
            division = meant.get(mention)
            key = "Place", division.code if division else mention.name
            divisions[key] = division
        elif mention.kind == "Program":
            key = "Program", forms[mention.name]
        elif mention.kind == "Organization":
            key = "Organization", mention.name
        else:
            continue
        groups[key].append(mention)
    ranked: dict[str, list[Thing]] = {"Program": [], "Organization": [], "Place": []}
    for key, mentions in groups.items():
        kind = mentions[0].kind
        ranked[key[0]].append(Thing(key[1], kind, tuple(mentions), divisions.get(key), _weight(mentions, text)))
    for kind, group in ranked.items():
        order = sorted(range(len(group)), key=lambda n: (-group[n].weight, n))
        ranks = {n: rank for rank, n in enumerate(order)}
        ranked[kind] = [
            Thing(t.key, t.kind, t.mentions, t.division, t.weight, ranks[n], frozenset(m.sentence for m in t.mentions))
            for n, t in enumerate(group)
        ]
    of = {m: t for group in ranked.values() for t in group for m in t.mentions}
    return Things(tuple(ranked["Program"]), tuple(ranked["Organization"]), tuple(ranked["Place"]), frame, of)


def _program_forms(mentions: Iterable[Mention]) -> dict[str, str]:
    """For each printed form of a program the stem of the shortest that begins at the same place, or its own."""
    begun: dict[tuple[int, int], list[str]] = defaultdict(list)
    for mention in mentions:
        begun[mention.sentence, mention.start].append(mention.name)
    forms: dict[str, str] = {}
    for names in begun.values():
        shortest = min(names, key=lambda name: (len(name), name))
        for name in names:
            known = forms.get(name, name)
            forms[name] = min(known, shortest, key=lambda form: (len(form), form))
    return {name: stem(forms.get(form, form)) for name, form in forms.items()}


def _weight(mentions: list[Mention], text: Text) -> int:
    roles = {m.sentence: text.sentences[m.sentence].role for m in mentions}
    return sum(HEADLINE if role is Role.HEADLINE else 1 for role in roles.values())


def encloses(outer: Thing, inner: Thing) -> bool:
    """Whether a listed place lies in another."""
    return outer.division is not None and inner.division is not None and outer.division in ancestors(inner.division)
