"""Places: the administrative ones of the gazetteer, streets, communities and villages by their form, and sites.

A listed name counts where it is a word of its own; a short form (拱墅 for 拱墅区) only where the article shows that
the district is meant. Names that no list knows are read by their last word (社区, 村, 小区, 路) and the words before
it, and need to look like a name: what only says of what sort a place is (老旧小区, 国际社区) is none.

Also gives `within` where the text prints which place lies in which (上城区紫阳街道).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.extractors.engine import Found
from kg.language.article_places import ArticlePlaces
from kg.language.enclosing_places import printed_within
from kg.language.frame import Frame, article_frame, is_stand_in, stand_in
from kg.language.gazetteer import FUNCTIONAL_AREA, Division
from kg.language.listed_places import ListedName, Surroundings, local_meaning, stated_meaning, wide_meaning
from kg.language.organization_names import suffix_of
from kg.language.place_chains import WIDTH
from kg.language.place_names import (
    begins_longer_word,
    cuts_word,
    ends_in_word,
    is_generic,
    names_a_body,
    stands_alone,
    stem_before,
    token_index,
)
from kg.language.tokens import is_common
from kg.language.wordlists import either, table, word_set, words
from kg.model import Fact, Level, Mention, Text, Token

NEEDS: tuple[str, ...] = ()

CHINESE = r"[\u4e00-\u9fff]"


@dataclass(frozen=True)
class PlaceRule:
    """A named way to find places in a sentence, given what the article's places are so far."""

    name: str
    find: Callable[[ArticlePlaces, int], Iterator[tuple[str, int, int, str]]]
    """Kind, start, end and name of each place in the sentence of a number."""


def full_names(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Full names of the gazetteer; a street of an ordinary word's name only in the article's city."""
    for listed in places.listed[number]:
        if not listed.full:
            continue
        division = places.likeliest(listed.divisions)
        ordinary = is_common(re.sub("(?:街道|[镇乡])$", "", listed.name))
        if division.level is Level.STREET and ordinary and not places.in_scope(division, number, listed.start):
            continue
        if listed.cut and not places.in_districts(division):
            continue
        # A development zone is counted as a district, but is none.
        level = Level.SITE if FUNCTIONAL_AREA.search(division.name) else division.level
        yield level.value, listed.start, listed.end, listed.name


def wide_short_forms(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Short forms of provinces and cities: 浙江, 杭州."""
    tokens = places.text.tokens[number]
    for listed in places.listed[number]:
        division = None if listed.full else wide_meaning(listed, tokens)
        if division is not None:
            yield division.level.value, listed.start, listed.end, listed.name


def stated_short_forms(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Short forms of districts and counties that what stands beside them or the article shows to be meant: 杭州上城."""
    yield from _narrow_short_forms(places, number, stated_meaning)


def local_short_forms(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Short forms of districts and counties that are known place names of the article's city, or of one county."""
    yield from _narrow_short_forms(places, number, local_meaning)


def _narrow_short_forms(
    places: ArticlePlaces, number: int, meaning: Callable[[ListedName, Frame, Surroundings], Division | None]
) -> Iterator[tuple[str, int, int, str]]:
    tokens = places.text.tokens[number]
    for index, listed in enumerate(places.listed[number]):
        if listed.full:
            continue
        around = Surroundings(tokens, places.ending_at(number, listed.start), places.listed_beside(number, index))
        division = meaning(listed, places.frame, around)
        if division is not None:
            yield division.level.value, listed.start, listed.end, listed.name


STAND_IN = re.compile(rf"{either('place_stand_ins')}[区县市省旗](?![域块间位划民场值容树花])")


def stand_ins(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """全区, 该市, 我省, where it is clear of what."""
    for match in STAND_IN.finditer(places.sentence(number)):
        division = stand_in(match[0], places.frame) if is_stand_in(match[0]) else None
        if division is not None:
            yield division.level.value, match.start(), match.end(), match[0]


ELIDED = re.compile(
    rf"((?:{CHINESE}{{2,8}}、)+{CHINESE}{{2,6}}?)(?P<etc>等?)(?:\d+|[两一二三四五六七八九十]+)?个?(?P<sort>街道|社区|村)"
)


def elided_series(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Streets or communities of a series that prints their last word once: 采荷、四季青等街道; listed ones alone.

    The name given is the full one.
    """
    for match in ELIDED.finditer(places.sentence(number)):
        level = Level.STREET if match["sort"] == "街道" else Level.COMMUNITY
        items = match[1].split("、")
        if not match["etc"]:
            items.pop()  # 采荷、四季青街道: the last prints its word itself
        start = match.start(1)
        for index, item in enumerate(items):
            # Words of the sentence may stand before the first.
            skips = range(max(1, len(item) - 1)) if index == 0 else range(1)
            known = next((skip for skip in skips if places.knows(item[skip:] + match["sort"], level)), None)
            if known is not None and not item.endswith(match["sort"]):
                yield level.value, start + known, start + len(item), item[known:] + match["sort"]
            start += len(item) + 1


LOCATING = words("place_locating_words")
STREET_BODIES = ("办事处", "党工委", "党委", "政府", "人大")
STREET = re.compile("街道|镇|乡|苏木")


def streets_by_form(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Streets, towns and townships that the gazetteer does not know."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in STREET.finditer(text):
        floor, above = places.floor(number, match.start())
        if floor >= match.start() or cuts_word(tokens, match.start()) or cuts_word(tokens, match.end()):
            continue
        stem = stem_before(text, tokens, match.start(), floor)
        if stem is None or len(stem.text) < 2 or is_generic(stem.text, tokens, match.start()):
            continue
        enclosed = above is not None and above.end == stem.start and WIDTH[above.kind] < WIDTH[Level.STREET.value]
        located = text.endswith(LOCATING, 0, stem.start) and not is_common(text[stem.start : match.end()])
        begins = stem.start == 0 or not text[stem.start - 1].isalnum()
        acts = begins and stem.nominal and text.startswith(STREET_BODIES, match.end())
        if enclosed or located or acts or (stem.strong and match[0] == "街道"):
            yield Level.STREET.value, stem.start, match.end(), text[stem.start : match.end()]


def street_short_forms(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """A street without its last word, where the article names it in full; the name given is the full one."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for short, full in places.street_short_forms:
        start = text.find(short)
        while start >= 0:
            end = start + len(short)
            if stands_alone(tokens, start, end) and not names_a_body(tokens, end):
                yield Level.STREET.value, start, end, full
            start = text.find(short, end)


def _after_preposition(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a listed name stands after a preposition that the segmentation put into a word: 以 + 下姜村."""
    token = tokens[token_index(tokens, start)]
    return token.start + 1 == start and token.text[0] in ("以", "从", "由", "自", "在", "于")


COMMUNITY = re.compile("社区|自然村|行政村|村|嘎查")
ACTING = word_set("organization_leading_verbs")
COMMITTEE = ("委会", "党委", "党支部", "党总支", "书记", "主任", "居委", "两委", "支书")


def _listed_community(places: ArticlePlaces, number: int, begin: int, end: int, floor: int) -> int | None:
    """Where a listed community begins that is meant by its name, its last word in a span; else None."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    listed = places.longest_listed(text, begin, end, floor)
    if listed is None or (cuts_word(tokens, listed) and not _after_preposition(tokens, listed)):
        return None
    stem = text[listed:begin]
    if stem in ACTING:  # 街道 + 联合 + 社区
        return listed if text.endswith(LOCATING, 0, listed) else None
    _, above = places.floor(number, begin)
    enclosed = above is not None and above.end == listed
    ordinary = is_generic(stem, tokens, begin) or is_common(text[listed:end])
    return listed if enclosed or not ordinary else None


def communities_by_form(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Communities and villages: listed in the article's districts, or by what stands before and behind."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    last_end = 0
    for match in COMMUNITY.finditer(text):
        begin, end = match.span()
        if text.startswith("卫生", end) or (cuts_word(tokens, end) and not text.startswith(COMMITTEE, end)):
            continue
        floor, above = places.floor(number, begin)
        floor = max(floor, last_end)
        listed = _listed_community(places, number, begin, end, floor)
        if listed is not None:
            last_end = end
            yield Level.COMMUNITY.value, listed, end, text[listed:end]
            continue
        stem = stem_before(text, tokens, begin, floor, 8)
        if stem is None or is_generic(stem.text, tokens, begin) or ends_in_word(text, tokens, begin, end):
            continue
        if suffix_of(stem.text) or stem.text in ACTING:
            continue  # 民政局 + 社区 + 建设科, 街道 + 联合 + 社区
        if not stem.strong and begins_longer_word(tokens, begin, end):
            continue  # 打破 + 村域
        enclosed = above is not None and above.end == stem.start and WIDTH[above.kind] < WIDTH[Level.COMMUNITY.value]
        serial = 0 < last_end == stem.start - 1 and text[last_end] == "、"
        located = text.endswith(LOCATING, 0, stem.start)
        has_body = stem.nominal and not places.lists_communities and text.startswith(COMMITTEE, end)
        if stem.text.endswith("新") and not enclosed:
            continue  # 德胜新村 is an estate in a city; as a village it is listed
        if len(stem.text) > 1 and (enclosed or serial or located or has_body or stem.strong):
            last_end = end
            yield Level.COMMUNITY.value, stem.start, end, text[stem.start : end]


STATION = re.compile(
    rf"号线({CHINESE}{{2,10}}?站)(?![点台长区])|(?:^|(?<=[，。、：“]))({CHINESE}{{2,8}}站)(?=[A-Z]\d?(?:出入?)?口)"
)


def metro_stations(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Stations named with their line or an exit: 地铁4号线新街口站, 新街口站B出入口."""
    for match in STATION.finditer(places.sentence(number)):
        group = 1 if match[1] else 2
        yield Level.SITE.value, match.start(group), match.end(group), match[group]


def development_zones(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Zones called after a division whose short form they begin with: 白下高新区 is not the former 白下区."""
    text = places.sentence(number)
    for listed in places.listed[number]:
        zone = ZONE.match(text, listed.end)
        if zone and not listed.full:
            full = listed.name + ZONES[zone[0]]
            name = full if places.prints(full) else listed.name + zone[0]
            yield Level.SITE.value, listed.start, zone.end(), name


ZONE = re.compile(either("place_zone_suffixes"))
ZONES = {row[0]: row[-1] for row in table("place_zone_suffixes")}
"""What zones are called for short, and in full."""


HOME = re.compile(rf"(?:家住|居住在|住在)({CHINESE}{{2,10}}?)(?=的|顶楼|[0-9一二三四五六七八九十]+[幢栋号])")

NO_HOME = re.compile("[一二三四五六七八九十顶底]+[楼层]|(?:城市|农村|乡下|镇上|山区|家)[里上]?$")


def homes(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """The estate or lane that somebody is said to live in, by the name with 小区 if the article has it."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in HOME.finditer(text):
        start, end = match.span(1)
        floor, _ = places.floor(number, end)
        stem = stem_before(text, tokens, end, max(start, floor), 10)
        whole = stem is not None and stem.strong and stem.start == max(start, floor)
        if stem and whole and not NO_HOME.match(stem.text) and not is_generic(stem.text, tokens, end):
            name = stem.text + "小区"
            yield Level.SITE.value, stem.start, end, name if places.names(name) else stem.text


SITE = re.compile(either("place_site_suffixes"))


def sites_by_form(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Estates, roads, buildings, parks and the like, where what stands before can only be a name."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    first = len(text)
    # From the right, since a name may hold several such words: 水岸人家西苑小区.
    for match in reversed(list(SITE.finditer(text))):
        begin, end = match.span()
        floor, _ = places.floor(number, begin)
        if end > first or floor >= begin or cuts_word(tokens, end) or names_a_body(tokens, end):
            continue
        stem = stem_before(text, tokens, begin, floor, 8)
        if stem is None or not stem.strong or len(stem.text) < 2 or is_generic(stem.text, tokens, begin):
            continue
        if not ends_in_word(text, tokens, begin, end):
            first = stem.start
            yield Level.SITE.value, stem.start, end, text[stem.start : end]


NUMBERED_LANES = re.compile("[一二三四五六七八九十百]{2,}坊巷|[一二三四五六七八九十]+坊[一二三四五六七八九十]+巷")


def numbered_lanes(places: ArticlePlaces, number: int) -> Iterator[tuple[str, int, int, str]]:
    """Old quarters called by the number of their lanes: 三坊七巷."""
    for match in NUMBERED_LANES.finditer(places.sentence(number)):
        yield Level.SITE.value, match.start(), match.end(), match[0]


LISTED = (
    PlaceRule("listed-place", full_names),
    PlaceRule("listed-wide-short-form", wide_short_forms),
)
RULES = (
    PlaceRule("development-zone", development_zones),
    *LISTED,
    PlaceRule("stated-short-form", stated_short_forms),
    PlaceRule("metro-station", metro_stations),
    PlaceRule("elided-series", elided_series),
    PlaceRule("street-by-form", streets_by_form),
    PlaceRule("community-by-form", communities_by_form),
    PlaceRule("street-short-form", street_short_forms),
    PlaceRule("site-by-form", sites_by_form),
    PlaceRule("numbered-lanes", numbered_lanes),
    PlaceRule("home", homes),
    PlaceRule("local-short-form", local_short_forms),
    PlaceRule("stand-in", stand_ins),
)


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
    places.lengthen_sites()
    mentions = places.all()
    return [*mentions, *printed_within(text, mentions)]


def _run(rule: PlaceRule, places: ArticlePlaces) -> None:
    for number in range(len(places.text.sentences)):
        for kind, start, end, name in rule.find(places, number):
            places.add(Mention(kind, name, number, start, end, rule.name))
