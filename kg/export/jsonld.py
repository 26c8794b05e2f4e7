"""JSON-LD under the context that comes with the ontology: plain JSON for those who do not know RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.export.rdf import triples
from kg.export.source import Source
from kg.resources import folder
from kg.vocabulary import PREFIXES, RDF

_STRING = PREFIXES["xsd"] + "string"


@dataclass(frozen=True, slots=True)
class Term:
    """How the context writes a property: its key, the type or language its values take, and whether always a list."""

    key: str
    type: str | None
    language: str | None
    many: bool


def write(store: Source, file: IO[bytes]) -> None:
    """One JSON object: the context, and a list of things by their names, each with its properties."""
    file.write(b'{\n"@context": ' + _dump(_context()) + b',\n"@graph": [')
    separator = b"\n"
    for _, group in groupby(triples(store), key=lambda triple: triple.subject):
        file.write(separator + _dump(_node(list(group))))
        separator = b",\n"
    file.write(b"\n]\n}\n")


def _node(about: list[Triple]) -> dict[str, Any]:
    subject = about[0].subject
    assert isinstance(subject, NamedNode)
    node: dict[str, Any] = {"@id": _compact(subject.value)}
    types = [triple.object.value for triple in about if triple.predicate == RDF.type]  # type: ignore[union-attr]
    if types:
        node["@type"] = [_key(iri) for iri in types]
    rest = (triple for triple in about if triple.predicate != RDF.type)
    for predicate, group in groupby(rest, key=lambda triple: triple.predicate.value):
        term = _terms().get(predicate) or Term(_compact(predicate), None, None, many=True)
        values = list(_values(group, term))
        node[term.key] = values if term.many or len(values) > 1 else values[0]
    return node


def _values(group: Iterable[Triple], term: Term) -> Iterable[Any]:
    """The values of a property, as plain strings where the context says what they are."""
    for triple in group:
        value = triple.object
        if isinstance(value, NamedNode):
            iri = _compact(value.value)
            yield iri if term.type == "@id" else {"@id": iri}
            continue
        assert isinstance(value, Literal)
        datatype = value.datatype.value
        if value.language:
            yield (
                value.value if term.language == value.language else {"@value": value.value, "@language": value.language}
            )
        elif datatype == (term.type or _STRING) and term.language is None:
            yield value.value
        elif datatype == _STRING:
            yield {"@value": value.value}
        else:
            yield {"@value": value.value, "@type": datatype}


@cache
def _context() -> Mapping[str, Any]:
    text = (folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    context: Mapping[str, Any] = json.loads(text)["@context"]
    return context


@cache
def _terms() -> dict[str, Term]:
    """The context's terms by the IRI that each stands for."""
    found = {}
    for key, definition in _context().items():
        if key.startswith("@") or key in _prefixes():
            continue
        said = {"@id": definition} if isinstance(definition, str) else definition
        kind = said.get("@type")
        found[_expand(said["@id"])] = Term(
            key,
            kind if kind in {None, "@id"} else _expand(kind),
            said.get("@language"),
            said.get("@container") == "@set",
        )
    return found


@cache
def _prefixes() -> dict[str, str]:
    """The context's prefixes: terms that stand for a namespace."""
    return {key: iri for key, iri in _context().items() if isinstance(iri, str) and iri.endswith(("/", "#"))}


def _expand(compact: str) -> str:
    prefix, _, name = compact.partition(":")
    return _prefixes()[prefix] + name


def _key(iri: str) -> str:
    term = _terms().get(iri)
    return term.key if term else _compact(iri)


def _compact(iri: str) -> str:
    for prefix, namespace in _prefixes().items():
        name = iri.removeprefix(namespace)
        if iri.startswith(namespace) and name and not name.startswith("//"):
            return f"{prefix}:{name}"
    return iri


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
