"""Bodies of a place whose level alone is printed, since the article has named it: 区 + 民政局, 区 + 物业管理 + 协会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.companies import Start
from kg.language.bodies.endings import DIVISION_LEVELS, Ending, Tail, bare_level, is_generic, level_at, tails
from kg.language.bodies.full_places import LONGEST_TASK, are_nouns
from kg.language.bodies.stops import CONJUNCTIONS, boundaries, is_glued_level
from kg.language.tokens import dictionary_entry
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from kg.language.bodies.line import Line

_BODIES = grammar("bodies")
COMMUNITY_LEVELS = _BODIES["community-level"]
"""Levels that stand for a place before the bodies of communities alone."""

LONGEST_LEVEL = 5
"""Characters of the longest level with its committee (自治区党委)."""

_SIGN = _BODIES.compile("{han}")
_KIND_ALONE = _BODIES["any-department"]
_STREET = _BODIES.word("street")
ENCLOSING_WORDS = _BODIES.set("level-compound")
"""What makes of 区, 市, 镇 … another word (小区, 全市, 古镇), so that it is no bare level."""

SHORTEST_ENDING = 2
"""Characters of an ending that tells a body behind ordinary words."""

_WORDED = frozenset({Ending.DEPARTMENT, Ending.OFFICE, Ending.TEAM, Ending.INSTITUTION})
"""What ordinary words may name."""

NOUN_TAGS = ("n", "j", "b", "a", "s")
"""How jieba's tags begin of words with which a level is one word."""

DESCRIBING = ("a", "b", "v")
"""Jieba's tags of words that behind a level say what kind of bodies are meant, or what is done."""


def department_at_level(line: Line, tail: Tail) -> Start | None:
    """A known department directly after a bare level: 区住建局, 市委组织部, 街道办事处, 社区党委."""
    before = line.text[max(0, tail.start - LONGEST_LEVEL) : tail.start]
    if tail.text in word_set("organization_endings:street"):
        level = _STREET if before.endswith(_STREET) else ""
    elif tail.text in word_set("organization_endings:community") and before.endswith(COMMUNITY_LEVELS):
        level = next(word for word in COMMUNITY_LEVELS if before.endswith(word))
    elif tail.kind is Ending.DEPARTMENT and tail.text not in word_set("organization_endings:itself"):
        level = bare_level(before)
    else:
        return None
    position = tail.start - len(level)
    doubled = line.place_over(position - 1) if level and position else None
    if doubled is not None and line.places[doubled].end == position and line.text[position - 1] == level[0]:
        return Start(line.places[doubled].start, doubled)  # 南岸区 + 区委党校
    return Start(position, level=level) if level and is_bare(line, position) else None


def is_bare(line: Line, position: int) -> bool:
    """Whether the level at a position is a word, not the end of a place's name or of another word."""
    if line.place_over(position) is not None:
        return False
    if position == 0:
        return True
    before = line.text[position - 1]
    if before in ENCLOSING_WORDS:
        return False
    if line.text.startswith(words("organization_words:attribute"), position + 1):
        return False
    begins = line.tokens[line.token_at(position)].start == position or not _SIGN.fullmatch(before)
    return begins or before in CONJUNCTIONS or line.text[:position].endswith(boundaries())


def field_at_level(line: Line, limit: int, tail: Tail) -> Start | None:
    """A field after a bare level: 区 + 数字治理 + 局. 公司 and 部门 are too general for that."""
    level = level_at(line.text, limit)
    any_company = tail.kind is Ending.COMPANY and tail.text in word_set("organization_endings:any")
    if not level or any_company or tail.text in _KIND_ALONE or not is_bare(line, limit):
        return None
    word = line.tokens[line.token_at(limit)].text
    bodies = [level + body for body in ("", *_BODIES["committee"], *_BODIES["government"])]
    if word not in bodies and dictionary_entry(word) is not None:
        return None  # 市容 + 督查队, 区域性 + 委员会
    begin = limit + len(level)
    field = line.words(begin, tail.start)
    if tail.start - begin < 2 or is_generic(field) or tail.text in word_set("organization_endings:itself"):
        return None
    if field[0] in word_set("organization_words:partner") or field[0] in CONJUNCTIONS:
        return None
    return Start(limit, level=level)


def nouns_at_level(line: Line, tail: Tail) -> Start | None:
    """A body named by a division's level and nouns alone: 区 + 物业管理 + 协会, 市 + 企业 + 服务中心."""
    utility = tail.text in word_set("organization_endings:utility")
    general = tail.text in _KIND_ALONE or tail.text in word_set("organization_endings:itself")
    if general or len(tail.text) < SHORTEST_ENDING:
        return None
    if tail.kind not in _WORDED and not utility:
        return None
    index = line.token_at(tail.start - 1) if tail.start else -1
    while index >= 0 and tail.start - line.tokens[index].start <= LONGEST_TASK:
        token = line.tokens[index]
        position = token.end - 1 if is_glued_level(token) else token.start
        level = level_at(line.text[position : token.end], 0)
        if token.text in COMMUNITY_LEVELS:
            return _of_community(line, token.start, tail, token.text)
        if level in DIVISION_LEVELS and (token.text == level or dictionary_entry(token.text) is None):
            named = _begins(line, position) and _is_told(line, position + len(level), tail)
            return Start(position, level=level) if named else None
        index -= 1
    return None


def _of_community(line: Line, position: int, tail: Tail, level: str) -> Start | None:
    """A body of the community that the article is about, by what it does: 社区 + 综治 + 工作站."""
    begin = position + len(level)
    office = tail.kind in (Ending.OFFICE, Ending.DEPARTMENT) and len(tail.text) > SHORTEST_ENDING
    named = office and begin < tail.start and is_bare(line, position) and _is_told(line, begin, tail)
    return Start(position, level=level) if named else None


def _begins(line: Line, position: int) -> bool:
    """Whether the level at a position begins a name: no noun stands right before it (大湾 + 区)."""
    before = line.tokens[line.token_at(position - 1)] if position else None
    noun = before is not None and before.end == position and before.tag.startswith(NOUN_TAGS)
    return not noun and is_bare(line, position)


def _is_told(line: Line, begin: int, tail: Tail) -> bool:
    """Whether what stands between a level and an ending says what the body does, and is no kind of body (民办)."""
    parts = line.parts(begin, tail.start)
    if not parts:
        single = tail.kind is Ending.INSTITUTION and tail.text not in word_set("organization_endings:any")
        return single or tail.text in word_set("organization_endings:utility")
    acting = parts[0][1] in DESCRIBING or (
        parts[0][0] in word_set("organization_words:group") and not tail.text.endswith(_BODIES["gathering"])
    )
    return not acting and are_nouns(parts) and not tails(line.text[begin : tail.start])
