"""Which program is part of which."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.relation.rules import SentenceRule, Triple, programs
from kg.language.program_names import stem
from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found, Scope
    from kg.model import Mention, Text

BEFORE = 10
"""So many characters before a program may tell how it stands to the next one."""

NEAR = 12
"""So many sentences at most behind a formula stand what it counts; in a long text many names begin with its sign."""

_RELATIONS = grammar("relations")
_PART = _RELATIONS.compile("^[^，。；]{0,10}?{of}?[^，。；{of}]{0,4}{relation_part_nouns}")
_INSIDE = _RELATIONS.compile("^[”’]?[^，。；]{0,4}{upon}{relation_phrases:within}[^，。；]{0,12}$")
_COMPRISES = _RELATIONS.compile("^[”’]?[^，。；“‘，]{0,10}{relation_phrases:comprising}[^。；]{0,40}$")
_BEING = _RELATIONS.compile("{being}[^，。；]{0,8}$")
_INTO = _RELATIONS.compile("{taken-into}[^，。；]{0,12}$")
_DOTTED = re.compile(r"(?P<whole>[^·•]{2,60})[·•][^·•]{1,60}$")
_COUNTS = _RELATIONS.compile("{several-numeral}(?:{counted-as}|(?!{few-numeral}))(?P<sign>{han})(?!{han}{5})")
_SUMMED_UP = _RELATIONS.compile(
    r"[”’]?{han}{0,4}?(?:{and-so-on}[{few-numeral}\d]*{counted-kind}?|{and-so-on}?(?:{among}|{composing}|{merging}){of}"
    "|(?:{and-so-on}[^，。；“”]{0,8})?，?{together}?{composing}{done}?)[“‘]?"
)
_JOINED = _RELATIONS.compile("[”’]?{han}{0,4}?(?:{joint}|{as-well-as})?[“‘]?")
_MEMBERS = _RELATIONS.compile("[”’]?(?:{joint}|{as-well-as})?[“‘]?")


@dataclass(frozen=True)
class _Shape:
    """What stands between two programs, before the first and from the second on, where one is part of the other.

    `fewest` tells how many parts a list must have, where the whole is named first.
    """

    between: re.Pattern[str]
    before: re.Pattern[str] | None = None
    on: re.Pattern[str] | None = None
    whole_first: bool = True
    fewest: int = 1

    def joins(self, first: Mention, second: Mention, text: str) -> bool:
        """Whether two programs of a sentence stand so."""
        return (
            self.between.fullmatch(text, first.end, second.start) is not None
            and (self.before is None or bool(self.before.search(text, max(0, first.start - BEFORE), first.start)))
            and (self.on is None or self.on.match(text, second.start) is not None)
        )


_SECTION = _RELATIONS.compile("[^，。；]{2,24}?{relation_phrases:section}")
_SHAPES = (
    _Shape(_RELATIONS.compile("[”’]?{relation_phrases:vessel}?{within-side}?{of}[“‘]?"), on=_SECTION),
    _Shape(
        _RELATIONS.compile("[”’]?{relation_phrases:vessel}?[^，。；“”]{0,12}{relation_phrases:opening}{done}?[“‘]?"),
        on=_SECTION,
    ),
    _Shape(
        _RELATIONS.compile("[”’]?[^，。；“”]{0,6}，?{also}?{is}[^，。；”]{0,24}[“‘]?"),
        on=_RELATIONS.compile("[^，。；]{2,20}?{one-of}"),
        whole_first=False,
    ),
    _Shape(
        _RELATIONS.compile("[”’]?[^，。；“”]{0,4}{such}{of}[“‘]?"),
        before=_RELATIONS.compile("{like}[“‘]?$"),
        whole_first=False,
    ),
    _Shape(
        _RELATIONS.compile(
            "[”’]?(?:[^，。；“”]{0,6}{relation_phrases:course})?(?:{of}?{process})?{amid}，?[^，。；“”]{0,12}"
            "{relation_phrases:arising}[^，。；“”]{0,4}[“‘]?"
        ),
        before=_RELATIONS.compile("{at}[^，。；“”]{0,8}[“‘]?$"),
    ),
    _Shape(_RELATIONS.compile("[”’]?[^。；]{0,40}，[^，。；“‘]{0,14}{relation_phrases:comprising}[“‘]?"), fewest=2),
)


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
        if not counted or any(place.start == whole.start for place in scope.found.places_in(scope.number)):
            continue
        begun = scope.found.kept(_by_beginning, scope.text, 0).get(counted["sign"], ())
        parts: dict[str, Mention] = {}
        for named in begun:
            first = bisect_left(named, scope.number, key=lambda program: program.sentence)
            near = first < len(named) and named[first].sentence - scope.number <= NEAR
            if near and named[first].name != whole.name:
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
        if _BEING.search(between) and _PART.match(text[second.end : second.end + 24]):
            yield first, "partOf", second
        elif _INSIDE.match(between) or _COMPRISES.match(between):
            for part in _listed(second, named, text):
                yield part, "partOf", first
        elif _INTO.search(between) and _RELATIONS.word("object-mark") in text[max(0, first.start - 8) : first.start]:
            yield first, "partOf", second
    yield from _summed_up(scope)
    yield from _shaped(scope)


def _shaped(scope: Scope) -> Iterator[Triple]:
    """W的“A”板块; W开设“A”专区; A是W之一; 像A这样的W; 在W改革中，推出A; W…，分为“A”“B”."""
    named, text = programs(scope), scope.sentence.text
    for first, second in ((a, b) for a in named for b in named if a.end <= b.start):
        shape = next((shape for shape in _SHAPES if shape.joins(first, second, text)), None)
        parts = _listed(second, named, text) if shape else []
        if shape and not shape.whole_first:
            yield first, "partOf", second
        elif shape and len(parts) >= shape.fewest:
            for part in parts:
                yield part, "partOf", first


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
