"""Places: the administrative ones of the gazetteer, streets, communities and villages by their form, and sites.

A listed name counts where it is a word of its own; a short form (拱墅 for 拱墅区) only where the article shows that
the district is meant. Names that no list knows are read by their last word (社区, 村, 小区, 路) and the words before
it, and need to look like a name: what only says of what sort a place is (老旧小区, 国际社区) is none.

Also gives `within` where the text prints which place lies in which (上城区紫阳街道).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.extractors.engine import Found
from kg.extractors.place.forms import (
    communities_again,
    communities_by_form,
    hamlets,
    street_short_forms,
    streets_by_form,
)
from kg.extractors.place.sites import (
    development_zones,
    homes,
    metro_stations,
    new_areas,
    numbered_lanes,
    numbered_yards,
    sites_by_form,
    zones_by_form,
)
from kg.language.article_places import ArticlePlaces, PlaceSpan
from kg.language.enclosing_places import printed_within
from kg.language.frame import Frame, article_frame, is_stand_in, stand_in
from kg.language.gazetteer import Division
from kg.language.listed_places import ListedName, Surroundings, local_meaning, stated_meaning, wide_meaning
from kg.language.place_names import CONJUNCTIONS, token_index
from kg.language.tokens import is_common
from kg.language.wordlists import grammar, word_set
from kg.model import Fact, Level, Mention, Text, Token

NEEDS: tuple[str, ...] = ()

LONGEST_LEFT = 3
"""Characters of a street's name left of what is a street's name elsewhere."""

_PLACES = grammar("places")
_TOWNS = _PLACES.compile("{towns}")
_STREET_END = _PLACES.compile("(?:{street}|{town})$")


@dataclass(frozen=True)
class PlaceRule:
    """A named way to find places in a sentence, given what the article's places are so far.

    `listed` tells that it finds none where the gazetteer finds no name.
    """

    name: str
    find: Callable[[ArticlePlaces, int], Iterator[PlaceSpan]]
    listed: bool = False


def full_names(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Full names of the gazetteer; those of an ordinary word's name only in the article's city."""
    tokens, district = places.text.tokens[number], 0  # where the last district ends
    for listed in places.listed[number]:
        if not listed.full:
            continue
        division = places.likeliest(listed.divisions)
        joined = tokens[token_index(tokens, listed.start)].text in CONJUNCTIONS  # 社区 + 和 + 村镇
        left = places.sentence(number)[district : listed.start] if district else ""
        cut = division.level is Level.STREET and left.isalpha() and len(left) <= LONGEST_LEFT  # 历下区甸柳 + 新村街道
        if (_is_ordinary(division) or joined or cut) and not places.in_scope(division, number, listed.start):
            continue
        named = places.ending_at(number, listed.start) or places.sentence(number)[: listed.start].endswith("、")
        if _is_towns(listed, tokens) and not named:
            continue  # 增速快于 + 城镇居民; but 海盐县 + 于城镇, 沈荡镇、 + 于城镇
        district = listed.end if division.level is Level.DISTRICT else district
        if listed.cut and not places.in_districts(division):
            continue
        yield division.level.value, listed.start, listed.end, listed.name


def _is_towns(listed: ListedName, tokens: tuple[Token, ...]) -> bool:
    """Whether a listed town's name reads as a preposition or verb with towns in general: 于 + 城镇, 占 + 城镇."""
    first = tokens[token_index(tokens, listed.start)]
    acts = first.start == listed.start and first.tag[0] in "pv" and is_common(first.text)
    return acts and _TOWNS.fullmatch(listed.name, first.end - listed.start) is not None


def _is_ordinary(division: Division) -> bool:
    """Whether the name of a street is an ordinary word but for its level, or that of a district a common noun."""
    if division.level is Level.STREET:
        return is_common(_STREET_END.sub("", division.name))
    return division.name in word_set("place_common_divisions")


def wide_short_forms(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Short forms of provinces and cities: 浙江, 杭州."""
    tokens = places.text.tokens[number]
    for listed in places.listed[number]:
        division = None if listed.full else wide_meaning(listed, tokens)
        if division is not None and not places.begins_other_name(number, listed):
            yield division.level.value, listed.start, listed.end, listed.name


def stated_short_forms(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Short forms of districts and counties that what stands beside them or the article shows to be meant: 杭州上城."""
    yield from _narrow_short_forms(places, number, stated_meaning)


def local_short_forms(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Short forms of districts and counties that are known place names of the article's city, or of one county."""
    yield from _narrow_short_forms(places, number, local_meaning)


def _narrow_short_forms(
    places: ArticlePlaces, number: int, meaning: Callable[[ListedName, Frame, Surroundings], Division | None]
) -> Iterator[PlaceSpan]:
    tokens = places.text.tokens[number]
    for index, listed in enumerate(places.listed[number]):
        if listed.full:
            continue
        begin, shared = places.series(number, index)
        before = places.ending_at(number, begin if shared else listed.start)
        around = Surroundings(tokens, before, places.listed_beside(number, index), shared)
        division = meaning(listed, places.frame, around)
        if division is not None and not places.begins_other_name(number, listed):
            yield division.level.value, listed.start, listed.end, listed.name


STAND_IN = _PLACES.compile("{place_stand_ins}{stand-in-tail}(?!{stand-in-compound})")


def stand_ins(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """全区, 该市, 我省, where it is clear of what."""
    for match in STAND_IN.finditer(places.sentence(number)):
        division = stand_in(match[0], places.frame) if is_stand_in(match[0]) else None
        if division is not None:
            yield division.level.value, match.start(), match.end(), match[0]


SHARED_WORD = _PLACES.compile("{shared-word}")
ELIDED = _PLACES.compile(
    r"((?:{han}{2,8}、)+{han}{2,6}?)(?P<etc>{and-so-on}?)(?:\d+|{few-numeral}+)?{piece}?(?P<sort>{shared-word})"
)


def elided_series(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Streets or communities of a series that prints their last word once: 采荷、四季青等街道; listed ones alone.

    The name given is the full one.
    """
    text = places.sentence(number)
    for match in ELIDED.finditer(text) if "、" in text and SHARED_WORD.search(text) else ():
        level = Level.STREET if match["sort"] in _PLACES["street"] else Level.COMMUNITY
        items = match[1].split("、")
        if not match["etc"]:
            items.pop()  # 采荷、四季青街道: the last prints its word itself
        start = match.start(1)
        for index, item in enumerate(items):
            # Words of the sentence may stand before the first.
            skips = range(max(1, len(item) - 1)) if index == 0 else range(1)
            known = next((skip for skip in skips if places.knows(item[skip:] + match["sort"], level)), None)
            ordinary = level is Level.COMMUNITY and known is not None and is_common(item[known:])  # 乡村振兴、城市社区
            if known is not None and not ordinary and not item.endswith(match["sort"]):
                yield level.value, start + known, start + len(item), item[known:] + match["sort"]
            start += len(item) + 1


LISTED = (
    PlaceRule("listed-place", full_names, listed=True),
    PlaceRule("listed-wide-short-form", wide_short_forms, listed=True),
)
RULES = (
    PlaceRule("new-area", new_areas),
    PlaceRule("development-zone", development_zones, listed=True),
    *LISTED,
    PlaceRule("stated-short-form", stated_short_forms, listed=True),
    PlaceRule("zone-by-form", zones_by_form),
    PlaceRule("metro-station", metro_stations),
    PlaceRule("elided-series", elided_series),
    PlaceRule("street-by-form", streets_by_form),
    PlaceRule("numbered-yard", numbered_yards),
    PlaceRule("community-by-form", communities_by_form),
    PlaceRule("natural-village", hamlets),
    PlaceRule("street-short-form", street_short_forms),
    PlaceRule("site-by-form", sites_by_form),
    PlaceRule("numbered-lanes", numbered_lanes),
    PlaceRule("home", homes),
    PlaceRule("local-short-form", local_short_forms, listed=True),
    PlaceRule("stand-in", stand_ins),
)
AGAIN = PlaceRule("community-by-form", communities_again)
"""Where the communities that a rule found stand again."""


def extract(text: Text, found: Found) -> Iterable[Fact]:  # noqa: ARG001 - needs no other extractor
    """The places of an article, and which are printed as lying within which."""
    places = ArticlePlaces(text)
    for rule in LISTED:
        _run(rule, places)
    places.settle(article_frame(text, places.all()))
    for rule in RULES:
        if rule.name == "street-short-form":
            places.learn_streets()
        _run(rule, places)
    places.learn_communities()
    _run(AGAIN, places)
    places.unify_sites()
    mentions = places.all()
    return [*mentions, *printed_within(text, mentions)]


def _run(rule: PlaceRule, places: ArticlePlaces) -> None:
    for number, listed in enumerate(places.listed):
        if rule.listed and not listed:
            continue
        for kind, start, end, name in rule.find(places, number):
            places.add(Mention(kind, name, number, start, end, rule.name))
