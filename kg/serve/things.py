"""What the graph says of one thing: its triples, as RDF and as a table of its properties."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.export import jsonld, rdf
from kg.queries.names import shortened
from kg.vocabulary import GOV, RDF, SCHEMA, SKOS, label

if TYPE_CHECKING:
    from kg.queries.running import Term
    from kg.serve.snapshot import Snapshot

_NAMES = (RDF.type, SKOS.prefLabel, SCHEMA.headline)
_FACTS = (RDF.subject, RDF.object, GOV.measures, GOV.area, GOV.observes, GOV.matches)
"""What ties the claims, metrics and matches about a thing to it."""
MOST_REFERENCES = 300
"""Things that refer to another which a page lists; the RDF has them all."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: how it is shown, and its IRI where it has one."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property in the reader's words, and the values of a thing."""

    name: str
    values: tuple[Value, ...]


def as_rdf(snapshot: Snapshot, iri: str, form: str) -> bytes:
    """The description of a thing as `ttl` or `jsonld`."""
    file = io.BytesIO()
    {"ttl": rdf.turtle, "jsonld": jsonld.write}[form](description(snapshot, iri), file)
    return file.getvalue()


def description(snapshot: Snapshot, iri: str) -> Store:
    """What is said of a thing, the facts about it, and the names and classes of what these name.

    Of an article it is all that the article says.
    """
    pool, node = snapshot.pool, NamedNode(iri)
    found = {*pool.quads_for_pattern(node, None, None), *snapshot.store.quads_for_pattern(None, None, None, node)}
    for predicate in _FACTS:
        for quad in pool.quads_for_pattern(None, predicate, node):
            found.update(pool.quads_for_pattern(quad.subject, None, None))
    ends = {end for quad in found for end in (quad.subject, quad.object) if isinstance(end, NamedNode)}
    found.update(quad for end in ends for name in _NAMES for quad in pool.quads_for_pattern(end, name, None))
    described = Store()
    described.extend(Quad(quad.subject, quad.predicate, quad.object, node) for quad in found)  # as writers want them
    return described


def properties(snapshot: Snapshot, iri: str, language: str) -> tuple[Property, ...]:
    """The properties of a thing, for those that have no page of another kind."""
    found: dict[str, set[Value]] = {}
    for quad in snapshot.pool.quads_for_pattern(NamedNode(iri), None, None):
        found.setdefault(_named(quad.predicate, language), set()).add(_value(snapshot, quad.object, language))
    return tuple(
        Property(name, tuple(sorted(values, key=lambda value: (value.text, value.iri))))
        for name, values in sorted(found.items())
    )


def references(snapshot: Snapshot, iri: str, language: str) -> tuple[tuple[Property, ...], int]:
    """What refers to a thing, by property, and how many more than are listed."""
    found: dict[str, set[Value]] = {}
    count = 0
    for quad in snapshot.pool.quads_for_pattern(None, None, NamedNode(iri)):
        count += 1
        if count <= MOST_REFERENCES and isinstance(quad.subject, NamedNode):
            value = Value(title(snapshot, quad.subject.value), quad.subject.value)
            found.setdefault(_named(quad.predicate, language), set()).add(value)
    listed = tuple(
        Property(name, tuple(sorted(values, key=lambda value: (value.text, value.iri))))
        for name, values in sorted(found.items())
    )
    return listed, max(0, count - MOST_REFERENCES)


def title(snapshot: Snapshot, iri: str) -> str:
    """The label of a thing, what a number says, or the IRI shortened."""
    known = snapshot.labels().get(iri)
    if known is not None:
        return known
    pool, node = snapshot.pool, NamedNode(iri)
    parts = [_first(pool, node, term) for term in (GOV.indicator, GOV.value, GOV.unit)]
    return " ".join(filter(None, parts)) or shortened(node)


def _first(pool: Store, node: NamedNode, predicate: NamedNode) -> str:
    found = (quad.object for quad in pool.quads_for_pattern(node, predicate, None))
    return min((term.value for term in found if isinstance(term, Literal)), default="")


def _named(predicate: NamedNode, language: str) -> str:
    try:
        return label(predicate, language)
    except KeyError:
        return shortened(predicate)


def _value(snapshot: Snapshot, term: Term, language: str) -> Value:
    if isinstance(term, NamedNode):
        try:
            return Value(label(term, language))
        except KeyError:
            return Value(title(snapshot, term.value), term.value)
    return Value("" if isinstance(term, Triple) else term.value)
