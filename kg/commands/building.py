"""`kg build`: files into the graph, with a person's own word on them."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.built import list_skipped, tell, tell_dropped, tell_skipped
from kg.commands.common import NumberRange, PathName, graph_option, progress, remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.outcomes import Skipped
    from kg.sidecars import Mode


def publication_date(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """The value of --published, as a date of which month and day may be left out."""
    from kg.corrections.fields import Fault, Fields

    try:
        return Fields({"published": value}).day("published") if value else ""
    except Fault as fault:
        raise click.BadParameter(str(fault)) from None


def _named(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    if "" in values:
        raise click.BadParameter("an empty name is that of no file or folder")
    return values


class _Input(click.ParamType):  # type: ignore[type-arg]
    """A file or folder that exists; with --engine spark whatever Spark reads."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        if ctx and ctx.params.get("engine") == "spark":
            return str(value)
        path: Path = PathName(exists=True).convert(value, param, ctx)
        return path


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=_Input())
@graph_option
@click.option(
    "--drop",
    metavar="PATH",
    multiple=True,
    callback=_named,
    help="Take out what came from a file, folder or pattern ('pages/2023-*', from this folder on), there or not.",
)
@click.option("--dry-run", is_flag=True, help="With --drop and no INPUT: tell what would go, and change nothing.")
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
    drop: tuple[str, ...],
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
    dry_run: bool,
) -> None:
    """Read files and folders (.txt .md .html .jsonl .jsonl.gz .jsonl.zst .parquet) into the graph.

    Only what changed since the last build is read again. A file that was read from a folder named here and is no
    longer there leaves the graph; what came from other inputs stays, unless --drop takes it out, which is done in the
    same step (kg build new --drop old, for a folder renamed). A file that is no text is skipped with its reason;
    what the graph held from it stays. A record of .jsonl, a row or a sidecar that cannot be read costs itself alone,
    unless the graph already has the file. The exit status is 1 where former facts stay, a record or sidecar is broken,
    or the system withholds a file or folder; with --strict wherever anything was skipped.

    With --engine spark a cluster reads: INPUT is any path that Spark reads, as s3a://papers/2024, and what is read goes
    into --shards, from where kg load takes it. A run that was stopped goes on where it was.
    """
    from kg.build import build as build_graph
    from kg.leaving import to_drop
    from kg.sidecars import Mode

    if not inputs and not drop:
        raise click.MissingParameter(param_hint="'INPUT...'", param_type="argument")
    if dry_run and (inputs or engine == "spark"):
        raise click.UsageError("--dry-run is for --drop without INPUT")
    if engine == "spark":
        if drop:
            raise click.UsageError("--engine spark writes shards; --drop is for the graph: kg build --drop PATH")
        if corrections or facts in {"add", "agree"}:
            raise click.UsageError("--engine spark reads by the rules alone, without corrections and sidecars")
        chosen = (Decimal(str(min_confidence)), published, Mode(facts))
        skipped = _build_on_spark(inputs, shards, settings, chosen)
        if skipped_file:
            list_skipped(skipped, skipped_file)
        _end(skipped, strict and bool(skipped))
        return
    if shards or settings:
        raise click.UsageError("--shards and --spark are for --engine spark")
    if dry_run:
        tell_dropped(to_drop(graph, drop), "would be dropped")
        return
    shown = progress()
    report = build_graph(
        inputs,
        graph,
        jobs=jobs,
        min_confidence=Decimal(str(min_confidence)),
        corrections=corrections or None,
        facts=Mode(facts),
        published=published,
        drop=drop,
        progress=shown,
        articles=shown.articles if shown else None,
    )
    if skipped_file:
        list_skipped(report.skipped, skipped_file)
    tell(report, graph, skipped_file)
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
