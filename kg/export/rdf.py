"""RDF in the syntaxes that a triple store or Protégé reads. Everything is sorted, since a store lists in no order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.export.sorting import in_order
from kg.export.source import Source, dump
from kg.outputs import temporary_folder
from kg.vocabulary import GOV, OA, PREFIXES, QUDT, RDF, SCHEMA, SKOS, XSD

_OWN = {prefix: iri for prefix, iri in PREFIXES.items() if iri.startswith(PREFIXES["id"]) and prefix != "id"}
_NAMES = sorted({*(space.prefix for space in (GOV, OA, QUDT, RDF, SCHEMA, SKOS)), "unit", "xsd", *_OWN})
USED = {prefix: PREFIXES[prefix] for prefix in _NAMES}
"""The prefixes of what a graph may hold; no namespace lies in another, so an IRI has one short form at most."""

_BATCH = 5_000  # lines that are parsed at once
_TYPE = str(RDF.type).encode()
_NAMESPACES = {iri: prefix for prefix, iri in USED.items()}
# Local names that every reader takes without escapes: Turtle's PN_CHARS, with dots and hyphens within.
_CHARACTER = (
    "A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_LOCAL = re.compile(f"[{_CHARACTER}](?:[{_CHARACTER}.\u00b7-]*[{_CHARACTER}-])?")


def triples(store: Source) -> Iterator[Triple]:
    """The triples of all graphs together, each once: by subject, types first; memory does not grow with the store."""
    records = in_order(_record(line.rpartition(b" <")[0]) for line in _lines(store))
    for quad in _parsed(map(_line, records)):
        yield quad.triple


def quads(store: Source) -> Iterator[Quad]:
    """The quads by graph, and in it as `triples` has them."""
    return _parsed(_line(rest)[:-3] + graph + b" .\n" for graph, rest in _by_graph(store))


def turtle(store: Source, file: IO[bytes]) -> None:
    """Turtle to be read: a block for each subject, Chinese in prefixed names."""
    file.writelines(piece.encode() for piece in chain(_header(), _blocks(triples(store), "")))


def trig(store: Source, file: IO[bytes]) -> None:
    """TriG: Turtle with a block for each article."""
    file.writelines(line.encode() for line in _header())
    for graph, group in groupby(quads(store), key=lambda quad: quad.graph_name):
        file.write(f"\n{turtle_term(graph)} {{\n".encode())
        file.writelines(piece.encode() for piece in _blocks((quad.triple for quad in group), "    "))
        file.write(b"}\n")


def rdf_xml(store: Source, file: IO[bytes]) -> None:
    """RDF/XML, with prefixes."""
    serialize(triples(store), file, RdfFormat.RDF_XML, prefixes=USED)


def n_triples(store: Source, file: IO[bytes]) -> None:
    """N-Triples, a triple a line."""
    file.writelines(in_order(line.rpartition(b" <")[0] + b" .\n" for line in _lines(store)))


def n_quads(store: Source, file: IO[bytes]) -> None:
    """N-Quads, a quad a line, article by article."""
    file.writelines(_line(rest)[:-3] + graph + b" .\n" for graph, rest in _by_graph(store))


def _lines(store: Source) -> Iterator[bytes]:
    """The store in N-Quads, in no order; a graph's name, the last term of a line, holds no space."""
    with temporary_folder("export") as place:
        path = place / "dump.nq"
        dump(store, path)
        with path.open("rb") as file:
            yield from file


def _by_graph(store: Source) -> Iterator[tuple[bytes, bytes]]:
    """The graph and the record of each quad, in order."""

    def marked() -> Iterator[bytes]:
        for line in _lines(store):
            statement, _, graph = line.rpartition(b" <")
            yield b"<%b\t%b" % (graph[:-3], _record(statement))

    for line in in_order(marked()):
        graph, _, record = line.partition(b"\t")
        yield graph, record


def _record(statement: bytes) -> bytes:
    """A triple in N-Triples as a line that sorts as it should: a thing before its parts (#...), types first."""
    subject, predicate, target = statement.split(b" ", 2)
    return b"%b\t%b\t%b\n" % (subject[:-1], b"" if predicate == _TYPE else predicate, target)


def _line(record: bytes) -> bytes:
    """The triple of a record, in N-Triples."""
    subject, predicate, target = record.split(b"\t", 2)
    return b"%b> %b %b .\n" % (subject, predicate or _TYPE, target[:-1])


def _parsed(lines: Iterator[bytes]) -> Iterator[Quad]:
    while batch := b"".join(islice(lines, _BATCH)):
        yield from parse(batch, format=RdfFormat.N_QUADS)


def _header() -> Iterator[str]:
    for prefix, iri in USED.items():
        yield f"@prefix {prefix}: <{iri}> .\n"


def _blocks(sorted_triples: Iterable[Triple], indent: str) -> Iterator[str]:
    """A block of lines for each subject: its predicates a line each, their objects after commas."""
    for subject, about in groupby(sorted_triples, key=lambda triple: triple.subject):
        before = f"\n{indent}{turtle_term(subject)} "
        for predicate, group in groupby(about, key=lambda triple: triple.predicate):
            yield f"{before}{'a' if predicate == RDF.type else turtle_term(predicate)}"
            separator = " "
            for triple in group:
                yield f"{separator}{turtle_term(triple.object)}"
                separator = ", "
            before = f" ;\n{indent}    "
        yield " .\n"


def turtle_term(term: object) -> str:
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
