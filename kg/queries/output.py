"""Answers in the forms that people and programs read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, parse_query_results, serialize

from kg.errors import UserError
from kg.queries.names import label
from kg.queries.running import Answer, Rows, Term, Triples, Truth
from kg.vocabulary import PREFIXES, XSD

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "ttl", "nt")
"""`table` and `markdown` for reading, `csv` for spreadsheets; `tsv`, `json` and `xml` as SPARQL defines them;
`ttl` and `nt` for CONSTRUCT and DESCRIBE."""

_SPARQL = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
_RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
_NUMBER = re.compile(r"[+-]?[0-9.]+")


def render(answer: Answer, form: str, store: Store, *, iris: bool = False) -> str:
    """The answer as text that ends with a line end.

    Things show by their labels, looked up in `store`, or by their IRIs where `iris` is set; `tsv`, `json` and `xml`
    always hold the terms as they are.

    Raises:
        UserError: the form does not suit the kind of query.
    """
    if isinstance(answer, Triples) or form in _RDF:
        return _triples(answer, form)
    if form in _SPARQL:
        return _sparql(answer, form)
    if isinstance(answer, Truth):
        return "true\n" if answer.value else "false\n"
    cells = _cells(answer, store, iris=iris)
    return {"table": _table, "csv": _csv, "markdown": _markdown}[form](answer.columns, cells)


def _triples(answer: Answer, form: str) -> str:
    if not isinstance(answer, Triples):
        raise UserError(f"the format {form} is for CONSTRUCT and DESCRIBE; this query gives rows")
    if form not in {*_RDF, "table"}:
        raise UserError(f"this query gives triples, which cannot be written as {form}; use ttl or nt")
    kind = _RDF.get(form, RdfFormat.TURTLE)
    prefixes = dict(PREFIXES) if kind == RdfFormat.TURTLE else None
    return (serialize(answer.triples, format=kind, prefixes=prefixes) or b"").decode()


def _sparql(answer: Rows | Truth, form: str) -> str:
    text = parse_query_results(answer.raw, format=QueryResultsFormat.JSON).serialize(format=_SPARQL[form])
    assert text is not None
    return text.decode().rstrip("\n") + "\n"


def _cells(answer: Rows, store: Store, *, iris: bool) -> list[list[str]]:
    """The rows as text."""

    @cache
    def name(iri: str) -> str:
        return iri if iris else label(store, NamedNode(iri))

    return [[_cell(term, name) for term in row] for row in answer.rows]


def _cell(term: Term | None, name: Callable[[str], str]) -> str:
    if isinstance(term, NamedNode):
        return name(term.value)
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


def width(text: str) -> int:
    """The columns that a text takes in a terminal: wide characters take two, combining ones none.

    >>> width("街道ab")
    6
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _visible(text: str) -> str:
    """A text on one line, without control characters that could steer a terminal."""
    return "".join(" " if c in "\r\n\t" else c for c in text if c in "\r\n\t" or unicodedata.category(c) != "Cc")


def _table(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    shown = [[_visible(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(columns, *shown, strict=True)]
    lines = [columns, ["─" * size for size in widths], *shown]
    numbers = [bool(shown) and all(_NUMBER.fullmatch(row[i] or "0") for row in shown) for i in range(len(columns))]
    text = "\n".join(_aligned(line, widths, numbers) for line in lines)
    return f"{text}\n({len(rows)} row{'' if len(rows) == 1 else 's'})\n"


def _aligned(cells: Iterable[str], widths: list[int], numbers: list[bool]) -> str:
    """A line of the table: numbers to the right, all else to the left."""
    padded = []
    for cell, size, right in zip(cells, widths, numbers, strict=True):
        space = " " * (size - width(cell))
        padded.append(space + cell if right else cell + space)
    return "  ".join(padded).rstrip()


def _csv(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def _inert(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula: those get a leading apostrophe."""
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(cell)
    return "'" + cell if formula else cell


def _markdown(columns: tuple[str, ...], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([_visible(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
