"""What commands share: the option that names the graph, remarks, and a line that counts what is done."""

from __future__ import annotations

import sys
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
    """A line on standard error that counts what is done, if that is a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r{verb} {done} of {total} {what}", err=True, nl=done == total)

    return show


def remark(text: str) -> None:
    """A line on standard error, without what a terminal would heed."""
    click.echo("".join(sign if sign.isprintable() else " " for sign in text), err=True)
