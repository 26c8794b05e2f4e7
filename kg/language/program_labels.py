"""The name that an initiative has by itself, whichever form an article prints, and whether each place has its own."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.language.numbers import value_of
from kg.language.phrases import head_class
from kg.language.wordlists import grammar, words

if TYPE_CHECKING:
    from collections.abc import Collection

SHORTEST = 3
"""What is left at least of a name without its generic tail."""

SHORTEST_SCHEME = 4
"""The same where the tail is a scheme's or a service's: 彩虹计划 stays, 大运英才计划 is 大运英才."""

_PROGRAMS = grammar("programs")
TERMS = _PROGRAMS["term"]
"""Tails that make a term with some nouns: 社会治理."""

_UNENDED = _PROGRAMS.compile(r"(?:[{unended}\d]|[·、+＋，—-].?)$")
"""What no name ends with: a numeral, a function word, a mark or a single character behind one."""

_LAST_OF_LIST = _PROGRAMS.compile("[{conjunction}、+＋].{1,2}$")
"""What makes a term with a tail that all members of a list have: 自助与互助 + 服务."""

_VERSION = _PROGRAMS.compile(r"[vV]?\d{1,6}\.\d{1,6}{version}?$|(?<=\D)\d{1,6}{edition-sign}$")
_EDITION = _PROGRAMS.compile(r"^(?:20\d\d{year}{yearly}?|{nth}[{ten-numeral}\d]+{session})(?=.{3})")
_FORMULA = re.compile(r"^\d+(?:\+[\dNXnx]+)+(?=[^\d+\-×])")
_CODE = re.compile(r"^(?P<code>\d{3,})(?P<rest>\D+)$")
_SYSTEM = _PROGRAMS.compile(r"\d{3,6}{system-noun}")
_MINUTES = _PROGRAMS.compile("^({one}?{ten}?{nine-numeral}|{nine-numeral}?{ten})({minute})")
_QUOTED = re.compile("^(?:(?P<lead>[^“”‘’「」]*)[“‘「])?(?P<name>[^“”‘’「」]{3,40})[”’」](?P<rest>[^“”‘’「」]+)")
_FIGURE = re.compile(r"[\dNXnx+＋×.\-]+")
_COUNTED = _PROGRAMS.compile(
    r"[\dNXnxN+＋×\-]{1,20}"
    r"|[{counted-so}\d]{1,12}{step-sign}(?:[{counted-further}\d]{1,12}{batch}?|{program_label_heads:counted})"
)
_LATIN = re.compile("[a-z]+")
_LEADS = _PROGRAMS.compile(r"^(?!{street}|{community}){program_soft_leads}(?=[{han}\dA-Z]{4})")
_PLAIN_LEAD = _PROGRAMS.compile("{program_generic_modifiers|program_soft_leads}{1,6}")
_MODIFIERS = _PROGRAMS.compile("{program_generic_modifiers}{1,12}")
_FORMULA_TAILS = _PROGRAMS.compile("(?<=..){program_label_heads:formula}$")
_COMMON = _PROGRAMS.compile("{program_generic_modifiers|program_common_names}{0,12}{program_common_heads}")
_GENERIC_HEAD = _PROGRAMS.compile(
    "{program_generic_modifiers|program_soft_tails}{0,12}?({program_label_heads:head}){program_label_tails}{0,12}"
)
"""Generic modifiers, then a head, then tails that say what is done with it."""


@lru_cache(maxsize=10_000)
def program_label(name: str) -> str:
    """The name of an initiative without generic tail, version and leading formula.

    >>> program_label("小哥学院2.0版本"), program_label("益老食堂项目试点"), program_label("1+6三方学院")
    ('小哥学院', '益老食堂', '三方学院')
    >>> program_label("141基层治理体系"), program_label("彩虹计划"), program_label("智慧社区建设")
    ('141体系', '彩虹计划', '智慧社区建设')
    """
    name = _MINUTES.sub(lambda match: f"{value_of(match[1])}{match[2]}", _LATIN.sub(lambda m: m[0].upper(), name))
    name = _EDITION.sub("", _VERSION.sub("", name) or name)
    name = _without_formula(_LEADS.sub("", name))
    counted = _FORMULA_TAILS.sub("", name)
    if counted != name and _COUNTED.fullmatch(counted) and not counted.isdigit():
        return counted
    match = _CODE.match(name)
    if match:
        tail = _own_head(match["rest"])
        return match["code"] + tail if tail else _without_tails(name)
    return _without_tails(name)


def quoted_name(printed: str) -> str:
    """The quoted part of a printed name whose rest only says of what kind it is; "" where the rest says more.

    >>> quoted_name("“老哥说法”法治系列活动"), quoted_name("基层党建“一格覆盖”工程"), quoted_name("“桃花红”共富工坊")
    ('老哥说法', '一格覆盖', '')
    """
    match = _QUOTED.fullmatch(printed)
    if match is None or _FIGURE.fullmatch(match["name"]) or not match["rest"].endswith(_tails()):
        return ""
    return match["name"] if not match["lead"] or _PLAIN_LEAD.fullmatch(match["lead"]) else ""


def is_no_name(printed: str, label: str, others: Collection[str]) -> bool:
    """Whether a printed form of an initiative is no name of it: a figure that its label lacks, or what is done with it.

    >>> is_no_name("1+6", "求实学院", []), is_no_name("151体系应用", "151体系", []), is_no_name("151", "151体系", [])
    (True, True, False)
    >>> is_no_name("推广益食堂项目", "益食堂", ["益食堂项目"]), is_no_name("益食堂项目", "益食堂", [])
    (True, False)
    """
    names = {label, *others}
    deed = next((tail for tail in words("program_label_tails:deed") if printed.endswith(tail)), "")
    done = printed.startswith(_running_verbs()) and any(
        printed.startswith(verb) and printed.removeprefix(verb) in names for verb in _running_verbs()
    )
    figure = _FIGURE.fullmatch(printed) is not None and not label.startswith(printed)
    return figure or done or (bool(deed) and printed.removesuffix(deed) in names)


def is_system(label: str) -> bool:
    """Whether a name is that of a system called by a number, which is built through all levels of a province.

    >>> is_system("141体系"), is_system("141工作法"), is_system("三方体系")
    (True, False, False)
    """
    return _SYSTEM.fullmatch(label) is not None


def is_common_name(label: str) -> bool:
    """Whether places call their own programs alike, so that the name alone tells not which.

    That is so of formulas (三个一, 1+3+N) and of bodies and facilities named by common words (居民议事会).

    >>> is_common_name("三个一"), is_common_name("居民议事会"), is_common_name("红茶议事会"), is_common_name("时间银行")
    (True, True, False, False)
    """
    bare = _FORMULA_TAILS.sub("", label)
    return _COUNTED.fullmatch(bare) is not None or _COMMON.fullmatch(label) is not None


def _without_formula(name: str) -> str:
    """三方学院 for 1+6三方学院; a way of working (1+2+N…模式) is named by its formula."""
    match = _FORMULA.match(name)
    rest = name[match.end() :] if match else ""
    if len(rest) < SHORTEST_SCHEME or head_class(rest) not in {"venue", "council", "team"}:
        return name
    return rest


def _own_head(rest: str) -> str:
    """The head of a phrase that is generic but for it: 体系 of 基层治理体系, 体系贯通."""
    match = _GENERIC_HEAD.fullmatch(rest)
    return match[1] if match else ""


def _without_tails(name: str) -> str:
    """A name without its generic tails, as long as something of its own is left."""
    while name.endswith(_tails()):
        bare = next(filter(None, (_cut(name, tail) for tail in _tails() if name.endswith(tail))), "")
        if not bare:
            break
        name = bare
    return name


def _cut(name: str, tail: str) -> str:
    """A name without a tail, or "" where nothing of its own would be left, or half a word."""
    bare = name.removesuffix(tail)
    least = SHORTEST_SCHEME if tail in words("program_label_tails:scheme") else SHORTEST
    term = tail.endswith(TERMS) and (bare.endswith(words("program_label_bound")) or _LAST_OF_LIST.search(bare))
    bound = term or bare.endswith(words("program_label_bound:any"))
    whole = len(bare) >= least and not bound and not _UNENDED.search(bare)
    return bare if whole and not _MODIFIERS.fullmatch(bare) else ""


@cache
def _running_verbs() -> tuple[str, ...]:
    return tuple(sorted(verb for verb in words("program_running_verbs") if len(verb) > 1))


@cache
def _tails() -> tuple[str, ...]:
    """The generic tails, the longest first."""
    found = {*words("program_soft_tails"), *words("program_label_tails")}
    return tuple(sorted(found, key=lambda tail: (-len(tail), tail)))
