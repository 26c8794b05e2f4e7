"""How names of bodies are built: a place or level, a field, an ending (上城区 + 住房和城乡建设 + 局).

The word lists `organization_*` hold what is known of the state and the language; this module turns them into
questions about a stretch of text. It knows nothing of articles.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from kg.frozen import frozen
from kg.language.gazetteer import named
from kg.language.tokens import dictionary_entry, is_common
from kg.language.wordlists import beginning, grammar, table, word_set, words

_BODIES = grammar("bodies")
DIVISION_LEVELS = _BODIES["division"]
"""How names of divisions from the county up end."""

LEVELS = _BODIES["level"]
"""Levels that stand for a place where an article has named it: 区民政局 is that of its district."""

_LEVEL = re.compile("|".join(LEVELS))

NAME_TAGS = ("nr", "ns", "nt", "nz", "j", "eng")
"""How jieba's tags of names and abbreviations begin."""


LONGEST_ENDING = 14
"""No ending of the lists is longer."""

LONGEST_COMPOUND = 6
"""The same of the words that end like a body and are none (购物中心, 科技创新中心)."""

COMMON_BRAND = 150
"""A word that jieba's dictionary counts less often may be the name of a company."""

LONGEST_RARE = 3
"""A longer word of the dictionary is no name, however seldom it is (人力资源)."""

WORK, STAFF = _BODIES.word("work"), _BODIES.word("staff")
"""Together they are the people of a body: 中心 + 工作人员, though 中心工作 is none."""

_BARE_LEVEL = _BODIES.compile("(?:{autonomous-region}{party-committee}|{level}{committee}?)$")
COUNT = _BODIES.compile(r"[{counted}\d]")


class Ending(StrEnum):
    """What the name of a body must have before its ending."""

    DEPARTMENT = "department"
    """A place or level: one of its kind in each jurisdiction (民政局, 妇联)."""
    OFFICE = "office"
    """A place or level, and a field (… + 数字治理 + 局)."""
    TEAM = "team"
    """What an office has, or a name of its own (… + 志愿服务队, … + 工作室)."""
    QUOTED = "quoted"
    """A name in quotation marks (“…工坊”); without them a workshop is a place or a program."""
    INSTITUTION = "institution"
    """A name of its own (大学, 协会)."""
    COMPANY = "company"
    """A name of its own (有限公司)."""
    BRANCH = "branch"
    """A body, or a name of its own (代表处)."""
    PART = "part"
    """A body (… + 拱墅 + 基地)."""


@frozen
class Tail:
    """An ending as it stands in a text."""

    text: str
    start: int
    end: int
    kind: Ending


@cache
def _endings() -> dict[str, Ending]:
    known = {row[0]: Ending(row[1]) for row in table("organization_endings")}
    return known | dict.fromkeys(words("organization_abbreviations"), Ending.DEPARTMENT)


@cache
def ending_pattern() -> re.Pattern[str]:
    """Any ending of the lists as group 1, the longest that begins at a character; matches may overlap."""
    lists = ("organization_abbreviations", "organization_endings")
    return re.compile(beginning(*lists) + _BODIES.regex("(?=({" + "|".join(lists) + "}))"))


@cache
def _no_ending() -> re.Pattern[str]:
    return re.compile(beginning("organization_words:compound") + _BODIES.regex("(?={organization_words:compound})"))


def tails(text: str) -> list[Tail]:
    """The endings in a text, those left out that are part of another word (承办, 大学生, 局长); they may overlap."""
    masked = [(m.start(), m.start() + n) for m in _no_ending().finditer(text) for n in _mask_lengths(text, m.start())]
    masked = [(a, b) for a, b in masked if not (text.endswith(WORK, a, b) and text.startswith(STAFF, b))]
    kinds = _endings()
    found: list[Tail] = []
    for match in ending_pattern().finditer(text):
        start, end = match.span(1)
        if found and end <= found[-1].end:
            continue
        if text.startswith(_BODIES["head"], end) and text[end : end + 2] not in word_set("organization_words:long"):
            continue
        if _goes_on(match[1], text[end : end + 1]):
            continue
        if masked and any(a <= start and end <= b and b - a > end - start for a, b in masked):
            continue
        found.append(Tail(match[1], start, end, kinds[match[1]]))
    return found


def _goes_on(ending: str, following: str) -> bool:
    """Whether an ending is part of a longer word or a verb: 服务队 + 伍, 物业 + 费, 办 + 了."""
    other = _goes_on_with()
    return bool(following) and (following in other.get(ending, "") or following in other.get("…" + ending[-1], ""))


@cache
def _goes_on_with() -> dict[str, str]:
    return {row[0]: row[1] for row in table("organization_continuations")}


def _mask_lengths(text: str, start: int) -> list[int]:
    known = word_set("organization_words:compound")
    return [n for n in range(2, LONGEST_COMPOUND + 1) if text[start : start + n] in known]


def suffix_of(name: str) -> str:
    """The ending of a body's name, or "".

    >>> suffix_of("成华区民政局"), suffix_of("红茶议事会")
    ('民政局', '')
    """
    ends = (name[start:] for start in range(max(0, len(name) - LONGEST_ENDING), len(name)))
    return next((end for end in ends if end in _endings()), "")


def kind_of(ending: str) -> Ending:
    """What must stand before an ending of the lists.

    >>> kind_of("派出所").value, kind_of("大学").value
    ('department', 'institution')
    """
    return _endings()[ending]


def bare_level(text: str) -> str:
    """The level, with 委 if that follows, that a text ends with: 区, 市委, 街道, 自治区党委; or "".

    >>> bare_level("据区"), bare_level("由区委"), bare_level("自治区党委"), bare_level("小组")
    ('区', '区委', '自治区党委', '')
    """
    match = _BARE_LEVEL.search(text)
    return match[0] if match else ""


def level_at(text: str, position: int) -> str:
    """The level that stands at a position, or "".

    >>> level_at("由区城运中心", 1)
    '区'
    """
    level = _LEVEL.match(text, position)
    return level[0] if level else ""


def is_generic(parts: list[str]) -> bool:
    """Whether these words, before an ending, name nothing (民营 + 医院)."""
    return all(part in word_set("organization_words:generic") for part in parts)


def is_distinct(parts: list[tuple[str, str]]) -> bool:
    """Whether one of these words, given with their tags, is a name rather than a common word."""
    common = word_set("organization_words:generic", "organization_words:field")
    return any(
        word in word_set("organization_words:proper")
        or (word not in common and not COUNT.match(word) and _is_name(word, tag))
        for word, tag in parts
    )


def _is_name(word: str, tag: str) -> bool:
    return tag.startswith(NAME_TAGS) or (len(word) > 1 and (not is_common(word) or is_division(word)))


def is_division(word: str) -> bool:
    """Whether a word is a listed place by its full name, or by a short form that is no ordinary word.

    >>> is_division("包头"), is_division("前进"), is_division("服务")
    (True, False, False)
    """
    return bool(named(word)) and word not in word_set("place_ordinary_short_forms")


def is_brand(word: str) -> bool:
    """Whether a word is so seldom a word that before 集团 or 银行 it is a name.

    >>> is_brand("鞍钢"), is_brand("钢铁")
    (True, False)
    """
    entry = dictionary_entry(word)
    rare = len(word) > 1 and (entry is None or (entry[0] < COMMON_BRAND and len(word) <= LONGEST_RARE))
    return rare and word not in word_set("organization_words:generic", "organization_words:field")
