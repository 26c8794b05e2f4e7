"""Where the name of a body begins, given where its ending stands: the left boundary.

Chinese prints no spaces, so 与区民政局和杭州社会福利院 has to be cut by what can stand inside a name (places, fields,
nouns) and what cannot (prepositions, verbs that found or invite, counts).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from kg.language.bodies.bare_levels import department_at_level, field_at_level, nouns_at_level
from kg.language.bodies.companies import (
    Start,
    after_appositions,
    first_of_chain,
    first_of_company,
    seated_company,
    verb_company,
    worded_company,
)
from kg.language.bodies.endings import (
    Ending,
    Tail,
    bare_level,
    is_distinct,
    is_generic,
    kind_of,
    suffix_of,
)
from kg.language.bodies.full_places import before_post, has_such, is_narrow, of_full_place, of_nation, with_errand
from kg.language.bodies.line import CLOSING, COMPANIES, Line
from kg.language.bodies.own_names import founded, is_area, is_brands, is_named, is_quarters, quoted
from kg.language.bodies.stops import CONJUNCTIONS
from kg.language.bodies.unlisted import listed, of_small_place, posted_by, sent_by, staffed
from kg.language.wordlists import grammar, word_set, words
from kg.model import Span

LONGEST_FIELD = 6
"""How many characters may stand between a body and its part (… + 中心 + 拱墅 + 基地, … + 学院 + 第二 + 党支部)."""

SHORTEST_PRESS = 4
"""Characters of ordinary words that name a publisher (乡镇论坛 + 杂志社)."""

OPENING = frozenset("（(")

_BRACKETING = (Ending.COMPANY, Ending.INSTITUTION)
"""Bodies that may have their place in brackets: 云上（杭州）科技有限公司, 中国（海南）研究院."""

_BODIES = grammar("bodies")
KIND_ALONE = _BODIES.word("any-department")
"""What names no body before a place, only a kind: 主管部门 + 江汉区 + 城管局."""

COMMITTEE = _BODIES.word("committee")
"""What ends a committee of the party by its level: 中央和 + 省委."""

AUTHORITIES = _BODIES["authority"]
"""Endings of offices that one place has one of, whatever common words say what for (城市 + 综合 + 管理 + 局)."""

AID = words("organization_words:aid")

LONG_TEAM = 6
"""An ending of a team of so many characters tells what it does (志愿服务总队)."""


UNIVERSITY = _BODIES.compile("{han}{1,3}{university-short}$|{han}{2}{polytechnic}$")
"""An abbreviated university (浙大, 西交大) before the place of its branch."""

_SEVERAL = _BODIES.compile("{several-levels}{rank}$")
"""Bodies of several levels, of which none is named: 县（区） + 三级 + 政协."""


def start_of(line: Line, tail: Tail) -> Start | None:
    """Where the name with this ending begins, or None where it names nothing."""
    place = line.place_over(tail.start)
    if place is not None and line.places[place].end < tail.end:
        tail = replace(tail, start=line.places[place].end)  # 赵庄村 + 委会
    bare = department_at_level(line, tail)
    if bare is not None:
        return bare
    if len(tail.text) == 1 and line.ending_before(tail.start):
        return None  # 商务局 + 办起
    if line.cuts_verb(tail.start) or line.cuts_words(tail.start, tail.end):
        return None  # 出台 + 办法, 工作 + 协调
    if line.is_graduation(tail.start, tail.end) or _SEVERAL.search(line.text, max(0, tail.start - 2), tail.start):
        return None
    limit = line.limit(tail.start)
    named = quoted(line, tail)
    if named is not None or tail.kind is Ending.QUOTED:
        return named
    found = (
        with_errand(line, tail)
        or worded_company(line, limit, tail)
        or _within_limit(line, limit, tail)
        or verb_company(line, limit, tail)
        or seated_company(line, tail)
        or founded(line, tail)
        or of_full_place(line, tail)
        or of_nation(line, tail)
        or nouns_at_level(line, tail)
        or listed(line, tail)
        or before_post(line, tail)
        or staffed(line, tail)
    )
    sent = found is not None and tail.kind is Ending.TEAM and line.text.endswith(AID, 0, found.position)
    return sent_by(line, found.position) if found is not None and sent else posted_by(line, found)


def _within_limit(line: Line, limit: int, tail: Tail) -> Start | None:
    """Where a name begins that reaches no further left than a limit: with a place, a level, or its own words."""
    within = _innermost_place(line, limit, tail)
    if within is not None and tail.kind is Ending.PART and line.places[within].end < tail.start:
        return _parent_before(line, limit, tail)
    if within is not None and tail.kind is Ending.TEAM and line.text.endswith(AID, 0, line.places[within].start):
        return Start(line.places[within].start)
    if within is not None and tail.kind is Ending.TEAM and _is_of_narrow(line, within, tail):
        return Start(line.places[within].start, within)
    if within is not None and _is_known_university(line, line.places[within].end, tail):
        return Start(line.places[within].end)
    if within is not None:
        return _after_place(line, limit, within, tail)
    return field_at_level(line, limit, tail) or _national(line, limit, tail) or _own_name(line, limit, tail)


def _innermost_place(line: Line, limit: int, tail: Tail) -> int | None:
    """The index of the last place between a limit and an ending."""
    index = bisect_right(line.places, Span(tail.start, 0)) - 1
    if index < 0 or line.places[index].end > tail.start or line.places[index].start < limit:
        return None
    return index


def _is_of_narrow(line: Line, index: int, tail: Tail) -> bool:
    """Whether an ending follows right on a street, community or estate, so that it needs no field: … + 合唱团."""
    return line.places[index].end == tail.start and is_narrow(line.text[: tail.start])


def _is_known_university(line: Line, position: int, tail: Tail) -> bool:
    """Whether a university that the dictionary knows begins here: no place before it is part of its name."""
    token = line.tokens[line.token_at(position)]
    listed = token.start == position and token.tag == "nt" and token.text.endswith(_BODIES["university"])
    return listed and tail.kind is not Ending.COMPANY


def _after_place(line: Line, limit: int, index: int, tail: Tail) -> Start | None:
    """A name that holds a place: it begins with the innermost, or with the body whose branch it is."""
    place = line.places[index]
    if line.text[place.end : place.end + 1] in CLOSING:
        whole = tail.kind in _BRACKETING and line.text[limit] not in OPENING
        return Start(limit, index) if whole else None
    parent = line.text[limit : place.start]
    branded = _branded_branch(line, limit, index, tail)
    if branded is not None:
        return branded
    above = suffix_of(parent)
    street = above in word_set("organization_endings:street")  # …街道办事处 + 金坑村 + 村委会
    if above and above != KIND_ALONE and not street and tail.kind is not Ending.COMPANY:
        return Start(_parent_start(line, limit, place.start), index)
    if tail.text in word_set("organization_endings:street") or not has_such(line.text[: place.end], tail):
        ended = place.end == tail.start and has_such(line.text[: place.end], tail)
        return Start(place.start, index) if ended else None
    field = line.words(place.end, tail.start)
    if field and tail.text not in word_set("organization_endings:itself") and field[0] in _BODIES["behind-place"]:
        field = field[1:]
    if not fits(tail, field):
        own = not field and tail.kind in (Ending.COMPANY, Ending.BRANCH)
        return Start(limit, index) if own and is_distinct(line.parts(limit, place.start)) else None
    university = tail.kind is Ending.INSTITUTION and UNIVERSITY.search(parent)
    first = first_of_company(line, index, limit) if tail.kind is Ending.COMPANY else index
    return Start(limit if university else line.places[first].start, first)


def _branded_branch(line: Line, limit: int, index: int, tail: Tail) -> Start | None:
    """A branch whose name begins with that of no known kind of body: 中国人寿 + 太原市 + 迎泽 + 支公司."""
    seated = tail.kind is Ending.BRANCH and line.places[index].end == tail.start
    if not seated or tail.text in word_set("organization_endings:street"):
        return None
    first = first_of_chain(line, index, limit)
    begin = after_appositions(line, limit, line.places[first].start)
    brand = line.parts(begin, line.places[first].start)
    named = is_distinct(brand) and not suffix_of(line.text[limit : line.places[index].start])
    return Start(begin, first) if named else None


def _parent_start(line: Line, limit: int, end: int) -> int:
    """Where the body begins whose name ends at a position."""
    suffix = suffix_of(line.text[limit:end])
    parent = start_of(line, Tail(suffix, end - len(suffix), end, Ending.INSTITUTION)) if suffix else None
    return parent.position if parent else limit


def _national(line: Line, limit: int, tail: Tail) -> Start | None:
    """A body of the whole state: 全国总工会, 国家 + 气象 + 中心; 全国…基地 is an honour."""
    if tail.kind is Ending.PART:
        return None
    for prefix in words("organization_words:national"):
        if line.text.startswith(prefix, limit) and tail.start >= limit + len(prefix):
            field = line.words(limit + len(prefix), tail.start)
            of_another = tail.text == COMMITTEE and not CONJUNCTIONS.isdisjoint(field)
            if _is_kind(field) or (of_another and bare_level(line.text[: tail.end])):
                return None
            if tail.kind is Ending.DEPARTMENT or (field and field[0] not in _BODIES["rank"] and not is_generic(field)):
                return Start(limit)
    return None


def _is_kind(field: list[str]) -> bool:
    """Whether words before an ending tell a kind of body that the state gives to many: 国家 + 区域 + 医疗 + 中心."""
    kinds = word_set("organization_words:state-kind")
    return not kinds.isdisjoint(field) and is_generic([word for word in field if word not in kinds])


def _own_name(line: Line, limit: int, tail: Tail) -> Start | None:
    """A name without a known place: 红杉养老服务有限公司, 能源与碳中和学院, 钱江新城 + 管委会."""
    if tail.kind is Ending.COMPANY and limit < tail.start:
        press = tail.text in word_set("organization_endings:press") and tail.start - limit >= SHORTEST_PRESS
        if press or line.text.endswith(words("organization_words:owner"), 0, limit):
            return Start(limit)
    start = after_appositions(line, limit, tail.start)
    parts = line.parts(start, tail.start)
    if not parts or parts[0][0] in COMPANIES or is_generic([word for word, _ in parts]):
        return None
    parent = _parent_before(line, start, tail)
    if parent is not None or tail.kind is Ending.PART:
        return parent
    if tail.kind in (Ending.DEPARTMENT, Ending.OFFICE) or tail.text in word_set("organization_endings:street"):
        small = of_small_place(line, start, tail)
        if small is not None and fits(tail, line.words(small, tail.start)):
            return Start(start)
        named = (
            is_brands(tail, parts)
            or is_quarters(tail, parts)
            or (is_area(tail, parts) and fits(tail, [word for word, _ in parts[1:]]))
        )
    else:
        named = is_named(tail, parts)
    return Start(start) if named else None


def _parent_before(line: Line, start: int, tail: Tail) -> Start | None:
    """The start of the body whose part or party branch is named: … + 学院 + 党委, … + 公司 + 第二 + 党支部."""
    if tail.kind is Ending.COMPANY or tail.kind is Ending.INSTITUTION:
        return None
    for end in range(tail.start, max(start, tail.start - LONGEST_FIELD - 1), -1):
        suffix = suffix_of(line.text[start:end])
        if suffix and (tail.kind is not Ending.OFFICE or suffix in word_set("organization_endings:parent")):
            kind = Ending.COMPANY if suffix.startswith(COMPANIES) else Ending.INSTITUTION
            parent = start_of(line, Tail(suffix, end - len(suffix), end, kind))
            return parent or start_of(line, Tail(suffix, end - len(suffix), end, kind_of(suffix)))
    return None


def fits(tail: Tail, field: list[str]) -> bool:
    """Whether an ending may follow a place with these words between."""
    if len(field) == 1 and field[0] in word_set("organization_words:area"):
        return tail.text in word_set("organization_endings:area")
    if tail.kind is Ending.DEPARTMENT:
        party = field == [*_BODIES["party-committee"]]  # 西藏自治区 + 党委 + 宣传部
        own = tail.text not in word_set("organization_endings:itself")  # not 上城区 + 委区 + 政府
        return party or not field or (own and not all(word in word_set("organization_words:group") for word in field))
    if tail.kind is Ending.PART:
        return False
    if tail.kind in (Ending.OFFICE, Ending.TEAM):
        whole = not field and len(tail.text) >= LONG_TEAM  # 任丘市 + 志愿服务总队
        told = len("".join(field)) >= 2
        return whole or (told and (tail.text.endswith(AUTHORITIES) or not is_generic(field)))
    if tail.text in word_set("organization_endings:any"):
        return bool(field) and not is_generic(field)
    return True
