"""The place of an article in which a body has its seat, told by the body's name: 南岸 in …集团南岸分公司."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.endings import Ending, is_division, tails
from kg.language.bodies.official import national
from kg.language.place_chains import WIDTH
from kg.language.tokens import is_common
from kg.language.wordlists import grammar
from kg.linking.places import ESTATE
from kg.model import Entity, Level

if TYPE_CHECKING:
    from kg.linking.places import Places

CITY_SHORT_FORM = 2
"""Characters of the short form of a city before that of a district in a company's name (杭州 + 江干 + …公司)."""

LONGEST_SHORT_FORM = 5
"""Characters of the short form of a place."""

_BODIES = grammar("bodies")
_NEIGHBOURHOOD = _BODIES.compile("{neighbourhood|estate|town|village}$")


def seated(name: str, places: Places) -> Entity | None:
    """The place of the article whose short form a name holds: at its beginning, or before the ending of a branch."""
    return _branch_seat(name, places) or _begun_by(name, places)


def _branch_seat(name: str, places: Places) -> Entity | None:
    """The division of the article whose short form stands before the ending of a branch: 南岸 in …集团南岸分公司."""
    found = tails(name)
    if not found or found[-1].kind not in {Ending.BRANCH, Ending.PART, Ending.DEPARTMENT}:
        return None
    end = found[-1].start
    for start in range(max(1, end - LONGEST_SHORT_FORM), end - 1):
        place = places.begun_by(name[start:end])
        if place is not None and place.label.startswith(name[start:end]):
            return place
    return None


def _begun_by(name: str, places: Places) -> Entity | None:
    """The place whose short form a name begins with; universities of a province's name have their seat in a city."""
    place = places.begun_by(name)
    if name.endswith(_BODIES["company"]) and is_division(name[:CITY_SHORT_FORM]):
        place = places.begun_by(name[CITY_SHORT_FORM:]) or place
    place = place or _neighbourhood_begun_by(name, places)
    return None if place and place.kind == Level.PROVINCE and name.endswith(_BODIES["university"]) else place


def held(label: str, places: Places) -> Entity | None:
    """The narrowest division of the article whose short form a name holds: 厦门大学管理学院, 中铁郑州局集团."""
    if national(label) is not None:
        return None
    return min(places.held_by(label), key=lambda e: (-WIDTH[Level(e.kind)], e.label), default=None)


def _neighbourhood_begun_by(name: str, places: Places) -> Entity | None:
    """The street, community or estate whose short form, no ordinary word, a name begins with: 禾山 in 禾山商会."""
    begun = []
    for place in places.by_beginning.get(name[:2], ()):
        short = _NEIGHBOURHOOD.sub("", place.label)
        told = len(short) < len(place.label) or place.label + ESTATE in place.aliases
        if len(short) > 1 and told and name.startswith(short) and not is_common(short):
            begun.append(place)
    return min(begun, key=lambda e: (-WIDTH[Level(e.kind)], e.label), default=None)
