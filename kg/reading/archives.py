"""Compressed JSON Lines and Parquet, read as the JSON Lines that they hold, piece by piece.

The text of a compressed file is what it unpacks to. The text of a Parquet file is a line of JSON for each row, of those
columns alone that articles are made of, in the file's order: positions of passages count in it.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kg.reading.decoding import Unreadable
from kg.reading.files import ARCHIVES
from kg.reading.jsonl import KEYS, TEXTS

_PIECE = 1 << 16
_ROWS = 64
"""Rows that are held at a time."""
_BROKEN = "the file is broken or cut off"


def unpacked(file: io.BufferedReader, ending: str) -> io.BufferedReader:
    r"""What a file with one of the endings `ARCHIVES` holds, as bytes of JSON Lines; others as they are.

    What is wrong with it is raised as it is met, when all that stands before has been read.

    >>> packed = io.BytesIO(gzip.compress(b'{"text": "..."}\n'))
    >>> unpacked(io.BufferedReader(packed), ".jsonl.gz").read()
    b'{"text": "..."}\n'

    Raises:
        Unreadable: the file is broken, its rows have no text, or it takes a library that is not installed.
        OSError: it cannot be read.
    """
    if ending not in ARCHIVES:
        return file
    return io.BufferedReader(_Stream(file, _OPENERS[ending](file)), _PIECE)


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file that is read once, from its beginning to its end."""

    def __init__(self, file: io.BufferedReader, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._file, self._pieces, self._rest = file, pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()


def _gzip(file: io.BufferedReader) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=file) as archive:
            while piece := archive.read1(_PIECE):
                yield piece
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Unreadable(_BROKEN) from None


def _zstd(file: io.BufferedReader) -> Iterator[bytes]:
    arrow, _ = _arrow("Zstandard")
    archive = arrow.CompressedInputStream(arrow.PythonFile(file), "zstd")
    try:
        while piece := archive.read(_PIECE):
            yield piece
    except OSError as error:
        if error.errno is not None:  # the system's
            raise
        raise Unreadable(_BROKEN) from None


def _parquet(file: io.BufferedReader) -> Iterator[bytes]:
    arrow, parquet = _arrow("Parquet")
    try:
        table = parquet.ParquetFile(file, buffer_size=_PIECE, pre_buffer=False)
        columns = [name for name in table.schema_arrow.names if name in KEYS]
        if not set(columns) & set(TEXTS):
            raise Unreadable(f"its rows have no text (a column {', '.join(TEXTS)})")
        for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                yield _line(row)
    except (OSError, arrow.ArrowException) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Unreadable(_BROKEN) from None


def _line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON; a text that is absent is an empty one."""
    told = {key: "" if value is None and key in TEXTS else value for key, value in row.items()}
    line = json.dumps(told, ensure_ascii=False, default=_plain) + "\n"
    return line.encode("utf-8", "backslashreplace")


def _plain(value: object) -> str | None:
    """A day or time of a row as text; what else JSON has no form for is nothing."""
    return value.isoformat() if isinstance(value, date) else None


def _arrow(what: str) -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise Unreadable(f"{what} is read by pyarrow: pip install 'kg-governance[parquet]'") from None
    return pa, parquet


_OPENERS: dict[str, Callable[[io.BufferedReader], Iterator[bytes]]] = {
    ".jsonl.gz": _gzip,
    ".jsonl.zst": _zstd,
    ".parquet": _parquet,
}
