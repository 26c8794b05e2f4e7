"""Answers in the forms that people and programs read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from kg.displays import inert
from kg.errors import WrongUsage
from kg.queries.names import labels
from kg.queries.running import Answer, Rows, Term, Triples, Truth
from kg.queries.text import visible, width
from kg.vocabulary import PREFIXES, XSD

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "ttl", "nt", "jsonld", "rdf")
"""`table` and `markdown` for reading, `csv` for spreadsheets; `tsv`, `json` and `xml` as SPARQL defines them;
`ttl`, `nt`, `jsonld` and `rdf` for CONSTRUCT and DESCRIBE."""

SPARQL_FORMATS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
_RDF = {
    "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdf": RdfFormat.RDF_XML,
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?[0-9.]+")


def render(answer: Answer, form: str, store: Store, *, iris: bool = False) -> str:
    """The answer as text that ends with a line end.

    Things show by their labels, looked up in `store`, or by their IRIs where `iris` is set; `tsv`, `json` and `xml`
    always hold the terms as they are.

    Raises:
        WrongUsage: the form does not suit the kind of query.
    """
    if isinstance(answer, Triples) or form in _RDF:
        return _triples(answer, form)
    if form in SPARQL_FORMATS:
        return _sparql(answer, form)
    if isinstance(answer, Truth):
        return "true\n" if answer.value else "false\n"
    cells = _cells(answer, store, iris=iris)
    return {"table": _table, "csv": _csv, "markdown": _markdown}[form](answer.columns, cells)


def _triples(answer: Answer, form: str) -> str:
    if not isinstance(answer, Triples):
        raise WrongUsage(f"the format {form} is for CONSTRUCT and DESCRIBE; this query gives rows")
    if form not in {*_RDF, "table"}:
        raise WrongUsage(f"this query gives triples, which cannot be written as {form}; use ttl, nt, jsonld or rdf")
    kind = _RDF.get(form, RdfFormat.TURTLE)
    prefixes = None if kind == RdfFormat.N_TRIPLES else dict(PREFIXES)
    return (serialize(answer.triples, format=kind, prefixes=prefixes) or b"").decode().rstrip("\n") + "\n"


def written(results: QuerySolutions | QueryBoolean, form: str) -> tuple[str, int]:
    """Results in one of `SPARQL_FORMATS`, straight from the store, and the number of rows."""
    text = (results.serialize(format=SPARQL_FORMATS[form]) or b"").decode().rstrip("\n") + "\n"
    if isinstance(results, QueryBoolean):
        return text, int(bool(results))
    rows = {
        "json": lambda: len(json.loads(text)["results"]["bindings"]),
        "xml": lambda: text.count("<result>"),  # in a literal it would be escaped, like a line end in tsv
        "tsv": lambda: text.count("\n") - 1,
    }
    return text, rows[form]()


def _sparql(answer: Rows | Truth, form: str) -> str:
    return written(parse_query_results(as_json(answer), format=QueryResultsFormat.JSON), form)[0]


def as_json(answer: Rows | Truth) -> bytes:
    """Rows or truth as SPARQL's JSON has them."""
    if isinstance(answer, Truth):
        data: dict[str, Any] = {"head": {}, "boolean": answer.value}
    else:
        bindings = [
            {name: _json(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        data = {"head": {"vars": answer.columns}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False).encode()


def _json(term: Term) -> dict[str, Any]:
    """A term as SPARQL's JSON has it."""
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            kind = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value} | kind
    parts = {"subject": _json(term.subject), "predicate": _json(term.predicate), "object": _json(term.object)}
    return {"type": "triple", "value": parts}


def _cells(answer: Rows, store: Store, *, iris: bool) -> list[list[str]]:
    """The rows as text."""
    nodes = {term for row in answer.rows for term in row if isinstance(term, NamedNode)}
    names = {node: node.value for node in nodes} if iris else labels(store, nodes)
    return [[_cell(term, names) for term in row] for row in answer.rows]


def _cell(term: Term | None, names: Mapping[NamedNode, str]) -> str:
    if isinstance(term, NamedNode):
        return names[term]
    if isinstance(term, Literal):
        if term.datatype == XSD.decimal:
            return _plain_number(term.value)
        return term.value
    return "" if term is None else str(term)


def _plain_number(text: str) -> str:
    """A decimal without the zeros of its fraction, averages at most six places.

    >>> _plain_number("12.500"), _plain_number("140000")
    ('12.5', '140000')
    """
    plain = format(round(Decimal(text), 6), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    shown = [[visible(cell) for cell in row] for row in rows]
    sizes = [[width(cell) for cell in line] for line in (columns, *shown)]
    widths = list(map(max, zip(*sizes, strict=True)))
    numbers = [bool(shown) and all(_NUMBER.fullmatch(row[i] or "0") for row in shown) for i in range(len(columns))]
    lines = [_aligned(line, taken, widths, numbers) for line, taken in zip((columns, *shown), sizes, strict=True)]
    lines.insert(1, "  ".join("─" * size for size in widths))
    return "\n".join(lines) + f"\n({len(rows)} row{'' if len(rows) == 1 else 's'})\n"


def _aligned(cells: Iterable[str], taken: Iterable[int], widths: list[int], numbers: list[bool]) -> str:
    """A line of the table, of cells that take so many columns: numbers to the right, all else to the left."""
    padded = []
    for cell, size, most, right in zip(cells, taken, widths, numbers, strict=True):
        space = " " * (most - size)
        padded.append(space + cell if right else cell + space)
    return "  ".join(padded).rstrip()


def _csv(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(inert, row) for row in rows)
    return text.getvalue()


def _markdown(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([visible(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
