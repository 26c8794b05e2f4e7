"""Places printed one right after the other (杭州市上城区紫阳街道), and the divisions that they may mean together."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language.gazetteer import Division, ancestors, named
from kg.language.wordlists import grammar
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Mention

WIDTH = {level.value: width for width, level in enumerate(Level)}
"""Levels from the widest."""

_PLACES = grammar("places")
LISTED_LEVELS = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET)

Readings = dict["Mention", tuple[Division, ...]]
"""The divisions that each mention may mean."""


def follows(one: Mention, other: Mention) -> bool:
    """Whether the second place is printed right after the first."""
    return (one.sentence, one.end) == (other.sentence, other.start)


def chains(places: Iterable[Mention]) -> list[list[Mention]]:
    """Places, in the order of the text, by runs of such as follow each other without a gap."""
    found: list[list[Mention]] = []
    for place in places:
        if found and follows(found[-1][-1], place):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def enclosing_neighbours(places: Iterable[Mention]) -> dict[Mention, Mention]:
    """For each place that stands right after a wider one, that one."""
    pairs = (pair for chain in chains(places) for pair in pairwise(chain))
    return {narrow: wide for wide, narrow in pairs if WIDTH[wide.kind] < WIDTH[narrow.kind]}


def readings(places: Sequence[Mention]) -> Readings:
    """The divisions that each place of an article may mean, in view of the wider and narrower ones printed with it.

    Communities have none: they are looked up once their street or district is known.
    """
    found = {place: candidates(place.name, place.kind) for place in places}
    around = enclosing_neighbours(places)
    for narrow, wide in around.items():
        inside = tuple(d for d in found[narrow] if any(lies_in(d, above) for above in found[wide]))
        # No city or district lies by its name alone in another; of a street, the gazetteer may not know it.
        if inside or (found[wide] and narrow.kind == Level.STREET):
            found[narrow] = inside
    for narrow, wide in reversed(around.items()):
        found[wide] = tuple(d for d in found[wide] if any(lies_in(below, d) for below in found[narrow])) or found[wide]
    return found


def candidates(name: str, kind: str) -> tuple[Division, ...]:
    """The listed divisions of a level that a printed name may mean, full or short; a street's level may be left out."""
    if kind not in LISTED_LEVELS:
        return ()
    found = tuple(division for division in named(name) if division.level == kind)
    full = tuple(division for division in found if division.name == name)
    if full or found:
        return full or found
    if kind == Level.STREET:
        # The statistics bureau lists many a 唐家墩街道 as 唐家墩街街道.
        street = _PLACES.word("street")
        doubled = named(name[:-1] + street) if name.endswith(street) else ()
        longer = (*doubled, *(d for level in (street, *_PLACES["town"]) for d in named(name + level)))
        return tuple(division for division in longer if division.level is Level.STREET)
    return ()


def lies_in(division: Division, scope: Division) -> bool:
    """Whether a division is another, or lies within it, or within what has its area today."""
    codes = lineage(division)
    return scope.code in codes or any(successor in codes for successor in scope.successors)


@lru_cache(maxsize=16_384)
def lineage(division: Division) -> tuple[str, ...]:
    """The codes of a division and of all that enclose it, the nearest first."""
    return (division.code, *(above.code for above in ancestors(division)))
