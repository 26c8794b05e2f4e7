"""Bodies right behind the full name of a place, whose names may be of ordinary words: 观光村 + 便民 + 服务站."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.language.bodies.companies import Start
from kg.language.bodies.endings import Ending, Tail, tails
from kg.language.wordlists import word_set
from kg.model import Span

if TYPE_CHECKING:
    from kg.language.bodies.line import Line

LONGEST_TASK = 10
"""Characters between a place and an ending that say what the body does."""

NOMINAL = ("n", "v", "b", "a", "j", "l", "s", "z")
"""How jieba's tags begin of words that may say what a body does."""

_NARROW = re.compile("(?:街道|[镇乡村]|社区)$")
_WIDE = re.compile("(?<!全)(?:[省市县]|(?<!小)区)$")
WIDE_PLACE = re.compile("(?:[省市县镇乡]|街道|(?<![小社])区)$")
"""How places end that are wider than an estate."""


def of_full_place(line: Line, tail: Tail) -> Start | None:
    """The place that a body's name begins with, where nouns alone stand between: in a village any words do."""
    index = bisect_right(line.places, Span(tail.start, 0)) - 1
    if tail.kind not in (Ending.OFFICE, Ending.TEAM, Ending.INSTITUTION) or index < 0:
        return None
    place = line.places[index]
    if not 0 <= tail.start - place.end <= LONGEST_TASK or len(tail.text) < 2:
        return None
    if line.text.startswith(("社区", "小区", "村"), tail.end):  # 街道 + 小学社区
        return None
    name = line.text[place.start : place.end]
    narrow = _NARROW.search(name) is not None
    parts = line.parts(place.end, tail.start)
    if not (narrow or (_WIDE.search(name) and len(parts) > 1)) or tails(line.text[place.end : tail.start]):
        return None
    if not parts:
        return Start(place.start, index) if tail.kind is Ending.INSTITUTION else None
    first, tag = parts[0]
    acting = tag == "v" or first in word_set("organization_words:group")
    plain = all(t.startswith(NOMINAL) and w not in word_set("organization_words:boundary") for w, t in parts)
    return Start(place.start, index) if plain and not acting else None


def has_such(place: str, tail: Tail) -> bool:
    """Whether a place, by how it ends, is one that has such a body: 办事处 is a street's, 业委会 an estate's."""
    if tail.text in word_set("organization_endings:street"):
        return place.endswith(("街道", "镇", "乡", "地区"))
    return tail.text not in word_set("organization_endings:estate") or not WIDE_PLACE.search(place)
