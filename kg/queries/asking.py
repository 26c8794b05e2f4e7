"""Asks a graph a question, from values to the written answer; the work is done in a child process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.queries.child import Limits, Work
from kg.queries.child import work as work_once
from kg.queries.saved import Question, saved_questions
from kg.queries.text import width


def ask(
    folder: Path,
    question: Question,
    given: Mapping[str, str],
    *,
    form: str = "table",
    iris: bool = False,
    evidence: bool = False,
    limits: Limits | None = None,
    dry_run: bool = False,
    most_rows: int | None = None,
    work: Work = work_once,
) -> tuple[str, int]:
    """The answer as text in one of `kg.queries.output.FORMATS`, and its number of rows.

    With `evidence` each row that has a fact gets the sentence that tells it, its headline and file; with `dry_run` the
    text is the query that would be run, prefixes included. Of an answer with more than `most_rows` nothing is given.
    `work` has a child do it, as that of `kg.queries.child` or of a `kg.queries.pool`.

    Raises:
        UserError: no graph, a value or query that is wrong, no answer within the limits, or an unfitting form.
    """
    options = {"form": form, "iris": iris, "evidence": evidence, "dry_run": dry_run, "most_rows": most_rows}
    told, text = work(
        "text",
        folder,
        limits or Limits(),
        name=question.name,
        query=question.query,
        given=dict(given),
        options=options,
    )
    return text.decode(), told["rows"]


def list_questions() -> str:
    """The saved questions with what they tell and which values they take."""
    questions = saved_questions()
    longest = max((width(question.name) for question in questions), default=0)
    lines = []
    for question in questions:
        lines.append(f"{question.name.ljust(longest)}  {question.summary}")
        values = {name: "|".join(allowed) for name, allowed in question.choices}
        given = [f"-p {p.name}={values.get(p.name, '…')}" for p in question.parameters]
        given = [f"[{each}]" if p.optional else each for each, p in zip(given, question.parameters, strict=True)]
        if given:
            lines.append(f"{' ' * longest}  {' '.join(given)}")
    return "\n".join([*lines, "", "Run one with: kg query NAME [-p NAME=VALUE]", ""])
