"""Where the pieces of large files of JSON Lines begin in their texts.

Passages are told by positions in the text of their file, counted in characters, and a cluster cuts files by bytes. So
each piece is counted first, where it lies, which takes a small part of the time that reading takes; what comes to the
driver is a row a piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.reading import Piece
from kg.spark.inputs import File, literal, path_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True, slots=True)
class Places:
    """What stands before each piece, by its file's address and its first byte; and each file's address.

    An address is how Spark calls a file beside its text: some versions write it percent-encoded. `cut` are the files
    that are read so: those in UTF-8.
    """

    pieces: Mapping[tuple[str, int], Piece] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)
    cut: frozenset[File] = frozenset()

    def of(self, file: File) -> tuple[str, dict[tuple[str, int], Piece]]:
        """The address of a file, and its pieces alone."""
        address = next((address for address, each in self.files.items() if each == file), file.path)
        return address, {at: piece for at, piece in self.pieces.items() if at[0] == address}


def places_of(spark: SparkSession, files: Sequence[File]) -> Places:
    """Where the pieces of files begin in their texts."""
    from kg.spark.executor import COUNTS, count  # noqa: PLC0415 - takes pyarrow

    rows = lines_of(spark, files).mapInArrow(count, COUNTS).collect()
    known = {file.path: file for file in files}
    addresses = {row["path"]: known[path_of(row["path"], known)] for row in rows}
    places: dict[tuple[str, int], Piece] = {}
    before: dict[str, Piece] = {}
    for row in sorted(rows, key=lambda row: (row["path"], row["start"])):
        path = row["path"]
        at = before.get(path, Piece())
        places[path, row["start"]] = at
        before[path] = Piece(at.lines + row["lines"], at.characters + row["characters"])
    cut = frozenset(addresses[row["path"]] for row in rows if row["start"] == 0 and row["utf8"])
    return Places(places, addresses, cut)


def lines_of(spark: SparkSession, files: Sequence[File], start: int = 0, end: int | None = None) -> DataFrame:
    """The lines of files as rows of `path`, `start` (the first byte of their piece) and `line`, as bytes.

    Only those of pieces that begin from `start` to before `end`, if that is given.
    """
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    text = spark.read.option("lineSep", "\n").text([literal(file.path) for file in files])
    at = f.col("_metadata.file_block_start")
    if end is not None:
        text = text.where((at >= start) & (at < end))
    return text.select(
        f.col("_metadata.file_path").alias("path"), at.alias("start"), f.col("value").cast("binary").alias("line")
    )
