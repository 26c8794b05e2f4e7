"""Runs a query in a child process within limits, and gives the answer as terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.queries.child import DEFAULT_SECONDS, Limits, work
from kg.queries.saved import Question

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT: `columns` are the variables without question mark, unbound cells None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE, sorted, each once."""

    triples: tuple[Triple, ...]


Answer = Rows | Truth | Triples


def run(folder: Path, query: str, seconds: float = DEFAULT_SECONDS) -> Answer:
    """The answer of the graph in `folder`, read as the union of its named graphs.

    Raises:
        UserError: the query is refused, wrong, or takes longer than `seconds`.
    """
    return answer_to(folder, Question("query", query), {}, Limits(seconds))


def answer_to(folder: Path, question: Question, given: Mapping[str, str], limits: Limits) -> Answer:
    """The answer to a question with the values given for its parameters.

    Raises:
        UserError: the query is refused or wrong, a value does not fit, or a limit is reached.
    """
    told, raw = work("terms", folder, limits, name=question.name, query=question.query, given=dict(given))
    if told["kind"] == "triples":
        found = {quad.triple for quad in parse(raw, format=RdfFormat.N_TRIPLES)}  # the union of graphs repeats some
        return Triples(tuple(sorted(found, key=str)))
    results = parse_query_results(raw, format=QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Truth(bool(results))
    assert isinstance(results, QuerySolutions)
    columns = tuple(variable.value for variable in results.variables)
    return Rows(columns, tuple(tuple(solution[name] for name in columns) for solution in results))
