"""Any number of quads into a store, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.store.changes import Stores, bare

PIECE = 150_000
"""Quads that are put in at once, for which the store takes some 130 MB.

Each piece comes in as a table of its own, compressed; from the third on the store merges tables, which takes time, and
writes them uncompressed until they are large (512 MB).
"""

_BULK = 5_000
"""Quads that are loaded in bulk: twice as fast and in less memory, but it leaves files of its own each time."""

_KEPT_LOGS = 1_000_000
"""Bytes of logs that are not worth opening a store for."""

_HELD = 4_000_000
"""Bytes that wait in memory, those of some 20,000 quads; more wait in a file."""


def put(store: Store, quads: Iterable[Quad]) -> None:
    """Put quads into a store piece by piece.

    Raises:
        OSError, RuntimeError: the disk is full, or the store is damaged.
    """
    remaining = iter(quads)
    while first := list(islice(remaining, _BULK)):
        if len(first) < _BULK:
            store.extend(first)
        else:  # the store takes them as they come, so that they are never held as objects
            store.bulk_extend(chain(first, islice(remaining, PIECE - len(first))))


def drop_logs(path: Path) -> None:
    """Remove what a closed store keeps of its way: logs of what its tables hold by now, and of what it did.

    Of a graph of a million quads these are 50 MB. The store removes the first when it is opened to be written.

    Raises:
        OSError, RuntimeError: the store is damaged.
    """
    if sum(log.stat().st_size for log in path.glob("*.log")) > _KEPT_LOGS:
        Store(str(path))
    for log in path.glob("LOG.old.*"):
        log.unlink()


class Waiting:
    """Facts as N-Quads that wait until they are enough for a piece."""

    def __init__(self, folder: Path) -> None:
        """Begin with none; those that are many wait in a file in `folder`, which nobody else sees."""
        self.quads = 0
        self._folder = folder
        self._file: SpooledTemporaryFile[bytes] | None = None

    def add(self, lines: bytes) -> None:
        """Take whole lines.

        Raises:
            OSError: the disk is full.
        """
        if self._file is None:
            self._file = SpooledTemporaryFile(_HELD, mode="w+b", dir=str(self._folder))  # noqa: SIM115 - it waits beyond this call
        if self._file.tell() + len(lines) > _HELD:  # now it becomes a file
            self._folder.mkdir(exist_ok=True)
        self._file.write(lines)
        self.quads += lines.count(b"\n")

    def put_into(self, stores: Stores) -> None:
        """Put all of them into the named graphs and into their union; none wait then.

        Raises:
            OSError, RuntimeError: as `put`.
            SyntaxError: they are no N-Quads.
        """
        put(stores.graphs, self._quads())
        put(stores.union, map(bare, self._quads()))
        self.forget()

    def _quads(self) -> Iterable[Quad]:
        if self._file is None:
            return ()
        self._file.seek(0)
        return parse(cast("IO[bytes]", self._file), format=RdfFormat.N_QUADS)

    def forget(self) -> None:
        """Throw them away."""
        if self._file is not None:
            self._file.close()
        self._file, self.quads = None, 0
