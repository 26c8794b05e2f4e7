"""Sites: zones, stations, estates, roads, buildings and parks, by their last word and what stands before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language.place_chains import WIDTH
from kg.language.place_names import (
    cuts_word,
    ends_in_deed,
    ends_in_word,
    is_generic,
    names_a_body,
    stem_before,
    token_index,
    without_wider,
)
from kg.language.wordlists import grammar, table
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.language.article_places import ArticlePlaces, PlaceSpan

_PLACES = grammar("places")
STATION = _PLACES.compile(
    r"{line-number}({han}{2,10}?{station})(?!{station-tail})|(?:^|(?<=[，。、：“]))({han}{2,8}{station})(?=[A-Z]\d?{gate})"
)


def metro_stations(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Stations named with their line or an exit: 地铁4号线新街口站, 新街口站B出入口."""
    for match in STATION.finditer(places.sentence(number)):
        group = 1 if match[1] else 2
        yield Level.SITE.value, match.start(group), match.end(group), match[group]


STATE_AREA = _PLACES.compile("{place_new_areas}")


def new_areas(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """New areas of the state, wherever they are named: 两江新区."""
    for match in STATE_AREA.finditer(places.sentence(number)):
        yield Level.DISTRICT.value, match.start(), match.end(), match[0]


ZONE = _PLACES.compile("{place_zone_suffixes}(?<!{new-town}(?={new-town-body}))")
ZONES = {row[0]: row[-1] for row in table("place_zone_suffixes")}
"""What zones are called for short, and in full."""


def development_zones(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Zones called after a division whose short form they begin with: 白下高新区 is not the former 白下区.

    They have an administration as a district has; a new town (新城) is only a part of its city.
    """
    text = places.sentence(number)
    for listed in places.listed[number]:
        zone = ZONE.match(text, listed.end)
        if zone and not listed.full:
            full = listed.name + ZONES[zone[0]]
            name = full if places.prints(full) else listed.name + zone[0]
            level = Level.DISTRICT if name.endswith(_PLACES["district"]) else Level.SITE
            yield level.value, listed.start, zone.end(), name


NEW_AREA = _PLACES.word("new-area")
ZONE_OF_ITS_OWN = _PLACES.compile("{new-area}|{place_zone_suffixes}(?<!{new-town})")
BARE_ZONE = _PLACES.compile("(?:^|(?<=[，。；：、“”{zone-leads}])){bare-zone}(?={zone-body}|{han}{2,6}?{narrow-end})")


def zones_by_form(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Zones with a name of their own, or right behind their city: 武汉市东湖高新区, 两江新区, 大庆市高新区."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in ZONE_OF_ITS_OWN.finditer(text):
        begin, end = match.span()
        floor, above = places.floor(number, begin)
        if floor > begin or above is None or WIDTH[above.kind] > WIDTH[Level.CITY] or cuts_word(tokens, end):
            continue
        stem = stem_before(text, tokens, begin, floor, 5)
        bare = floor == begin and match[0] != NEW_AREA
        own = stem is not None and stem.strong and (stem.start, len(stem.text) > 1) == (floor, True)
        if bare or (own and stem is not None and not is_generic(stem.text, tokens, begin)):
            yield Level.DISTRICT.value, floor, end, text[floor:end]
    for match in BARE_ZONE.finditer(text) if places.frame.city else ():
        yield Level.DISTRICT.value, match.start(), match.end(), match[0]


HOME = _PLACES.compile("{lives}({han}{2,10}?)(?={of}|{top-floor}|[0-9{ten-numeral}]+{building})")

ESTATES = _PLACES["estate-word"]
"""Sites whose names are often ordinary words, where a place printed before shows that one is named."""

NO_HOME = _PLACES.compile("{ten-numeral|floor-sign}{1,4}{floor}|{no-home}{home-side}?$")


def homes(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """The estate or lane that somebody is said to live in."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in HOME.finditer(text):
        start, end = match.span(1)
        floor, _ = places.floor(number, end)
        stem = stem_before(text, tokens, end, max(start, floor), 10)
        whole = stem is not None and stem.strong and stem.start == max(start, floor)
        if stem and whole and not NO_HOME.match(stem.text) and not is_generic(stem.text, tokens, end):
            yield Level.SITE.value, stem.start, end, stem.text


SITE = _PLACES.compile("{place_site_suffixes}")
ROAD_WORDS = _PLACES["road-word"]


def sites_by_form(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Estates, roads, buildings, parks and the like, where what stands before can only be a name."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    first = len(text)
    # From the right, since a name may hold several such words: 水岸人家西苑小区.
    for match in reversed(list(SITE.finditer(text))):
        begin, end = match.span()
        floor, above = places.floor(number, begin)
        if end > first or floor >= begin or cuts_word(tokens, end) or names_a_body(tokens, end):
            continue
        stem = stem_before(text, tokens, begin, floor, 8)
        if stem is None or len(stem.text) < 2 or is_generic(stem.text, tokens, begin):
            continue
        inside = above is not None and stem.start == floor and WIDTH[above.kind] >= WIDTH[Level.DISTRICT]
        named = stem.strong or (inside and stem.nominal and match[0] in ESTATES)
        if named and not _is_other_word(places, number, match, stem.text):
            stem = without_wider(stem)
            first = stem.start
            yield Level.SITE.value, stem.start, end, text[stem.start : end]


def _is_other_word(places: ArticlePlaces, number: int, match: re.Match[str], stem: str) -> bool:
    """Whether the last word of a supposed site is part of another: 新思路, 道路 + 路侧, 李路明."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    begin, end = match.span()
    last = tokens[token_index(tokens, end - 1)]
    doubled = match[0] in ROAD_WORDS and stem.endswith(ROAD_WORDS)
    sort_only = match[0] in ESTATES and SITE.fullmatch(stem) is not None  # 花苑小区, its name being no word
    return (
        doubled
        or sort_only
        or ends_in_deed(stem)
        or (last.end > end and last.tag.startswith("nr"))
        or ends_in_word(text, tokens, begin, end)
    )


NUMBERED_LANES = _PLACES.compile(
    "{ten-numeral|hundred}{2,6}{lane-quarter}{alley}|{ten-numeral}{1,4}{lane-quarter}{ten-numeral}{1,4}{alley}"
)


def numbered_lanes(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Old quarters called by the number of their lanes: 三坊七巷."""
    for match in NUMBERED_LANES.finditer(places.sentence(number)):
        yield Level.SITE.value, match.start(), match.end(), match[0]


NUMBERED_YARD = _PLACES.compile("{lane-word}(?P<yard>[0-9]{1,4}{yard}(?P<sort>{estate-or-quarter})?)")
"""A road or lane with the number of an estate on it, and the word for the estate."""


def numbered_yards(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Estates called by their number on a road: 金水西路82号院, 临汾路375弄居民区."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in NUMBERED_YARD.finditer(text):
        begin = match.start()
        floor, _ = places.floor(number, begin)
        stem = stem_before(text, tokens, begin, floor, 8) if floor < begin else None
        if stem is not None and len(stem.text) > 1 and not is_generic(stem.text, tokens, begin):
            level = Level.COMMUNITY if match["sort"] in _PLACES["residents-quarter"] else Level.SITE
            yield level.value, stem.start, match.end(), text[stem.start : match.end()]
