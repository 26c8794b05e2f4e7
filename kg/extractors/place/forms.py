"""Streets and communities that are known by their form: the word for their sort and what stands about the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language.bodies.endings import suffix_of
from kg.language.gazetteer import named
from kg.language.place_chains import WIDTH
from kg.language.place_names import (
    Stem,
    begins_longer_word,
    cuts_word,
    ends_in_deed,
    ends_in_word,
    is_generic,
    is_located,
    names_a_body,
    opens_coined_name,
    stands_alone,
    stem_before,
    token_index,
    without_wider,
)
from kg.language.tokens import is_common
from kg.language.wordlists import grammar, word_set, words
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.language.article_places import ArticlePlaces, PlaceSpan
    from kg.model import Mention, Token

_PLACES = grammar("places")
STREET = _PLACES.compile("{street-end}|{street-alone}(?!{way}|{compass}{road-part}|[0-9]+{house-number}|{street-tail})")
_STREET = _PLACES.word("street")
COMMUNITY = _PLACES.compile("{community-end}|{village}(?!{community}(?!{health}))")
RANKED = _PLACES.compile("{nth}{ten-numeral}{village}$")
CALLED = _PLACES["called"]
"""What stands before the name of a person."""

PERSON = 3
"""How many characters most names of people have."""

ESTATE = _PLACES["new-village"]
LEVELS_ALONE = _PLACES.compile("{alone-with-level}+")
"""Levels with what is done to them, no name: 强区兴镇富 + 村, 建设市镇 + 村, 以居 + 村."""

SIDES = _PLACES["side"]
"""What tells a village from its neighbour of the same name."""

ACTING = word_set("organization_words:partner")
BODY = _PLACES.compile("{place_street_bodies}(?!{affair}[^{place}])")  # but 街道 + 办事流程
CARE = _PLACES["health"]
"""What follows 社区 in the name of a health station."""

COMMITTEE = words("place_committees")
PLURAL = _PLACES.compile("{place_counting_words}$")


def streets_by_form(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Streets, towns and townships that the gazetteer does not know, and those printed without 道 (上城区采荷街)."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in STREET.finditer(text):
        floor, above = places.floor(number, match.start())
        bodied = BODY.match(text, match.end()) is not None
        if (
            floor >= match.start()
            or cuts_word(tokens, match.start())
            or (cuts_word(tokens, match.end()) and not bodied)
        ):
            continue
        stem = stem_before(text, tokens, match.start(), floor)
        if stem is None or len(stem.text) < 2 or is_generic(stem.text, tokens, match.start()):
            continue
        enclosed = _encloses(above, floor, stem, Level.STREET)
        told = not (stem.nominal or stem.strong) and not (
            enclosed and above is not None and above.kind == Level.DISTRICT
        )
        if told or LEVELS_ALONE.fullmatch(stem.text):
            continue  # 北京市 + 规范 + 街道, 社区 + 和村 + 镇
        stem = without_wider(stem)
        name = text[stem.start : match.end()]
        if match[0] in _PLACES["street-alone"]:
            rest = _PLACES.word("way")
            if enclosed and any(places.knows(name + end, Level.STREET) for end in (rest, _STREET)):
                yield Level.STREET.value, stem.start, match.end(), name + rest
            continue
        located = is_located(text, tokens, stem.start) and not is_common(name)
        begins = stem.start == 0 or not text[stem.start - 1].isalnum()
        acts = begins and stem.nominal and bodied
        if enclosed or located or acts or (stem.strong and match[0] == _STREET):
            yield Level.STREET.value, stem.start, match.end(), name


def street_short_forms(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """A street without its last word, where the article names it in full; the name given is the full one."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for short, full in places.street_short_forms:
        start = text.find(short)
        while start >= 0:
            end = start + len(short)
            if stands_alone(tokens, start, end) and not names_a_body(tokens, end):
                yield Level.STREET.value, start, end, full
            start = text.find(short, end)


def communities_by_form(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Communities and villages: listed in the article's districts, or by what stands before and behind."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in COMMUNITY.finditer(text):
        begin, end = match.span()
        committee = text.startswith(COMMITTEE, end)
        if text.startswith(CARE, end) or (cuts_word(tokens, end) and not committee):
            continue
        floor, above = places.floor(number, begin)
        stem = _numbered(text, floor, begin, above) or stem_before(text, tokens, begin, floor, 8)
        start = _listed_community(places, number, begin, end, floor)
        if start is not None:
            longer = stem is not None and stem.start < start and text[start - 1] not in _PLACES["street-sign"]
            side = stem is not None and stem.start == start - 1 and stem.text[0] in SIDES  # 下 + 阿子滩村
            if stem is not None and (side or (longer and _encloses(above, floor, stem, Level.COMMUNITY))):
                start = stem.start  # 四里河街道 + 银河湾社区, though the list knows a 河湾社区
        elif stem is not None and _is_community(places, number, match, stem):
            start = without_wider(stem).start
        if start is None:
            continue
        if places.names(text[start:end] + _STREET):
            yield Level.STREET.value, start, end, text[start:end] + _STREET  # 曹杨新村, the street for short
            continue
        # An estate of a city; villages of that name lie in towns, or do what villages do.
        estate = text.endswith(ESTATE, 0, end) and not committee and not _in_town(above, floor, start)
        yield (Level.SITE if estate else Level.COMMUNITY).value, start, end, text[start:end]


NUMBERED = _PLACES.compile(
    "{ten-numeral|hundred}{1,3}(?:{once-counted}{han}{0,3}|{home-counter}{han}{1,3})|{ten-numeral}{families}(?={village})"
)
"""A number and what was once counted there (a distance, houses, trees), in names of villages."""

HAMLET = _PLACES.compile(
    "(?<={village-or-quarter})({han}{2,5}?){hamlet-end}(?=[^{han}]|{after-hamlet}|{village-people})"
)
"""A natural village right behind the village or community that it is part of, by its last word."""


def hamlets(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Natural villages within a village: 隘江村 + 岜权屯."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for match in HAMLET.finditer(text):
        floor, above = places.floor(number, match.end())
        within = above is not None and above.kind == Level.COMMUNITY and floor == match.start()
        if within and not is_common(match[0]) and not is_generic(match[1], tokens, match.end(1)):
            yield Level.COMMUNITY.value, match.start(), match.end(), match[0]


def communities_again(places: ArticlePlaces, number: int) -> Iterator[PlaceSpan]:
    """Communities that the article names where it is clear, wherever else their names stand: 前进村 + 党支部成立."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    for name in places.communities:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (cuts_word(tokens, start) or text.startswith(CARE, end)):
                yield Level.COMMUNITY.value, start, end, name
            start = text.find(name, end)


def _numbered(text: str, floor: int, begin: int, above: Mention | None) -> Stem | None:
    """A name with a number right behind a wider place, which counts nothing: 观音镇 + 五里庙 + 村."""
    wider = above is not None and WIDTH[above.kind] < WIDTH[Level.COMMUNITY] and floor > 0
    return (
        Stem(floor, text[floor:begin], strong=True, nominal=True)
        if wider and NUMBERED.fullmatch(text, floor, begin)
        else None
    )


def _listed_community(places: ArticlePlaces, number: int, begin: int, end: int, floor: int) -> int | None:
    """Where a listed community begins that is meant by its name, its last word in a span; else None."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    listed = places.longest_listed(text, begin, end, floor)
    if listed is None:
        return None
    enclosed = 0 < listed == floor
    if cuts_word(tokens, listed) and not enclosed and not _after_preposition(tokens, listed):
        return None
    stem = text[listed:begin]
    if stem in ACTING:  # 街道 + 联合 + 社区
        return listed if is_located(text, tokens, listed) else None
    slip = len(stem) == 1 and (stem in word_set("place_boundary_words") or ends_in_word(text, tokens, begin, end))
    ordinary = slip or is_generic(stem, tokens, begin) or is_common(text[listed:end])
    return listed if enclosed or not ordinary else None


def _is_community(places: ArticlePlaces, number: int, match: re.Match[str], stem: Stem) -> bool:
    """Whether what stands before 社区 or 村 is the name of one that no list knows."""
    text, tokens = places.sentence(number), places.text.tokens[number]
    begin, end = match.span()
    floor, above = places.floor(number, begin)
    unnamed = len(stem.text) < 2 or LEVELS_ALONE.fullmatch(stem.text) is not None
    if unnamed or is_generic(stem.text, tokens, begin) or ends_in_word(text, tokens, begin, end):
        return False
    if _is_other_wording(text, tokens, match, stem):
        return False
    enclosed = _encloses(above, floor, stem, Level.COMMUNITY)
    in_town = enclosed and above is not None and above.kind == Level.STREET
    located = is_located(text, tokens, stem.start)
    has_body = stem.nominal and text.startswith(COMMITTEE, end)
    village = in_town and match[0] not in _PLACES["community"]
    acts = not stem.nominal and not located and not village  # 青州市 + 建立 + 社区
    only_where = not enclosed and not has_body and any(len(d.code) <= 6 for d in named(stem.text))  # 上海社区
    estate = stem.text.endswith(_PLACES["new"]) and not enclosed  # 德胜新村; as a village it is listed
    if acts or only_where or estate:
        return False
    serial = above is not None and above.kind == Level.COMMUNITY and text[above.end : stem.start] == "、"
    return enclosed or serial or located or stem.strong or (has_body and not places.lists_communities)


def _is_other_wording(text: str, tokens: tuple[Token, ...], match: re.Match[str], stem: Stem) -> bool:
    """Whether what stands about 社区 or 村 shows that no single one is named."""
    begin, end = match.span()
    acts = suffix_of(stem.text) != "" or stem.text in ACTING  # 民政局 + 社区 + 建设科, 街道 + 联合 + 社区
    other_word = not stem.strong and begins_longer_word(tokens, begin, end)  # 打破 + 村域
    # 启动村（社区）, 一个采石村, 黔南第一村
    sort = text.startswith("（", end) or PLURAL.search(text, 0, stem.start) is not None or RANKED.search(text, 0, end)
    # 书记 + 郭中村, 吴亚琴 + 扎根 + 社区
    person = text.endswith(CALLED, 0, stem.start) or _begins_with_person(tokens, stem.start, begin)
    named = not (person or sort or ends_in_deed(stem.text) or opens_coined_name(text, stem.start, end))
    return acts or other_word or not named


def _begins_with_person(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a supposed name is that of a person and an ordinary word: somebody does something."""
    first, last = tokens[token_index(tokens, start)], tokens[token_index(tokens, end - 1)]
    named_so = first.tag == "nr" and len(first.text) == PERSON and first.text[0] in word_set("person_surnames")
    return first.start == start and first is not last and named_so and len(last.text) > 1 and is_common(last.text)


def _encloses(above: Mention | None, floor: int, stem: Stem, level: Level) -> bool:
    """Whether a name begins where a wider place ends."""
    return above is not None and stem.start == floor and WIDTH[above.kind] < WIDTH[level]


def _in_town(above: Mention | None, floor: int, start: int) -> bool:
    return above is not None and floor == start and above.name.endswith(_PLACES["rural-town"])


def _after_preposition(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a listed name stands after a preposition that the segmentation put into a word: 以 + 下姜村."""
    token = tokens[token_index(tokens, start)]
    return token.start + 1 == start and token.text[0] in _PLACES["glued-preposition"]
