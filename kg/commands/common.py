"""What commands share: the option that names the graph, remarks, and a line that counts what is done."""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path
from typing import Any

import click

_SELDOM = 0.1
"""Seconds between two counts of articles."""


class PathName(click.Path):
    """The name of a file or folder, as a `Path`; an empty one is none, nor is `-` where nothing is read or written."""

    def __init__(self, **kept: Any) -> None:
        """Take what `click.Path` takes; what cannot be read is told where it is read, with its status."""
        super().__init__(path_type=Path, readable=False, **kept)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if str(value) == "":
            self.fail("an empty name is that of no file or folder", param, ctx)
        if str(value) == "-" and not self.allow_dash:
            self.fail("- is no file here; name one", param, ctx)
        if self.exists and Path(value).is_symlink() and not Path(value).exists():
            self.fail(f"{value} is a link that leads nowhere (to {Path(value).readlink()})", param, ctx)
        return super().convert(value, param, ctx)


class NumberRange(click.FloatRange):
    """A number within bounds; `nan`, which is within any, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is no number", param, ctx)
        return number


graph_option = click.option(
    "-g",
    "--graph",
    type=PathName(file_okay=False),
    envvar="KG_GRAPH",
    default=Path("graph"),
    show_default="./graph",
    show_envvar=True,
    help="Folder of the graph.",
)


class Progress:
    """A line on standard error that counts what is done, how fast, and how long the rest takes."""

    def __init__(self, verb: str, what: str) -> None:
        self._verb, self._what = verb, what
        self._first: tuple[float, int] | None = None
        self._file: tuple[Path, float, int] | None = None
        self._told, self._width = 0.0, 0

    def __call__(self, done: int, total: int) -> None:
        """Tell that so many of all are done."""
        now = time.monotonic()
        self._first = self._first or (
            now,
            done,
        )  # what comes before, as the start of workers, tells nothing of the pace
        told = pace(done - self._first[1], total - done, now - self._first[0])
        self._show(f"{self._verb} {done} of {total} {self._what}{told}", end=done == total)

    def articles(self, path: Path, done: int) -> None:
        """Tell that so many articles of a file are read, of nobody knows how many; at most ten times a second."""
        now = time.monotonic()
        if self._file is None or self._file[0] != path:
            self._file = (path, now, done)
        if now - self._told >= _SELDOM:
            self._told = now
            told = pace(done - self._file[2], 0, now - self._file[1])
            from kg.reading.files import readable_name

            self._show(f"{self._verb} {done:,} articles of {readable_name(path)}{told}", end=False)

    def _show(self, line: str, *, end: bool) -> None:
        self._width = max(self._width, len(line))
        click.echo(f"\r{line:{self._width}}", err=True, nl=end)


def progress(verb: str = "read", what: str = "files") -> Progress | None:
    """What tells how far the work is, if standard error is a terminal."""
    return Progress(verb, what) if sys.stderr.isatty() else None


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
