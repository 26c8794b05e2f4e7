"""Which program is part of which."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.extractors.relation_rules import SentenceRule, Triple, programs
from kg.language.program_names import stem
from kg.language.wordlists import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found, Scope
    from kg.model import Mention, Text

_PART = re.compile(rf"^[^，。；]{{0,10}}?的?[^，。；的]{{0,4}}{either('relation_part_nouns')}")
_INSIDE = re.compile(rf"^[”’]?[^，。；]{{0,4}}(?:内|上){either('relation_phrases:within')}[^，。；]{{0,12}}$")
_COMPRISES = re.compile(rf"^[”’]?[^。；“‘，]{{0,10}}{either('relation_phrases:comprising')}[^。；]{{0,40}}$")
_INTO = re.compile(r"(?:纳入|列入)[^，。；]{0,12}$")
_DOTTED = re.compile(r"(?P<whole>[^·•]{2,60})[·•][^·•]{1,60}$")
_COUNTS = re.compile(r"[二两三四五六七八九十](?:个|大|项)?(?P<sign>[\u4e00-\u9fff])(?![\u4e00-\u9fff]{5})")
_SUMMED_UP = re.compile(
    r"[”’]?[\u4e00-\u9fff]{0,4}?(?:等[一二两三四五六七八九十\d]*(?:个|大|项|条|种|类)?|等?(?:在内|组成|构成|集成|融合)的)[“‘]?"
)
_JOINED = re.compile(r"[”’]?[\u4e00-\u9fff]{0,4}?(?:[、和与及]|以及)?[“‘]?")
_MEMBERS = re.compile(r"[”’]?(?:[、和与及]|以及)?[“‘]?")


def _nested(scope: Scope) -> Iterator[Triple]:
    """“甲”工坊, where “工坊” is a program that the article quotes by itself; 甲·乙 beside 甲."""
    every = scope.found.in_sentence(scope.number, "Program")
    quoted = scope.found.kept(_quoted, scope.text, 0)
    for inner in every:
        around = [p for p in every if p.start < inner.start and inner.end == p.end]
        for long in around[:1] if inner.name in quoted else ():
            if stem(inner.name) != stem(long.name):
                yield min((p for p in every if p.start == long.start), key=lambda p: p.end), "partOf", inner


def _quoted(_text: Text, found: Found, _number: int) -> frozenset[str]:
    """The names that the article quotes by themselves."""
    return frozenset(p.name for p in found.of_kind("Program") if p.rule == "quoted")


def _branch(scope: Scope) -> Iterator[Triple]:
    """“甲·乙”, where 甲 is a program by itself."""
    for part in programs(scope):
        match = _DOTTED.match(part.name)
        whole = match and next((p for p in scope.found.of_kind("Program") if p.name == match["whole"]), None)
        if whole:
            yield part, "partOf", whole


def _counted(scope: Scope) -> Iterator[Triple]:
    """六个一: 一网清, 一表通; “四小”: 小板凳, 小铃铛: what a formula counts begins the names of its parts."""
    for whole in programs(scope):
        counted = _COUNTS.match(whole.name)
        if not counted:
            continue
        begun = scope.found.kept(_by_beginning, scope.text, 0).get(counted["sign"], ())
        parts: dict[str, Mention] = {}
        for named in begun:
            first = bisect_left(named, scope.number, key=lambda program: program.sentence)
            if first < len(named) and named[first].name != whole.name:
                parts[named[first].name] = named[first]
        if sum(not any(p != q and q in p for q in parts) for p in parts) > 1:
            for part in parts.values():
                yield part, "partOf", whole


def _by_beginning(_text: Text, found: Found, _number: int) -> dict[str, list[list[Mention]]]:
    """By the first sign of their names the article's programs: those of a name together, what is named last first."""
    named: dict[str, list[Mention]] = {}
    for program in reversed(found.of_kind("Program")):
        named.setdefault(program.name, []).append(program)
    begun: dict[str, list[list[Mention]]] = {}
    for name, alike in named.items():
        begun.setdefault(name[:1], []).append(alike[::-1])
    return begun


def _stated(scope: Scope) -> Iterator[Triple]:
    """A是B的组成部分; B包括A; 在B内实现A; 将A纳入B; A、A等B."""
    named = programs(scope)
    text = scope.sentence.text
    for first, second in ((a, b) for a in named for b in named if a.end <= b.start):
        between = text[first.end : second.start]
        if re.search(r"(?:是|作为|成为)[^，。；]{0,8}$", between) and _PART.match(text[second.end : second.end + 24]):
            yield first, "partOf", second
        elif _INSIDE.match(between) or _COMPRISES.match(between):
            for part in _listed(second, named, text):
                yield part, "partOf", first
        elif _INTO.search(between) and "将" in text[max(0, first.start - 8) : first.start]:
            yield first, "partOf", second
    yield from _summed_up(scope)


def _summed_up(scope: Scope) -> Iterator[Triple]:
    """“甲”“乙”等“丙”; 甲、乙在内的丙: what sums up a list is the whole of its members."""
    named, text = programs(scope), scope.sentence.text
    for place, whole in enumerate(named):
        if place and _SUMMED_UP.fullmatch(text, named[place - 1].end, whole.start):
            first = place - 1
            while first and _JOINED.fullmatch(text, named[first - 1].end, named[first].start):
                first -= 1
            for part in named[first:place]:
                yield part, "partOf", whole


def _listed(first: Mention, named: tuple[Mention, ...], text: str) -> list[Mention]:
    """A program with those that a list adds to it."""
    members = [first]
    for other in named:
        if other.start >= members[-1].end and _MEMBERS.fullmatch(text[members[-1].end : other.start]):
            members.append(other)
    return members


PART_RULES = (
    SentenceRule("part-by-name", _nested),
    SentenceRule("part-after-dot", _branch),
    SentenceRule("part-of-formula", _counted),
    SentenceRule("part-stated", _stated),
)
