"""A folder of shards on this machine, or one that it sees: only whole ones are opened."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

from kg.build import fingerprint
from kg.errors import UserError
from kg.shards.manifest import MANIFEST, Batch, Manifest, Plan, parse_manifest
from kg.shards.notes import Note, parse_note

FACTS, NOTES = "kind=facts", "kind=notes"


@dataclass(frozen=True, slots=True)
class Shards:
    """Shards that are whole: their folder, the plan that they follow, and its batches."""

    folder: Path
    plan: Plan
    batches: tuple[Batch, ...]

    def notes(self, batch: Batch) -> Iterator[Note]:
        """What is told of the files of a batch.

        Raises:
            UserError: it cannot be read.
        """
        for path in self._of(batch, NOTES):
            with _opened(path) as file:
                try:
                    yield from map(parse_note, io.TextIOWrapper(file, encoding="utf-8"))
                except ValueError as error:
                    raise _broken(path, error) from None

    def facts(self, batches: Sequence[Batch]) -> Iterator[IO[bytes]]:
        """The N-Quads of batches, shard by shard.

        Raises:
            UserError: a shard cannot be read, also while it is read.
        """
        for batch in batches:
            for path in self._of(batch, FACTS):
                with _opened(path) as file:
                    yield file

    def _of(self, batch: Batch, kind: str) -> Iterator[Path]:
        return (self.folder / name for name, _ in sorted(batch.shards) if f"/{kind}/" in name)


def is_facts(name: str) -> bool:
    """Whether a shard of that name holds facts, not notes."""
    return f"/{FACTS}/" in name


def open_shards(folder: Path) -> Shards:
    """The shards in a folder.

    Raises:
        UserError: there are none, some are missing or not whole, or another version of kg wrote them.
    """
    manifest = _manifest(folder)
    plan = manifest.plan
    if plan is None:
        raise UserError(f"the shards in {folder} are half-written: the manifest names no plan; {_AGAIN}")
    if plan.program != fingerprint(Decimal(plan.min_confidence)):
        raise UserError(
            f"the shards in {folder} were written by another version of kg ({plan.version}, whose rules are "
            "not those of this one): load them with that one, or write them again"
        )
    missing = [name for name in plan.batches if name not in manifest.batches]
    if missing:
        there = len(plan.batches) - len(missing)
        raise UserError(f"the shards in {folder} are half-written: {there} of {len(plan.batches)} batches; {_AGAIN}")
    batches = tuple(manifest.batches[name] for name in plan.batches)
    for name, size in (shard for batch in batches for shard in batch.shards):
        try:
            found = (folder / name).stat().st_size
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UserError(f"{folder / name}: {reason}; copy all of the folder") from None
        if found != size:
            raise UserError(f"{folder / name} has {found} bytes of {size}; copy it again, or write it again")
    return Shards(folder, plan, batches)


_AGAIN = "run the same kg build --engine spark again, which goes on from there"


def _manifest(folder: Path) -> Manifest:
    if ":/" in str(folder) and not folder.exists():
        raise UserError(f"{folder} is no folder of this machine: copy the shards, or mount what holds them")
    try:
        paths = sorted(path for path in (folder / MANIFEST).iterdir() if path.name.startswith("part-"))
        return parse_manifest(line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(
            f"{folder} holds no shards ({MANIFEST}/ is missing); kg build --engine spark --shards FOLDER writes them"
        ) from None
    except OSError as error:
        raise UserError(f"{folder}: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:
        raise UserError(f"{folder} is damaged or by another version of kg: {error}") from None


class _Shard(gzip.GzipFile):
    """A compressed file that tells in one line what is wrong with it."""

    def read(self, size: int | None = -1) -> bytes:
        with self._told():
            return super().read(size)

    def read1(self, size: int = -1) -> bytes:  # by which a text is read
        with self._told():
            return super().read1(size)

    def readline(self, size: int | None = -1) -> bytes:
        with self._told():
            return super().readline(size)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, EOFError, zlib.error) as error:
            raise _broken(Path(str(self.name)), error) from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return cast("IO[bytes]", _Shard(path, "rb"))
    except OSError as error:
        raise _broken(path, error) from None


def _broken(path: Path, error: Exception) -> UserError:
    return UserError(f"{path} cannot be read ({str(error).lower()}); copy it again, or write it again")
