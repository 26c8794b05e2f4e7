"""Places: the gazetteer's divisions by code, others by name and enclosing place."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.context.things import things
from kg.extractors.engine import PLACES, Found
from kg.language.frame import Frame, is_stand_in
from kg.language.gazetteer import Division, ancestors, by_code, region_of, short_form
from kg.language.main_places import main_name
from kg.language.tokens import tokens_of
from kg.language.wordlists import grammar
from kg.language.work_reports import IN_REPORTS, genre_of
from kg.linking.entities import Linked, entity
from kg.model import Entity, Level, Mention, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDEST_FIRST = tuple(Level)
_PLACES = grammar("places")
ESTATE, SHORTEST_ESTATE = _PLACES.word("estate"), 3
_OTHER_SITE = _PLACES.compile(r"[{ten-numeral}\d{other-site}]$")
"""How names end that are of something else without the word for an estate: 蒋家桥小区, 天宝第二小区."""

NARROW = frozenset({Level.STREET, Level.COMMUNITY})


@dataclass(frozen=True)
class Places:
    """The places of an article: which thing each mention names, what encloses it, and the article's frame.

    `reporting` tells that a government speaks, to whom a bare level is its own whatever other place it names.
    """

    linked: Linked
    frame: Frame
    enclosing: dict[Entity, Entity]
    evidence: dict[Entity, int]
    reporting: bool = False

    def path(self, place: Entity | None) -> str:
        """A place, or else the article's, with all that encloses it."""
        return path_of(self.main) if place is None else path(place)

    @property
    def main(self) -> Division | None:
        """The narrowest division that the article as a whole is about."""
        return self.frame.district or self.frame.city or self.frame.province

    @property
    def region(self) -> str:
        """The name of the province that the article is about, or ""."""
        return path_of(self.main).partition("/")[0]

    def begun_by(self, name: str) -> Entity | None:
        """The division of the article whose short form a name begins with: 平利 in 平利农商银行."""
        for short, place in self._short_forms:
            if name.startswith(short) and not name.startswith(short + _PLACES.word("university")):
                return place
        return None

    def held_by(self, name: str) -> Iterator[Entity]:
        """The divisions of the article with whose short form a word of a name begins: 郑州 in 中铁郑州局集团."""
        held = [(short, place) for short, place in self._short_forms if short in name]
        beginnings = [token.start for token in tokens_of(name)] if held else []
        yield from (place for short, place in held if any(name.startswith(short, start) for start in beginnings))

    @cached_property
    def _short_forms(self) -> list[tuple[str, Entity]]:
        """The short forms of the article's divisions, those with the longest names first."""
        places = sorted(set(self.linked.values()), key=lambda e: (-len(e.label), e.label))
        divisions = [(by_code(place.code) if place.code else None, place) for place in places]
        return [(short, place) for division, place in divisions if division and (short := short_form(division))]

    @cached_property
    def by_beginning(self) -> dict[str, tuple[Entity, ...]]:
        """The article's places by the first two characters of their names."""
        found: dict[str, dict[Entity, None]] = defaultdict(dict)
        for place in self.linked.values():
            found[place.label[:2]][place] = None
        return {beginning: tuple(places) for beginning, places in found.items()}

    def of_level(self, level: Level, near: int) -> Entity | None:
        """The place of a level that a sentence is about: the last one named before or in it, else the article's.

        Where a wider place was named last, a bare 街道 or 社区 means each of them, so it is none.
        """
        rank = WIDEST_FIRST.index(level)
        last = self._last(near, *(Level(kind) for kind in self._named))
        if last and level in NARROW and WIDEST_FIRST.index(Level(last.kind)) < rank:
            return None
        own = self._of_frame(level)
        if own and self.reporting:
            return own
        alike = self._last(near, level)
        return self.linked[alike] if alike else own

    def _of_frame(self, level: Level) -> Entity | None:
        """The article's own place of a level, where it names that."""
        wanted = {
            Level.DISTRICT: self.frame.district,
            Level.CITY: self.frame.city,
            Level.PROVINCE: self.frame.province,
        }.get(level)
        return next((e for e in self.linked.values() if wanted and e.code == wanted.code), None)

    def _last(self, near: int, *levels: Level) -> Mention | None:
        """The last place of some levels that is named in a sentence or before it."""
        found = []
        for level in levels:
            named = self._named.get(level, [])
            count = bisect_right(named, near, key=lambda m: m.sentence)
            found += named[count - 1 : count] if count else []
        return max(found, key=lambda m: (m.sentence, m.start), default=None)

    @cached_property
    def _named(self) -> dict[str, list[Mention]]:
        """The places by level, sites aside, in the order of the text."""
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(self.linked, key=lambda m: (m.sentence, m.start)):
            if mention.kind != Level.SITE:
                named[mention.kind].append(mention)
        return dict(named)


def _label(mention: Mention) -> str:
    """The name of an unlisted place; an estate is the same with and without the word for one (小区)."""
    bare = mention.name.removesuffix(ESTATE)
    estate = mention.kind == Level.SITE and len(bare) >= SHORTEST_ESTATE and not _OTHER_SITE.search(bare)
    return bare if estate else mention.name


def path(place: Entity) -> str:
    """A place with all that encloses it, widest first: 浙江省/杭州市/上城区."""
    return f"{place.scope}/{place.label}" if place.scope else place.label


def path_of(division: Division | None) -> str:
    """The names of a division and all that encloses it, widest first."""
    return "/".join(d.name for d in [*reversed(ancestors(division)), division]) if division else ""


def link_places(text: Text, found: Found) -> Places:
    """The places that an article's mentions name."""
    mentions = [m for m in found.mentions if m.kind in PLACES]
    known = things(text, found)
    frame, divisions = known.frame, known.divisions
    linked = dict(_listed(divisions))
    enclosing: dict[Entity, Entity] = {}
    evidence: dict[Entity, int] = {}
    stated = {r.subject: r.object for r in found.relations if r.predicate == "within"}
    # Wide places first, so that a community can stand in an unlisted street.
    for level in WIDEST_FIRST:
        rest = [m for m in mentions if m.kind == level and divisions[m] is None]
        groups: dict[tuple[str, Entity | None], list[Mention]] = defaultdict(list)
        for mention, above in _enclosers(rest, stated, linked).items():
            groups[_label(mention), above].append(mention)
        for (name, above), group in groups.items():
            scope = (
                path(above)
                if above
                else path_of(frame.city if level is Level.DISTRICT else frame.district or frame.city)
            )
            place = entity(level, name, group, scope=scope)
            linked |= dict.fromkeys(group, place)
            if above:
                enclosing[place] = above
                evidence[place] = group[0].sentence
    for street, former in _in_former_district(divisions, linked):
        enclosing.setdefault(street, former)
        evidence.setdefault(street, street.sentences[0])
    return Places(linked, frame, enclosing, evidence, reporting=genre_of(text) == IN_REPORTS)


def _in_former_district(divisions: dict[Mention, Division | None], linked: Linked) -> Iterator[tuple[Entity, Entity]]:
    """Streets, and the former district that an older article names them in: 武林街道 in 下城区, until 2021.

    The gazetteer says where they lie today; an article that names today's district means that one.
    """
    known = {d: linked[m] for m, d in divisions.items() if d}
    present = {d.code for d in known if d.until is None}
    former = [d for d in known if d.until and present.isdisjoint(d.successors)]
    for division, place in known.items():
        if division.level is Level.STREET:
            yield from ((place, known[d]) for d in former if division.parent in d.successors)


def _listed(divisions: dict[Mention, Division | None]) -> Iterator[tuple[Mention, Entity]]:
    groups: dict[Division, list[Mention]] = defaultdict(list)
    for mention, division in divisions.items():
        if division:
            groups[division].append(mention)
    for division, group in groups.items():
        scope = "/".join(d.name for d in reversed(ancestors(division)))
        place = entity(division.level, division.name, group, scope=scope, code=division.code)
        place = replace(place, aliases=tuple(alias for alias in place.aliases if not is_stand_in(alias)))
        yield from dict.fromkeys(group, place).items()


def _enclosers(mentions: list[Mention], stated: dict[Mention, Mention], linked: Linked) -> dict[Mention, Entity | None]:
    """What encloses places that the gazetteer does not know.

    The enclosing place printed with a name holds where the name stands alone too: that of the nearest before, or the
    first. Of several one within another the narrowest counts.
    """
    found: dict[Mention, Entity | None] = {}
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[mention.name].append(mention)
    for group in by_name.values():
        printed = {m: linked[stated[m]] for m in group if m in stated and stated[m] in linked}
        several = dict.fromkeys(printed.values())
        narrowest = {
            above: next((other for other in several if path(other).startswith(path(above) + "/")), above)
            for above in several
        }
        current = next(iter(printed.values()), None) or _known_region(group[0], linked)
        current = current or _in_main_street(group[0], linked)
        for mention in group:
            current = printed.get(mention, current)
            found[mention] = narrowest.get(current, current) if current else None
    return found


def _known_region(mention: Mention, linked: Linked) -> Entity | None:
    """The province or city of a new area of the state, where the article names it: 青岛市 for 西海岸新区."""
    region = region_of(mention.name) if mention.kind == Level.DISTRICT else None
    return next((place for place in linked.values() if region and place.code == region.code), None)


def _in_main_street(mention: Mention, linked: Linked) -> Entity | None:
    """What encloses a mention: for a community the street that the article is about, unless another is nearer."""
    nearest = _around(mention, linked)
    if mention.kind != Level.COMMUNITY or (nearest is not None and nearest.kind == Level.STREET):
        return nearest
    streets = {other: thing for other, thing in linked.items() if other.kind == Level.STREET}
    name = main_name((thing.label, other.sentence) for other, thing in streets.items())
    main = next((thing for thing in streets.values() if thing.label == name), None)
    inside = main is not None and (nearest is None or nearest.label in main.scope.split("/"))
    return main if inside else nearest


def _around(mention: Mention, linked: Linked) -> Entity | None:
    """The nearest wider administrative place named before a mention, within its sentence or the text before."""
    rank = WIDEST_FIRST.index(Level(mention.kind))
    wider = [
        other
        for other in linked
        if WIDEST_FIRST.index(Level(other.kind)) < rank
        and other.kind != Level.SITE
        and (other.sentence, other.start) < (mention.sentence, mention.start)
    ]
    if not wider:
        wider = [
            m for m in linked if m.kind in {Level.DISTRICT, Level.CITY} and WIDEST_FIRST.index(Level(m.kind)) < rank
        ]
        return linked[min(wider, key=lambda m: (m.sentence, m.start))] if wider else None
    return linked[max(wider, key=lambda m: (m.sentence, m.start, m.end))]
