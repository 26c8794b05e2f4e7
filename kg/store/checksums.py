"""Sizes and digests of a generation's files.

Sizes are compared at every open, digests by checks, and by builds where a file is not the very one that was noted, by
its number on the disk and the time of its last change.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from kg.store.folder import write_whole
from kg.store.manifest import MANIFEST
from kg.store.matches import KEYS
from kg.store.repeats import ASIDE
from kg.store.union import UNION

CHECKSUMS, SUMMARY = "checksums.json", "summary.json"
STORE = "store"
_TABLE = ".sst"
_OF_STORE = ("CURRENT", "MANIFEST-*", "*.sst", "*.log")  # the rest is of no consequence: logs, locks, options


class Damaged(Exception):  # noqa: N818 - says what a file is
    """A file of a generation is not as it was written; the text tells which."""


@dataclass(frozen=True, slots=True)
class _Noted:
    """A file as it was written: its bytes' number and digest, its number on the disk, when it was last changed (ns)."""

    size: int
    digest: str
    inode: int = 0
    changed: int = 0

    def is_of(self, at: os.stat_result) -> bool:
        """Whether a file is the very one, untouched: then its bytes are those, as far as the disk keeps what it has."""
        return (self.size, self.inode, self.changed) == (at.st_size, at.st_ino or -1, at.st_mtime_ns)


def write_checksums(generation: Path, base: Path | None = None) -> None:
    """Note the sizes and digests of a generation's files, once they are all written.

    Tables that are those of the generation `base`, by hard links, and are never written again, are noted as they are
    there: a build has just compared them.
    """
    stores = (generation / STORE, generation / UNION, generation / KEYS, generation / ASIDE)
    found = {path for store in stores for pattern in _OF_STORE for path in store.glob(pattern)}
    paths = sorted(found | {generation / MANIFEST, generation / SUMMARY})
    known = _tables(base) if base else {}
    noted = {}
    for path in paths:
        at = path.stat()
        digest = known.get((at.st_dev, at.st_ino)) if path.suffix == _TABLE else None
        of = _Noted(at.st_size, digest or _digest(path), at.st_ino, at.st_mtime_ns)
        noted[path.relative_to(generation).as_posix()] = of
    write_whole(generation / CHECKSUMS, json.dumps({name: astuple(of) for name, of in noted.items()}, indent=1) + "\n")


def _tables(generation: Path) -> Mapping[tuple[int, int], str]:
    """The digests of a generation's tables by where the disk holds them."""
    noted = ((generation / name, of.digest) for name, of in _noted(generation).items() if name.endswith(_TABLE))
    return {(at.st_dev, at.st_ino): digest for path, digest in noted if (at := path.stat()).st_ino}


def compare_sizes(generation: Path) -> None:
    """Compare the sizes of a generation's files with those that they were written with.

    Raises:
        Damaged: a file is missing, or longer or shorter.
        OSError: one cannot be looked at.
    """
    for name, of in _noted(generation).items():
        try:
            found = (generation / name).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            raise Damaged(f"{name} is missing") from None
        if found != of.size:
            raise Damaged(f"{name} has {found} bytes of {of.size}")


def compare_digests(generation: Path, *, untouched: bool = True) -> None:
    """Compare the bytes of a generation's files with those that were written.

    All are read; with `untouched` False only those that are not the very files that were noted, or were written to.

    Raises:
        Damaged: a file is missing or has other bytes.
        OSError: one cannot be read.
    """
    compare_sizes(generation)
    for name, of in _noted(generation).items():
        path = generation / name
        if (untouched or not of.is_of(path.stat())) and _digest(path) != of.digest:
            raise Damaged(f"{name} has other bytes than were written")


def noted_bytes(generation: Path, name: str) -> bytes | None:
    """The bytes of a file of a generation, as they were written; None if none of that name were.

    Raises:
        Damaged: the file is missing or has other bytes.
        OSError: it cannot be read.
    """
    of = _noted(generation).get(name)
    if of is None:
        return None
    try:
        written = (generation / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise Damaged(f"{name} is missing") from None
    if hashlib.sha256(written).hexdigest() != of.digest:
        raise Damaged(f"{name} has other bytes than were written")
    return written


def _noted(generation: Path) -> Mapping[str, _Noted]:
    """The files by name; none for a graph of a version that noted nothing."""
    try:
        text = (generation / CHECKSUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        if not generation.is_dir():
            raise Damaged(f"{generation.name} is missing") from None
        return {}
    except UnicodeDecodeError:
        raise Damaged(f"{CHECKSUMS} cannot be read") from None
    try:
        noted = {
            str(name): _Noted(int(size), str(digest), *map(int, disk))
            for name, (size, digest, *disk) in json.loads(text).items()
        }
    except (ValueError, TypeError, AttributeError):
        raise Damaged(f"{CHECKSUMS} cannot be read") from None
    if any(not (generation / name).resolve().is_relative_to(generation.resolve()) for name in noted):
        raise Damaged(f"{CHECKSUMS} names other files")
    return noted


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
