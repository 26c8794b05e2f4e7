"""Organizations: the full name by the jurisdiction that is printed with them or that the article gives."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.body.seats import ROAD, place_in_name
from kg.extractors.body.short_forms import short_forms
from kg.extractors.engine import PLACES, Found
from kg.language.bodies.committees import committee_head
from kg.language.bodies.endings import Ending, tails
from kg.language.bodies.official import national, of_academy, official, regional
from kg.language.gazetteer import by_code, short_form
from kg.language.main_places import main_name
from kg.language.tokens import is_common
from kg.language.wordlists import grammar, word_set, words
from kg.linking.entities import Linked, entity
from kg.linking.jurisdictions import Body, branch, committee, court, of_frame, scope_of
from kg.linking.levels import LEVEL_WORDS
from kg.linking.places import path_of
from kg.linking.seats import held, seated
from kg.linking.short_forms import unshortened
from kg.model import Entity, Level, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.linking.places import Places
    from kg.model import Text

LEVELS_OF_COMPANIES = grammar("bodies").set("wide-level", "district")

_BARE = re.compile("(?P<level>" + "|".join(LEVEL_WORDS) + ")(?P<rest>.+)")
_PLACED = frozenset({Ending.DEPARTMENT, Ending.OFFICE})


@dataclass(frozen=True)
class Organizations:
    """Which body each mention names, and the place in whose jurisdiction it is."""

    linked: Linked
    places: dict[Entity, Entity]


def link_organizations(text: Text, found: Found, places: Places) -> Organizations:
    """The bodies that an article's mentions name, and programs' mentions that are short for one (三方办)."""
    mentions = found.of_kind("Organization")
    resolved = {mention: _resolve(mention, found, places) for mention in mentions}
    stated = short_forms(text, mentions)
    printed = {m.name: body.label for m, body in reversed(resolved.items())}
    labels = {m: printed[stated[m.name]] if m.name in stated else body.label for m, body in resolved.items()}
    own = {body.own_name: body.label for body in resolved.values() if body.own_name}
    seats = {body.label: body.place.label for body in resolved.values() if body.place}
    full = unshortened(labels, own, seats)
    full |= {m: own[m.name] for m in found.of_kind("Program") if m.name in own}
    told = {relation.subject for relation in found.relations if relation.predicate == "basedIn"}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in full:
        groups[full[mention]].append(mention)
    linked: dict[Mention, Entity] = {}
    based: dict[Entity, Entity] = {}
    parted = [(label, part) for label, group in sorted(groups.items()) for part in _apart(group, resolved)]
    for label, group in parted:
        bodies = [resolved[m] for m in group if m in resolved]
        bodies = [body for body in bodies if body.label == label] or bodies
        place = next((body.place for body in bodies if body.place), None)
        scope = next((body.scope for body in bodies if body.scope is not None), None)
        scope = scope_of(label, place, places) if scope is None else scope
        thing = entity("Organization", label, group, scope=scope, also=_also(label, group, resolved))
        linked |= dict.fromkeys(group, thing)
        place = place or (None if told.intersection(group) else held(label, places))
        if place:
            based[thing] = place
    return Organizations(linked, based)


def _apart(group: list[Mention], resolved: Mapping[Mention, Body]) -> Iterable[list[Mention]]:
    """The mentions of a label, by the place where several places have one name: the 民政局 of two 鼓楼区.

    A mention that tells no place is of the one named last before it.
    """
    places = [body.place for mention in group if (body := resolved.get(mention)) and body.place]
    if len(set(places)) == len({place.label for place in places}):
        return (group,)
    parts: dict[Entity, list[Mention]] = defaultdict(list)
    last = places[0]
    for mention in sorted(group, key=lambda m: (m.sentence, m.start)):
        body = resolved.get(mention)
        last = body.place if body and body.place else last
        parts[last].append(mention)
    return parts.values()


def _resolve(mention: Mention, found: Found, places: Places) -> Body:
    """The full name of a body and its jurisdiction."""
    leading = _leading_places(mention, found)
    by_itself = _by_itself(mention, leading, found, places)
    if by_itself is not None:
        return by_itself
    chain = [places.linked[place] for place in leading]
    head = committee_head(mention.name)
    inside = _leading_places(mention, found, head.printed) if head else []
    special = committee(mention, chain, inside, places, _of_level) or branch(mention.name, places)
    if special is not None:
        return special
    bare = _bare_level(mention.name)
    if chain or not (_needs_place(mention.name) or (bare and bare["rest"] in word_set("organization_endings:street"))):
        seat = _link(place_in_name(mention, found.places_in(mention.sentence)), places)
        if not chain:
            return _levelled(mention, bare, places) or Body(
                official(mention.name), seat or seated(mention.name, places)
            )
        rest = mention.name[leading[-1].end - mention.start :]
        if rest in word_set("organization_ministries"):  # 黑龙江省 + 住房和城乡建设部: two bodies in a list
            return Body(national(rest) or rest, scope="")
        own = not _needs_place(mention.name) and not rest.endswith(words("organization_endings:street"))
        return Body(official(mention.name), seat) if own or not rest else _behind(chain[-1], rest, seat)
    return _placed(mention, bare, found, places)


def _by_itself(mention: Mention, leading: list[Mention], found: Found, places: Places) -> Body | None:
    """A body that its name tells whatever place stands before it: of the whole state, or a university for short."""
    state = None if leading else national(mention.name)
    if state is not None:
        return Body(state, scope="")
    academy = regional(mention.name, places.region) or of_academy(mention.name)
    if academy is None:
        return None
    return Body(academy, _link(place_in_name(mention, found.places_in(mention.sentence)), places))


def _bare_level(name: str) -> re.Match[str] | None:
    """The level that stands for a place at the beginning of a name; 市场监管所 begins with none."""
    own = name.startswith(words("place_level_compounds")) and any(
        tail.start == 0 and tail.end == len(name) for tail in tails(name)
    )
    return None if own else _BARE.match(name)


def _levelled(mention: Mention, bare: re.Match[str] | None, places: Places) -> Body | None:
    """A company or institution behind a bare level, which then is that of the place: 市供水集团."""
    if bare is None or bare["level"] not in LEVELS_OF_COMPANIES or is_common(mention.name[:2]):
        return None
    if mention.name.startswith(words("place_level_compounds")) or not any(t.start for t in tails(bare["rest"])):
        return None
    place = _of_level(bare["level"], mention.sentence, places)
    division = None if place else of_frame(bare["level"], places)
    name = place.label if place else division.name if division else ""
    return Body(official(name + bare["rest"]), place) if name else None


def _behind(place: Entity, rest: str, seat: Entity | None) -> Body:
    """A body whose name begins with its place; a level printed twice counts once (莒县 + 县委)."""
    level = next((word for word in LEVEL_WORDS if place.label.endswith(word) and rest.startswith(word)), "")
    own = any(tail.start == 0 and tail.end == len(rest) for tail in tails(rest))  # 市场监管局, 村民委员会
    name = court(place, rest if own else rest.removeprefix(level))
    return Body(official(place.label + name), seat, own_name=name)


def _placed(mention: Mention, bare: re.Match[str] | None, found: Found, places: Places) -> Body:
    """A body that needs its place, printed with a bare level (区民政局) or without any."""
    if bare:
        place, rest = _of_level(bare["level"], mention.sentence, places), bare["rest"]
        if place:
            return Body(official(place.label + court(place, rest)), place, own_name=rest)
        if division := of_frame(bare["level"], places):
            return Body(official(division.name + court(division, rest)), scope=path_of(division))
        return Body(official(mention.name))
    place = _inherited(mention, found, places) if _is_department(mention.name) else None
    if place:
        return Body(official(place.label + court(place, mention.name)), place)
    begun = places.begun_by(mention.name)
    rest = mention.name.removeprefix(_short_form(begun)) if begun else ""
    if begun and any(tail.start == 0 and tail.end == len(rest) for tail in tails(rest)):  # 朝阳 + 法院
        return Body(official(begun.label + court(begun, rest)), begun, own_name=court(begun, rest))
    seat = _link(place_in_name(mention, found.places_in(mention.sentence)), places)
    return Body(official(mention.name), seat or seated(mention.name, places))


def _short_form(place: Entity) -> str:
    division = by_code(place.code) if place.code else None
    return (short_form(division) if division else None) or place.label


def _link(place: Mention | None, places: Places) -> Entity | None:
    """The thing that a place mention names; a road tells nothing of the bodies called after it."""
    return None if place is None or ROAD.search(place.name) else places.linked[place]


def _of_level(word: str, near: int, places: Places) -> Entity | None:
    """The place that a bare level (街道, 社区) stands for: the one named last, else the main one of the article.

    In an article on a county-level city 市 is that city, not the one that it belongs to.
    """
    level = LEVEL_WORDS[word]
    district = places.frame.district
    if level == Level.CITY and district is not None and district.name.endswith(word):
        level = Level.DISTRICT
    place = places.of_level(level, near)
    if place is None and level == Level.CITY:  # a municipality
        province = places.of_level(Level.PROVINCE, near)
        place = province if province is not None and province.label.endswith(word) else None
    if place is not None or level not in {Level.STREET, Level.COMMUNITY}:
        return place
    alike = {mention: thing for mention, thing in places.linked.items() if mention.kind == level}
    name = main_name((thing.label, mention.sentence) for mention, thing in alike.items())
    return next((thing for thing in alike.values() if thing.label == name), None)


def _leading_places(mention: Mention, found: Found, head: str = "") -> list[Mention]:
    """The places that a name begins with, or has behind its head: 杭州市, 上城区 in 杭州市上城区民政局."""
    chain: list[Mention] = []
    above = next((form for form in words("organization_state_words:above") if mention.name.startswith(form)), "")
    position = mention.start + len(head or above)
    inside = [m for m in found.in_sentence(mention.sentence) if m.kind in PLACES and m.end <= mention.end]
    for place in sorted(inside, key=lambda m: (m.start, -m.end)):
        if place.start == position:
            chain.append(place)
            position = place.end
    return chain


def _needs_place(name: str) -> bool:
    """Whether a body is one of its kind in each jurisdiction, so that its place belongs to its name."""
    found = tails(name)
    return not found or found[-1].kind in _PLACED


def _is_department(name: str) -> bool:
    found = tails(name)
    return bool(found) and found[-1].kind is Ending.DEPARTMENT and found[-1].start == 0


def _inherited(mention: Mention, found: Found, places: Places) -> Entity | None:
    """The place of a department printed bare: that of the body before it in a list, else the article's district."""
    for other in reversed(found.in_sentence(mention.sentence, "Organization")):
        if other.end <= mention.start:
            chain = _leading_places(other, found)
            bare = _bare_level(other.name)
            if chain:
                return places.linked[chain[-1]]
            if bare:
                return _of_level(bare["level"], mention.sentence, places)
    return places.of_level(Level.DISTRICT, mention.sentence)


def _also(label: str, group: list[Mention], resolved: dict[Mention, Body]) -> Iterator[str]:
    """Full forms that nobody printed: 上城区住建局 where the article has 区住建局."""
    for mention in group:
        body = resolved.get(mention)
        bare = _bare_level(mention.name)
        if body and body.place and bare and not mention.name.startswith(body.place.label):
            yield body.place.label + bare["rest"]
        if body and body.label != label:
            yield body.label
