"""The metrics as Parquet, for pandas, Polars, DuckDB and Spark; pyarrow, an extra, writes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from kg.errors import UserError
from kg.export.source import Source
from kg.export.things import Figure, Reader

_GROUP = 10_000  # metrics in a row group, held in memory


def metrics(store: Source, file: IO[bytes]) -> None:
    """A row each; `value` is a double, `decimal` the same as the graph has it; lists for rules and passages.

    Raises:
        UserError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise UserError("Parquet is written by pyarrow: pip install 'kg-governance[parquet]'") from None

    text, year, texts = pa.string(), pa.int16(), pa.list_(pa.string())
    schema = pa.schema(
        [
            *((name, text) for name in ("metric", "indicator", "observes")),
            ("value", pa.float64()),
            *((name, text) for name in ("decimal", "unit", "qualifier", "kind")),
            *((name, year) for name in ("year", "fromYear", "toYear")),
            *((name, text) for name in ("subject", "subjectLabel", "area", "areaLabel")),
            *((name, text) for name in ("article", "headline", "sourceFile")),
            *((name, texts) for name in ("rules", "passages", "texts")),
            ("confidence", pa.float64()),
        ]
    )
    figures = Reader(store).figures()
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while rows := list(islice(figures, _GROUP)):
            writer.write_table(pa.Table.from_pylist([dict(_row(each)) for each in rows], schema=schema))


def _row(each: Figure) -> Iterator[tuple[str, Any]]:
    """The values by column; what is not said is null."""
    yield "metric", each.iri
    yield "indicator", each.indicator or None
    yield "observes", each.observes or None
    yield "value", float(each.value) if each.value else None
    yield "decimal", each.value or None
    yield "unit", each.unit
    yield "qualifier", each.qualifier
    yield "kind", each.kind
    for name, year in (("year", each.year), ("fromYear", each.first_year), ("toYear", each.last_year)):
        yield name, int(year) if year else None
    for name, text in (("subject", each.subject), ("subjectLabel", each.subject_label)):
        yield name, text or None
    for name, text in (("area", each.area), ("areaLabel", each.area_label)):
        yield name, text or None
    yield "article", each.article.iri
    yield "headline", each.article.headline or None
    yield "sourceFile", each.article.file or None
    yield "rules", list(each.rules)
    yield "passages", [passage.iri for passage in each.passages]
    yield "texts", [passage.text for passage in each.passages]
    yield "confidence", float(each.confidence) if each.confidence else None
