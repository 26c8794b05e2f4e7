"""Sorting more lines than memory holds: sorted runs in a temporary folder, merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from kg.outputs import temporary_folder

RUN = 16_000_000
"""Bytes of lines that are sorted in memory; a run of this size costs some 30 MB."""

MOST_RUNS = 64
"""Files that are merged at once."""


def in_order(lines: Iterable[bytes], run: int = RUN) -> Iterator[bytes]:
    r"""Lines in the order of their bytes, each once; what does not fit into memory waits in a temporary folder.

    Every line ends with its only line break.

    Raises:
        OSError: the temporary folder is full.

    >>> list(in_order([b"b\n", b"a\n", b"b\n"]))
    [b'a\n', b'b\n']
    """
    with temporary_folder("sort") as place:
        files: list[Path] = []
        held: list[bytes] = []
        size = number = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= run:
                number += 1
                files.append(_written(sorted(set(held)), place / str(number)))
                held.clear()
                size = 0
                if len(files) == MOST_RUNS:
                    number += 1
                    files = [_written(_merged(files, []), place / str(number))]
        yield from _merged(files, sorted(set(held)))


def _written(lines: Iterable[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(lines)
    return path


def _merged(files: list[Path], held: list[bytes]) -> Iterator[bytes]:
    """The lines of sorted files and of a sorted list, each once; the files are removed."""
    if not files:
        yield from held
        return
    with ExitStack() as stack:
        opened = [stack.enter_context(path.open("rb")) for path in files]
        for line, _ in groupby(heapq.merge(*opened, held)):
            yield line
    for path in files:
        path.unlink()
