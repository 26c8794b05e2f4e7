"""Seats: the place that a body's name begins with, or where its sentence says that it has its seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.endings import Ending, tails
from kg.language.place_chains import WIDTH
from kg.language.wordlists import grammar
from kg.model import Level, Mention, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODIES = grammar("bodies")
ROAD = _BODIES.compile("(?:{road-sign}|(?<!{street-alone}){way})$")
"""Bodies are called after roads without being theirs (解放路小学)."""

NEIGHBOURHOODS = frozenset({Level.STREET, Level.COMMUNITY, Level.SITE})
"""Places so narrow that their bodies have their seat there (月河新村的皖江物业)."""

_SETTLED = _BODIES.compile("{organization_words:seat}{seated}?")
_APPOSED = _BODIES.compile("{of}{han}{0,6}?{organization_words:apposition}")
_LOCATED = _BODIES.compile("{organization_words:seat}{seated}?$")


def based_in(mentions: list[Mention], places: tuple[Mention, ...], text: str) -> Iterator[Relation]:
    """The place in a name or directly before it, or where the sentence says that the body has its seat."""
    for mention in mentions:
        place = place_in_name(mention, places) or next((p for p in places if p.end == mention.start), None)
        if place is not None and not ROAD.search(place.name):
            yield Relation(mention, "basedIn", place, mention.sentence, "place-in-name")
            continue
        seat = _seat(mention, places, text)
        if seat is not None:
            yield Relation(mention, "basedIn", seat, mention.sentence, "seat-by-verb")


def place_in_name(body: Mention, places: tuple[Mention, ...]) -> Mention | None:
    """The place in a body's name that tells its jurisdiction or seat: the last of those that it begins with.

    A branch or part is where a narrower place in its name is (上城 in 杭州市公安局上城分局), and so is what begins with
    another name (国网江汉供电公司); of an institute (浙大杭州研究院) that is the city at best.
    """
    inside = sorted((p for p in places if body.start <= p.start and p.end <= body.end), key=lambda p: (p.start, p.end))
    if not inside:
        return None
    leading = None
    position = body.start
    for place in inside:
        if place.start == position:
            leading, position = place, place.end
    found = tails(body.name)
    if found and found[-1].kind is Ending.INSTITUTION:
        return leading
    return inside[-1] if leading is None or WIDTH[leading.kind] < WIDTH[inside[-1].kind] else leading


def _seat(body: Mention, places: tuple[Mention, ...], text: str) -> Mention | None:
    """The place that a sentence names as a body's seat.

    X公司落户太湖新城, 位于太湖新城的X公司, 太湖镇的化工龙头X公司.
    """
    for chain in _chains(places):
        first, last = chain[0], chain[-1]
        if first.start >= body.end and _SETTLED.fullmatch(text, body.end, first.start):
            return last
        if last.kind != Level.SITE and _APPOSED.fullmatch(text, last.end, body.start):
            return last
        near = last.kind in NEIGHBOURHOODS or _LOCATED.search(text, max(0, first.start - 5), first.start)
        if text[last.end : body.start] in _BODIES["of"] and near:
            return last
    return None


def _chains(places: tuple[Mention, ...]) -> list[list[Mention]]:
    """The places printed right one after the other: 长沙市 + 芙蓉区."""
    chains: list[list[Mention]] = []
    for place in places:
        if chains and chains[-1][-1].end == place.start:
            chains[-1].append(place)
        else:
            chains.append([place])
    return chains
