"""Facts on their way from who reads a file to the store: compressed, and in a file of their own where they are many."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from kg.errors import UserError

HELD = 1_000_000
"""Bytes of packed facts, those of some thousand articles, that are held in memory; more are written to a file."""

Packed = bytes | Path
"""Facts as compressed N-Quads, or the file that holds them."""

_AT_A_TIME = 1_000_000
"""Bytes that are unpacked at a time."""
_QUICK = 1
"""How hard facts are compressed."""
_GZIP = 31
"""How zlib is told to write what gzip reads."""


class CannotPack(UserError):  # noqa: N818 - says what it is
    """The folder for facts on their way is full or cannot be written."""


class Packing:
    r"""Takes facts article by article, in memory that does not grow with their number where there is a folder for them.

    >>> packing = Packing()
    >>> packing.add(b"<a:1> <a:2> <a:3> <a:4> .\n")
    >>> list(unpacked(packing.packed()))
    [b'<a:1> <a:2> <a:3> <a:4> .\n']
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Begin with nothing; a file is made in `folder` where one is needed."""
        self._folder = folder
        self._packer = zlib.compressobj(_QUICK, zlib.DEFLATED, _GZIP)
        self._file: IO[bytes] = BytesIO()
        self._path: Path | None = None

    def add(self, facts: bytes) -> None:
        """Take the facts of an article as N-Quads.

        Raises:
            CannotPack: they cannot be written.
        """
        self._write(self._packer.compress(facts))

    def packed(self) -> Packed:
        """All that was added; nothing can be added any more.

        Raises:
            CannotPack: it cannot be written.
        """
        self._write(self._packer.flush())
        if isinstance(self._file, BytesIO):
            return self._file.getvalue()
        self._file.close()
        assert self._path
        return self._path

    def _write(self, data: bytes) -> None:
        try:
            if self._folder and isinstance(self._file, BytesIO) and self._file.tell() + len(data) > HELD:
                held = self._file.getvalue()
                self._folder.mkdir(exist_ok=True)
                handle, name = tempfile.mkstemp(dir=self._folder)
                self._file, self._path = os.fdopen(handle, "wb"), Path(name)
                self._file.write(held)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise CannotPack(f"cannot write to {self._folder}: {(error.strerror or str(error)).lower()}") from None


def unpacked(packed: Packed) -> Iterator[bytes]:
    """Packed facts as N-Quads, some million bytes of whole lines at a time; a file that held them is then removed."""
    with gzip.open(BytesIO(packed) if isinstance(packed, bytes) else packed) as file:
        while lines := file.readlines(_AT_A_TIME):
            yield b"".join(lines)
    if isinstance(packed, Path):
        packed.unlink(missing_ok=True)
