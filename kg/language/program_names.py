"""What is generic in the name of an initiative and what is its own, and which printed forms are one initiative."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kg.language.phrases import head_class
from kg.language.wordlists import either

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Mention, Text

SUFFIX = 5
"""A name of so many characters that ends a longer one is the same without what qualifies it (省级…改革试点)."""

SHORTEST_NAME = 3
"""A shorter beginning of a name tells nobody what it is."""

HOW = frozenset({"scheme", "method", "digital", "brand", "generic"})
"""Heads that say how a thing is done, so that a name is the same with them: 汾河新秀培养计划; not 三方协同中心."""

SHORTEST_QUOTED = 3
"""The same for a name that is quoted as a whole, and later again by its end."""


_QUALIFIER = re.compile(r"[\dN+＋]{1,20}|.{1,40}(?:[省市区县镇乡村]|街道|社区)")
"""What stands before a name without making it another: a number or a division."""


_PARTED = re.compile("[+＋，、—]")
"""Signs of names of several parts, of which each keeps its words."""


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?<=.{{3}})(?<![性型级类])(?<!应急){either('program_soft_tails')}{{1,12}}$")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"^{either('program_soft_leads')}{{1,12}}(?=.{{4}})")


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
    return _leads().sub("", _tails().sub("", name))


def same_programs(text: Text, mentions: Sequence[Mention]) -> tuple[list[Mention], ...]:
    """The mentions of programs, those of one initiative together, by the first of each.

    Forms are one program where they begin at the same place (“141” and “141”基层治理体系), are printed alike,
    differ by a generic tail or lead alone (三方协同治理, 党建引领三方协同), by a head that says how it is done
    (汾河新秀培养计划), by a division or number before it (河西区三方学院, 1+6三方学院), where a long one ends the
    other, unless the rest is a name too (“桃花巷”共富工坊 is 桃花巷), or where the end of a quoted name is
    quoted later (“百家宴互助灶”, “互助灶”).
    """
    quoted = _first_quoted(text, mentions)
    names = _united({m.name for m in mentions}, [*_pairs(mentions, quoted), *_shortened(quoted)])
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
    for group in alike.values():
        yield from ((group[0], name) for name in group[1:])
    known = {m.name for m in mentions}
    for name in sorted(known):
        for cut in range(1, len(name)):
            lead, rest = name[:cut], name[cut:]
            qualified = (len(rest) >= SUFFIX and cut <= len(rest)) or _QUALIFIER.fullmatch(lead)
            if rest in known and lead not in known and qualified:
                yield rest, name
            if cut >= SHORTEST_NAME and lead in known and name not in quoted and head_class(rest) in HOW:
                yield lead, name


def _first_quoted(text: Text, mentions: Sequence[Mention]) -> dict[str, int]:
    """The names that are quoted as a whole, with the number of the sentence where each first is."""
    first: dict[str, int] = {}
    for mention in mentions:
        if text.sentences[mention.sentence].text[mention.end : mention.end + 1] in set("”’」』"):
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
