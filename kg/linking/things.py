"""People and documents: by their names, people within the place of the story."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extractors.documents import short_forms
from kg.linking.entities import Linked, entity
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found
    from kg.linking.organizations import Organizations
    from kg.linking.places import Places
    from kg.model import Entity, Mention, Text

SHORTEST_POST = 2
"""Characters at the end of a role that tell the post (民政局 + 局长)."""


def link_people(found: Found, places: Places, organizations: Organizations) -> Linked:
    """The people that mentions name: one name is one person within an article, and across those of a district.

    Two who hold the same post in two districts are two: the director 李伟 of one district's office, and of another's.
    """
    seats = dict(_seats(found, places, organizations))
    linked: dict[Mention, Entity] = {}
    for name, group in _named_alike(found.of_kind("Person")).items():
        held = {m: seats[m] for m in group if m in seats}
        apart = len({role for role, _ in held.values()}) < len(set(held.values()))
        seat = next(iter(held.values()), None) if apart else None
        people: dict[Entity | None, list[Mention]] = defaultdict(list)
        for mention in group:
            seat = held.get(mention, seat) if apart else None
            people[seat[1] if seat else None].append(mention)
        for place, mentions in people.items():
            linked |= dict.fromkeys(mentions, entity("Person", name, mentions, scope=places.path(place)))
    return linked


def _seats(found: Found, places: Places, organizations: Organizations) -> Iterator[tuple[Mention, tuple[str, Entity]]]:
    """The post that a mention tells and the district whose it is, where it tells both."""
    for relation in found.relations:
        role = next((p.value for p in relation.subject.properties if p.term == "role"), "")
        body = places.linked.get(relation.object) or organizations.linked.get(relation.object)
        place = organizations.places.get(body, body) if body else None
        if relation.predicate == "worksFor" and role and place is not None and place.kind == Level.DISTRICT:
            yield relation.subject, (role[-SHORTEST_POST:], place)


def _named_alike(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name].append(mention)
    return groups


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


def _by_name(mentions: Iterable[Mention]) -> Linked:
    linked: dict[Mention, Entity] = {}
    for name, group in _named_alike(mentions).items():
        linked |= dict.fromkeys(group, entity(group[0].kind, name, group))
    return linked
