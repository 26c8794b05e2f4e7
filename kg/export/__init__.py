"""The graph as files for other tools, the same bytes on every run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from pyoxigraph import Store

from kg.errors import UserError
from kg.export import jsonld, networks, rdf, tables
from kg.store import open_graph

Writer = Callable[[Store, IO[bytes]], None]

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
    }
)
"""What writes each format, by the ending of the file: RDF (the first six), networks, and a table of metrics."""


def export(folder: Path, target: Path, format: str | None = None) -> None:  # noqa: A002 - as the option is called
    """Write the graph to a file, whole or not at all, or to standard output for the target `-`.

    The format goes by the target's ending, or by `format`, an ending with or without its dot.

    Raises:
        UserError: there is no graph, the format is unknown, or the target cannot be written; one that stood there
            before stands as it was.
    """
    write = _writer(target, format)
    store = open_graph(folder)
    if str(target) == "-":
        write(store, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        _write_whole(target, lambda file: write(store, file))
    except OSError as error:
        raise UserError(f"cannot write {target}: {error.strerror or error}") from None


def _writer(target: Path, ending: str | None) -> Writer:
    name = (ending or target.suffix).removeprefix(".").lower()
    if name in FORMATS:
        return FORMATS[name]
    known = " ".join(f".{each}" for each in FORMATS)
    if ending is None and not name:
        raise UserError(f"{target} has no ending that tells the format; end it in one of {known}, or give --format")
    raise UserError(f"unknown format {ending or target.suffix}; known are {known}")


def _write_whole(target: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write beside the target, then move into its place."""
    if target.exists() and not target.is_file() and not target.is_dir():  # a pipe or device cannot be replaced
        with target.open("wb") as file:
            write(file)
        return
    target = target.resolve()
    if target.is_dir():
        raise UserError(f"{target} is a folder; name a file")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            write(file)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
