"""`kg build`: files into the graph, with a person's own word on them."""

from __future__ import annotations

import csv
import io
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.common import NumberRange, PathName, graph_option, progress, remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.build import BuildReport
    from kg.outcomes import Skipped
    from kg.sidecars import Mode

MOST_REFUSED = 50
"""So many refused facts of a page are listed."""
MOST_REPEATED = 10
"""So many files that repeat others are told."""
MOST_SKIPPED = 20
"""So many skipped files are told where a file lists them all."""


def publication_date(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """The value of --published, as a date of which month and day may be left out."""
    from kg.corrections.fields import Fault, Fields

    try:
        return Fields({"published": value}).day("published") if value else ""
    except Fault as fault:
        raise click.BadParameter(str(fault)) from None


class _Input(click.ParamType):  # type: ignore[type-arg]
    """A file or folder that exists; with --engine spark whatever Spark reads."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        if ctx and ctx.params.get("engine") == "spark":
            return str(value)
        path: Path = PathName(exists=True).convert(value, param, ctx)
        return path


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=_Input())
@graph_option
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    is_eager=True,
    help="Where files are read: here, or on a Spark cluster, into --shards, for kg load.",
)
@click.option("--shards", metavar="FOLDER", help="With spark: where the facts go, any path that Spark writes.")
@click.option("--spark", "settings", metavar="NAME=VALUE", multiple=True, help="A setting of Spark; repeatable.")
@click.option("--jobs", type=click.IntRange(min=1), show_default="one a core", help="Processes that read files.")
@click.option(
    "--min-confidence",
    type=NumberRange(0, 1),
    default=0,
    show_default=True,
    help="Leave out facts of rules that were right less often than this, from 0 to 1.",
)
@click.option(
    "--corrections",
    metavar="FILE",
    multiple=True,
    type=PathName(exists=True, dir_okay=False),
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
    type=PathName(dir_okay=False),
    help="List all files that were not read, or in part, with the reason: tab-separated, a line each.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Exit with status 1 if any file was skipped, a folder holds none, or a correction does not fit.",
)
def build(  # noqa: PLR0917 - click gives them by name
    inputs: tuple[Any, ...],
    graph: Path,
    engine: str,
    shards: str | None,
    settings: tuple[str, ...],
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

    With --engine spark a cluster reads: INPUT is any path that Spark reads, as s3a://papers/2024, and what is read goes
    into --shards, from where kg load takes it. A run that was stopped goes on where it was.
    """
    from kg.build import build as build_graph
    from kg.sidecars import Mode

    if engine == "spark":
        if corrections or facts in {"add", "agree"}:
            raise click.UsageError("--engine spark reads by the rules alone, without corrections and sidecars")
        chosen = (Decimal(str(min_confidence)), published, Mode(facts))
        skipped = _build_on_spark(inputs, shards, settings, chosen)
        if skipped_file:
            _list_skipped(skipped, skipped_file)
        _end(skipped, strict and bool(skipped))
        return
    if shards or settings:
        raise click.UsageError("--shards and --spark are for --engine spark")
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
        _list_skipped(report.skipped, skipped_file)
    _tell(report, graph, skipped_file)
    _end(report.skipped, strict and bool(report.skipped or report.remarks or report.refused))


def _end(skipped: Sequence[Skipped], failed: bool) -> None:
    if failed or any(each.fault or each.unread or each.kept for each in skipped):
        sys.exit(1)


def _build_on_spark(
    inputs: tuple[str, ...], shards: str | None, settings: tuple[str, ...], chosen: tuple[Decimal, str, Mode]
) -> tuple[Skipped, ...]:
    """Read on a cluster, and tell what was done; what was skipped."""
    from kg.pipeline import Options
    from kg.spark import write_shards

    if not shards:
        raise click.UsageError("--engine spark writes the facts into --shards FOLDER; kg load takes them from there")
    for setting in settings:
        if "=" not in setting:
            raise click.BadParameter(f"{setting!r} has no '='; write NAME=VALUE", param_hint="--spark")
    least, published, mode = chosen
    report = write_shards(
        inputs,
        shards,
        options=Options(least, published=published, facts=mode),
        settings=dict(setting.split("=", 1) for setting in settings),
        progress=progress("read", "batches"),
    )
    tell_skipped(report.skipped)
    remark(
        f"{shards}: {report.files} files ({report.articles} articles); "
        f"batches: {report.read} read, {report.unchanged} unchanged"
    )
    return report.skipped


def tell_skipped(skipped: Sequence[Skipped], listed: Path | None = None) -> None:
    """Remark on what was skipped; on the first few where a file lists all."""
    from kg.reading.files import readable

    for each in skipped[: MOST_SKIPPED if listed else None]:
        how = "read in part" if each.partly else "skipped"
        kept = "; what the graph held from it stays" * each.kept
        remark(f"{how} {readable(str(each.path))}: {each.reason}{kept}")
    if listed and len(skipped) > MOST_SKIPPED:
        remark(f"and {len(skipped) - MOST_SKIPPED} files more, all listed in {listed}")


@click.command()
@click.argument("shards", metavar="SHARDS", type=PathName())
@graph_option
def load(shards: Path, graph: Path) -> None:
    """Put what a cluster read into the graph: the shards that kg build --engine spark wrote.

    The graph is the one that kg build of the same files gives. What it held from other files stays; loading again what
    it has is quick. Exit status as that of kg build.
    """
    from kg.shards import load as load_shards

    done = load_shards(shards, graph, progress("loaded", "shards"))
    tell_skipped(done.skipped)
    whole = sum(not skipped.partly for skipped in done.skipped)
    parts = [f"{done.files} files loaded ({done.articles} articles)", f"{done.unchanged} unchanged"]
    remark(f"{graph}: {', '.join(parts + [f'{whole} skipped'] * bool(whole))}")
    _end(done.skipped, failed=False)


def _list_skipped(skipped: Sequence[Skipped], target: Path) -> None:
    """Write the table of what was not read; it is written also where nothing was skipped."""
    from kg.outputs import write_whole
    from kg.reading.files import readable

    text = io.StringIO()
    table = csv.writer(text, delimiter="\t", lineterminator="\n")
    table.writerow(("file", "how", "kept", "reason"))
    for each in skipped:
        how, kept = "in part" if each.partly else "skipped", "yes" if each.kept else "no"
        table.writerow((readable(str(each.path)), how, kept, each.reason))
    write_whole(target, lambda file: file.write(text.getvalue().encode("utf-8", "backslashreplace")))


def _tell(report: BuildReport, graph: Path, listed: Path | None) -> None:
    from kg.reading.files import readable

    if report.damage:
        remark(f"the graph in {graph} was damaged ({report.damage}): all that it was built from was read anew")
    tell_skipped(report.skipped, listed)
    for path, facts in report.refused:
        remark(f"{readable(path.name)}: {len(facts)} facts of its sidecar were refused")
        for fact in facts[:MOST_REFUSED]:
            remark(f"  {' '.join(fact.split())}")
        if len(facts) > MOST_REFUSED:
            remark(f"  and {len(facts) - MOST_REFUSED} more")
    _tell_repeated(report.repeated)
    for text in report.remarks:
        remark(text)
    if report.proposed:
        remark(f'{report.proposed} proposed corrections wait for your word: accept = "yes" or "no"')
    parts = [f"{len(report.read)} files read ({report.articles} articles)", f"{len(report.unchanged)} unchanged"]
    whole = sum(not skipped.partly for skipped in report.skipped)
    parts += [f"{whole} skipped"] * bool(whole)
    parts += [f"{len(report.dropped)} gone"] * bool(report.dropped)
    remark(f"{graph}: {', '.join(parts)}")


def _tell_repeated(repeated: Sequence[tuple[Path, int, Path]]) -> None:
    """Remark on articles that another file gives word by word: nobody is to wonder where they are."""
    from kg.reading.files import readable

    for path, number, other in repeated[:MOST_REPEATED]:
        told = "its article stands" if number == 1 else f"{number} of its articles stand"
        remark(f"{readable(str(path))}: {told} in {readable(str(other))} too, word by word; each counts once")
    if len(repeated) > MOST_REPEATED:
        remark(f"and {len(repeated) - MOST_REPEATED} files more repeat others; kg info lists all")
