"""Bodies whose names begin with what no gazetteer lists: a word of jieba's dictionary, a small place, an errand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.companies import Start, first_of_chain
from kg.language.bodies.endings import Ending, Tail, is_brand, is_distinct, is_division, is_generic, tails
from kg.language.bodies.own_names import KINDS
from kg.language.bodies.stops import ends_companies
from kg.language.tokens import dictionary_entry
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from kg.language.bodies.line import Line
    from kg.model import Token

SHORT_FORM = 2
"""Characters of the short form of a place before what a listed body is: 南京 + 图书馆."""

_BODIES = grammar("bodies")
PLACE = _BODIES.compile("{han}{2,5}?{organization_name_parts:part}")
"""A place by its ending, before the rest of a department's name: 张家楼镇 + 乡村规划建设办公室."""

LONGEST_QUARTER = 4
"""Characters of the name of a quarter that has a station."""

_LISTED = frozenset({Ending.INSTITUTION, Ending.DEPARTMENT, Ending.OFFICE})
_STAFF = _BODIES.compile("(?:{of}?{community})?(?:{station-staff}|{organization_posts})")
"""Who works at a station, behind its name."""


def listed(line: Line, tail: Tail) -> Start | None:
    """A body that jieba's dictionary knows by its name: 同济大学, 南京图书馆."""
    token = line.tokens[line.token_at(tail.start)]
    if token.tag != "nt" or token.end != tail.end or tail.kind not in _LISTED:
        return None
    own = token.text[: tail.start - token.start]
    placed = is_division(own[:SHORT_FORM])
    institution = tail.kind is Ending.INSTITUTION and len(own) >= SHORT_FORM and not is_generic([own])
    return Start(token.start) if placed or institution else None


def of_small_place(line: Line, start: int, tail: Tail) -> int | None:
    """Where the name of a small place ends that a department's name begins with, if its own name is no common word."""
    match = PLACE.match(line.text, start, tail.start)
    if match is None or tails(match[0]):
        return None
    parts = line.parts(start, match.end())
    kinds = any(word in word_set("organization_words:group") for word, _ in parts[:-1]) or match[0].endswith(KINDS)
    told = any(tag.startswith(("d", "v")) and dictionary_entry(word) for word, tag in parts)
    return match.end() if is_distinct(parts) and not kinds and not told else None


def sent_by(line: Line, start: int) -> Start:
    """A team that is sent to the place that its name begins with so far: (江苏省 +) 支援 + 黄石 + 医疗队."""
    aids = (word for word in words("organization_words:aid") if line.text.endswith(word, 0, start))
    aid = max(aids, key=len, default="")
    begin = start - len(aid)
    sender = line.place_over(begin - 1) if aid and begin else None
    if sender is None or line.places[sender].end != begin:
        return Start(begin)
    first = first_of_chain(line, sender, 0)
    return Start(line.places[first].start, first)


def posted_by(line: Line, start: Start | None) -> Start | None:
    """A body posted to the place that its name begins with so far, with its own place: 云山县 + 驻 + 深圳 + 党支部."""
    begin = start.position if start is not None else 0
    post = next((word for word in words("organization_words:posted") if line.text.endswith(word, 0, begin)), "")
    end = begin - len(post)
    own = line.place_over(end - 1) if post and end else None
    if own is None or line.places[own].end != end:
        return start
    first = first_of_chain(line, own, 0)
    return Start(line.places[first].start, first)


def staffed(line: Line, tail: Tail) -> Start | None:
    """A station called after any quarter, whose people are told of: 御桥口 + 派出所 + 民警; not 附近派出所民警."""
    if tail.text not in word_set("organization_endings:district") or not _STAFF.match(line.text, tail.end):
        return None
    index = line.token_at(tail.start - 1) if tail.start else -1
    begin = tail.start
    while index >= 0 and not _stops(line, line.tokens[index]):
        begin = line.tokens[index].start
        index -= 1
    parts = line.parts(begin, tail.start)
    ordinary = word_set("organization_words:group", "organization_words:generic", "organization_words:field")
    acting = any(word in ordinary or (tag.startswith(("m", "v")) and not is_brand(word)) for word, tag in parts)
    named = not acting and (len(parts) > 1 or any(is_brand(word) for word, _ in parts))
    return Start(begin) if SHORT_FORM <= tail.start - begin <= LONGEST_QUARTER and named else None


def _stops(line: Line, token: Token) -> bool:
    """Whether the name of a quarter begins behind a word: a place, or what the dictionary knows as no name's."""
    return line.place_over(token.start) is not None or (ends_companies(token) and not is_brand(token.text))
