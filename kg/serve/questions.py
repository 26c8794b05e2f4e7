"""Saved questions on a page: their forms, and their answers as rows of a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.network import KINDS, PLACES
from kg.queries.names import shortened
from kg.serve.things import title
from kg.vocabulary import ID, PREFIXES, label

if TYPE_CHECKING:
    from kg.queries.saved import Question
    from kg.queries.sparql import Parameter
    from kg.serve.snapshot import Snapshot

FORMATS = ("csv", "tsv", "json", "xml", "markdown")
TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "markdown": "text/markdown",
}
ENDINGS = {"markdown": "md"}
MOST_SHOWN = 500
"""Rows of an answer that a page shows; a download has them all."""

_MOST_SUGGESTED = 200
_LARGE = 10_000
_NUMBERS = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "integer", "double"))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form: what it takes, whether it must be filled, what it holds, and suggestions."""

    name: str
    type: str
    required: bool
    value: str
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an answer: its text, the IRI of the graph that it names, and whether it is a number."""

    text: str
    iri: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be shown: so many rows of it, and how many there are; `truth` is that of ASK."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    truth: bool | None = None


def fields(snapshot: Snapshot, question: Question, given: dict[str, str]) -> tuple[Field, ...]:
    """The form of a question, filled with what is given."""
    defaults = dict(question.defaults)
    return tuple(
        Field(
            parameter.name,
            parameter.type,
            not parameter.optional and parameter.name not in defaults,
            given.get(parameter.name, defaults.get(parameter.name, "")),
            _suggested(snapshot, parameter),
        )
        for parameter in sorted(question.parameters, key=lambda parameter: (parameter.optional, parameter.name))
    )


def given_of(question: Question, query: dict[str, str]) -> dict[str, str]:
    """The values of a form that belong to a question; what is left empty is not given."""
    names = {parameter.name for parameter in question.parameters}
    return {name: value for name, value in query.items() if name in names and value.strip()}


def _suggested(snapshot: Snapshot, parameter: Parameter) -> tuple[str, ...]:
    if parameter.type != "thing":
        return ()
    kind = parameter.name.capitalize()
    kinds = PLACES if parameter.name in {"place", "area"} else (kind,) if kind in {*KINDS, "Indicator"} else KINDS
    return tuple(dict.fromkeys(entry.label for entry in snapshot.index.most_named(kinds, _MOST_SUGGESTED)))


def answer_of(snapshot: Snapshot, text: str, language: str) -> Answer:
    """An answer in SPARQL's JSON, to be shown."""
    data = json.loads(text)
    if "boolean" in data:
        return Answer((), (), 1, truth=bool(data["boolean"]))
    columns = tuple(data["head"]["vars"])
    found = data["results"]["bindings"]
    rows = tuple(tuple(_cell(snapshot, row.get(name), language) for name in columns) for row in found[:MOST_SHOWN])
    return Answer(columns, rows, len(found))


def _cell(snapshot: Snapshot, term: dict[str, Any] | None, language: str) -> Cell:
    match (term or {}).get("type"):
        case "uri":
            return _named(snapshot, str((term or {})["value"]), language)
        case "literal" | "typed-literal" | "bnode":
            value, kind = str((term or {})["value"]), (term or {}).get("datatype", "")
            return Cell(_plain(value), number=True) if kind in _NUMBERS else Cell(value)
        case "triple":
            return Cell(json.dumps((term or {})["value"], ensure_ascii=False))
    return Cell("")


def _named(snapshot: Snapshot, iri: str, language: str) -> Cell:
    node = NamedNode(iri)
    if iri.startswith(ID):
        return Cell(title(snapshot, iri), iri)
    try:
        return Cell(label(node, language))
    except KeyError:
        return Cell(shortened(node))


def _plain(value: str) -> str:
    """A number to be read; small ones have no comma, since they may be years."""
    try:
        exact = round(Decimal(value), 6)
    except InvalidOperation:
        return value
    number = format(exact, ",f" if abs(exact) >= _LARGE else "f")
    return number.rstrip("0").rstrip(".") if "." in number else number
