"""Which administrative places an article is about.

西湖区 is a district of Hangzhou and one of Nanchang; the other places that the article names decide.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language.gazetteer import Division, by_code
from kg.language.place_chains import lineage
from kg.language.place_chains import readings as place_readings
from kg.language.wordlists import word_set
from kg.language.work_reports import IN_REPORTS, genre_of, submission
from kg.model import Level, Mention, Role, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEADLINE_WEIGHT = 5
"""How much more a place in the headline says of what an article is about than one in its body."""

OPENING_WEIGHT = 2
"""The same for the first sentences of the body."""

OPENING = 2
"""How many sentences open the body."""

Reading = tuple[Mention, tuple[Division, ...]]
"""A mention and the divisions that it may mean."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The main administrative places of an article; `districts` are all those that it names, the main one first.

    `city` is None in Beijing, Tianjin, Shanghai and Chongqing; `district` where an article speaks of a whole city.
    """

    province: Division | None = None
    city: Division | None = None
    district: Division | None = None
    districts: tuple[Division, ...] = ()


def article_frame(text: Text, places: Sequence[Mention]) -> Frame:
    """The frame of an article, by how often and where its places, and those within them, are named."""
    weights = _weights(text)
    readings = _plausible([(mention, found) for mention, found in place_readings(places).items() if found])
    shared: Counter[str] = Counter()
    for mention, found in readings:
        for division in found:
            for code in lineage(division):
                shared[code] += weights[mention.sentence] * 12 // len(found)
    prefixes = _prefixes(places)
    total: Counter[str] = Counter()
    own: Counter[str] = Counter()
    printed: set[str] = set()
    for mention, found in readings:
        meant = _most_supported(found, shared)
        if meant is None:
            continue
        for code in lineage(meant):
            total[code] += weights[mention.sentence]
        printed.add(meant.code)
        if mention not in prefixes:
            own[meant.code] += weights[mention.sentence]
    frame = _frame(total, own, printed)
    return _of_speaker(frame, speaker(text, readings)) if genre_of(text) == IN_REPORTS else frame


def speaker(text: Text, readings: Sequence[Reading]) -> Division | None:
    """The place whose government submits a work report: the narrowest named until it does so."""
    end = submission(text)
    named = (found[0] for mention, found in readings if mention.sentence <= end and len(found) == 1)
    return max(named, key=lambda division: tuple(Level).index(division.level), default=None)


def _of_speaker(frame: Frame, place: Division | None) -> Frame:
    """The frame of a report of a place: of what it names within, however often, it is about nothing more than else."""
    if place is not None and place.level is Level.PROVINCE:
        return replace(frame, province=place, city=None, district=None)
    return replace(frame, city=place, district=None) if place is not None and place.level is Level.CITY else frame


def is_stand_in(name: str) -> bool:
    """Whether a name stands for the article's district, city or province: 全区, 该市.

    >>> is_stand_in("全区"), is_stand_in("上城区")
    (True, False)
    """
    return len(name) == 2 and name[0] in word_set("place_stand_ins")


def stand_in(name: str, frame: Frame) -> Division | None:
    """What 全区, 该市 or 我省 stand for in an article of a frame: its place whose name ends so."""
    places = (frame.district, frame.city, frame.province)
    return next((place for place in places if place is not None and place.name.endswith(name[-1])), None)


def _weights(text: Text) -> list[int]:
    """What a mention in each sentence counts."""
    weights = []
    opening = 0
    for sentence in text.sentences:
        if sentence.role is Role.HEADLINE:
            weights.append(HEADLINE_WEIGHT)
        elif sentence.role is Role.BODY and opening < OPENING:
            opening += 1
            weights.append(OPENING_WEIGHT)
        else:
            weights.append(1)
    return weights


def _prefixes(places: Sequence[Mention]) -> set[Mention]:
    """The places that only introduce the next, as 杭州市 in 杭州市上城区."""
    starts = {(place.sentence, place.start) for place in places}
    return {place for place in places if (place.sentence, place.end) in starts}


def _plausible(readings: list[Reading]) -> list[Reading]:
    """Without streets of provinces that no city or district of the article lies in: streets get new namesakes."""
    provinces = {d.code[:2] for mention, found in readings if mention.kind != Level.STREET for d in found}
    kept = []
    for mention, found in readings:
        inside = tuple(d for d in found if mention.kind != Level.STREET or not provinces or d.code[:2] in provinces)
        if inside:
            kept.append((mention, inside))
    return kept


def _most_supported(found: tuple[Division, ...], support: Counter[str]) -> Division | None:
    """The candidate whose enclosing and enclosed places are named most; None for a tie."""
    if len(found) == 1:
        return found[0]
    ranked = sorted(found, key=lambda d: (-sum(support[code] for code in lineage(d)), d.until is not None, d.code))
    scores = [sum(support[code] for code in lineage(division)) for division in ranked[:2]]
    return ranked[0] if scores[0] > scores[1] else None


def _frame(total: Counter[str], own: Counter[str], printed: set[str]) -> Frame:
    province_code = _heaviest((code for code in total if len(code) == 2), total)
    cities = (code for code in total if len(code) == 4 and code.startswith(province_code or "-"))
    city_code = _heaviest(cities, total)
    scope = city_code or province_code
    inside = sorted((c for c in total if len(c) == 6 and c.startswith(scope or "-")), key=lambda c: (-total[c], c))
    others = sorted((c for c in total if len(c) == 6 and c not in inside), key=lambda c: (-total[c], c))
    weight = _by_printed_district(inside, total, printed)
    main = _heaviest(inside, weight)
    if main and (weight[main] * 2 < sum(weight.values()) or weight[main] <= own[scope or ""]):
        main = None
    divisions = {code: by_code(code) for code in (*inside, *others)}
    return Frame(
        by_code(province_code) if province_code else None,
        by_code(city_code) if city_code else None,
        divisions[main] if main else None,
        tuple(division for division in divisions.values() if division is not None),
    )


def _by_printed_district(codes: Sequence[str], total: Counter[str], printed: set[str]) -> Counter[str]:
    """What districts weigh, today's streets counted for the former district that an older article prints instead."""
    weight = Counter({code: total[code] for code in codes})
    for code in codes:
        division = by_code(code) if code in printed else None
        for successor in division.successors if division else ():
            if successor in weight and successor not in printed:
                weight[code] += weight[successor]
                weight[successor] = 0
    return weight


def _heaviest(codes: Iterable[str], total: Counter[str]) -> str | None:
    return min(codes, key=lambda code: (-total[code], code), default=None)
