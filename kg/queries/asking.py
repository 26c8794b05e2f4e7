"""Asks a graph a question, from values to the written answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Store

from kg.queries.names import terms
from kg.queries.output import render, width
from kg.queries.running import DEFAULT_SECONDS, Rows, Triples, run
from kg.queries.saved import Question, saved_questions
from kg.queries.sparql import bind, refuse_unsafe
from kg.store import open_graph
from kg.vocabulary import PREFIXES


def bound(store: Store, question: Question, given: Mapping[str, str]) -> str:
    """A question's query with the given values in it; `store` is where names are looked up.

    Raises:
        UserError: a value does not fit, or the query is refused.
    """
    refuse_unsafe(question.query)
    return bind(question.query, terms(store, question, given))


def ask(
    folder: Path,
    question: Question,
    given: Mapping[str, str],
    *,
    form: str = "table",
    iris: bool = False,
    seconds: float = DEFAULT_SECONDS,
    dry_run: bool = False,
) -> tuple[str, int]:
    """The answer as text in one of `kg.queries.output.FORMATS`, and its number of rows.

    With `dry_run` the text is the query that would be run, prefixes included.

    Raises:
        UserError: no graph, a value or query that is wrong, no answer in time, or an unfitting form.
    """
    store = open_graph(folder)
    query = bound(store, question, given)
    if dry_run:
        return _with_prefixes(query), 1
    answer = run(folder, query, seconds)
    text = render(answer, form, store, iris=iris)
    match answer:
        case Rows():
            return text, len(answer.rows)
        case Triples():
            return text, len(answer.triples)
        case _:
            return text, int(answer.value)


def _with_prefixes(query: str) -> str:
    """A query that other tools understand too: with the prefixes that it uses and does not declare."""
    lines = [
        f"PREFIX {prefix}: <{iri}>\n"
        for prefix, iri in PREFIXES.items()
        if f"{prefix}:" in query and f"PREFIX {prefix}:" not in query
    ]
    return "".join(lines) + query.rstrip("\n") + "\n"


def list_questions() -> str:
    """The saved questions with what they tell and which values they take."""
    questions = saved_questions()
    longest = max((width(question.name) for question in questions), default=0)
    lines = []
    for question in questions:
        lines.append(f"{question.name.ljust(longest)}  {question.summary}")
        given = [f"-p {p.name}=…" if not p.optional else f"[-p {p.name}=…]" for p in question.parameters]
        if given:
            lines.append(f"{' ' * longest}  {' '.join(given)}")
    return "\n".join([*lines, "", "Run one with: kg query NAME [-p NAME=VALUE]", ""])
