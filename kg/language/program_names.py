"""What is generic in the name of an initiative and what is its own, and which printed forms are one initiative."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kg.language.wordlists import either

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Mention, Text

SUFFIX = 6
"""A name of so many characters that ends a longer one is the same without what qualifies it (省级…改革试点)."""

SHORTEST_QUOTED = 3
"""The same for a name that is quoted as a whole, and later again by its end."""


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?<=.{{3}}){either('program_soft_tails')}+$")


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"^{either('program_soft_leads')}+(?=.{{4}})")


def stem(name: str) -> str:
    """A name without the generic words that may follow or introduce it.

    >>> stem("三方协同治理模式"), stem("党建引领三方协同"), stem("蜜梨工坊")
    ('三方协同', '三方协同', '蜜梨工坊')
    """
    return _leads().sub("", _tails().sub("", name))


def same_programs(text: Text, mentions: Sequence[Mention]) -> tuple[list[Mention], ...]:
    """The mentions of programs, those of one initiative together, by the first of each.

    Forms are one program where they begin at the same place (“141” and “141”基层治理体系), are printed alike,
    differ by a generic tail or lead alone (三方协同治理, 党建引领三方协同), where a long one ends the other, or where
    the end of a quoted name is quoted later (“百家宴互助灶”, “互助灶”).
    """
    names = _united({m.name for m in mentions}, [*_pairs(mentions), *_shortened(text, mentions)])
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[names[mention.name]].append(mention)
    return tuple(groups.values())


def _pairs(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Names that are one program."""
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for mention in mentions:
        alike["start", mention.sentence, mention.start].append(mention.name)
        alike["stem", stem(mention.name)].append(mention.name)
    for group in alike.values():
        yield from ((group[0], name) for name in group[1:])
    names = sorted({m.name for m in mentions})
    known = set(names)
    for name in names:
        for start in range(len(name) // 2 + 1):
            if len(name) - start >= SUFFIX and name[start:] in known:
                yield name[start:], name


def _shortened(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Quoted names and the one longer name, quoted as a whole before, that each ends."""
    first: dict[str, int] = {}
    for mention in mentions:
        if text.sentences[mention.sentence].text[mention.end : mention.end + 1] in set("”’」』"):
            first.setdefault(mention.name, mention.sentence)
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
