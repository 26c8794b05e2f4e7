"""Suggestions one by one on a terminal, each decided by a key and written at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from kg.corrections import DECLINED
from kg.errors import UserError
from kg.review.entries import append, as_toml, one_line, parsed
from kg.review.suggestion import Suggestion

_KEYS = "[y]es  [n]o  [e]dit  [s]kip  [q]uit"


def step(found: Iterable[Suggestion], path: Path, by: str = "") -> int:
    """Ask of each suggestion whether it is so, and write what is decided into a file of corrections; how many were.

    `y` writes it as an entry, `n` as one that is declined, so that nobody is asked again; `e` opens it in an editor
    first, `s` leaves it for another time, and `q` ends.

    Raises:
        UserError: the file is none of corrections, or cannot be written.
    """
    written = 0
    found = list(found)
    today = date.today().isoformat()  # noqa: DTZ011 - the day of whoever sits there
    for number, each in enumerate(found, start=1):
        asked, why = click.style(one_line(f"{each.asks}?"), bold=True), one_line(f"{each.sort}: {each.why}")
        click.echo(f"\n{number} of {len(found)}  {asked}  ({why})")
        click.echo(one_line(f"  {each.file}: {each.sentence}"))
        match _asked():
            case "q":
                break
            case "y":
                written += append(path, [as_toml(each, by=by, on=today)])
            case "n":
                written += append(path, [as_toml(each, by=by, on=today, accept=DECLINED)])
            case "e":
                written += _edited(as_toml(each, by=by, on=today), path)
    return written


def _asked() -> str:
    click.echo(f"  {_KEYS} ", nl=False)
    while True:
        key = click.getchar(echo=True).strip()[:1].lower()  # with Enter behind it, or alone
        if key and key in "ynesq":
            click.echo()
            return key
        if key:
            click.echo(f"\n  {_KEYS} ", nl=False)


def _edited(text: str, path: Path) -> int:
    """An entry as it comes out of the editor, asked for again while it is none; empty for nothing."""
    while True:
        text = click.edit(text, extension=".toml", require_save=False) or ""
        if not text.strip():
            return 0
        try:
            if parsed(text) is not None:
                return append(path, [text.strip() + "\n"])
            click.echo("  one entry, please")
        except UserError as error:
            click.echo(f"  {error}")
        if not click.confirm("  edit again?", default=True):
            return 0
