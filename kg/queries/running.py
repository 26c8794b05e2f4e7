"""Runs a query in a child process with a time limit, and gives the answer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
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

from kg.errors import UserError
from kg.queries.sparql import SYNTAX_STATUS, refuse_unsafe

DEFAULT_SECONDS = 60
"""How long a query may take unless the user says otherwise."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from kg.queries.worker import main; sys.exit(main())"

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to SELECT: `columns` are the variables without question mark, unbound cells None.

    `raw` is the same in SPARQL's JSON, for its other formats.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to ASK."""

    value: bool
    raw: bytes


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE."""

    triples: tuple[Triple, ...]


Answer = Rows | Truth | Triples


def run(folder: Path, query: str, seconds: float = DEFAULT_SECONDS) -> Answer:
    """The answer of the graph in `folder`, read as the union of its named graphs.

    Raises:
        UserError: the query is refused, wrong, or takes longer than `seconds`.
    """
    refuse_unsafe(query)
    request = json.dumps({"folder": str(folder.resolve()), "query": query, "seconds": seconds})
    # The child finds this very program, wherever it was started from.
    command = [sys.executable, "-c", _START, *(path or str(Path.cwd()) for path in sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the query goes in as data
            command, input=request.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise UserError(
            f"the query took longer than {seconds:g} s; narrow it, or give it longer with --timeout"
        ) from None
    if done.returncode == SYNTAX_STATUS:
        raise UserError(_syntax(done.stderr.decode()))
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or [f"status {done.returncode}"])[-1]
        raise UserError(f"the query could not be answered: {last.removeprefix('kg.errors.UserError: ')}")
    return _answer(done.stdout)


def _answer(output: bytes) -> Answer:
    kind, raw = output[:1], output[1:]
    if kind == b"T":
        found = (quad.triple for quad in parse(raw, format=RdfFormat.N_TRIPLES))
        return Triples(tuple(sorted(found, key=str)))
    results = parse_query_results(raw, format=QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return Truth(bool(results), raw)
    assert isinstance(results, QuerySolutions)
    columns = tuple(variable.value for variable in results.variables)
    return Rows(columns, tuple(tuple(solution[name] for name in columns) for solution in results), raw)


def _syntax(message: str) -> str:
    """The store's message on a wrong query, in one line.

    >>> _syntax('error at 2:16: expected one of LATERAL, [_]')
    'the query is wrong at line 2, column 16: expected one of LATERAL, [_]'
    """
    first = " ".join(message.split())
    where = re.match(r"error at (\d+):(\d+): (.*)", first)
    text = f"the query is wrong at line {where[1]}, column {where[2]}: {where[3]}" if where else first
    return text if len(text) <= 300 else text[:299] + "…"
