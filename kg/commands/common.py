"""What commands share: the option that names the graph, remarks, and a line that counts what is done."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

graph_option = click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KG_GRAPH",
    default=Path("graph"),
    show_default="./graph",
    show_envvar=True,
    help="Folder of the graph.",
)


def progress(verb: str = "read", what: str = "files") -> Callable[[int, int], None] | None:
    """A line on standard error that counts what is done, how fast, and how long the rest takes, if it is a terminal."""
    if not sys.stderr.isatty():
        return None
    first: tuple[float, int] | None = None
    width = 0

    def show(done: int, total: int) -> None:
        nonlocal first, width
        now = time.monotonic()
        first = first or (now, done)  # what comes before, as the start of workers, tells nothing of the pace
        line = f"{verb} {done} of {total} {what}{pace(done - first[1], total - done, now - first[0])}"
        width = max(width, len(line))
        click.echo(f"\r{line:{width}}", err=True, nl=done == total)

    return show


def pace(done: int, left: int, seconds: float) -> str:
    """What to add to a count: how much was done a second or minute, and how long the rest takes.

    >>> pace(120, 9880, 60), pace(3, 40, 60), pace(500, 0, 20), pace(1, 9, 0.2)
    (', 2.0 a second, 1 h 22 min left', ', 3.0 a minute, 13 min left', ', 25 a second', '')
    """
    if done <= 0 or seconds < 1:
        return ""
    rate, unit = (done / seconds, "second") if done >= seconds else (done / seconds * 60, "minute")
    told = f", {rate:.{rate < 10:d}f} a {unit}"
    return f"{told}, {_duration(seconds / done * left)} left" if left else told


def _duration(seconds: float) -> str:
    """A time to wait: 50 s, 13 min, 1 h 22 min."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def remark(text: str) -> None:
    """A line on standard error, without what a terminal would heed."""
    click.echo("".join(sign if sign.isprintable() else " " for sign in text), err=True)
