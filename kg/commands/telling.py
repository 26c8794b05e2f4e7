"""`kg dossier` and `kg compare`: one document on a thing, or on places side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kg.commands.common import PathName, graph_option, remark

if TYPE_CHECKING:
    from kg.dossier import Comparison, Dossier

Command = TypeVar("Command", bound=Callable[..., object])

_ENDINGS = {"": "md", ".md": "md", ".markdown": "md", ".txt": "md", ".html": "html", ".htm": "html", ".json": "json"}
"""Formats by the ending of the file; Markdown is text."""


def _document_options(command: Command) -> Command:
    """The options that say how a document is written."""
    for option in (
        click.option(
            "--strict-identity", is_flag=True, help="Do not follow things that may be the same (close matches)."
        ),
        click.option(
            "--lang",
            "language",
            type=click.Choice(["en", "zh"]),
            default="en",
            show_default=True,
            help="Of its headings.",
        ),
        click.option(
            "-o",
            "--output",
            "target",
            metavar="FILE",
            type=PathName(allow_dash=True),
            help="Write it there, whole or not at all, instead of to standard output.",
        ),
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(["md", "html", "json"]),
            help="Markdown, one HTML file that opens offline, or JSON.  "
            "[default: by the ending of -o: .md .txt .html .json; else md]",
        ),
        graph_option,
    ):
        command = option(command)
    return command


@click.command()
@click.argument("name")
@_document_options
def dossier(
    name: str, graph: Path, form: str | None, target: Path | None, language: str, *, strict_identity: bool
) -> None:
    """Write one document on a program, place, body or person.

    What it is and who reported it first, where it runs and who leads it there, what belongs to it, how it spread,
    its numbers over years and areas, reports that differ, and what is not known; every statement with its sentence,
    headline and file. NAME is any printed form of its name (拱墅 for 拱墅区) or its IRI.
    """
    from kg.dossier import dossier as read

    form = _form(form, target)
    _write(read(graph, name, strict_identity=strict_identity), form, target, language)


@click.command()
@click.argument("places", metavar="PLACE PLACE...", nargs=-1, required=True)
@_document_options
def compare(
    places: tuple[str, ...], graph: Path, form: str | None, target: Path | None, language: str, *, strict_identity: bool
) -> None:
    """Set two to six places side by side.

    Programs of several, programs of one alone, and the indicators that several report, with the sentences.
    """
    from kg.dossier import compare as read

    form = _form(form, target)
    _write(read(graph, places, strict_identity=strict_identity), form, target, language)


def _form(form: str | None, target: Path | None) -> str:
    """The format that is asked for, or else that of the file's ending."""
    ending = target.suffix.lower() if target else ""
    if form is None and ending not in _ENDINGS:
        known = " ".join(filter(None, _ENDINGS))
        raise click.BadParameter(
            f"no format has the ending {ending}; known are {known}, or give --format", param_hint="-o"
        )
    return form or _ENDINGS[ending]


def _write(told: Dossier | Comparison, form: str, target: Path | None, language: str) -> None:
    from kg.dossier import written
    from kg.outputs import write_whole

    text = written(told, form, language)
    if target is None or str(target) == "-":
        click.echo(text, nl=False)
        return
    write_whole(target, lambda file: file.write(text.encode()))
    remark(f"wrote {target}")
