"""Dossiers: all that a graph holds of one thing, and places side by side, as data and as documents.

`dossier` and `compare` read a graph's folder into frozen dataclasses (`kg.dossier.model`); `written` writes one of them
as Markdown, HTML or JSON. Between lie sections that know of no format (`kg.dossier.blocks`), so that formats agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dossier.comparing import comparison_of
from kg.dossier.contents import document_of
from kg.dossier.html import html
from kg.dossier.jsonform import json_text
from kg.dossier.markdown import markdown
from kg.dossier.model import Comparison, Dossier
from kg.dossier.reading import dossier_of
from kg.dossier.side_by_side import comparison_document
from kg.dossier.wording import LANGUAGES
from kg.errors import WrongUsage
from kg.queries.answering import Asked
from kg.store import open_with_union, while_reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["FORMATS", "LANGUAGES", "Comparison", "Dossier", "compare", "dossier", "written"]

FORMATS = ("md", "html", "json")


def dossier(folder: Path, name: str, *, strict_identity: bool = False) -> Dossier:
    """What the graph in `folder` holds of the one thing of that name, or IRI.

    Raises:
        UserError: there is no graph, nothing has the name, or several things do.
    """
    with while_reading(folder):
        return dossier_of(Asked(*open_with_union(folder)), name, strict_identity=strict_identity)


def compare(folder: Path, names: Sequence[str], *, strict_identity: bool = False) -> Comparison:
    """Two to six places of the graph in `folder` side by side, by names or IRIs.

    Raises:
        UserError: there is no graph, a name is that of no place or of several, or their number does not fit.
    """
    with while_reading(folder):
        return comparison_of(Asked(*open_with_union(folder)), names, strict_identity=strict_identity)


def written(told: Dossier | Comparison, form: str = "md", language: str = "en") -> str:
    """A dossier or comparison in one of `FORMATS`; `language` is that of its headings, the data stay as they are.

    Raises:
        WrongUsage: there is no such format or language.
    """
    if form == "json":
        return json_text(told)
    writers = {"md": markdown, "html": html}
    if form not in writers:
        raise WrongUsage(f"no format {form!r}: take one of {', '.join(FORMATS)}")
    document = document_of(told, language) if isinstance(told, Dossier) else comparison_document(told, language)
    return writers[form](document)
