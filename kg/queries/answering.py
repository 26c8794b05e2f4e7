"""What the child process does with a question: binds its values, runs it, and writes the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
    serialize,
)

from kg.errors import UserError
from kg.queries.names import terms
from kg.queries.output import SPARQL_FORMATS, as_json, render, written
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

    @property
    def pool(self) -> Store:
        """Where names and sentences are looked up: each article states them anew, the union once."""
        return self.union or self.graphs


Each = TypeVar("Each")
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
    results = _results(graph, question, bound(graph.pool, question, given))
    assert isinstance(results, QuerySolutions)
    return _rows(results)


def answer(graph: Asked, question: Question, given: Mapping[str, str]) -> tuple[dict[str, Any], bytes]:
    """The answer as SPARQL writes it: JSON, or N-Triples for CONSTRUCT and DESCRIBE; and which of them it is.

    Raises:
        UserError: a value does not fit, or the query is refused.
        SyntaxFault: the query is no SPARQL.
    """
    results = _results(graph, question, bound(graph.pool, question, given))
    if isinstance(results, QueryTriples):
        return {"kind": "triples"}, results.serialize(format=RdfFormat.N_TRIPLES) or b""
    return {"kind": "results"}, results.serialize(format=QueryResultsFormat.JSON) or b""


def protocol(
    graph: Asked, question: Question, results: str, triples: str, *, base: str, most_rows: int | None
) -> tuple[dict[str, Any], bytes]:
    """The answer in the media type `results` of rows or truth, or `triples` of an RDF graph, which it then tells.

    Where that is "" the client takes no such answer, and gets none. Variables are never parameters. Relative
    names (`<s>`) are those of the address `base`.

    Raises:
        UserError: the query is refused, or gives more than `most_rows`.
        SyntaxFault: the query is no SPARQL.
    """
    refuse_unsafe(question.query)
    found = _results(graph, question, question.query, base if _is_address(base) else None)
    media = triples if isinstance(found, QueryTriples) else results
    if not media:
        return {"type": ""}, b""
    if isinstance(found, QueryTriples):
        unique = sorted(set(_at_most(found, most_rows)), key=str)
        prefixes = dict(PREFIXES) if media in {"text/turtle", "application/ld+json"} else None
        return {"type": media}, serialize(unique, format=RdfFormat.from_media_type(media), prefixes=prefixes) or b""
    form = QueryResultsFormat.from_media_type(media)
    assert form is not None
    if isinstance(found, QuerySolutions) and most_rows is not None:
        rows = parse_query_results(as_json(_rows(found, most_rows)), format=QueryResultsFormat.JSON)
        return {"type": media}, rows.serialize(format=form) or b""
    return {"type": media}, found.serialize(format=form) or b""


def _is_address(text: str) -> bool:
    """Whether names can be relative to it; a client may have asked by any name."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _at_most(found: Iterable[Each], most: int | None) -> Iterator[Each]:
    """All there is; an error where it is more than `most`."""
    for number, each in enumerate(found):
        if most is not None and number >= most:
            raise UserError(f"the answer has more than {most:,} rows; narrow the query, or add LIMIT {most}")
        yield each


def _columns(solutions: QuerySolutions) -> tuple[str, ...]:
    return tuple(variable.value for variable in solutions.variables)


def write(
    graph: Asked, question: Question, given: Mapping[str, str], options: Mapping[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """The answer as text, as `kg.queries.asking.ask` tells, and its number of rows.

    Raises:
        UserError: a value does not fit, the query is refused, or the form does not suit it.
        SyntaxFault: the query is no SPARQL.
    """
    store = graph.pool
    query = bound(store, question, given)
    if options["dry_run"]:
        return {"rows": 1}, with_prefixes(query).encode()
    results = _results(graph, question, query)
    form, most = options["form"], options.get("most_rows")
    if isinstance(results, QueryTriples):
        triples = Triples(tuple(sorted(set(_at_most(results, most)), key=str)))
        return {"rows": len(triples.triples)}, render(triples, form, store).encode()
    if form in SPARQL_FORMATS and not options["evidence"] and most is None:
        text, count = written(results, form)
        return {"rows": count}, text.encode()
    if isinstance(results, QueryBoolean):
        truth = Truth(bool(results))
        return {"rows": int(truth.value)}, render(truth, form, store).encode()
    rows = _rows(results, most)
    if options["evidence"]:
        from kg.queries.evidence import with_evidence  # noqa: PLC0415 - most questions are asked without

        rows = with_evidence(store, rows)
    return {"rows": len(rows.rows)}, render(rows, form, store, iris=options["iris"]).encode()


def _rows(solutions: QuerySolutions, most: int | None = None) -> Rows:
    return Rows(_columns(solutions), tuple(tuple(solution) for solution in _at_most(solutions, most)))


def _results(graph: Asked, question: Question, query: str, base: str | None = None) -> Results:
    """The store's results: of the union where the query names no graph."""
    names_graphs = any("GRAPH" in token.text.upper() for token in tokens(query) if token.kind in {"word", "name"})
    try:
        if graph.union is None or names_graphs:
            return graph.graphs.query(query, base_iri=base, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        return graph.union.query(query, base_iri=base, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise syntax_fault(question.query, query, error, base) from None


def with_prefixes(query: str) -> str:
    """A query that other tools understand too: with the prefixes that it uses and does not declare."""
    lines = [
        f"PREFIX {prefix}: <{iri}>\n"
        for prefix, iri in PREFIXES.items()
        if f"{prefix}:" in query and f"PREFIX {prefix}:" not in query
    ]
    return "".join(lines) + query.rstrip("\n") + "\n"
