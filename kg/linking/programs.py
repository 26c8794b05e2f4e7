"""Programs: the printed forms of one initiative under its shortest whole name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.language.program_names import stem
from kg.linking.entities import Linked, entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found
    from kg.model import Entity, Mention, Text

SHORTEST_LABEL = 3
"""A label has at least so many characters, digits not counted (“141” alone tells nobody what it is)."""

SUFFIX = 6
"""A name of so many characters that ends a longer one is the same without what qualifies it (省级…改革试点)."""


def link_programs(text: Text, found: Found) -> Linked:
    """The programs that an article's mentions name.

    Forms are one program where they begin at the same place (“141” and “141”基层治理体系), are printed alike,
    differ by a generic tail or lead alone (三方协同治理, 党建引领三方协同), where a long one ends the other, or where
    the end of a quoted name is quoted later (“百家宴互助灶”, “互助灶”).
    """
    mentions = found.of_kind("Program")
    groups: dict[str, list[Mention]] = defaultdict(list)
    pairs = [*_pairs(mentions), *_shortened(text, mentions)]
    names = _united({m.name for m in mentions}, pairs)
    for mention in mentions:
        groups[names[mention.name]].append(mention)
    linked: dict[Mention, Entity] = {}
    for group in groups.values():
        linked |= dict.fromkeys(group, entity("Program", _label(group), group))
    return linked


def _pairs(mentions: tuple[Mention, ...]) -> Iterator[tuple[str, str]]:
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


def _shortened(text: Text, mentions: tuple[Mention, ...]) -> Iterator[tuple[str, str]]:
    """Quoted names and the one longer name, quoted as a whole before, that each ends."""
    first: dict[str, int] = {}
    for mention in mentions:
        if text.sentences[mention.sentence].text[mention.end : mention.end + 1] in set("”’」』"):
            first.setdefault(mention.name, mention.sentence)
    longer: dict[str, list[str]] = defaultdict(list)
    for name, sentence in first.items():
        for start in range(1, len(name) - SHORTEST_LABEL + 1):
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


def _label(group: list[Mention]) -> str:
    """The shortest printed form that is a name by itself; of equally short ones the most frequent, then the first."""
    times = Counter(m.name for m in group)
    first = {m.name: n for n, m in reversed(list(enumerate(group)))}
    whole = [name for name in times if len(re.sub(r"[\d+]", "", name)) >= SHORTEST_LABEL]
    return min(whole or times, key=lambda name: (len(name), -times[name], first[name]))
