"""The command line: declarations, and bodies of a few lines.

Answers go to standard output, progress and remarks to standard error. Exit status: 0 done; 1 the work failed, what is
there could not be read, or something was skipped under --strict; 2 wrong usage; 130 stopped by Ctrl-C, 143 by SIGTERM.
Each command imports only what it needs.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from kg import __version__
from kg.commands.annotating import annotate
from kg.commands.asking import query
from kg.commands.building import build, load
from kg.commands.common import NumberRange, PathName, graph_option, progress, remark
from kg.commands.refusals import refusal
from kg.commands.reviewing import review
from kg.commands.serving import serve
from kg.commands.telling import compare, dossier
from kg.displays import write_what_can_be_written
from kg.errors import UserError, WrongUsage
from kg.processes import Stopped, stopped_by_signals

NOT_TEXT = "an argument is not text in this system's encoding (half a character); write it in UTF-8"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Reads Chinese local-governance news into an RDF graph in which every fact leads back to its sentence."""


cli.add_command(query)
cli.add_command(build)
cli.add_command(load)
cli.add_command(annotate)
cli.add_command(review)
cli.add_command(dossier)
cli.add_command(compare)
cli.add_command(serve)


@cli.command()
@click.argument("target", metavar="[FILE.html]", default="network.html", type=PathName())
@graph_option
@click.option("--around", metavar="NAME", help="Only this thing and what lies near it.")
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True, help="Links from --around.")
@click.option(
    "--type", "kinds", metavar="CLASS", multiple=True, help="Only things of this class (Program); repeatable."
)
@click.option("--district", "districts", metavar="NAME", multiple=True, help="Only what belongs to it; repeatable.")
@click.option("--year", "years", type=int, multiple=True, help="Only what belongs to this year; repeatable.")
@click.option("--top", type=click.IntRange(min=1), help="Only so many of the weightiest things.")
@click.option("--max-nodes", type=click.IntRange(min=1), help="Most things on the page.  [default: 5000]")
@click.option(
    "--lang", "language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of the page's text."
)
@click.option("--strict-identity", is_flag=True, help="Say nothing of things that may be the same.")
def view(target: Path, graph: Path, max_nodes: int | None, **choices: Any) -> None:
    """Write the interactive network: one HTML file that opens offline."""
    if target.suffix.lower() not in {".html", ".htm", ".txt", ""}:
        raise click.BadParameter(f"a page of HTML has the ending .html, not {target.suffix}", param_hint="FILE")
    from kg.view import MOST_NODES, ViewOptions
    from kg.view import view as write_view

    report = write_view(graph, target, ViewOptions(max_nodes=max_nodes or MOST_NODES, **choices))
    remark(f"{report.target}: {report.nodes} things, {report.edges} links, {report.metrics} metrics")
    if target.is_file() and target.suffix.lower() not in {".html", ".htm"}:
        remark(f"{target} is a page of HTML; browsers know it by a name that ends in .html")
    if report.left_out:
        remark(f"{report.left_out} more were left out; all of them: {report.command}")


@cli.command()
@click.argument("target", metavar="FILE|FOLDER/")
@graph_option
@click.option("--format", "form", metavar="FORMAT", help="Format, where the file's ending does not tell: ttl, nq ...")
@click.option(
    "--only", type=click.Choice(["all", "facts", "provenance"]), default="all", show_default=True,
    help="Facts without where they were read, or the articles, passages and claims alone.",
)  # fmt: skip
@click.option("--district", "districts", metavar="NAME", multiple=True, help="Only what belongs to it; repeatable.")
@click.option(
    "--article", "articles", metavar="NAME", multiple=True, help="Only what it says: file or headline; repeatable."
)
def export(target: str, graph: Path, form: str | None, **choices: Any) -> None:
    """Write the graph for other tools, by the ending of the file.

    \b
    RDF            .ttl .nt .nq .trig .jsonld .rdf
    networks       .graphml .gexf (with years as intervals)
    tables         .csv .parquet of the metrics; FOLDER/ of CSV for neo4j-admin
    description    .void.ttl (DCAT and VoID)
    sidecars       PAGE.facts.json, which kg build reads beside PAGE; FOLDER/ of them with --format facts

    The file - is standard output, with --format.
    """  # noqa: D301 - \b is click's own mark
    from kg.export import TABLES, Selection
    from kg.export import export as write_export

    if not target:
        raise click.BadParameter("an empty name is that of no file or folder", param_hint="FILE")
    if form is None and target.endswith(("/", os.sep)):
        form = TABLES
    write_export(graph, Path(target), form, Selection(**choices))
    if target != "-":
        remark(f"wrote {target}")


@cli.command()
@graph_option
@click.option("--endpoint", metavar="URL", required=True, help="The server's Graph Store.")
@click.option(
    "--timeout", metavar="SECONDS", type=NumberRange(min=0.1, max=86400), default=60, show_default=True,
    help="Give up on an article after so long.",
)  # fmt: skip
@click.option("--prune", is_flag=True, help="Delete articles that an earlier push put there and the graph has no more.")
@click.option(
    "--shards", metavar="FOLDER", type=PathName(),
    help="Push what kg build --engine spark wrote, instead of a graph.",
)  # fmt: skip
def push(graph: Path, endpoint: str, timeout: float, shards: Path | None, *, prune: bool) -> None:
    """Load the graph into a SPARQL server, one named graph an article, in the place of what an earlier push put there.

    \b
    The Graph Store of     is at
    Virtuoso               http://HOST:8890/sparql-graph-crud-auth
    Fuseki                 http://HOST:3030/DATASET/data
    GraphDB                http://HOST:7200/repositories/NAME/rdf-graphs/service
    Oxigraph               http://HOST:7878/store

    User and password, if the server asks for them, come from KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD.
    """  # noqa: D301 - as above
    from kg.push import push as push_graph
    from kg.push import push_shards

    source, pushed = (graph, push_graph) if shards is None else (shards, push_shards)
    done = pushed(source, endpoint, timeout, prune=prune, progress=progress("put", "graphs"))
    deleted = f", {done.deleted} deleted" if done.deleted else ""
    remark(f"{endpoint}: {done.graphs} graphs put ({done.triples} triples){deleted}")


@cli.command()
@click.argument("before", metavar="GRAPH", type=PathName())
@click.argument("after", metavar="GRAPH", type=PathName())
@click.option(
    "-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Output."
)
@click.option("--any-rule", is_flag=True, help="A fact that both have is no change, whichever rules found it.")
@click.option("--evidence", is_flag=True, help="Add the sentence that says so to each (table).")
@click.option("--exit-code", is_flag=True, help="Exit with status 1 if the graphs differ.")
def diff(before: Path, after: Path, form: str, *, any_rule: bool, evidence: bool, exit_code: bool) -> None:
    """Tell which facts came and went between two graphs, by article and rule.

    Each is a graph's folder, or what kg export wrote from one: a .nq or .trig file. With --any-rule --evidence the
    readings of rules and of a model are compared, as a list for review.
    """
    from kg.diff import as_json, table
    from kg.diff import diff as changes_between

    changes = list(changes_between(before, after, any_rule=any_rule))
    click.echo(as_json(changes) if form == "json" else table(changes, evidence=evidence), nl=False)
    if exit_code and changes:
        sys.exit(1)


@cli.command()
@graph_option
def check(graph: Path) -> None:
    """Validate the graph against the SHACL shapes; exit with status 1 and a line a fault if it does not conform."""
    from kg.check import check as check_graph

    faults = check_graph(graph, progress("checked", "articles"))
    for fault in faults:
        click.echo(f"{fault.article}\t{fault.focus}\t{fault.path}\t{fault.message}\t{fault.value}")
    remark(f"{graph}: {len(faults)} faults" if faults else f"{graph}: conforms to the shapes")
    if faults:
        sys.exit(1)


@cli.command()
@click.argument("page", metavar="FILE", type=PathName(exists=True, dir_okay=False))
@click.option("--decision", metavar="NAME", help="Only this decision (programs).")
@click.option("--taken", is_flag=True, help="Only what was taken.")
def explain(page: Path, decision: str | None, *, taken: bool) -> None:
    """Tell why: every candidate of a file's learned decisions with what spoke for and against it."""
    from kg.explain import explained

    for line in explained(page, decision, taken=taken):
        click.echo(line)


@cli.command()
@graph_option
def info(graph: Path) -> None:
    """Tell what the graph holds."""
    from kg.info import describe

    click.echo(describe(graph), nl=False)


@cli.command()
@click.argument("gold", metavar="GOLD...", nargs=-1, required=True, type=PathName(exists=True, dir_okay=False))
@graph_option
@click.option("--misses", is_flag=True, help="List every fact missed, wrong or half right first.")
@click.option("--by-rule", is_flag=True, help="Add the precision of each rule.")
@click.option("--by-source", is_flag=True, help="Add the precision of rules, models and persons, by kind of fact.")
@click.option("--by-confidence", is_flag=True, help="Add how often facts were right, by how sure the graph is of them.")
@click.option("--json", "json_file", metavar="FILE", type=PathName(), help="Write the figures here too.")
def evaluate(gold: tuple[Path, ...], graph: Path, json_file: Path | None, **shown: bool) -> None:
    """Compare the graph with gold facts: precision, recall and F1.

    Years and areas of numbers are judged where the gold facts have one; a year that is read where they have none counts
    as nothing.
    """
    from kg.evaluate import evaluate as compare

    figures = compare(graph, gold)
    click.echo(figures.text(**shown), nl=False)
    if json_file:
        figures.write_json(json_file)


def main() -> None:
    """The entry point: errors that a user can mend become one line and a status."""
    try:
        write_what_can_be_written()
        with stopped_by_signals():
            status = cli(prog_name="kg", standalone_mode=False)
            sys.stdout.flush()
    except UserError as error:
        _fail(str(error), 2 if isinstance(error, WrongUsage) else 1, getattr(error, "excerpt", ""))
    except UnicodeEncodeError:
        _fail(NOT_TEXT, 2)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.UsageError as error:
        hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        _fail(f"{error.format_message()}{hint}", error.exit_code)
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except (KeyboardInterrupt, click.Abort, Stopped) as error:
        _fail("stopped", 128 + getattr(error, "number", signal.SIGINT))
    except BrokenPipeError:
        # Whoever reads has enough; nothing may be flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, MemoryError) as error:
        _fail(refusal(error), 1)
    sys.exit(status if isinstance(status, int) else 0)


def _fail(message: str, status: int, excerpt: str = "") -> None:
    """Ends with one line, and under it the place in the user's text where there is one."""
    click.echo(f"kg: {' '.join(message.split())}", err=True)
    if excerpt:
        click.echo(excerpt, err=True)
    sys.exit(status)
