"""`kg review`: what deserves a person's look."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import click

from kg.commands.common import NumberRange, PathName, graph_option, remark

SORTS = ("conflicts", "unread", "duplicates", "doubtful")


@click.command()
@graph_option
@click.option(
    "--under",
    type=NumberRange(0, 1),
    default=0.5,
    show_default=True,
    help="Facts less sure than this are doubtful.",
)
@click.option("--only", "sorts", type=click.Choice(SORTS), multiple=True, help="Only this sort; repeatable.")
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True, help="So many at most.")
@click.option(
    "--into", metavar="FILE", type=PathName(dir_okay=False),
    help="Write them there as corrections to accept or delete.",
)  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Print them, on a terminal too.")
@click.option("--by", metavar="NAME", default="", help="Who decides, written into each correction.")
def review(  # noqa: PLR0917 - click gives them by name
    graph: Path, under: float, sorts: tuple[str, ...], most: int, into: Path | None, by: str, *, listing: bool
) -> None:
    """Print what deserves a look, the most useful first: on a terminal one by one, to be decided.

    \b
    conflicts    numbers that contradict each other
    unread       names that one article reads, and that stand unread in others
    duplicates   things with like names that may be one
    doubtful     facts under a confidence

    On a terminal y accepts, n declines (and is not asked again), e edits, s skips. What is decided is written to
    corrections.toml in the graph's folder, which the next kg build applies.
    """  # noqa: D301 - \b is click's own mark
    from kg.corrections import NAME, OPEN
    from kg.review import append, listed, step, suggestions
    from kg.review.entries import as_toml

    target = into or graph / NAME
    found = suggestions(graph, least=Decimal(str(under)), sorts=sorts, decided=[target])
    shown = found[:most]
    if into:
        written = append(into, [as_toml(each, accept=OPEN) for each in shown])
        remark(f'{into}: {written} proposed corrections; set accept = "yes", or delete them')
    elif not listing and sys.stdin.isatty() and sys.stdout.isatty():
        remark(f"{target}: {step(shown, target, by)} corrections written; kg build applies them")
    else:
        for line in listed(shown):
            click.echo(line)
    if len(found) > most:
        remark(f"{len(found) - most} more; --most {len(found)} shows all")
