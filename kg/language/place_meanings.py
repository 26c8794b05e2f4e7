"""Which division each printed name of a place means, mention by mention: 南京市鼓楼区 and 徐州市鼓楼区 are two."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from typing import TYPE_CHECKING

from kg.language.frame import Frame, is_stand_in, stand_in
from kg.language.gazetteer import Division, by_code, communities_named
from kg.language.place_chains import WIDTH, candidates, enclosing_neighbours, lies_in, readings
from kg.language.wordlists import grammar
from kg.model import Level, Mention, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

Meanings = dict[Mention, Division | None]
"""The division that each mention means, or None where the gazetteer does not know it or that is open."""


def meanings(text: Text, places: Sequence[Mention], frame: Frame) -> Meanings:
    """The divisions that the places of an article, in the order of its text, mean.

    What is printed right before a name decides. A name that stands alone means the same as the nearest one in its
    paragraph that is printed so, or lies in the nearest place named there that has such a division, or beside the
    nearest of its level; else it means what it means elsewhere in the article, or what lies in the places that the
    article is about.
    """
    reader = _Reader(text, places, frame)
    for level in Level:
        reader.read([place for place in places if place.kind == level])
    return reader.meant.of


def resolve(mention: Mention, frame: Frame) -> Division | None:
    """The division that a name means in an article of a frame by itself, or None where that is open."""
    if mention.kind == Level.COMMUNITY:
        scopes = (frame.district, *frame.districts, frame.city)
        return _only(next(filter(None, (_communities(mention.name, scope) for scope in scopes if scope)), ()))
    if is_stand_in(mention.name):
        return stand_in(mention.name, frame)
    return _in_frame(candidates(mention.name, mention.kind), mention, frame)


class _Known:
    """Meanings as they become known (`of`), found again by name: an article may say a name thousands of times."""

    def __init__(self, order: Mapping[Mention, int]) -> None:
        self.of: Meanings = {}
        self._order = order
        self._alike: dict[tuple[str, str], list[int]] = {}  # the places in the article of names whose meaning is known
        self._at: dict[int, Division] = {}

    def tell(self, place: Mention, division: Division | None) -> None:
        """Note what a place means."""
        self.of[place] = division
        alike = self._alike.setdefault((place.name, place.kind), [])
        if division is None:
            return
        here = self._order[place]
        if here not in self._at:
            insort(alike, here)
        self._at[here] = division

    def has_name(self, place: Mention) -> bool:
        """Whether anything is told of the place's name."""
        return (place.name, place.kind) in self._alike

    def elsewhere(self, place: Mention) -> Division | None:
        """What the name means where it stands before in the article, or else after."""
        alike = self._alike.get((place.name, place.kind))
        if not alike:
            return None
        earlier = bisect_left(alike, self._order[place])
        return self._at[alike[earlier - 1] if earlier else alike[0]]


class _Reader:
    """The meanings of an article's places as they become known, wide ones first."""

    def __init__(self, text: Text, places: Sequence[Mention], frame: Frame) -> None:
        self._order = {place: index for index, place in enumerate(places)}
        self.meant = _Known(self._order)
        self.printed = _Known(self._order)
        self._paragraphs = [sentence.paragraph for sentence in text.sentences]
        self._places = places
        self._above = enclosing_neighbours(places)
        self._readings = readings(places)
        self._frame = frame

    def read(self, alike: Sequence[Mention]) -> None:
        """Give the places of a level their meanings, the wider ones having theirs."""
        stand_ins = [place for place in alike if is_stand_in(place.name)]
        names = [place for place in alike if not is_stand_in(place.name)]
        alone = []
        for place in names:
            above = self._printed_above(place)
            inside = self._inside(place, above) if above is not None else None
            # Cities and districts are all listed: what stands before 宁波市 + 新昌 + 商会 does not enclose it.
            if inside is not None or (above is not None and place.kind in (Level.STREET, Level.COMMUNITY)):
                self.meant.tell(place, inside)
                self.printed.tell(place, inside)
            else:
                alone.append(place)
        open_ones = []
        for place in alone:
            if len(self._readings[place]) == 1 and place.kind != Level.STREET:
                self.meant.tell(place, self._readings[place][0])
            else:
                open_ones.append(place)
        for place in open_ones:
            self.meant.tell(place, self._nearby(place) or self.printed.elsewhere(place))
        for place in open_ones:
            if self.meant.of[place] is None and not self.printed.has_name(place):
                self.meant.tell(place, self.meant.elsewhere(place) or self._in_frame(place))
        several = _with_several(self.printed.of)
        for place in stand_ins:
            self.meant.tell(place, self._standing_in(place, several))

    def _printed_above(self, place: Mention) -> Division | None:
        """What the nearest known of the wider places printed right before a place means."""
        above = self._above.get(place)
        while above is not None and self.meant.of.get(above) is None:
            above = self._above.get(above)
        return self.meant.of[above] if above is not None else None

    def _inside(self, place: Mention, scope: Division) -> Division | None:
        """The division of a place's name in another that is printed right before it."""
        if place.kind != Level.COMMUNITY:
            return _only(d for d in self._readings[place] if lies_in(d, scope))
        found = _communities(place.name, scope)
        if not found and scope.level is Level.STREET:
            district = _parent(scope)  # streets are cut anew more often than communities are
            found = _communities(place.name, district) if district else ()
        return _only(found)

    def _nearby(self, place: Mention) -> Division | None:
        """What a name that stands alone means by the places named before it in its paragraph."""
        for other in self._before(place):
            if other.name == place.name and other in self.printed.of:
                return self.printed.of[other]
            scope = self.meant.of.get(other)
            if scope is not None and WIDTH[other.kind] <= WIDTH[place.kind]:
                found = _only(self._within(place, scope if other.kind != place.kind else _parent(scope)))
                if found is not None:
                    return found
        beside = self._next_in_series(place)
        return _only(self._within(place, _parent(beside))) if beside is not None else None

    def _next_in_series(self, place: Mention) -> Division | None:
        """What the next place of a series means, if it is of the same level: 和平区、河西区."""
        after = self._order[place] + 1
        other = self._places[after] if after < len(self._places) else place
        beside = (other.sentence, other.kind, other.start) == (place.sentence, place.kind, place.end + 1)
        return self.meant.of.get(other) if beside else None

    def _in_frame(self, place: Mention) -> Division | None:
        if place.kind == Level.COMMUNITY:
            return self._community_in_frame(place)
        return _in_frame(self._readings[place], place, self._frame)

    def _standing_in(self, place: Mention, levels: AbstractSet[Level]) -> Division | None:
        """What 全区 or 该区 means: the article's, or where that has several, the last one named in the paragraph."""
        own = stand_in(place.name, self._frame)
        several = own is None or own.level in levels
        if not several and place.name[0] not in grammar("places")["that"]:
            return own
        for other in self._before(place):
            division = self.meant.of.get(other)
            if division is not None and division.name.endswith(place.name[-1]):
                return division
        return own

    def _before(self, place: Mention) -> Iterator[Mention]:
        """The places before one in its paragraph, the nearest first."""
        for index in range(self._order[place] - 1, -1, -1):
            other = self._places[index]
            if self._paragraphs[other.sentence] != self._paragraphs[place.sentence]:
                return
            yield other

    def _within(self, place: Mention, scope: Division | None) -> tuple[Division, ...]:
        if scope is None:
            return ()
        if place.kind != Level.COMMUNITY:
            return tuple(d for d in self._readings[place] if lies_in(d, scope))
        near = scope.level is not Level.CITY or scope == self._frame.city
        return _communities(place.name, scope) if near else ()

    def _community_in_frame(self, place: Mention) -> Division | None:
        """A listed community of the article's districts or city, unless its sentence has just named another."""
        named = (self.meant.of.get(other) for other in self._before(place) if other.sentence == place.sentence)
        last = next((division for division in named if division is not None and len(division.code) <= 6), None)
        for scope in (self._frame.district, *self._frame.districts, self._frame.city):
            if scope is None or (last is not None and not lies_in(scope, last) and not lies_in(last, scope)):
                continue
            if found := _communities(place.name, scope):
                return _only(found)
        return None


def _with_several(printed: Meanings) -> AbstractSet[Level]:
    """The levels of which an article prints several divisions."""
    known = {division for division in printed.values() if division}
    count = Counter(division.level for division in known)
    return {level for level, number in count.items() if number > 1}


def _parent(division: Division) -> Division | None:
    return by_code(division.parent) if division.parent else None


def _communities(name: str, scope: Division) -> tuple[Division, ...]:
    """The communities of a name in a division; none in a whole province, which has too many of one name."""
    return communities_named(scope.code, name) if scope.level is not Level.PROVINCE else ()


def _in_frame(options: Sequence[Division], mention: Mention, frame: Frame) -> Division | None:
    for scope in (frame.district, *frame.districts, frame.city, frame.province):
        inside = [division for division in options if scope is not None and lies_in(division, scope)]
        if inside:
            return _only(inside)
    return _only(options) if mention.kind != Level.STREET or frame.province is None else None


def _only(divisions: Iterable[Division]) -> Division | None:
    """The one present division of several, or the one former."""
    found = list(divisions)
    present = [division for division in found if division.until is None] or found
    return present[0] if len(present) == 1 else None
