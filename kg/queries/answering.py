"""What the child process does with a question: binds its values, runs it, and writes the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.queries.evidence import with_evidence
from kg.queries.names import terms
from kg.queries.output import SPARQL_FORMATS, render, written
from kg.queries.refusal import refuse_half_characters, refuse_unsafe
from kg.queries.running import Rows, Triples, Truth
from kg.queries.saved import Question
from kg.queries.sparql import bind, tokens
from kg.queries.syntax import syntax_fault
from kg.vocabulary import PREFIXES


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the named graphs, and where there is one, their union with each triple once."""

    graphs: Store
    union: Store | None = None


Results = QuerySolutions | QueryBoolean | QueryTriples


def bound(store: Store, question: Question, given: Mapping[str, str]) -> str:
    """A question's query with the given values in it; `store` is where names are looked up.

    Raises:
        UserError: a value does not fit, or the query is refused.
    """
    refuse_unsafe(question.query)
    for value in given.values():
        refuse_half_characters(value)
    query = bind(question.query, terms(store, question, given))
    refuse_unsafe(query)
    return query


def rows_of(graph: Asked, question: Question, given: Mapping[str, str]) -> Rows:
    """The rows that answer a SELECT of the program's own, asked in this process and without limits.

    Raises:
        UserError: a value does not fit.
    """
    results = _results(graph, question, bound(graph.graphs, question, given))
    assert isinstance(results, QuerySolutions)
    return _rows(results)


def answer(graph: Asked, question: Question, given: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
    """The answer as SPARQL writes it: JSON, or N-Triples for CONSTRUCT and DESCRIBE; and which of them it is.

    Raises:
        UserError: a value does not fit, or the query is refused.
        SyntaxFault: the query is no SPARQL.
    """
    results = _results(graph, question, bound(graph.graphs, question, given))
    if isinstance(results, QueryTriples):
        return {"kind": "triples"}, results.serialize(format=RdfFormat.N_TRIPLES) or b""
    return {"kind": "results"}, results.serialize(format=QueryResultsFormat.JSON) or b""


def write(
    graph: Asked, question: Question, given: Mapping[str, str], options: Mapping[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """The answer as text, as `kg.queries.asking.ask` tells, and its number of rows.

    Raises:
        UserError: a value does not fit, the query is refused, or the form does not suit it.
        SyntaxFault: the query is no SPARQL.
    """
    store = graph.graphs
    query = bound(store, question, given)
    if options["dry_run"]:
        return {"rows": 1}, with_prefixes(query).encode()
    results = _results(graph, question, query)
    form = options["form"]
    if isinstance(results, QueryTriples):
        triples = Triples(tuple(sorted(set(results), key=str)))
        return {"rows": len(triples.triples)}, render(triples, form, store).encode()
    if form in SPARQL_FORMATS and not options["evidence"]:
        text, count = written(results, form)
        return {"rows": count}, text.encode()
    if isinstance(results, QueryBoolean):
        truth = Truth(bool(results))
        return {"rows": int(truth.value)}, render(truth, form, store).encode()
    rows = _rows(results)
    if options["evidence"]:
        rows = with_evidence(store, rows)
    return {"rows": len(rows.rows)}, render(rows, form, store, iris=options["iris"]).encode()


def _rows(solutions: QuerySolutions) -> Rows:
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, tuple(tuple(solution) for solution in solutions))


def _results(graph: Asked, question: Question, query: str) -> Results:
    """The store's results: of the union where the query names no graph."""
    names_graphs = any("GRAPH" in token.text.upper() for token in tokens(query) if token.kind in {"word", "name"})
    try:
        if graph.union is None or names_graphs:
            return graph.graphs.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        return graph.union.query(query, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise syntax_fault(question.query, query, error) from None


def with_prefixes(query: str) -> str:
    """A query that other tools understand too: with the prefixes that it uses and does not declare."""
    lines = [
        f"PREFIX {prefix}: <{iri}>\n"
        for prefix, iri in PREFIXES.items()
        if f"{prefix}:" in query and f"PREFIX {prefix}:" not in query
    ]
    return "".join(lines) + query.rstrip("\n") + "\n"
