"""Files cut into batches: a job each, which is written whole or not at all, so that a run that was stopped goes on.

Where a batch ends depends on the files in it and on their names, so that a file that comes or goes changes the batch
that holds it, and few others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.reading.files import ARCHIVES, ending_of, is_records
from kg.reading.pages import LARGEST_PAGE
from kg.spark.inputs import File, is_lines, name_of

LARGEST_ARCHIVE = 1_000_000_000
"""Bytes of a compressed or Parquet file, which is held in an executor's memory while it is read."""
_MOST_FILES = 10_000
_ONE_IN = 64


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of a batch, at most: minutes of work for ten cores; and of what one task reads.

    A batch that has half of the most may end. Files of JSON Lines with more than a `piece` are cut.
    """

    batch: int = 256_000_000
    piece: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Work:
    """What one job reads: whole files, or pieces of one file, those that begin from `start` to before `end`."""

    files: tuple[File, ...]
    pieces: bool = False
    start: int = 0
    end: int = 0

    def name(self, how: str) -> str:
        """A digest of what is read, and `how`: by which program and with which options."""
        told = f"{how} {self.pieces} {self.start} {self.end} {[(f.path, f.size, f.changed) for f in self.files]}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def works(whole: Sequence[File], cut: Sequence[File], most: int) -> Iterator[Work]:
    """The jobs for files that are read whole and for those that are read piece by piece, both sorted.

    >>> [len(work.files) for work in works([File(f"{n}.txt", 400, 0) for n in range(5)], [], 1_000)]
    [2, 2, 1]
    """
    batch: list[File] = []
    size = 0
    for file in whole:
        if batch and (size + file.size > most or len(batch) >= _MOST_FILES):
            yield Work(tuple(batch))
            batch, size = [], 0
        batch.append(file)
        size += file.size
        if size * 2 >= most and _ends(file):
            yield Work(tuple(batch))
            batch, size = [], 0
    if batch:
        yield Work(tuple(batch))
    for file in cut:
        for start in range(0, file.size, most):
            yield Work((file,), True, start, min(start + most, file.size))


def is_cut(file: File, sizes: Sizes) -> bool:
    """Whether a file is read piece by piece, if its text is UTF-8."""
    return is_lines(file) and file.size > sizes.piece


def refusal(file: File) -> str:
    """Why a file is too large to be read, if it is."""
    ending = ending_of(Path(file.path))
    if ending in ARCHIVES and file.size > LARGEST_ARCHIVE:
        return f"the file is larger than {LARGEST_ARCHIVE:,} bytes; write it as several, or as .jsonl"
    if not is_records(ending) and file.size > LARGEST_PAGE:
        return f"the file is larger than {LARGEST_PAGE:,} bytes; split it"
    return ""


def _ends(file: File) -> bool:
    return hashlib.sha256(name_of(file.path).encode("utf-8", "surrogatepass")).digest()[0] % _ONE_IN == 0
