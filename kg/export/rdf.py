"""RDF in the syntaxes that a triple store or Protégé reads. Everything is sorted, since a store lists in no order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.vocabulary import GOV, OA, PREFIXES, QUDT, RDF, SCHEMA, SKOS

_OWN = {prefix: iri for prefix, iri in PREFIXES.items() if iri.startswith(PREFIXES["id"]) and prefix != "id"}
_NAMES = sorted({*(space.prefix for space in (GOV, OA, QUDT, RDF, SCHEMA, SKOS)), "unit", "xsd", *_OWN})
USED = {prefix: PREFIXES[prefix] for prefix in _NAMES}
"""The prefixes of what a graph may hold; no namespace lies in another, so an IRI has one short form at most."""

_NAMESPACES = {iri: prefix for prefix, iri in USED.items()}
# Local names that every reader takes without escapes: Turtle's PN_CHARS, with dots and hyphens within.
_CHARACTER = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_LOCAL = re.compile(f"[{_CHARACTER}](?:[{_CHARACTER}.\u00b7-]*[{_CHARACTER}-])?")


def triples(store: Store) -> list[Triple]:
    """The triples of all graphs together, each once: by subject, types first."""
    return sorted({quad.triple for quad in store}, key=_key)


def turtle(store: Store, file: IO[bytes]) -> None:
    """Turtle to be read: a block for each subject, Chinese in prefixed names."""
    file.writelines(line.encode() for line in (*_header(), *_blocks(triples(store), "")))


def trig(store: Store, file: IO[bytes]) -> None:
    """TriG: Turtle with a block for each article."""
    file.writelines(line.encode() for line in _header())
    for graph, group in groupby(_quads(store), key=lambda quad: quad.graph_name):
        file.write(f"\n{_term(graph)} {{\n".encode())
        file.writelines(line.encode() for line in _blocks((quad.triple for quad in group), "    "))
        file.write(b"}\n")


def rdf_xml(store: Store, file: IO[bytes]) -> None:
    """RDF/XML, with prefixes."""
    serialize(triples(store), file, RdfFormat.RDF_XML, prefixes=USED)


def n_triples(store: Store, file: IO[bytes]) -> None:
    """N-Triples, a triple a line."""
    serialize(triples(store), file, RdfFormat.N_TRIPLES)


def n_quads(store: Store, file: IO[bytes]) -> None:
    """N-Quads, a quad a line, article by article."""
    serialize(_quads(store), file, RdfFormat.N_QUADS)


def _quads(store: Store) -> list[Quad]:
    return sorted(store, key=lambda quad: (str(quad.graph_name), *_key(quad)))


def _key(statement: Triple | Quad) -> tuple[str, str, str]:
    first = "" if statement.predicate == RDF.type else statement.predicate.value
    subject = str(statement.subject).removesuffix(">")  # an article before its passages
    return subject, first, str(statement.object)


def _header() -> Iterator[str]:
    for prefix, iri in USED.items():
        yield f"@prefix {prefix}: <{iri}> .\n"


def _blocks(sorted_triples: Iterable[Triple], indent: str) -> Iterator[str]:
    """A block of lines for each subject: its predicates a line each, their objects after commas."""
    for subject, about in groupby(sorted_triples, key=lambda triple: triple.subject):
        lines = []
        for predicate, group in groupby(about, key=lambda triple: triple.predicate):
            name = "a" if predicate == RDF.type else _term(predicate)
            lines.append(f"{name} {', '.join(_term(triple.object) for triple in group)}")
        yield f"\n{indent}{_term(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


def _term(term: object) -> str:
    """A term as Turtle has it."""
    if isinstance(term, NamedNode):
        return _short(term.value)
    if isinstance(term, Literal) and term.language is None and term.datatype.value != f"{PREFIXES['xsd']}string":
        text = str(Literal(term.value))
        return f"{text}^^{_short(term.datatype.value)}"
    return str(term)


def _short(iri: str) -> str:
    """A prefixed name where one does without escapes, else the whole IRI.

    >>> _short("https://w3id.org/govkg/id/program/邻里茶话会")
    'program:邻里茶话会'
    >>> _short("https://w3id.org/govkg/id/program/1+6")
    '<https://w3id.org/govkg/id/program/1+6>'
    """
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _NAMESPACES.get(iri[:end])
    return f"{prefix}:{iri[end:]}" if prefix and _LOCAL.fullmatch(iri, end) else f"<{iri}>"
