"""`kg build`: files into the graph, with a person's own word on them."""

from __future__ import annotations

import csv
import io
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import graph_option, progress, remark

if TYPE_CHECKING:
    from kg.build import BuildReport

MOST_REFUSED = 50
"""So many refused facts of a page are listed."""
MOST_SKIPPED = 20
"""So many skipped files are told where a file lists them all."""


def publication_date(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """The value of --published, as a date of which month and day may be left out."""
    from kg.corrections.fields import Fault, Fields

    try:
        return Fields({"published": value}).day("published") if value else ""
    except Fault as fault:
        raise click.BadParameter(str(fault)) from None


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@graph_option
@click.option("--jobs", type=click.IntRange(min=1), show_default="one a core", help="Processes that read files.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0,
    show_default=True,
    help="Leave out facts of rules that were right less often than this, from 0 to 1.",
)
@click.option(
    "--corrections",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Apply these corrections; repeatable.  [default: corrections.toml in the graph's folder, beside inputs]",
)
@click.option(
    "--facts",
    type=click.Choice(["only", "add", "agree", "rules"]),
    default="only",
    show_default=True,
    help="Of a page with a sidecar PAGE.facts.json: its facts alone, ours too, what both say, or ours alone.",
)
@click.option(
    "--published",
    metavar="DATE",
    default="",
    callback=publication_date,
    help="Of pages that tell none: 2024-03-31, 2024-03 or 2024.",
)
@click.option(
    "--skipped",
    "skipped_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="List all files that were not read, or in part, with the reason: tab-separated, a line each.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with status 1 if any file was skipped, a folder holds none, or a correction does not fit.",
)
def build(  # noqa: PLR0917 - click gives them by name
    inputs: tuple[Path, ...],
    graph: Path,
    jobs: int | None,
    min_confidence: float,
    corrections: tuple[Path, ...],
    facts: str,
    published: str,
    skipped_file: Path | None,
    *,
    strict: bool,
) -> None:
    """Read files and folders (.txt .md .html .jsonl .jsonl.gz .jsonl.zst .parquet) into the graph.

    Only what changed since the last build is read again. A file that was read from a folder named here and is no
    longer there leaves the graph; what came from other inputs stays. A file that is no text is skipped with its reason;
    what the graph held from it stays. A record of .jsonl, a row or a sidecar that cannot be read costs itself alone,
    unless the graph already has the file. The exit status is 1 where former facts stay, a record or sidecar is broken,
    or the system withholds a file or folder; with --strict wherever anything was skipped.
    """
    from kg.build import build as build_graph
    from kg.sidecars import Mode

    shown = progress()
    report = build_graph(
        inputs,
        graph,
        jobs=jobs,
        min_confidence=Decimal(str(min_confidence)),
        corrections=corrections or None,
        facts=Mode(facts),
        published=published,
        progress=shown,
        articles=shown.articles if shown else None,
    )
    if skipped_file:
        _list_skipped(report, skipped_file)
    _tell(report, graph, skipped_file)
    failed = any(skipped.fault or skipped.unread or skipped.kept for skipped in report.skipped)
    if failed or (strict and (report.skipped or report.remarks or report.refused)):
        sys.exit(1)


def _list_skipped(report: BuildReport, target: Path) -> None:
    """Write the table of what was not read; it is written also where nothing was skipped."""
    from kg.outputs import write_whole
    from kg.reading.files import readable

    text = io.StringIO()
    table = csv.writer(text, delimiter="\t", lineterminator="\n")
    table.writerow(("file", "how", "kept", "reason"))
    for each in report.skipped:
        how, kept = "in part" if each.partly else "skipped", "yes" if each.kept else "no"
        table.writerow((readable(str(each.path)), how, kept, each.reason))
    write_whole(target, lambda file: file.write(text.getvalue().encode("utf-8", "backslashreplace")))


def _tell(report: BuildReport, graph: Path, listed: Path | None) -> None:
    from kg.reading.files import readable

    if report.damage:
        remark(f"the graph in {graph} was damaged ({report.damage}): all that it was built from was read anew")
    for skipped in report.skipped[: MOST_SKIPPED if listed else None]:
        how = "read in part" if skipped.partly else "skipped"
        kept = "; what the graph held from it stays" * skipped.kept
        remark(f"{how} {readable(str(skipped.path))}: {skipped.reason}{kept}")
    if listed and len(report.skipped) > MOST_SKIPPED:
        remark(f"and {len(report.skipped) - MOST_SKIPPED} files more, all listed in {listed}")
    for path, facts in report.refused:
        remark(f"{readable(path.name)}: {len(facts)} facts of its sidecar were refused")
        for fact in facts[:MOST_REFUSED]:
            remark(f"  {' '.join(fact.split())}")
        if len(facts) > MOST_REFUSED:
            remark(f"  and {len(facts) - MOST_REFUSED} more")
    for text in report.remarks:
        remark(text)
    if report.proposed:
        remark(f'{report.proposed} proposed corrections wait for your word: accept = "yes" or "no"')
    parts = [f"{len(report.read)} files read ({report.articles} articles)", f"{len(report.unchanged)} unchanged"]
    whole = sum(not skipped.partly for skipped in report.skipped)
    parts += [f"{whole} skipped"] * bool(whole)
    parts += [f"{len(report.dropped)} gone"] * bool(report.dropped)
    remark(f"{graph}: {', '.join(parts)}")
