"""Questions to a SPARQL server instead of the graph's folder: the same saved questions, with answers in the same forms.

Values that name things are looked up on the server, and the labels of an answer's things come from it. Its default
graph must be the union of the named graphs, as it is in Virtuoso and GraphDB; what an address needs for that in other
servers (`?union-default-graph` for Oxigraph's) may stand in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import islice
from urllib.parse import urlencode

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    parse,
    parse_query_results,
)

from kg.endpoint import READABLE, Endpoint
from kg.errors import UserError
from kg.queries.answering import bound, with_prefixes
from kg.queries.child import QuerySyntaxError
from kg.queries.names import iri_of
from kg.queries.output import render
from kg.queries.refusal import refuse_half_characters, refuse_unsafe
from kg.queries.running import Answer, Rows, Triples, Truth
from kg.queries.saved import Question
from kg.queries.syntax import syntax_fault
from kg.vocabulary import GOV, PREFIXES, RDF, SCHEMA, SKOS

_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_FORM = "application/x-www-form-urlencoded; charset=utf-8"
_AT_ONCE = 100  # things whose labels are asked for at once
_CANDIDATES = 2000  # labels among which names are looked for
_NAMING = f"{SKOS.prefLabel} {SKOS.altLabel}"
_AROUND = f"{GOV.within} {GOV.basedIn} {GOV.worksFor}"


def select(url: str, text: str, seconds: float = 60) -> Answer:
    """The answer of the server at `url` to a query; the graph's prefixes are understood.

    Raises:
        UserError: the query is refused or wrong, or the server is away, slow, refuses, or answers what cannot be read.
    """
    with Endpoint(url, seconds) as endpoint:
        return _answer(endpoint, text)


def ask(
    url: str,
    question: Question,
    given: Mapping[str, str],
    *,
    form: str = "table",
    iris: bool = False,
    seconds: float = 60,
    dry_run: bool = False,
) -> tuple[str, int]:
    """The answer as text in one of `kg.queries.output.FORMATS`, and its number of rows, as `kg.queries.asking.ask`.

    Each of the few requests that it takes has `seconds`.

    Raises:
        UserError: as `select`, or a value does not fit or names nothing.
    """
    with Endpoint(url, seconds) as endpoint:
        query = bound(_named(endpoint, question, given), question, given)
        if dry_run:
            return with_prefixes(query), 1
        answer = _answer(endpoint, query)
        labels = _labelled(endpoint, answer) if not iris else Store()
    text = render(answer, form, labels, iris=iris)
    match answer:
        case Rows():
            return text, len(answer.rows)
        case Triples():
            return text, len(answer.triples)
        case _:
            return text, int(answer.value)


def _answer(endpoint: Endpoint, text: str) -> Answer:
    refuse_unsafe(text)
    kind = _kind(text)
    asked = urlencode({"query": with_prefixes(text)}).encode()
    wanted = _TRIPLES if kind is QueryTriples else _RESULTS
    answer = endpoint.request("POST", body=asked, headers={"Accept": wanted, "Content-Type": _FORM})
    if answer.status != 200:
        raise endpoint.refused(answer)
    if answer.most_rows:
        raise UserError(
            f"{endpoint.url} gives no more than {answer.most_rows[:20]} rows and has more; narrow the query"
        )
    try:
        if kind is QueryTriples:
            return _triples(answer.body, answer.media_type)
        return _rows(answer.body, truth=kind is QueryBoolean)
    except (SyntaxError, ValueError, AssertionError):
        sent = answer.media_type or "no media type"
        raise UserError(f"{endpoint.url} answers what is no SPARQL result ({sent}); is it a query endpoint?") from None


def _kind(text: str) -> type[QuerySolutions | QueryBoolean | QueryTriples]:
    """What a query gives; one that is wrong is told before anything is sent."""
    try:
        return type(Store().query(text, prefixes=dict(PREFIXES)))
    except SyntaxError as error:
        fault = syntax_fault(text, text, error)
        raise QuerySyntaxError(fault.message, fault.excerpt) from None


def _rows(body: bytes, *, truth: bool) -> Rows | Truth:
    results = parse_query_results(body, format=QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Truth(bool(results))
    assert isinstance(results, QuerySolutions)
    columns = tuple(variable.value for variable in results.variables)
    rows = Rows(columns, tuple(tuple(solution[name] for name in columns) for solution in results))
    if truth:  # Virtuoso answers ASK with a row that holds 1, or with none
        return Truth(
            any(isinstance(cell, Literal) and cell.value in {"1", "true"} for row in rows.rows for cell in row)
        )
    return rows


def _triples(body: bytes, media_type: str) -> Triples:
    form = READABLE.get(media_type)
    if form is None:
        raise ValueError(media_type)
    return Triples(tuple(sorted({quad.triple for quad in parse(body, format=form)}, key=str)))


def _named(endpoint: Endpoint, question: Question, given: Mapping[str, str]) -> Store:
    """The things that the values of a question may name, with their names and classes and where they lie."""
    store = Store()
    values = dict(question.defaults) | dict(given)
    for parameter in question.parameters:
        value = values.get(parameter.name, "")
        refuse_half_characters(value)
        if parameter.type != "thing" or not value:
            continue
        if (iri := iri_of(value)) is not None:  # the server will tell what it holds of it
            store.add(Quad(iri, RDF.type, SKOS.Concept))
        else:
            _find(endpoint, store, value)
    return store


def _find(endpoint: Endpoint, store: Store, value: str) -> None:
    """Fetch the things of that name; if there are none, those of similar names."""
    folded = unicodedata.normalize("NFKC", value).strip("“”‘’\"'「」『』《》 ")
    forms = {str(Literal(form)) for form in (value, folded) if form}
    start = str(Literal(value[:1]))
    exact = f"STR(?label) IN ({', '.join(sorted(forms))})"
    similar = f"CONTAINS(STR(?label), {min(forms)}) || STRSTARTS(STR(?label), {start})"
    for condition in (exact, similar):
        rows = _answer(
            endpoint,
            f"SELECT DISTINCT ?thing ?predicate ?label {{ VALUES ?predicate {{ {_NAMING} }} "
            f"?thing ?predicate ?label FILTER({condition}) }} LIMIT {_CANDIDATES}",
        )
        if _add(store, rows):
            break
    things = {quad.subject for quad in store if isinstance(quad.subject, NamedNode)}
    for some in _in_parts(things):
        for about in (str(RDF.type), _AROUND if len(things) < _AT_ONCE else ""):
            if about:
                _add(store, _answer(endpoint, _values_of(some, about)))
    places = {quad.object for quad in store if isinstance(quad.object, NamedNode) and quad.predicate != RDF.type}
    _fetch_labels(endpoint, store, places - things)


def _labelled(endpoint: Endpoint, answer: Answer) -> Store:
    """The labels of the things in an answer."""
    store = Store()
    if isinstance(answer, Rows):
        _fetch_labels(endpoint, store, {cell for row in answer.rows for cell in row if isinstance(cell, NamedNode)})
    return store


def _fetch_labels(endpoint: Endpoint, store: Store, things: Iterable[NamedNode]) -> None:
    for some in _in_parts(things):
        _add(store, _answer(endpoint, _values_of(some, f"{SKOS.prefLabel} {SCHEMA.headline}")))


def _values_of(things: str, predicates: str) -> str:
    given = f"VALUES ?thing {{ {things} }} VALUES ?predicate {{ {predicates} }}"
    return f"SELECT DISTINCT ?thing ?predicate ?value {{ {given} ?thing ?predicate ?value }}"


def _in_parts(things: Iterable[NamedNode]) -> Iterable[str]:
    remaining = iter(sorted(things, key=str))
    while some := list(islice(remaining, _AT_ONCE)):
        yield " ".join(map(str, some))


def _add(store: Store, answer: Answer) -> bool:
    """Put rows of a thing, a property and its value into a store; whether there was one."""
    assert isinstance(answer, Rows)
    store.extend(Quad(*row) for row in answer.rows)  # type: ignore[arg-type]
    return bool(answer.rows)
