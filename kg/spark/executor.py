"""What runs on the cluster: files and pieces of files to N-Quads and notes, by the reading of any build.

Functions here take and give batches of Arrow, as `DataFrame.mapInArrow` wants them. They write nothing but a temporary
folder of their own; what they give is Spark's to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa

from kg.build import fingerprint
from kg.errors import UserError
from kg.outcomes import Outcome, outcome_of
from kg.packing import unpacked
from kg.pipeline import Options, StandIn
from kg.rdf import named_in
from kg.reading import Piece
from kg.reading.pages import characters_of, looks_utf8
from kg.shards import Note, dump_note

if TYPE_CHECKING:
    from typing import IO

ROWS = "kind string, value string"
"""What the readers give: facts (N-Quads of one article or several) and notes (a line of JSON)."""
COUNTS = "path string, start long, lines long, characters long, utf8 boolean"
"""What `count` gives, a row for each piece."""
_SCHEMA = pa.schema([("kind", pa.string()), ("value", pa.string())])
_SAMPLE = 1 << 16
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read, and by which program: executors that have another one refuse.

    `names` tells by what name a build knows each file; of one that is cut, `digest` is that by which it is known, and
    `places` are where its pieces begin.
    """

    options: Options
    program: str
    names: Mapping[str, str]
    digest: str = ""
    places: Mapping[tuple[str, int], Piece] = field(default_factory=dict)


def read_files(batches: Iterable[pa.RecordBatch], reading: Reading) -> Iterator[pa.RecordBatch]:
    """Rows of `path` and `content` to rows of facts and notes."""
    _same_program(reading)
    with TemporaryDirectory(prefix="kg-") as place:
        for batch in batches:
            for row in batch.to_pylist():
                name = reading.names[row["path"]]
                file = Path(place) / PurePath(row["path"]).name
                file.write_bytes(row["content"])
                outcome = outcome_of(file, reading.options, Path(place) / ".scratch", stands=StandIn(PurePath(name)))
                file.unlink()
                yield from _rows(outcome, name)


def read_pieces(batches: Iterable[pa.RecordBatch], reading: Reading) -> Iterator[pa.RecordBatch]:
    """Rows of `path`, `start` and `line`, in the order of the file, to rows of facts and notes."""
    _same_program(reading)
    with TemporaryDirectory(prefix="kg-") as place:
        for (path, start), lines in _by_piece(batches):
            name = reading.names[path]
            if (path, start) not in reading.places:
                raise UserError(f"{name} was changed while it was read; run the same again")
            file = Path(place) / PurePath(name).name
            with file.open("wb") as handle:
                blank = not _write(handle, lines)
            if blank:
                yield _batch([("notes", dump_note(Note(name, reading.digest)))])
                continue
            stands = StandIn(PurePath(name), reading.places[path, start])
            outcome = outcome_of(file, reading.options, Path(place) / ".scratch", stands=stands)
            file.unlink()
            yield from _rows(outcome, name, reading.digest)


def count(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of `path`, `start` and `line` to a row for each piece: its lines and characters, and whether it is UTF-8.

    Whether a file is UTF-8, its first piece tells.
    """
    for (path, start), lines in _by_piece(batches):
        number = characters = 0
        sample = b""
        for line in lines:
            number += 1
            characters += characters_of(line + b"\n")
            if len(sample) < _SAMPLE:
                sample += line[:_SAMPLE] + b"\n"
        told = {"path": path, "start": start, "lines": number, "characters": characters}
        yield pa.RecordBatch.from_pylist([told | {"utf8": looks_utf8(sample[:_SAMPLE])}])


def _by_piece(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[str, int], Iterator[bytes]]]:
    """The lines of each piece; a mark of byte order at a file's beginning, if Spark leaves it there, is taken off."""
    rows = (row for batch in batches for row in batch.to_pylist())
    for (path, start), group in groupby(rows, key=itemgetter("path", "start")):
        yield (path, start), _lines(start, (row["line"] for row in group))


def _lines(start: int, lines: Iterator[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        yield line.removeprefix(_BOM) if start == number == 0 else line


def _write(handle: IO[bytes], lines: Iterable[bytes]) -> bool:
    """Whether anything was written but blanks."""
    found = False
    for line in lines:
        found = found or bool(line.strip())
        handle.write(line + b"\n")
    return found


def _rows(outcome: Outcome, name: str, digest: str = "") -> Iterator[pa.RecordBatch]:
    """The facts of a file, a row for each million bytes, and what is told of it."""
    articles: dict[str, None] = {}
    codes: set[str] = set()
    for facts in unpacked(outcome.facts):
        graphs, named = named_in(facts)
        articles |= dict.fromkeys(graphs)
        codes |= named
        yield _batch([("facts", facts.decode().removesuffix("\n"))])
    skipped = outcome.skipped
    told = Note(
        name,
        digest or outcome.digest,
        tuple(articles),
        tuple(sorted(codes)),
        outcome.articles,
        skipped.reason if skipped else "",
        skipped.partly if skipped else False,
        skipped.fault if skipped else False,
        skipped.unread if skipped else False,
    )
    yield _batch([("notes", dump_note(told))])


def _batch(rows: list[tuple[str, str]]) -> pa.RecordBatch:
    kinds, values = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays([pa.array(kinds), pa.array(values)], schema=_SCHEMA)


def _same_program(reading: Reading) -> None:
    if fingerprint(reading.options.min_confidence) != reading.program:
        raise UserError(
            "the executors have another version of kg, or of its rules, than the driver: install the same on all"
        )
