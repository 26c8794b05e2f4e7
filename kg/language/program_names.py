"""What is generic in the name of an initiative and what is its own, and which printed forms are one initiative."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.language.phrases import SERVICE_NUMBER, head_class
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kg.model import Mention, Text

SUFFIX = 5
"""A name of so many characters that ends a longer one is the same without what qualifies it (省级…改革试点)."""

SUFFIX_HOW = 4
"""The same of one whose head says how a thing is done: 滨江区四会制度."""

SHORTEST_PLAIN = 4
"""The same of a name behind generic words (城市雨污分流)."""

SHORTEST_NAME = 3
"""A shorter beginning of a name tells nobody what it is."""

HOW = frozenset({"scheme", "method", "digital", "brand", "generic"})
"""Heads that say how a thing is done, so that a name is the same with them: 汾河新秀培养计划; not 三方协同中心."""

LEAST_BEGUN = 2
"""So many signs at least stand before a word that one form of a name has and another has not."""

MOST_INSERTED = 4
"""So many signs at most has that word."""

SHORTEST_QUOTED = 3
"""The same for a name that is quoted as a whole, and later again by its end."""


_PROGRAMS = grammar("programs")
PERIOD = _PROGRAMS.compile("{ten}{first-six}{plan-sign}{plan-time}?")
"""The years of a plan of the state, which name no initiative by themselves."""

_QUALIFIER = _PROGRAMS.compile(r"[\dN+＋]{1,20}|.{1,40}{division-sign|street|community}|" + PERIOD.pattern)
"""What stands before a name without making it another: a number, a division, the years of a plan."""


LONGEST_BETWEEN = 3
"""So many signs may part a name from what it is (code points)."""

_BETWEEN = _PROGRAMS.compile("(?:[”’」』]{of}[“‘「『]?|(?<![”’」』{of}])[“‘「『])$")
_SHORT = _PROGRAMS.compile(
    "[”’」』]?[^，。；（(“‘「『]{0,8}[（(]{below}?{called-short}[：:{called-as}]?[“‘「『]?"
    "(?P<core>[^，。“”‘’「」『』（）()]{2,12})(?:[”’」』](?P<head>[^，。“”（）()]{0,4}))?[）)]"
)
"""What follows a name that introduces a short form, quoted in part or whole."""
_CLOSING = frozenset("”’」』")
_CORE = re.compile(f".{{1,{SHORTEST_QUOTED - 1}}}(?=[”’」』])")
"""A quotation that is too short to be a name; names begin behind the opening mark."""

_OPEN_END = _PROGRAMS.compile("[{open-end}]$")
"""What no name ends with: 农田保护和 of 农田保护和治理工程."""

_PARTED = re.compile("[+＋，、—]")
"""Signs of names of several parts, of which each keeps its words."""

_TAILS = _PROGRAMS.compile("(?<=.{3})(?<!{kind-sign})(?<!{emergency}){program_soft_tails}{1,12}$")
_PLAIN = _PROGRAMS.compile("{program_generic_modifiers}{1,4}")
_LEADS = _PROGRAMS.compile("^{program_soft_leads}{1,12}(?=.{4})")
_WORK_LEADS = _PROGRAMS.compile("^{program_works:lead}{1,3}(?=.{" + str(SHORTEST_PLAIN) + "})")
_WORKS = _PROGRAMS.compile("{program_works:work}{1,3}{program_works:tail}?$")


@lru_cache(maxsize=10_000)
def stem(name: str) -> str:
    """A name without the generic words that may follow or introduce it.

    >>> stem("三方协同治理模式"), stem("党建引领三方协同"), stem("蜜梨工坊")
    ('三方协同', '三方协同', '蜜梨工坊')
    >>> stem("社区+驿站+楼长")  # what belongs to a formula is no lead
    '社区+驿站+楼长'
    >>> stem("街坊公益性项目"), stem("街道搭台、邻里唱服务")  # nor a tail what the rest would be unfinished without
    ('街坊公益性项目', '街道搭台、邻里唱服务')
    """
    if _PARTED.search(name):
        return name
    bare = _LEADS.sub("", _TAILS.sub("", name))
    return name if _OPEN_END.search(bare) else bare


def same_programs(text: Text, mentions: Sequence[Mention]) -> tuple[list[Mention], ...]:
    """The mentions of programs, those of one initiative together, by the first of each.

    Forms are one program where they begin at the same place (“141” and “141”基层治理体系), are printed alike,
    differ by a generic tail or lead alone (三方协同治理, 党建引领三方协同), by a head that says how it is done
    (汾河新秀培养计划), by a division, number, verb or generic words before it (河西区三方学院, 1+6三方学院, 创建三方里,
    城市雨污分流) or by the order of their halves (改造老旧小区, 老旧小区改造), where a long one ends the other,
    unless the rest is a name too (“桃花巷”共富工坊 is 桃花巷), where the end of a quoted name is quoted later
    (“百家宴互助灶”, “互助灶”), where one tells what the other is (报事平台“小喇叭”), where one without marks has but
    a word more in its middle (15分钟便民圈, 15分钟便民服务圈) or tells the same work on the same (新一轮老旧楼栋整治,
    老旧楼栋综合改造), and where they share a number to call (12345) or a quoted word too short to be a name
    (“三长”队伍, “三长”联动).
    """
    quoted = _first_quoted(text, mentions)
    pairs = [*_pairs(mentions, quoted), *_shortened(quoted), *_described(text, mentions), *_cored(text, mentions)]
    forms = {m.name for m in mentions}
    unquoted = forms.difference(quoted)
    pairs += [*_introduced(text, mentions), *_inserted(unquoted), *_worked_on(unquoted)]
    names = _united(forms, pairs)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[names[mention.name]].append(mention)
    return tuple(groups.values())


def _pairs(mentions: Sequence[Mention], quoted: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Names that are one program."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for mention in mentions:
        alike["start", mention.sentence, mention.start].append(mention.name)
        alike["stem", stem(mention.name)].append(mention.name)
        number = SERVICE_NUMBER.match(mention.name)
        if number:
            alike["number", number[0]].append(mention.name)
    for group in alike.values():
        yield from ((group[0], name) for name in group[1:])
    known = {stem(m.name): m.name for m in reversed(mentions)} | {m.name: m.name for m in mentions}
    for name in sorted(known):
        for cut in range(1, len(name)):
            lead, rest = name[:cut], name[cut:]
            if rest in known and lead not in known and _qualifies(lead, rest):
                yield known[rest], known[name]
            if rest + lead in known:
                yield known[rest + lead], known[name]
            if cut >= SHORTEST_NAME and lead in known and name not in quoted and head_class(rest) in HOW:
                yield known[lead], known[name]


def _qualifies(lead: str, name: str) -> bool:
    """Whether words before a name leave it the same: a number, a division, a verb, whatever qualifies a long one."""
    return (
        len(lead) <= len(name) >= (SUFFIX_HOW if head_class(name) in HOW else SUFFIX)
        or lead in word_set("program_founding_verbs", "program_running_verbs")
        or bool(_QUALIFIER.fullmatch(lead) or (len(name) >= SHORTEST_PLAIN and _PLAIN.fullmatch(lead)))
    )


def _described(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Names of which one tells what the other is: 报事平台“小喇叭”, “户长+楼长”的双长制 (the first a formula)."""
    ordered = sorted(mentions, key=lambda m: (m.sentence, m.start, -m.end))
    ends: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in ordered:
        ends[mention.sentence, mention.end].append(mention)
    for mention in ordered:
        sentence = text.sentences[mention.sentence].text
        between = _BETWEEN.search(sentence, max(0, mention.start - LONGEST_BETWEEN), mention.start)
        for other in ends[mention.sentence, between.start()] if between else ():
            if sentence[other.end] not in _CLOSING or _PARTED.search(other.name):
                yield other.name, mention.name


def short_form(text: Text, mention: Mention) -> re.Match[str] | None:
    """The short form that is introduced right behind a name, in groups `core` and `head`: “问答”机制.

    It stands behind as in “两问三答”机制（以下简称“问答”机制）.
    """
    return _SHORT.match(text.sentences[mention.sentence].text, mention.end)


def _introduced(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Names and the short forms that they introduce."""
    starts = {(m.sentence, m.start): m.name for m in sorted(mentions, key=lambda m: -m.end)}
    for mention in mentions:
        match = short_form(text, mention)
        short = match and starts.get((mention.sentence, match.start("core")))
        if short:
            yield mention.name, short


def _cored(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Names of the same quoted words that are too short to be one by themselves: “三长”队伍, “三长”联动."""
    first: dict[str, str] = {}
    for mention in mentions:
        core = _CORE.match(text.sentences[mention.sentence].text, mention.start, mention.end)
        if core:
            yield first.setdefault(core[0], mention.name), mention.name


def _inserted(names: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Names and those with a word more in their middle: 家庭医生团队, 家庭医生服务团队."""
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (len(name), name)):
        if not _PARTED.search(name):
            alike[name[:LEAST_BEGUN], name[-1:]].append(name)
    for group in alike.values():
        for place, short in enumerate(group):
            yield from ((short, long) for long in group[place + 1 :] if _has_more(long, short))


def _has_more(long: str, short: str) -> bool:
    """Whether a name is a shorter one with some signs more in one place."""
    more = len(long) - len(short)
    cuts = range(LEAST_BEGUN, len(short))
    fits = len(short) >= SHORTEST_PLAIN and 0 < more <= MOST_INSERTED
    return fits and any(long.startswith(short[:cut]) and long.endswith(short[cut:]) for cut in cuts)


def _worked_on(names: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Names of works on the same: 新一轮老旧楼栋整治, 城镇老旧楼栋改造; and those that differ in such a lead alone."""
    first: dict[str, str] = {}
    for name in sorted(names):
        bare = _WORK_LEADS.sub("", name)
        thing = _WORKS.sub("", bare)
        key = thing if len(thing) >= SHORTEST_NAME else bare
        yield first.setdefault(key, name), name


def _first_quoted(text: Text, mentions: Sequence[Mention]) -> dict[str, int]:
    """The names that are quoted as a whole, with the number of the sentence where each first is."""
    first: dict[str, int] = {}
    for mention in mentions:
        if text.sentences[mention.sentence].text[mention.end : mention.end + 1] in _CLOSING:
            first.setdefault(mention.name, mention.sentence)
    return first


def _shortened(first: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Quoted names and the one longer name, quoted as a whole before, that each ends."""
    longer: dict[str, list[str]] = defaultdict(list)
    for name, sentence in first.items():
        for start in range(1, len(name) - SHORTEST_QUOTED + 1):
            if sentence <= first.get(name[start:], -1):
                longer[name[start:]].append(name)
    yield from ((name, wholes[0]) for name, wholes in longer.items() if len(wholes) == 1)


def _united(names: set[str], pairs: list[tuple[str, str]]) -> dict[str, str]:
    """For each name the first, by code points, of all names that the pairs connect with it."""
    first = {name: name for name in names}

    def root(name: str) -> str:
        while first[name] != name:
            name = first[name]
        return name

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return {name: root(name) for name in names}
