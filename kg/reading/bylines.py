"""Authors: names alone on a line, after 记者 or 通讯员, or in brackets at a report's beginning or end."""

from __future__ import annotations

import re
from itertools import groupby

from kg.dictionary import dictionary_entry
from kg.reading.words import PAGES, words

_CJK = "\u3400-\u9fff"
_LONGEST = 100
_SEPARATORS = re.compile(r"[\s、,，/／|｜:：;；+＋]+")
_ROLE = PAGES.compile("(?:{own-papers}|{stationed}[" + _CJK + "]{2,4})?{bylines}")
_NAME = re.compile(rf"[{_CJK}]{{2,4}}|[{_CJK}]{{1,8}}[·•][{_CJK}]{{1,8}}")
_SURROUND = re.compile(r"^[\s（(□■●—\-]+|[\s）)—\-]+$")
_AT_START = PAGES.compile(
    "(?:(?:{datelines}|[" + _CJK + r"]{2,8}{paper-end})[^，。！？（(]{0,14}{wire}\s*"
    "|[" + _CJK + r"]{2,8}{dispatch}(?=[\s（(])\s*)(?P<bracket>[（(][^（）()]{0,60}[）)])?"
)
_REPORTER = PAGES.regex("{reporter}")
_BRACKET_AT_START = re.compile(rf"[（(](?P<names>[^（）()]{{0,12}}{_REPORTER}[^（）()]{{2,60}})[）)]\s*")
_BRACKET_AT_END = re.compile(rf"[（(](?P<names>[^（）()。，]{{0,12}}{_REPORTER}[^（）()。]{{2,60}})[）)]$")
_GROUP = PAGES.compile("[" + _CJK + "]{2,12}{byline_groups}")
_LONGEST_PAPER = 10
_FORENAME = 3
_BODIES = PAGES["body-end"]


def names_alone(text: str) -> tuple[str, ...]:
    """The names of a line that holds nothing else; empty if it holds anything else.

    Half of them at least must begin with a known family name. Two single characters with a space between are one name.

    >>> names_alone("沈佳余 陆 璐 卫 琳")
    ('沈佳余', '陆璐', '卫琳')
    >>> names_alone("强根护脉 赋能激励")
    ()
    """
    if len(text) > _LONGEST:
        return ()
    tokens = [token for token in _SEPARATORS.split(_SURROUND.sub("", text)) if token]
    names = _paired(tokens)
    if len(names) == 1 and _is_other_word(names[0]):
        return ()
    if len(names) == 1 and len(tokens) > 1 and _NAME.fullmatch(names[0]):  # set apart, so it is a name: 仙 言
        return tuple(names)
    if not names or len(names) > 12 or not all(_is_name_shaped(name) for name in names):
        return ()
    known = sum(_has_surname(name) for name in names)
    return tuple(names) if known * 2 >= len(names) and known else ()


def names_of_no_words(text: str) -> bool:
    """Whether a line holds several names alone, and none of them is a word, as headings of short words are.

    >>> names_of_no_words("沈佳余 陆 璐"), names_of_no_words("高效 温暖")
    (True, False)
    """
    names = names_alone(text)
    return len(names) > 1 and all(_is_name(name) and not _is_other_word(name) for name in names)


def names_after_roles(text: str) -> tuple[str, ...]:
    """The names of a byline with roles (本报记者 沈佳 通讯员 陆璐), without the bodies named in it; else empty.

    >>> names_after_roles("本报记者 沈佳余 通讯员 东湖区委宣传部 陆 璐 文/摄")
    ('沈佳余', '陆璐')
    """
    if len(text) > _LONGEST or any(mark in text for mark in "。！？!?"):
        return ()
    if _GROUP.fullmatch(text):
        return (text,)
    length, reporters = opening_credit(text)
    if length == len(text):
        return reporters
    tokens = [word for word in _SEPARATORS.split(_SURROUND.sub("", text)) if word.strip("·")]
    if len(tokens) > 1 and not _ROLE.match(tokens[0]) and _ROLE.match(tokens[1]) and _is_paper(tokens[0]):
        tokens = tokens[1:]
    if not tokens or (not any(map(_ROLE.match, tokens[:2])) and not _ROLE.fullmatch(tokens[-1])):
        return ()
    bare = [_without_role(token) for token in tokens]
    if bare == tokens:
        return ()
    rest = _paired([token for token in bare if token])
    is_caption = bool(rest) and tokens[0] == bare[0] and not _is_name_shaped(rest[0])  # its photographer behind it
    names = tuple(name for name in rest if _NAME.fullmatch(name) and (_is_name(name) or name[-1] not in _BODIES))
    others = sum(not _is_name_shaped(token) for token in rest)
    return names if others <= max(2, len(names)) and not is_caption else ()


def opening_credit(text: str) -> tuple[int, tuple[str, ...]]:
    """The length of a report's opening 本报讯（记者 …） and the names in it; (0, ()) where there is none.

    >>> opening_credit("本报讯（记者 沈佳余）近日，……")
    (11, ('沈佳余',))
    """
    found = _AT_START.match(text[:120])
    if found:
        return found.end(), names_after_roles((found["bracket"] or "")[1:-1])
    found = _BRACKET_AT_START.match(text[:120])
    return (found.end(), names_after_roles(found["names"])) if found else (0, ())


def closing_credit(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the last （记者 …） begins and the names in it; (length of the text, ()) where there is none."""
    start = max(0, len(text) - 90)
    found = _BRACKET_AT_END.search(text, start)
    if not found:
        return len(text), ()
    names = names_after_roles(found["names"])
    return (found.start(), names) if names else (len(text), ())


def _is_paper(token: str) -> bool:
    return len(token) <= _LONGEST_PAPER and not _is_name(token)


def _without_role(token: str) -> str:
    """A token without a role before or after a name: 记者沈佳余, 沈佳余摄."""
    role = _ROLE.match(token)
    if role and (role.end() == len(token) or (role.end() > 1 and _is_name(token[role.end() :]))):
        return token[role.end() :]
    tail = _ROLE.search(token, 2)
    return token[: tail.start()] if role is None and tail and tail.end() == len(token) else token


def _paired(tokens: list[str]) -> list[str]:
    """Joins names that were set with spaces inside: 陆 璐, 沈 佳 余."""
    names: list[str] = []
    for single, run in groupby(tokens, key=lambda token: len(token) == 1):
        if single:
            characters = "".join(run)
            size = 3 if len(characters) % 2 else 2
            names.extend(characters[n : n + size] for n in range(0, len(characters), size))
        else:
            names.extend(run)
    return names


def _is_name_shaped(token: str) -> bool:
    return bool(_NAME.fullmatch(token)) and (len(token) <= _FORENAME or "·" in token or token[:2] in words("surnames"))


def _is_name(token: str) -> bool:
    return _is_name_shaped(token) and _has_surname(token)


def _is_other_word(token: str) -> bool:
    """Whether the dictionary knows the word, and not as a name of persons: 问题, 江苏省."""
    entry = dictionary_entry(token)
    return entry is not None and not entry[1].startswith("nr")


def _has_surname(name: str) -> bool:
    return name[0] in words("surnames") or name[:2] in words("surnames") or "·" in name
