"""What lies in what: places by `gov:within` alone, all else where its links say that it runs or belongs.

What belongs to several places is enclosed by the least place that holds them all, so that it stands between them.
What no link leads upwards from is enclosed by nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.network.things import Link, Thing

PLACES = ("Province", "City", "District", "Street", "Community", "Site")
"""Kinds that can enclose others, the widest first."""

_UPWARD = ("implementedIn", "basedIn", "worksFor", "issuedBy", "partOf", "ledBy")
"""Properties by how well they say where their subject belongs, the best first; only the best that is told counts."""


@dataclass(frozen=True, slots=True)
class Containment:
    """Where things are: `homes` the places that a thing's links name, `parents` the place that encloses it."""

    homes: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str]

    def above(self, iri: str) -> tuple[str, ...]:
        """The places around a thing, the nearest first.

        >>> Containment({}, {"street": "district", "district": "city"}).above("street")
        ('district', 'city')
        """
        found: list[str] = []
        while (iri := self.parents.get(iri, "")) and iri not in found:
            found.append(iri)
        return tuple(found)

    def places(self, iri: str) -> tuple[str, ...]:
        """All places that a thing belongs to in part or as a whole, by name."""
        return tuple(sorted({place for home in self.homes.get(iri, ()) for place in (home, *self.above(home))}))


def containment(things: Mapping[str, Thing], links: Iterable[Link]) -> Containment:
    """Find out what lies in what; the answer does not depend on the order of the links."""
    up: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        up[link.subject][link.predicate].append(link.object)
    within = {iri: tuple(sorted(up[iri]["within"])) for iri in sorted(things) if things[iri].kind in PLACES}
    parents = _parents_of_places(things, within)
    known = Containment(within, parents)
    homes: dict[str, tuple[str, ...]] = dict(within)
    for iri in sorted(things):
        if iri not in homes:
            homes[iri] = _homes(iri, things, up, (iri,))
            if (around := _least(homes[iri], known)) is not None:
                parents[iri] = around
    return Containment(homes, parents)


def _parents_of_places(things: Mapping[str, Thing], within: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Places from the widest to the narrowest; a city and its province named for one district are the city."""
    parents: dict[str, str] = {}
    known = Containment(within, parents)
    for iri in sorted(within, key=lambda iri: (PLACES.index(things[iri].kind), iri)):
        wide = PLACES.index(things[iri].kind)
        told = [place for place in within[iri] if place in within and PLACES.index(things[place].kind) <= wide]
        told = [place for place in told if iri not in (place, *known.above(place))]
        nearest = [place for place in told if not any(place in known.above(other) for other in told)]
        if (around := nearest[0] if len(nearest) == 1 else _least(nearest, known)) is not None:
            parents[iri] = around
    return parents


def _homes(
    iri: str, things: Mapping[str, Thing], up: Mapping[str, Mapping[str, list[str]]], seen: tuple[str, ...]
) -> tuple[str, ...]:
    """The places that the best property of a thing leads to, straight or by way of a body or larger program."""
    for predicate in _UPWARD:
        found: set[str] = set()
        for target in up[iri].get(predicate, ()) if iri in up else ():
            if things[target].kind in PLACES:
                found.add(target)
            elif target not in seen:
                found.update(_homes(target, things, up, (*seen, target)))
        if found:
            return tuple(sorted(found))
    return ()


def _least(places: Iterable[str], known: Containment) -> str | None:
    """The narrowest place that holds all of these, or is one of them."""
    chains = [(place, *known.above(place)) for place in places]
    if not chains:
        return None
    return next((place for place in chains[0] if all(place in chain for chain in chains)), None)
