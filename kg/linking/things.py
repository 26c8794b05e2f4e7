"""People and documents: by their names, people within the place of the story."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extractors.documents import short_forms
from kg.linking.entities import Linked, entity

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.linking.places import Places
    from kg.model import Entity, Mention, Text


def link_people(found: Found, places: Places) -> Linked:
    """The people that mentions name: one name is one person within an article, and across those of a district."""
    return _by_name(found.of_kind("Person"), scope=places.path(None))


def link_documents(text: Text, found: Found) -> Linked:
    """The documents that mentions name, short forms (以下简称《决定》) under the full title."""
    mentions = found.of_kind("Document")
    full = short_forms("\n".join(sentence.text for sentence in text.sentences))
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[full.get(mention.name, mention.name)].append(mention)
    linked: dict[Mention, Entity] = {}
    for title, group in groups.items():
        linked |= dict.fromkeys(group, entity("Document", title, group))
    return linked


def link_others(found: Found, known: Linked) -> Linked:
    """Things of any further kind, by their names."""
    rest = tuple(m for m in found.mentions if m not in known)
    return {
        m: e
        for kind in sorted({m.kind for m in rest})
        for m, e in _by_name([m for m in rest if m.kind == kind]).items()
    }


def _by_name(mentions: tuple[Mention, ...] | list[Mention], scope: str = "") -> Linked:
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name].append(mention)
    linked: dict[Mention, Entity] = {}
    for name, group in groups.items():
        linked |= dict.fromkeys(group, entity(group[0].kind, name, group, scope=scope))
    return linked
