"""The graph as files for other tools, the same bytes on every run, in memory that hardly grows with the graph."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from kg.errors import UserError
from kg.export import dataset, jsonld, networks, parquet, rdf, tables
from kg.export.selection import ALL, Selection, selected
from kg.export.source import Source
from kg.outputs import write_folder, write_whole
from kg.store import open_graph, while_reading

__all__ = ["ALL", "FORMATS", "TABLES", "Selection", "export"]

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
    }
)
"""What writes each format, by the ending of the file: RDF (the first six), networks, the metrics as a table, and a
description of the data set."""

TABLES = "tables"
"""The format that is a folder of CSV files."""


def export(folder: Path, target: Path, format: str | None = None, selection: Selection = ALL) -> None:  # noqa: A002 - as the option is called
    """Write the graph, or a part of it, to a file, whole or not at all, or to standard output for the target `-`.

    The format goes by the target's ending, or by `format`, an ending with or without its dot; a target that is a
    folder, or the format `tables`, gives a folder of CSV files.

    Raises:
        UserError: there is no graph, the format is unknown, the selection names what the graph lacks, or the target
            cannot be written; one that stood there before stands as it was.
    """
    name = _format(target, format)
    try:
        with while_reading(folder), selected(open_graph(folder), selection) as store:
            if name == TABLES:
                _write_folder(target, store)
            elif str(target) == "-":
                FORMATS[name](store, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                write_whole(target, lambda file: FORMATS[name](store, file))
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
    if name == TABLES:
        if str(target) == "-":
            raise UserError("tables are a folder of files and cannot go to standard output; name a folder")
        return TABLES
    every = " ".join(f".{each}" for each in FORMATS)
    if ending is None and not target.suffix:
        raise UserError(
            f"{target} has no ending that tells the format; end it in one of {every}, "
            "or in / for a folder of CSV files, or give --format"
        )
    raise UserError(f"unknown format {ending or target.suffix}; known are {every} and {TABLES}")


def _write_folder(target: Path, store: Source) -> None:
    """Write a folder of tables, in the place of one of the same files at most."""
    if target.exists() and not target.is_dir():
        raise UserError(f"{target} is a file; name a folder for the tables")
    if target.is_dir() and (strange := sorted({path.name for path in target.iterdir()} - tables.FOLDER.keys())):
        raise UserError(f"{target} holds other files ({strange[0]}); name a folder of its own for the tables")

    def write(draft: Path) -> None:
        for name, write_table in tables.FOLDER.items():
            with (draft / name).open("wb") as file:
                write_table(store, file)

    write_folder(target, write)
