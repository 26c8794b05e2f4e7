"""The graph as files for other tools, the same bytes on every run, in memory that hardly grows with the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import IO

from kg.errors import UserError, WrongUsage
from kg.export import dataset, facts, jsonld, networks, parquet, rdf, tables
from kg.export.selection import ALL, Selection, selected
from kg.export.source import Source
from kg.outputs import write_folder, write_whole
from kg.store import open_graph, while_reading

__all__ = ["ALL", "FACTS", "FORMATS", "TABLES", "Selection", "export"]

Writer = Callable[[Source, IO[bytes]], None]

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "ttl": rdf.turtle,
        "nt": rdf.n_triples,
        "nq": rdf.n_quads,
        "trig": rdf.trig,
        "jsonld": jsonld.write,
        "rdf": rdf.rdf_xml,
        "graphml": networks.graphml,
        "gexf": networks.gexf,
        "csv": tables.metrics,
        "parquet": parquet.metrics,
        "void.ttl": dataset.describe,
        "facts.json": facts.write,
    }
)
"""What writes each format, by the ending of the file: RDF (the first six), networks, the metrics as a table, and a
description of the data set."""

TABLES = "tables"
"""The format that is a folder of CSV files."""

FACTS = "facts"
"""The format that is a folder of sidecars, one a page."""


def export(folder: Path, target: Path, format: str | None = None, selection: Selection = ALL) -> None:  # noqa: A002 - as the option is called
    """Write the graph, or a part of it, to a file, whole or not at all, or to standard output for the target `-`.

    The format goes by the target's ending, or by `format`, an ending with or without its dot; a target that is a
    folder, or the format `tables`, gives a folder of CSV files, the format `facts` a folder of sidecars. A sidecar
    PAGE.facts.json is that of the page which it names, unless the selection names articles.

    Raises:
        WrongUsage: the format is unknown, or gives a folder, which cannot go to standard output.
        UserError: there is no graph, the selection names what the graph lacks, or the target
            cannot be written; one that stood there before stands as it was.
    """
    name = _format(target, format)
    called = None
    if name == "facts.json":
        with while_reading(folder):
            files = facts.files_of(open_graph(folder))
        if not selection.articles and str(target) != "-":
            selection = replace(selection, articles=_page_of(files, target))
        called = next((each for each in selection.articles if selection.articles == (each,) and each in files), None)
    try:
        with while_reading(folder), selected(open_graph(folder), selection) as store:
            if name == TABLES:
                _write_folder(target, store)
            elif name == FACTS:
                _write_sidecars(target, store)
            elif str(target) == "-":
                _writer(name, called)(store, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                write_whole(target, lambda file: _writer(name, called)(store, file))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"cannot write {target}: {error.strerror or error}") from None


def _format(target: Path, ending: str | None) -> str:
    name = (ending or target.name if target.suffix or ending else "").removeprefix(".").lower()
    known = sorted((each for each in FORMATS if name == each or (not ending and name.endswith(f".{each}"))), key=len)
    if known:
        return known[-1]
    if ending is None and not target.suffix and target.is_dir():
        return TABLES
    if name in {TABLES, FACTS}:
        if str(target) == "-":
            raise WrongUsage(f"{name} are a folder of files and cannot go to standard output; name a folder")
        return name
    every = " ".join(f".{each}" for each in FORMATS)
    if ending is None and not target.suffix:
        raise WrongUsage(
            f"{target} has no ending that tells the format; end it in one of {every}, "
            "or in / for a folder of CSV files, or give --format"
        )
    raise WrongUsage(f"unknown format {ending or target.suffix}; known are {every}, {TABLES} and {FACTS}")


def _writer(name: str, called: str | None) -> Writer:
    """What writes a format; a sidecar as that of the page `called` so, if one was asked for."""
    return partial(facts.write, called=called) if name == "facts.json" else FORMATS[name]


def _page_of(pages: Sequence[str], target: Path) -> tuple[str, ...]:
    """The page whose sidecar a target is by its name, if it is one of these."""
    stem = target.name[: -len(".facts.json")] if target.name.endswith(".facts.json") else ""
    named = [page for page in pages if page == stem] or [page for page in pages if Path(page).stem == stem]
    return tuple(named[:1])


def _write_sidecars(target: Path, store: Source) -> None:
    """Write a sidecar for each page, in the place of those of the same pages at most."""
    pages = facts.pages_of(store)
    names = {facts.file_name(page) for page in pages}

    def write(draft: Path) -> None:
        for page, articles in pages.items():
            (draft / facts.file_name(page)).write_bytes(facts.page(store, page, articles))

    write_folder(target, write, names, "sidecars")


def _write_folder(target: Path, store: Source) -> None:
    """Write a folder of tables, in the place of one of the same files at most."""

    def write(draft: Path) -> None:
        for name, write_table in tables.FOLDER.items():
            with (draft / name).open("wb") as file:
                write_table(store, file)

    write_folder(target, write, tables.FOLDER.keys(), "tables")
