"""Which places a text prints as lying within which."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language.gazetteer import ancestors, region_of
from kg.language.place_chains import WIDTH, candidates, chains
from kg.language.wordlists import grammar, words
from kg.model import Level, Mention, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Text

_PLACES = grammar("places")
SEAT = _PLACES["seat"]
"""Between a place and the one that it lies in: 故居所在的街道."""

RIGHT_BEHIND = "printed-within"
LOCATED_IN = "located-within"
SEAT_OF = "seat-within"
_LOCATED = _PLACES.compile("(?:[A-Z0-9{han}]{1,6}{entrance})?{just}?{place_location_verbs}")
"""What stands between a place and the one where it is located: 新街口站 + B出入口位于 + 玄武区."""


def printed_within(text: Text, mentions: list[Mention]) -> Iterator[Relation]:
    """What the places of an article, in the order of its text, say of each other's place.

    A place right behind a wider one lies in it (上城区紫阳街道); so does one of which the text says that it is
    located there (位于紫阳街道的太庙广场, 太庙广场位于紫阳街道), or that the other is where it is (太庙广场所在的
    紫阳街道). Cities and districts lie there only if the gazetteer does not deny it (上海杭州).
    """
    chain_of = {mention: chain for chain in chains(mentions) for mention in chain}
    for first, second in pairwise(mentions):
        if first.sentence != second.sentence:
            continue
        gap = text.sentences[first.sentence].text[first.end : second.start]
        if first.end == second.start and _encloses(first, second):
            yield Relation(second, "within", first, first.sentence, RIGHT_BEHIND)
        elif gap in _PLACES["of"] and _encloses(first, second) and _is_location(text, chain_of[first][0]):
            yield Relation(second, "within", first, first.sentence, LOCATED_IN)
        elif _LOCATED.fullmatch(gap) and _encloses(chain_of[second][-1], first):
            yield Relation(first, "within", chain_of[second][-1], first.sentence, LOCATED_IN)
        elif gap in SEAT and _encloses(chain_of[second][-1], first):
            yield Relation(first, "within", chain_of[second][-1], first.sentence, SEAT_OF)


def _encloses(wide: Mention, narrow: Mention) -> bool:
    """Whether a place can lie in another by its level and, for cities and districts, by the gazetteer."""
    if WIDTH[wide.kind] >= WIDTH[narrow.kind]:
        return False
    if narrow.kind not in {Level.CITY, Level.DISTRICT}:
        return True
    outer = set(candidates(wide.name, wide.kind))
    if region_of(narrow.name) in outer:
        return True
    return any(outer & set(ancestors(division)) for division in candidates(narrow.name, narrow.kind))


def _is_location(text: Text, place: Mention) -> bool:
    """Whether a place stands behind 位于 and the like."""
    return text.sentences[place.sentence].text.endswith(words("place_location_verbs"), 0, place.start)
