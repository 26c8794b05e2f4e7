"""`kg query`: saved questions and queries, asked of a graph's folder or of a server."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.common import NumberRange, graph_option

if TYPE_CHECKING:
    from kg.queries.saved import Question

QUERY_FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown", "ttl", "nt", "jsonld", "rdf")


@click.command()
@click.argument("question", metavar="[NAME|FILE|-]", required=False)
@graph_option
@click.option("-q", "--text", metavar="SPARQL", help="The query itself; the graph's prefixes are understood.")
@click.option("-p", "--param", "params", metavar="NAME=VALUE", multiple=True, help="Value of a parameter; repeatable.")
@click.option(
    "-f", "--format", "form", type=click.Choice(QUERY_FORMATS), default="table", show_default=True, help="Output."
)
@click.option("--iris", is_flag=True, help="Show IRIs in place of labels (table, csv, markdown).")
@click.option("--bom", is_flag=True, help="Begin with a byte order mark, for CSV that Excel opens.")
@click.option(
    "--timeout", metavar="SECONDS", type=NumberRange(min=0.1, max=86400), default=60, show_default=True,
    help="Give up after so long.",
)  # fmt: skip
@click.option(
    "--memory", metavar="MB", type=click.IntRange(256, 1_000_000_000), default=2048, show_default=True,
    help="Give up beyond so much memory.",
)  # fmt: skip
@click.option("--evidence", is_flag=True, help="Add the sentence, headline and file of each row's fact.")
@click.option("--strict-identity", is_flag=True, help="Do not follow things that may be the same (close matches).")
@click.option("--dry-run", is_flag=True, help="Print the query with its values bound, and do not run it.")
@click.option("--fail-empty", is_flag=True, help="Exit with status 1 if there is no answer.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL server instead of the graph's folder.")
def query(question: str | None, graph: Path, text: str | None, params: tuple[str, ...], **options: Any) -> None:
    """Run a saved question, a query from a file, or one from standard input (-).

    Without arguments it lists the saved questions. A value that names a thing may be any printed form of its name
    (拱墅 for 拱墅区) or its IRI.
    """
    from kg.queries.asking import ask, list_questions

    if question is None and text is None and not params:
        click.echo(list_questions(), nl=False)
        return
    asked = _question(question, text)
    given = _pairs(params)
    if options["strict_identity"] and any(parameter.name == "identity" for parameter in asked.parameters):
        given["identity"] = "strict"
    if options["endpoint"]:
        output, rows = _ask_server(asked, given, options)
    else:
        output, rows = ask(graph, asked, given, **_chosen(options))
    _show("\ufeff" * options["bom"] + output, paged=options["form"] == "table")
    if options["fail_empty"] and not rows:
        sys.exit(1)


def _question(name: str | None, text: str | None) -> Question:
    """The question that the arguments name."""
    from kg.queries.saved import find_question, read_question

    if text is not None:
        if name is not None:
            raise click.UsageError("give either a question's name or -q, not both")
        return read_question("query", text)
    if not name:
        raise click.UsageError("name a question, a file or -, or give a query with -q")
    if name == "-":
        return read_question("query", sys.stdin.read())
    return find_question(name)


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    """The values of -p by name."""
    pairs = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise click.BadParameter(f"{param!r} has no '='; write NAME=VALUE", param_hint="-p")
        if name.strip() in pairs:
            raise click.BadParameter(f"{name.strip()} is given twice; give it once", param_hint="-p")
        pairs[name.strip()] = value
    return pairs


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    """The options that decide on the answer, as `ask` names them."""
    from kg.queries.child import Limits

    chosen = {name: options[name] for name in ("form", "iris", "evidence", "dry_run")}
    return chosen | {"limits": Limits(options["timeout"], options["memory"])}


def _ask_server(asked: Question, given: dict[str, str], options: dict[str, Any]) -> tuple[str, int]:
    """The answer of a server, as that of a graph's folder."""
    from kg.remote import ask

    if options["evidence"]:
        raise click.UsageError("--evidence is for a graph's folder; a server cannot be asked for it")
    chosen = {name: options[name] for name in ("form", "iris", "dry_run")}
    return ask(options["endpoint"], asked, given, seconds=options["timeout"], **chosen)


def _show(text: str, *, paged: bool) -> None:
    """Writes an answer, through a pager where a person reads it on a terminal."""
    if paged and sys.stdout.isatty():
        os.environ.setdefault("LESS", "-FRSX")  # no pager for what fits, no broken lines
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)
