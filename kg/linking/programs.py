"""Programs: the printed forms of one initiative under its shortest whole name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.language.program_names import stem
from kg.linking.entities import Linked, entity

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Entity, Mention

SHORTEST_LABEL = 3
"""A label has at least so many characters, digits not counted (“141” alone tells nobody what it is)."""


SUFFIX = 6
"""A name of so many characters that ends a longer one is the same without what qualifies it (省级…改革试点)."""


def link_programs(found: Found) -> Linked:
    """The programs that an article's mentions name.

    Forms are one program where they begin at the same place (“141” and “141”基层治理体系), are printed alike, or
    differ by a generic tail or lead alone (三方协同治理, 党建引领三方协同).
    """
    mentions = found.of_kind("Program")
    parent: dict[str, str] = {m.name: m.name for m in mentions}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    starts: dict[tuple[int, int], list[str]] = defaultdict(list)
    stems: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        starts[mention.sentence, mention.start].append(mention.name)
        stems[stem(mention.name)].append(mention.name)
    for names in (*starts.values(), *stems.values()):
        for name in names[1:]:
            join(names[0], name)
    for name in sorted(parent):
        for longer in sorted(parent):
            if len(name) >= SUFFIX and longer.endswith(name) and len(name) * 2 >= len(longer):
                join(name, longer)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[root(mention.name)].append(mention)
    linked: dict[Mention, Entity] = {}
    for group in groups.values():
        linked |= dict.fromkeys(group, entity("Program", _label(group), group))
    return linked


def _label(group: list[Mention]) -> str:
    """The shortest printed form that is a name by itself; of equally short ones the most frequent, then the first."""
    times = Counter(m.name for m in group)
    first = {m.name: n for n, m in reversed(list(enumerate(group)))}
    whole = [name for name in times if len(re.sub(r"[\d+]", "", name)) >= SHORTEST_LABEL]
    return min(whole or times, key=lambda name: (len(name), -times[name], first[name]))
