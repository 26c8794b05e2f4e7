"""The ontology's terms for Python, read from `ontology/governance.ttl`: nowhere else is one spelled out.

A namespace is closed: it holds the terms that the ontology defines or declares to use, and a term that it lacks fails
where it is named, at import for the constants of a module.

>>> GOV.implementedIn
<NamedNode value=https://w3id.org/govkg/ontology#implementedIn>
>>> GOV.implementedAt
Traceback (most recent call last):
...
AttributeError: the ontology has no term gov:implementedAt
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.resources import folder

_parser = parse(path=str(folder("ontology") / "governance.ttl"), format=RdfFormat.TURTLE)
_quads: tuple[Quad, ...] = tuple(_parser)

PREFIXES: Mapping[str, str] = MappingProxyType(dict(sorted(_parser.prefixes.items())))
"""Prefix to namespace, for queries and exports: `gov`, `id`, `skos`, `schema`, `oa`, `rdf`, `xsd` and the rest."""


class Namespace:
    """The terms of one namespace that the ontology knows; each is an attribute, and an item by its local name."""

    def __init__(self, prefix: str) -> None:
        """Collect the terms that are subjects in the ontology.

        Raises:
            KeyError: the ontology declares no such prefix.
        """
        self.iri = PREFIXES[prefix]
        subjects = {quad.subject for quad in _quads if isinstance(quad.subject, NamedNode)}
        self._terms = {
            term.value.removeprefix(self.iri): term
            for term in sorted(subjects, key=lambda term: term.value)
            if term.value.startswith(self.iri)
        }
        self.__dict__ |= self._terms
        self.prefix = prefix

    def __getattr__(self, name: str) -> NamedNode:
        """No term has that local name.

        Raises:
            AttributeError: the ontology has no such term.
        """
        raise AttributeError(f"the ontology has no term {self.prefix}:{name}")

    def __getitem__(self, name: str) -> NamedNode:
        """The term of that local name, for names that come as data (`Relation.predicate`).

        Raises:
            KeyError: the ontology has no such term.
        """
        try:
            return self._terms[name]
        except KeyError:
            raise KeyError(f"the ontology has no term {self.prefix}:{name}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)


GOV = Namespace("gov")
OA = Namespace("oa")
QUDT = Namespace("qudt")
RDF = Namespace("rdf")
SCHEMA = Namespace("schema")
SKOS = Namespace("skos")

ID = PREFIXES["id"]
"""Where things live: every IRI of a thing begins so."""

GAZETTEER = NamedNode(ID + "gazetteer")
"""The named graph of what the gazetteer alone knows: the enclosing places, codes and names of divisions."""

MATCHES = NamedNode(ID + "matches")
"""The named graph of things that may be one: close matches with their reasons, worked out by each build."""

REPEATS = NamedNode(ID + "repeats")
"""The named graph that tells in which other files an article stands too, word by word."""


class XSD:
    """The datatypes of the graph's literals (XML Schema defines them, so the ontology does not)."""

    decimal = NamedNode(PREFIXES["xsd"] + "decimal")
    gYear = NamedNode(PREFIXES["xsd"] + "gYear")  # noqa: N815 - the datatype's own name
    integer = NamedNode(PREFIXES["xsd"] + "integer")
    date = NamedNode(PREFIXES["xsd"] + "date")


_Term = NamedNode | BlankNode | Literal


def _values(predicate: str) -> Iterator[tuple[_Term, _Term]]:
    """The subjects and objects of a property, given with its prefix, in the ontology."""
    prefix, _, name = predicate.partition(":")
    for quad in _quads:
        if quad.predicate.value == PREFIXES[prefix] + name:
            assert isinstance(quad.subject, _Term)
            assert isinstance(quad.object, _Term)
            yield quad.subject, quad.object


UNITS: Mapping[str, NamedNode] = MappingProxyType(
    {
        word.value: unit
        for unit, word in _values("skos:altLabel")
        if isinstance(unit, NamedNode) and unit.value.startswith(PREFIXES["unit"])
    }
)
"""A unit as printed to QUDT's: `UNITS["元"]` is the yuan; 个 and other measure words have none."""

_LABELS = {(term, label.language): label.value for term, label in _values("rdfs:label") if isinstance(label, Literal)}


def label(term: NamedNode, language: str) -> str:
    """The name of one of the ontology's own terms in English (`en`) or Chinese (`zh`).

    Raises:
        KeyError: the ontology gives it none.

    >>> label(GOV.Program, "zh")
    '治理项目'
    """
    return _LABELS[term, language]


def subclasses(parent: NamedNode) -> tuple[NamedNode, ...]:
    """The classes of the ontology directly under one of its own, by name.

    >>> [term.value.rpartition("#")[2] for term in subclasses(GOV.Place)]
    ['City', 'Community', 'District', 'Province', 'Site', 'Street']
    """
    found = [child for child, above in _values("rdfs:subClassOf") if above == parent and isinstance(child, NamedNode)]
    return tuple(sorted(found, key=lambda term: term.value))


@cache
def domain(term: NamedNode) -> frozenset[NamedNode]:
    """The classes whose members have a property; empty where any may.

    >>> sorted(kind.value.rpartition("#")[2] for kind in domain(GOV.evidence))
    ['Article', 'Claim', 'Metric']
    """
    return _classes(term, "rdfs:domain")


@cache
def range_(term: NamedNode) -> frozenset[NamedNode]:
    """The classes of a property's values, or its datatype; empty where the ontology names none."""
    return _classes(term, "rdfs:range")


def _classes(term: NamedNode, predicate: str) -> frozenset[NamedNode]:
    found = [target for subject, target in _values(predicate) if subject == term]
    unions = dict(_values("owl:unionOf"))
    return frozenset(
        each
        for target in found
        for each in (_members(unions[target]) if target in unions else [target])
        if isinstance(each, NamedNode)
    )


def _members(node: _Term) -> list[_Term]:
    first, rest = dict(_values("rdf:first")), dict(_values("rdf:rest"))
    found = []
    while node in first:
        found.append(first[node])
        node = rest[node]
    return found


THINGS = (GOV.Place, GOV.Organization, GOV.Program, GOV.Person, GOV.Document)
"""The classes of what articles name."""


@cache
def relations() -> tuple[NamedNode, ...]:
    """The properties that tie one named thing to another, by name.

    >>> [term.value.rpartition("#")[2] for term in relations()]
    ['basedIn', 'implementedIn', 'involves', 'issuedBy', 'ledBy', 'partOf', 'within', 'worksFor']
    """
    objects = {term for term, kind in _values("rdf:type") if kind == NamedNode(PREFIXES["owl"] + "ObjectProperty")}
    found = [term for term in objects if isinstance(term, NamedNode) and domain(term) and domain(term) <= set(THINGS)]
    return tuple(sorted(found, key=lambda term: term.value))
