"""RDF in the syntaxes that a triple store or Protégé reads. Everything is sorted, since a store lists in no order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from kg.vocabulary import GOV, OA, PREFIXES, QUDT, RDF, SCHEMA, SKOS, XSD

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


def triples(store: Store) -> Iterator[Triple]:
    """The triples of all graphs together, each once: by subject, types first."""
    return _sorted(store)


def _sorted(quads: Iterable[Quad]) -> Iterator[Triple]:
    by_subject: dict[object, set[Triple]] = {}
    for quad in quads:
        by_subject.setdefault(quad.subject, set()).add(quad.triple)
    for _, about in sorted((str(subject)[:-1], about) for subject, about in by_subject.items()):
        yield from sorted(about, key=_key)


def turtle(store: Store, file: IO[bytes]) -> None:
    """Turtle to be read: a block for each subject, Chinese in prefixed names."""
    file.writelines(line.encode() for line in (*_header(), *_blocks(triples(store), "")))


def trig(store: Store, file: IO[bytes]) -> None:
    """TriG: Turtle with a block for each article."""
    file.writelines(line.encode() for line in _header())
    for graph in sorted(store.named_graphs(), key=str):
        file.write(f"\n{_term(graph)} {{\n".encode())
        quads = store.quads_for_pattern(None, None, None, graph)
        file.writelines(line.encode() for line in _blocks(_sorted(quads), "    "))
        file.write(b"}\n")


def rdf_xml(store: Store, file: IO[bytes]) -> None:
    """RDF/XML, with prefixes."""
    serialize(triples(store), file, RdfFormat.RDF_XML, prefixes=USED)


def n_triples(store: Store, file: IO[bytes]) -> None:
    """N-Triples, a triple a line."""
    file.writelines(line + b" .\n" for line in sorted({line.rpartition(b" <")[0] for line in _lines(store)}))


def n_quads(store: Store, file: IO[bytes]) -> None:
    """N-Quads, a quad a line, article by article."""
    lines = sorted(_lines(store))
    lines.sort(key=lambda line: line.rpartition(b" <")[2])
    file.writelines(line + b"\n" for line in lines)


def _lines(store: Store) -> list[bytes]:
    """The store in N-Quads, in no order; a graph's name, the last term of a line, holds no space."""
    text = store.dump(format=RdfFormat.N_QUADS)
    assert text is not None
    return text.splitlines()


def _key(triple: Triple) -> tuple[str, str]:
    return "" if triple.predicate == RDF.type else triple.predicate.value, str(triple.object)


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
        if term.datatype == XSD.integer and term.value.isascii() and term.value.isdecimal():
            return term.value
        return f"{Literal(term.value)}^^{_short(term.datatype.value)}"
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
