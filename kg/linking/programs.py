"""Programs: the printed forms of one initiative under the name that it has by itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.bodies.endings import DIVISION_LEVELS
from kg.language.program_labels import is_common_name, is_no_name, is_system, program_label, quoted_name
from kg.language.program_names import same_programs
from kg.linking.entities import Linked, entity
from kg.model import DIVISIONS

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.linking.places import Places
    from kg.model import Entity, Mention, Text

SHORTEST_OWN = 4
"""What is left at least of a name without its place."""

SHORTEST_LABEL = 2
"""A label has at least so many characters, digits not counted (“141” alone tells nobody what it is)."""


def link_programs(text: Text, found: Found, places: Places, known: Linked) -> Linked:
    """The programs that an article's mentions name, those aside that are `known` as something else.

    One that every place may have under its name (居民议事会, 三个一) is that of the place of the article, a system
    called by a number (141体系) that of its province.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for group in same_programs(text, [m for m in found.of_kind("Program") if m not in known]):
        groups[_label(group, text, found)] += group
    linked: dict[Mention, Entity] = {}
    for label, group in groups.items():
        scope = places.region if is_system(label) else places.path(None) if is_common_name(label) else ""
        linked |= dict.fromkeys(group, _named(entity("Program", label, group, scope=scope)))
    return linked


def _named(program: Entity) -> Entity:
    """A program without printed forms that are no names of it."""
    label, printed = program.label, program.aliases
    return replace(program, aliases=tuple(name for name in printed if not is_no_name(name, label, printed)))


def _label(group: list[Mention], text: Text, found: Found) -> str:
    """The shortest name by itself of the printed forms; of equally short ones the most frequent, then the first."""
    labels = [program_label(_quoted(mention, text) or _without_place(mention, found)) for mention in group]
    times = Counter(labels)
    first = {name: n for n, name in reversed(list(enumerate(labels)))}
    whole = [name for name in times if len(re.sub(r"[\d+]", "", name)) >= SHORTEST_LABEL]
    return min(whole or times, key=lambda name: (len(name), -times[name], first[name]))


def _quoted(mention: Mention, text: Text) -> str:
    return quoted_name(text.sentences[mention.sentence].text[mention.start : mention.end])


def _without_place(mention: Mention, found: Found) -> str:
    """The name without the division that it begins with: 大运河幸福家园 for 拱墅区大运河幸福家园."""
    inside = [m for m in found.places_in(mention.sentence) if m.start == mention.start and m.kind in DIVISIONS]
    place = max(inside, key=lambda m: m.end, default=None)
    if place is None or place.end - place.start < len(place.name) or not place.name.endswith(DIVISION_LEVELS):
        return mention.name
    rest = mention.name.removeprefix(place.name)
    return rest if len(rest) >= SHORTEST_OWN else mention.name
