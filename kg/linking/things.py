"""People and documents: by their names, people within the place of the story."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extractors.documents import short_forms
from kg.language.dotted_names import DOT
from kg.language.wordlists import grammar, word_set
from kg.linking.entities import Linked, entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found
    from kg.linking.organizations import Organizations
    from kg.linking.places import Places
    from kg.model import Entity, Mention, Text

_DOCUMENTS = grammar("documents")
_ON_TRIAL = _DOCUMENTS.compile("[（(]{on-trial}[)）]$")
_YEARS = _DOCUMENTS.compile(r"(?<=\d{4}){year}?[-－—–~～{until}](?=\d{4}{year})")
_LAW_OF_THE_STATE = _DOCUMENTS.compile("^{people-s-republic}(?=.{2,40}{law}$)")

SHORTEST_POST = 2
"""Characters at the end of a role that tell the post (民政局 + 局长)."""


def link_people(found: Found, places: Places, organizations: Organizations) -> Linked:
    """The people that mentions name: of one name in an article one person, and across articles by their body.

    Two who hold the same post in two bodies are two: the director 李伟 of one bureau, and of another. Who has no body
    is known within the place that the article is about.
    """
    seats = dict(_seats(found, places, organizations))
    linked: dict[Mention, Entity] = {}
    for name, group in _people(found.of_kind("Person")).items():
        held = {m: seats[m] for m in group if m in seats}
        apart = len({role for role, _ in held.values() if role}) < len({seat for seat in held.values() if seat[0]})
        seat = next(iter(held.values()), None)
        people: dict[str, list[Mention]] = defaultdict(list)
        for mention in group:
            seat = held.get(mention, seat) if apart else seat
            people[places.path(None) if seat is None else seat[1]].append(mention)
        for scope, mentions in people.items():
            linked |= dict.fromkeys(mentions, entity("Person", name, mentions, scope=scope))
    return linked


def _people(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Mentions by the full name, those with one part of a name too (阿依古丽 for 阿依古丽·买买提)."""
    groups = _named_alike(mentions)
    parts: dict[str, list[str]] = defaultdict(list)
    for name in groups:
        for part in name.split(DOT) if DOT in name else ():
            parts[part].append(name)
    for part, whole in parts.items():
        if part in groups and len(whole) == 1:
            groups[whole[0]] += groups.pop(part)
    return groups


def _seats(found: Found, places: Places, organizations: Organizations) -> Iterator[tuple[Mention, tuple[str, str]]]:
    """The post that a mention tells, if it does, and the body that it is held in."""
    for relation in found.relations:
        if relation.predicate == "worksFor":
            role = next((p.value for p in relation.subject.properties if p.term == "role"), "")
            body = places.linked.get(relation.object) or organizations.linked.get(relation.object)
            if body is not None:
                yield relation.subject, (role[-SHORTEST_POST:], _seat(body, places, organizations))


def _seat(body: Entity, places: Places, organizations: Organizations) -> str:
    """What tells apart the people of one name: their body; the place where that is a place's own (社区党委, 区政府)."""
    if body.kind != "Organization":
        return places.path(body)
    place = organizations.places.get(body)
    if place is not None and body.label.removeprefix(place.label) in word_set("organization_own_bodies"):
        return places.path(place)
    return "/".join(filter(None, (body.scope, body.label)))


def _named_alike(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name].append(mention)
    return groups


def link_documents(text: Text, found: Found, places: Places) -> Linked:
    """The documents that mentions name, short forms (以下简称《决定》) under the full title.

    A paper on trial (试行) is the same as later without that, a law the same with and without the state's name, a plan
    for some years the same by whatever dash joins them; one called by its kind alone (《意见》)
    is that of the place that the article is about.
    """
    mentions = found.of_kind("Document")
    full = short_forms("\n".join(sentence.text for sentence in text.sentences))
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        title = full.get(mention.name, mention.name)
        title = _YEARS.sub("—", _ON_TRIAL.sub("", title))
        groups[_LAW_OF_THE_STATE.sub("", title)].append(mention)
    linked: dict[Mention, Entity] = {}
    for title, group in groups.items():
        scope = places.path(None) if title in word_set("document_endings") else ""
        linked |= dict.fromkeys(group, entity("Document", title, group, scope=scope))
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
