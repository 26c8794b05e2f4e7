"""In whose jurisdiction a body is, where its name tells by more than the place that it begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.bodies.committees import Head, committee_head, level_of, local_committee
from kg.language.bodies.endings import Ending, tails
from kg.language.bodies.official import is_academy, is_any_company, is_of_any_town, official
from kg.language.gazetteer import ancestors, named
from kg.language.wordlists import grammar, words
from kg.linking.places import path_of
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.language.gazetteer import Division
    from kg.linking.places import Places
    from kg.model import Entity, Mention

_BODIES = grammar("bodies")
_LEAGUE = _BODIES.compile("{league}{division}{committee}{committee-tail}?$")
_BRANCH = _BODIES.compile(
    "^(?:(?:.{2,6}?{city}|{city})?(?P<bureau>[^{city}]+?){office}|(?P<police>{public-security}))"
    "(?P<place>.{2,4}?{prefecture-end}?){branch-office}$"
)
_MUNICIPALITY = _BODIES.compile("{city}$")


@dataclass(frozen=True, slots=True)
class Body:
    """What a printed name tells of a body: its full name, its place, and the name of that with all above it.

    `scope` is None where the place tells it; `own_name` the name without the place, where it begins with one.
    """

    label: str
    place: Entity | None = None
    scope: str | None = None
    own_name: str = ""


def of_frame(level: str, places: Places) -> Division | None:
    """The division of the article that a bare level (省, 市, 区) stands for, though the article does not name it."""
    frame = places.frame
    known = [d for d in (frame.district, frame.city, frame.province) if d is not None]
    if level in _BODIES["province"]:
        return next((d for d in known if d.level is Level.PROVINCE and not _MUNICIPALITY.search(d.name)), None)
    return next((d for d in known if d.name.endswith(level)), None)


def court(place: Entity | Division, name: str) -> str:
    """The name of a court behind its place: that of a district is a people's court, however it is printed."""
    level = place.level if not hasattr(place, "kind") else place.kind
    return _BODIES.word("people-s") + name if name in _BODIES["court"] and level == Level.DISTRICT else name


def committee(
    mention: Mention,
    chain: list[Entity],
    inside: list[Mention],
    places: Places,
    of_level: Callable[[str, int, Places], Entity | None],
) -> Body | None:
    """A committee of the youth league, the consultative conference or another party, by the last place of its name.

    `chain` are the places before the body (余姚 + 团市委), `inside` those behind it (共青团 + 杭州市 +
    余杭区 + 委员会).
    """
    name = mention.name
    league = _LEAGUE.search(name) if chain else None
    head = committee_head(league[0] if league else name)
    if head is None:
        return None
    if league:
        return _of_place(head, chain[-1], league[0].removeprefix(head.printed))
    rest = name[inside[-1].end - mention.start :] if inside else name.removeprefix(head.printed)
    if inside:
        return _of_place(head, places.linked[inside[-1]], rest)
    level = level_of(rest)
    place = of_level(level, mention.sentence, places) if level else None
    if place is None and level and (division := of_frame(level, places)):
        label = local_committee(head, division.name, rest)
        return Body(label, scope=path_of(division)) if label else None
    return _of_place(head, place, rest) if place else None


def _of_place(head: Head, place: Entity, rest: str) -> Body | None:
    label = local_committee(head, place.label, rest)
    return Body(label, place) if label else None


def branch(name: str, places: Places) -> Body | None:
    """The branch of a city's bureau in a district by the district: 上海市公安局闵行分局 is 闵行区公安分局."""
    match = _BRANCH.match(name)
    if match is None:
        return None
    frame = places.frame
    city = frame.city or frame.province
    inside = [d for d in named(match["place"]) if d.level is Level.DISTRICT and city in ancestors(d)]
    if city is None or len(inside) != 1:
        return None
    place = next((e for e in places.linked.values() if e.code == inside[0].code), None)
    office = _BODIES.word("office")
    bureau = match["police"] or official(match["bureau"] + office).removesuffix(office)
    return Body(f"{inside[0].name}{bureau}{_BODIES.word('branch-office')}", place, path_of(inside[0]))


def scope_of(label: str, place: Entity | None, places: Places) -> str:
    """The jurisdiction that belongs to a body's identity.

    Companies and academies are known by their names alone, institutions within a city, unless every town has one of
    that name (第一小学, 公交集团); all others within their place.
    """
    found = tails(label)
    kind = found[-1].kind if found else None
    if kind is Ending.BRANCH and label.endswith(words("organization_endings:street")):
        return places.path(place)
    if label.endswith(words("organization_endings:district")) and place is not None and place.kind == Level.STREET:
        return place.scope  # one place has it and others: 采荷派出所
    if kind is Ending.COMPANY and is_any_company(label):
        return places.path(place)
    if kind in {Ending.COMPANY, Ending.BRANCH} or (kind is Ending.INSTITUTION and is_academy(label)):
        return ""
    if kind is Ending.INSTITUTION and not is_of_any_town(label):
        parts = places.path(place).split("/")
        return "/".join(parts[: 1 if _MUNICIPALITY.search(parts[0]) else 2])
    return places.path(place)
