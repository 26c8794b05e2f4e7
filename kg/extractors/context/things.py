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
from kg.language.program_names import same_programs
from kg.model import Level, Mention, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.extractors.engine import Found
    from kg.model import Text

HEADLINE = 3
"""A thing that the headline names weighs as if so many more sentences did."""


PROGRAM, BODY, PLACE = "program", "body", "place"
"""The families of things that an article is about."""

_SORTS: dict[str, str] = {
    level.value: "wide" if level in {Level.PROVINCE, Level.CITY} else level.value.lower() for level in Level
}


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A thing with its mentions by position.

    `key` tells it from others of its article; `kind` is the class of its mentions, `family` program, body or place, and
    `sort` the same but for places: their level, provinces and cities being wide. `division` is the listed place that it
    is; `weight` the number of `sentences` that name it, the headline counted more; `rank` its place in its family by
    weight, from 0. `share` tells how far its weight is from the others': the `only` one, `far` ahead of the next,
    `first`, `often` (at least half of the first), `some` or `once`.
    """

    key: str
    kind: str
    family: str
    sort: str
    mentions: tuple[Mention, ...]
    division: Division | None
    weight: int
    rank: int
    share: str
    headline: bool
    sentences: frozenset[int]

    @property
    def first(self) -> Mention:
        """The first mention."""
        return self.mentions[0]


@dataclass(frozen=True)
class Things:
    """An article's programs, bodies and places, each the most named first, and which thing a mention names.

    `divisions` are the listed places that mentions mean.
    """

    programs: tuple[Thing, ...]
    bodies: tuple[Thing, ...]
    places: tuple[Thing, ...]
    frame: Frame
    divisions: dict[Mention, Division | None]
    of: dict[Mention, Thing]

    @property
    def all(self) -> tuple[Thing, ...]:
        """All of them, family by family."""
        return self.bodies + self.places + self.programs


def things(text: Text, found: Found) -> Things:
    """The things of an article, worked out once."""
    return found.kept(_things, text, 0)


def _things(text: Text, found: Found, _number: int) -> Things:
    places = [m for m in found.mentions if m.kind in PLACES]
    frame = article_frame(text, places)
    divisions = meanings(text, places, frame)
    by_place: dict[str, list[Mention]] = defaultdict(list)
    for place in places:
        division = divisions.get(place)
        by_place[division.code if division else f"{place.kind} {place.name}"].append(place)
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for body in found.of_kind("Organization"):
        by_name[body.name].append(body)
    headline = frozenset(n for n, s in enumerate(text.sentences) if s.role is Role.HEADLINE)
    programs = tuple(_ranked(PROGRAM, same_programs(text, found.of_kind("Program")), headline))
    bodies = tuple(_ranked(BODY, by_name.values(), headline))
    ranked = tuple(_ranked(PLACE, by_place.values(), headline, divisions))
    of = {m: thing for thing in (*programs, *bodies, *ranked) for m in thing.mentions}
    return Things(programs, bodies, ranked, frame, divisions, of)


def _ranked(
    family: str,
    groups: Iterable[list[Mention]],
    headline: frozenset[int],
    divisions: Mapping[Mention, Division | None] | None = None,
) -> Iterator[Thing]:
    """The things of a family, the most named first."""
    weighed = []
    for group in groups:
        sentences = frozenset(m.sentence for m in group)
        weighed.append((len(sentences - headline) + HEADLINE * bool(sentences & headline), sentences, group))
    weighed.sort(key=lambda w: (-w[0], w[2][0].sentence, w[2][0].start))
    weights = [weight for weight, _, _ in weighed]
    for rank, (weight, sentences, group) in enumerate(weighed):
        first = group[0]
        division = divisions.get(first) if divisions else None
        yield Thing(
            division.code if division else first.name,
            first.kind,
            family,
            _SORTS.get(first.kind, family),
            tuple(group),
            division,
            weight,
            rank,
            _share(weights, rank),
            bool(sentences & headline),
            sentences,
        )


def _share(weights: list[int], rank: int) -> str:
    """How often the thing of a rank is named beside the others of its family, whose weights fall."""
    if len(weights) == 1:
        return "only"
    weight = weights[rank]
    if rank == 0:
        return "far" if weight >= 2 * weights[1] else "first"
    return "often" if 2 * weight >= weights[0] else "some" if weight > 1 else "once"


def encloses(outer: Thing, inner: Thing) -> bool:
    """Whether a listed place lies in another."""
    one, other = outer.division, inner.division
    # What lies in a division has a code that begins with that one's.
    return bool(one and other and other.code.startswith(one.code) and one in ancestors(other))
