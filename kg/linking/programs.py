"""Programs: the printed forms of one initiative under its shortest whole name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.language.program_names import same_programs
from kg.linking.entities import Linked, entity

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Entity, Mention, Text

SHORTEST_LABEL = 3
"""A label has at least so many characters, digits not counted (“141” alone tells nobody what it is)."""


def link_programs(text: Text, found: Found) -> Linked:
    """The programs that an article's mentions name."""
    linked: dict[Mention, Entity] = {}
    for group in same_programs(text, found.of_kind("Program")):
        linked |= dict.fromkeys(group, entity("Program", _label(group), group))
    return linked


def _label(group: list[Mention]) -> str:
    """The shortest printed form that is a name by itself; of equally short ones the most frequent, then the first."""
    times = Counter(m.name for m in group)
    first = {m.name: n for n, m in reversed(list(enumerate(group)))}
    whole = [name for name in times if len(re.sub(r"[\d+]", "", name)) >= SHORTEST_LABEL]
    return min(whole or times, key=lambda name: (len(name), -times[name], first[name]))
