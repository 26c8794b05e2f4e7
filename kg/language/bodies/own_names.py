"""Names without a place: of words of their own (红杉养老服务有限公司), or in quotation marks (“银杏”志愿服务队)."""

from __future__ import annotations

import re

from kg.language.bodies.companies import Start
from kg.language.bodies.endings import NAME_TAGS, Ending, Tail, bare_level, is_brand, is_distinct, is_generic, tails
from kg.language.bodies.line import COMPANIES, Line
from kg.language.bodies.stops import CONJUNCTIONS
from kg.language.wordlists import grammar, word_set, words

LONG_ENDING = 6
"""An ending of so many characters (公益发展中心) is that of a name, whatever stands before."""

LONG_JOINED = 6
"""Two nouns of so many characters with 和 between them (海洋与气候 + 学院) name an institution."""

LONGEST_BRAND = 4
"""Characters of the brand of a property manager; what a task force is for is told in as many at least."""

SHORTEST_QUARTER = 2
"""Characters of the name of a quarter that has a station."""

LONGEST_KIND = 5
"""What stands before 有限公司 is a company's name, not a kind of company, from so many characters on."""

COMPANY_FORM = 4
"""An ending of so many characters (有限公司) tells the legal form of one company."""

SHORTEST_QUOTED = 4
"""Characters of a team that is named in quotation marks; shorter they are a figure of speech (“智囊团”)."""

LONGEST_QUOTATION = 20
"""Characters of a part of a name in quotation marks, with what stands behind it."""

_BODIES = grammar("bodies")
_QUOTED_PART = _BODIES.compile("“[0-9+]*[{han}A-Za-z][{han}A-Za-z0-9+、]*”({han}{0,8})$")

_MARK = re.compile("[，。；：！？、”（）]")
"""What stands in no name in quotation marks."""

_COUNTED = _BODIES.compile("[{few-numeral}{hundred}]")
"""What tells that a motto counts bodies: “一室引领三队”."""

_BREAK = _BODIES.compile("{break}")
"""What ends a name behind a part in quotation marks."""

ESTATE = _BODIES.compile("{han}{2,6}{estate-end}")
"""How the names of estates end, before their owners' committee."""

_QUARTER = _BODIES.compile("{han}{2,6}?{quarter-end}{estate}?")
"""How the names of estates end that no other place has."""

_COMMUNITY = _BODIES.word("community")
"""How endings begin of what a community has, behind its name."""

UNLISTED_PLACE = _BODIES.compile("{han}{organization_name_parts:unlisted}$")
"""How places end that the gazetteer may not know, before their department."""

KINDS = _BODIES["neighbourhood-kinds"]
"""Places of a kind together, of which none is named."""

ROAD = _BODIES.compile("{han}{2}{road-end}$")
"""A road, mountain or lake before an ending: many schools, hospitals and branches are named after theirs."""

_LANDSCAPE = _BODIES.compile("{han}[{road-end}{water-or-land}]$")
"""How the names of quarters end that stations are called after."""

LONGEST_FOUNDING = 20
"""Characters of a verb of founding with what is founded, before its ending."""

_FOUNDED = _BODIES.compile(
    "{founds}{begun-tail}?(?:{one}?{body-counter})?([^{not-in-founded}，。；：、“”（）0-9]{4,12})$"
)
"""What says that a body is set up, before its name."""

_FOUNDS = tuple(verb + done for verb in _BODIES["founds"] for done in ("", *_BODIES["done"]))
"""What says right before a body that it is set up."""

_SEVERAL = _BODIES.compile("{of-several}")
"""What says that several are set up."""

_BEFORE_LEVEL = _BODIES.compile("(?:^|[{level-leads}、，；“])$")
"""What stands before a level that is a word by itself."""

_MANY = _BODIES["common-body"]
"""Endings of bodies of which many are set up at once."""

Parts = list[tuple[str, str]]
"""Words with their tags."""

_CLAUSE = _BODIES.compile("{name_clause_words:clause|program_clause_words:behind}")
"""Verbs that begin a clause behind a part in quotation marks: “银杏学院” + 面向 + 业委会."""


def quoted(line: Line, tail: Tail) -> Start | None:
    """A name in quotation marks, or with a part in them: “银杏调解队”, “银杏” + 志愿服务队."""
    text = line.text
    marked = tail.kind in (Ending.TEAM, Ending.QUOTED)
    if marked and text[tail.end : tail.end + 1] == "”":
        begin = text.rfind("“", max(0, tail.start - LONGEST_QUOTATION), tail.start) + 1
        if begin and not _MARK.search(text, begin, tail.start):
            counted = tail.kind is Ending.QUOTED and _COUNTED.search(text, begin, tail.start)
            own = [word for word, _ in _own(line.parts(begin, tail.start))]
            return None if counted or tail.end - begin < SHORTEST_QUOTED or is_generic(own) else Start(begin)
    party = tail.text.startswith(_BODIES["party"]) and tail.kind is Ending.DEPARTMENT
    office = tail.text in word_set("organization_endings:matter") and not marked
    if not marked and not party and not office and not tail.text.endswith(_BODIES["unmarked"]):
        return None
    match = _QUOTED_PART.search(text, max(0, tail.start - LONGEST_QUOTATION), tail.start)
    if match is None or _BREAK.search(match[1]) or _CLAUSE.search(match[1]) or (party and match[1]):
        return None
    if party and is_generic(line.words(match.start(), tail.start)):
        return None  # “两新”党支部
    if len(tail.text) == 1 and not _is_noun(line, match.start(1), tail):
        return None  # “小屋”前排起 + 队
    return _office(line, match.start()) if office else Start(match.start())


def _is_noun(line: Line, start: int, tail: Tail) -> bool:
    """Whether nouns alone stand between a quotation and an ending of one character: “枫叶”老干部志愿 + 团."""
    parts = line.parts(start, tail.start)
    return bool(parts) and all(tag.startswith("n" if len(word) == 1 else ("n", "v", "b", "j")) for word, tag in parts)


def founded(line: Line, tail: Tail) -> Start | None:
    """A body that is said to be set up here, whose name is what it does: 成立了 + 农村污水收集转运 + 大队."""
    if line.text[tail.end : tail.end + 1].isdigit():
        return None
    if tail.text in word_set("organization_endings:founded") and line.text.endswith(_FOUNDS, 0, tail.start):
        several = _SEVERAL.search(line.text, max(0, tail.start - LONGEST_FOUNDING), tail.start)
        return None if several else Start(tail.start)
    if tail.text.endswith(_MANY):
        return None
    match = _FOUNDED.search(line.text, max(0, tail.start - LONGEST_FOUNDING), tail.start)
    words = line.parts(match.start(1), tail.start) if match else []
    return Start(match.start(1)) if match and len(words) > 1 and not is_generic([word for word, _ in words]) else None


def _office(line: Line, quotation: int) -> Start | None:
    """Where the name of an office with a part in quotation marks begins, which must have a place: 黄埔区“…”办公室."""
    place = line.place_over(quotation - 1) if quotation else None
    if place is not None:
        return Start(line.places[place].start, place)
    national = next((w for w in words("organization_words:national") if line.text.endswith(w, 0, quotation)), "")
    if national:
        return Start(quotation - len(national))
    level = bare_level(line.text[:quotation])
    begin = quotation - len(level)
    return Start(begin, level=level) if level and _BEFORE_LEVEL.search(line.text[:begin]) else None


def is_named(tail: Tail, parts: Parts) -> bool:
    """Whether the words before an ending name a company, an institution or a team, rather than a kind of one."""
    stretch = "".join(word for word, _ in parts)
    if tail.kind is Ending.TEAM:
        return _is_team(tail, _own(parts))
    if tail.text in word_set("organization_endings:manager"):
        branded = len(parts) == 1 or parts[0][1].startswith(NAME_TAGS)
        return branded and len(stretch) <= LONGEST_BRAND and is_brand(stretch)
    if tail.text in word_set("organization_endings:named") and stretch in word_set("organization_given_names"):
        return True
    general = tail.text in word_set("organization_endings:any")
    general = general and tail.text not in word_set("organization_endings:parent")
    if general and not _is_branded(parts) and not ROAD.search(stretch):
        return False
    joined = any(word in CONJUNCTIONS for word, _ in parts) and len(stretch) >= LONG_JOINED
    return (
        is_distinct(parts)
        or bool(ROAD.search(stretch))
        or (tail.kind is Ending.INSTITUTION and joined)
        or (tail.kind is Ending.COMPANY and _is_company(tail, stretch))
        or (len(tail.text) >= LONG_ENDING and len(stretch) > 1)
    )


def _is_branded(parts: Parts) -> bool:
    """Whether what stands before a general ending begins with a name: 皖新 + 传媒 + 公司, not 汽车 + 销售 + 公司."""
    first, tag = parts[0]
    named = tag.startswith(NAME_TAGS) or is_brand(first) or first in word_set("organization_words:proper")
    return named and not any(word in CONJUNCTIONS for word, _ in parts)


def is_brands(tail: Tail, parts: Parts) -> bool:
    """Whether the words before a department name a brand whose it is: 乐聆 + 智慧 + 养老服务中心."""
    return tail.text in word_set("organization_endings:brand") and is_distinct(parts[:1])


def is_quarters(tail: Tail, parts: Parts) -> bool:
    """Whether the words before a station or office are the name of the quarter whose it is: 青石湾 + 派出所."""
    stretch = "".join(word for word, _ in parts)
    if tail.text not in word_set("organization_endings:district"):
        return False
    return (
        SHORTEST_QUARTER <= len(stretch) <= LONGEST_BRAND
        and not tails(stretch)
        and (is_distinct(parts) or _LANDSCAPE.search(stretch) is not None)
    )


def is_area(tail: Tail, parts: Parts) -> bool:
    """Whether the words before a department name the place whose it is: 钱江新城 + 管委会, 月湖苑 + 业委会."""
    stretch = "".join(word for word, _ in parts)
    if tail.text in word_set("organization_endings:estate") and ESTATE.fullmatch(stretch):
        return True
    if tail.text.startswith(_COMMUNITY) and len(stretch) > 1 and is_distinct(parts):
        return True
    if tail.text in word_set("organization_endings:quarter") and _is_quarter(stretch, parts):
        return True
    first, tag = parts[0]
    area = (
        UNLISTED_PLACE.search(stretch)
        and not tails(stretch)
        and not stretch.endswith(KINDS)
        and (is_distinct(parts) or tag.startswith("n"))
    )
    unlisted = stretch not in word_set("organization_words:area") and (area or tag.startswith(("ns", "nz")))
    return len(first) > 1 and bool(unlisted)


def _is_quarter(stretch: str, parts: Parts) -> bool:
    """Whether words name an estate: 幸福 + 家园, 瑞鑫 + 小区; not 商品房 + 小区."""
    return _QUARTER.fullmatch(stretch) is not None or (stretch.endswith(_BODIES["estate"]) and is_distinct(parts))


def _own(parts: Parts) -> Parts:
    """The words of a team's name that tell more than what any team does or who is in it."""
    return [part for part in parts if part[0] not in word_set("organization_words:team")]


def _is_team(tail: Tail, own: Parts) -> bool:
    task = tail.text in word_set("organization_endings:task") and len("".join(word for word, _ in own)) >= LONGEST_BRAND
    return (task or is_distinct(own)) and not any(word in CONJUNCTIONS for word, _ in own)


def _is_company(tail: Tail, stretch: str) -> bool:
    if len(tail.text) >= COMPANY_FORM and len(stretch) >= LONGEST_KIND:
        return True
    parent = tail.text in word_set("organization_endings:parent")
    group = parent and not tail.text.endswith(_BODIES["company-or-bank"])
    return tail.text.startswith(COMPANIES) and (is_brand(stretch) or (group and len(stretch) > 1))
