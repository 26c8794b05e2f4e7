"""Which things a correction means: by a name, printed or preferred, or by an IRI as the graph has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from kg.corrections.fields import Fault
from kg.language import gazetteer
from kg.language.anchors import normal
from kg.linking.places import path_of
from kg.model import Entity, Level
from kg.rdf import entity_iri
from kg.vocabulary import ID, PREFIXES

ANY_PLACE = "Place"
"""The kind that stands for places of every level."""

PLACES = frozenset(Level)
_FOLDERS = {
    "place": "",
    "organization": "Organization",
    "person": "Person",
    "program": "Program",
    "document": "Document",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a thing that thing: its IRI follows from this. `kind` is "" where the IRI leaves it open."""

    kind: str
    label: str
    scope: str = ""
    code: str | None = None


def scope_of(place: str) -> str:
    """A place with all that encloses it: of the gazetteer's by its name, else as it is given (县/镇/村).

    Raises:
        Fault: several divisions have the name.

    >>> scope_of("拱墅区"), scope_of("云边村")
    ('浙江省/杭州市/拱墅区', '云边村')
    """
    name = place.rpartition("/")[2]
    above = set(place.split("/")[:-1])
    found = [path_of(d) for d in gazetteer.named(name) if d.until is None] if name else []
    found = [path for path in found if above.issubset(path.split("/"))]
    if len(found) > 1:
        raise Fault(
            f"{place} could be {'; '.join(sorted(found)[:5])}; write the one that you mean with what encloses it"
        )
    return found[0] if found else place


def iri_of(reference: str) -> str:
    """The IRI that a reference spells out, whole or with a prefix (program:…); "" where it is a name.

    >>> iri_of("program:红茶议事会"), iri_of("红茶议事会")
    ('https://w3id.org/govkg/id/program/红茶议事会', '')
    """
    if reference.startswith(ID):
        return reference
    prefix, colon, rest = reference.partition(":")
    return PREFIXES[prefix] + rest if colon and rest and prefix in _FOLDERS else ""


def key_of(reference: str) -> str:
    """What is the same for two ways to write one name or IRI."""
    return iri_of(reference) or normal(reference)


def identity_of(reference: str) -> Identity | None:
    """The thing that an IRI names; None for a name.

    >>> identity_of("organization:浙江省_杭州市_拱墅区_三方办")
    Identity(kind='Organization', label='三方办', scope='浙江省/杭州市/拱墅区', code=None)
    """
    iri = iri_of(reference)
    folder, _, rest = iri.removeprefix(ID).partition("/")
    if not iri or folder not in _FOLDERS:
        return None
    if folder == "place" and rest.isascii() and rest.isdigit():
        division = gazetteer.by_code(rest)
        return Identity(division.level, division.name, path_of(division).rpartition("/")[0], rest) if division else None
    *above, label = (unquote(part) for part in rest.split("_"))
    return Identity(_FOLDERS[folder], label, "/".join(above))


def is_of_kind(entity: Entity, kind: str) -> bool:
    """Whether a thing is of a kind; "" is any."""
    return not kind or entity.kind == kind or (kind == ANY_PLACE and entity.kind in PLACES)


def is_called(entity: Entity, reference: str) -> bool:
    """Whether a reference is the IRI, the label or an alias of a thing."""
    if iri := iri_of(reference):
        node = entity_iri(entity)
        return node is not None and node.value == iri
    return _normal(reference) in _names(entity)


def is_labelled(entity: Entity, reference: str) -> bool:
    """Whether a reference is the IRI or the label of a thing, no mere alias."""
    return is_called(entity, reference) if iri_of(reference) else _normal(entity.label) == _normal(reference)


def identity(entity: Entity) -> Identity:
    """What makes a thing that thing."""
    return Identity(entity.kind, entity.label, entity.scope, entity.code)


def listed(kind: str, label: str, scope: str) -> Identity:
    """A place of a kind: the division of the gazetteer within `scope`, if that is one, else an unlisted place."""
    if kind in PLACES and kind != Level.SITE:
        around = set(scope.split("/")) - {""}
        found = [d for d in gazetteer.named(label) if d.level == kind and around.issubset(path_of(d).split("/")[:-1])]
        if len(found) == 1:
            return Identity(kind, found[0].name, path_of(found[0]).rpartition("/")[0], found[0].code)
    return Identity(kind, label, scope)


@lru_cache(maxsize=10_000)
def _names(entity: Entity) -> frozenset[str]:
    return frozenset(map(_normal, (entity.label, *entity.aliases)))


@lru_cache(maxsize=20_000)
def _normal(name: str) -> str:
    return normal(name)
