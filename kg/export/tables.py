"""Tables: the metrics for Excel and pandas, and a folder of four CSV files that `neo4j-admin database import` takes.

A cell that Excel would run as a formula, since it begins with = + - @ or a control character, has an apostrophe before
it. Names of things (IRIs) and numbers never have one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import IO

from kg.displays import inert
from kg.export.source import Source
from kg.export.things import Figure, Reader, local
from kg.vocabulary import GOV, THINGS

COLUMNS = (
    "metric", "indicator", "value", "unit", "qualifier", "kind", "year", "fromYear", "toYear", "subject", "area",
    "headline", "sourceFile", "rule", "passages", "text", "confidence",
)  # fmt: skip
"""Columns of the table of metrics; passages are spans in the source file, with their texts beside them."""

Row = tuple[str, ...]
_CLASSES = frozenset(map(local, THINGS))


def metrics(store: Source, file: IO[bytes]) -> None:
    """The metrics as CSV with a byte order mark, without which Excel takes it for another encoding."""
    file.write(b"\xef\xbb\xbf")
    _write(file, chain([COLUMNS], map(_metric, Reader(store).figures())), "\r\n")


def nodes(store: Source, file: IO[bytes]) -> None:
    """Named things and indicators."""
    reader = Reader(store)

    def rows() -> Iterator[Row]:
        yield (
            "iri:ID", "label", "names:string[]", "divisionCode", "role:string[]", "years:int[]", "confidence:double",
            ":LABEL",
        )  # fmt: skip
        for node in reader.nodes():
            kinds = node.kind if node.kind in _CLASSES else _list([node.kind, "Place"])
            names, roles, years = _list(node.aliases), _list(node.roles), _list(map(str, node.years))
            yield node.iri, node.label, names, node.code, roles, years, node.confidence, kinds
        for indicator in reader.members(GOV.Indicator):
            yield indicator.value, reader.label(indicator.value), "", "", "", "", "", "Indicator"

    _write(file, rows())


def metric_nodes(store: Source, file: IO[bytes]) -> None:
    """Metrics, as nodes: what they are about is in the edges."""

    def rows() -> Iterator[Row]:
        yield (
            "iri:ID", "indicator", "value:double", "unit", "qualifier", "kind", "year:int", "fromYear:int",
            "toYear:int", "subject", "area", "rules:string[]", "confidence:double", ":LABEL",
        )  # fmt: skip
        for each in Reader(store).figures():
            years = (_whole(year) for year in (each.year, each.first_year, each.last_year))
            said = (each.iri, each.indicator, each.value, each.unit, each.qualifier, each.kind, *years)
            yield (*said, each.subject_label, each.area_label, _list(each.rules), each.confidence, "Metric")

    _write(file, rows())


def evidence(store: Source, file: IO[bytes]) -> None:
    """Passages, as nodes, with the articles that they stand in."""
    reader = Reader(store)

    def rows() -> Iterator[Row]:
        yield "iri:ID", "text", "start:int", "end:int", "article", "headline", "sourceFile", "year:int", ":LABEL"
        for name in reader.members(GOV.Passage):
            each = reader.passage(name.value)
            source = reader.source(each.article) if each.article else None
            about = (source.headline, source.file, _whole(source.year)) if source else ("", "", "")
            yield each.iri, each.text, str(each.start), str(each.end), each.article, *about, "Passage"

    _write(file, rows())


def edges(store: Source, file: IO[bytes]) -> None:
    """Relations, with the rules and passages behind them; what metrics are about; what passages state or name."""
    reader = Reader(store)

    def rows() -> Iterator[Row]:
        yield ":START_ID", ":END_ID", ":TYPE", "articles:int", "years:int[]", "rules:string[]", "evidence:string[]"
        for edge in reader.edges(evidence=True):
            counts = str(edge.articles), _list(map(str, edge.years))
            yield edge.subject, edge.object, edge.predicate, *counts, _list(edge.rules), _list(edge.passages)
        ends = GOV.measures, GOV.area, GOV.observes, GOV.evidence
        for start, name, end in chain(
            reader.statements([GOV.Metric], *ends), reader.statements(THINGS, GOV.mentionedIn)
        ):
            yield start, end, name, "", "", "", ""

    _write(file, rows())


FOLDER: Mapping[str, Callable[[Source, IO[bytes]], None]] = MappingProxyType(
    {"nodes.csv": nodes, "edges.csv": edges, "metrics.csv": metric_nodes, "evidence.csv": evidence}
)
"""The files of the folder, by name: headers with types, values of a list after semicolons."""


def metric_cells(each: Figure) -> tuple[str, ...]:
    """The cells of a metric, by `COLUMNS`, up to the headline and file."""
    years = (each.year, each.first_year, each.last_year)
    said = (each.iri, each.indicator, each.value, each.unit, each.qualifier, each.kind, *years)
    return (*said, each.subject_label, each.area_label, each.article.headline, each.article.file)


def _metric(each: Figure) -> Row:
    spans = " ".join(f"{passage.start},{passage.end}" for passage in each.passages)
    texts = " ".join(passage.text for passage in each.passages)
    return (*metric_cells(each), " ".join(each.rules), spans, texts, each.confidence)


def _write(file: IO[bytes], rows: Iterable[Row], end: str = "\n") -> None:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator=end)
    for row in rows:
        writer.writerow(map(inert, row))
        file.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()


def _list(values: Iterable[str]) -> str:
    """Several values in a cell; a semicolon in one of them becomes a full-width one."""
    return ";".join(value.replace(";", "；") for value in values)


def _whole(year: str) -> str:
    return str(int(year)) if year else ""
