"""What becomes of one file of a build: its facts, or why there are none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UserError
from kg.packing import CannotPack, Packed
from kg.pipeline import Options, Spread, StandIn, read_file
from kg.processes import TooSlow, time_limit
from kg.reading.files import ARCHIVES, NoPlainFile, digest_of_bytes, ending_of
from kg.sidecars import Mode, sidecars_of

SECONDS_A_FILE = 60
"""Processor time that reading any file may take, some hundred times what a newspaper page takes."""

SECONDS_A_MEGABYTE = 300
"""What it may take beyond that for each megabyte, some ten times what dense text takes."""

PACKED = 10
"""How many times larger what a compressed file holds may be: text packs to a third to a sixth."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was not read, and why.

    `fault` is set where the program failed rather than the file, `unread` where the system did not let it be read,
    `kept` where the graph keeps what it held from it, `partly` where only records of it could not be read and the graph
    has the others.
    """

    path: Path
    reason: str
    fault: bool = False
    unread: bool = False
    kept: bool = False
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker made of a file: its facts, or why there are none; both where a part of it could not be read.

    A part is a record of it, or its sidecar; `said` tells whether that speaks of one of its articles.
    """

    path: Path
    digest: str
    facts: Packed = b""
    articles: int = 0
    skipped: Skipped | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    said: bool = False


def outcome_of(
    path: Path, options: Options, scratch: Path | None = None, spread: Spread = map, stands: StandIn | None = None
) -> Outcome:
    """The facts of a file, or why it was skipped; many facts are put into a file in the folder `scratch`.

    `spread` reads its articles; `stands` tells which file it stands for, if that is another.

    Raises:
        CannotPack: there is no room for them.
        BrokenProcessPool: a process that `spread` had read some of them was ended.
    """
    seconds = 0.0
    try:
        digest = digest_of(path, options)
        seconds = seconds_for(text_size(path))
        with time_limit(seconds):
            found = read_file(path, options, scratch, spread, stands)
    except TooSlow:
        reason = f"it took more than {seconds:.0f} s of processor time; please report this"
        return Outcome(path, "", skipped=Skipped(path, reason, fault=True))
    except (CannotPack, BrokenProcessPool):
        raise
    except UserError as error:
        return Outcome(path, "", skipped=Skipped(path, str(error)))
    except OSError as error:
        reason = f"the file cannot be read ({(error.strerror or str(error)).lower()})"
        return Outcome(path, "", skipped=Skipped(path, reason, unread=True))
    except Exception as error:  # noqa: BLE001 - one odd page must not lose the work on all others
        reason = f"kg failed on it ({type(error).__name__}: {error}); please report this"
        return Outcome(path, "", skipped=Skipped(path, reason, fault=True))
    broken = Skipped(path, found.faults, unread=True, partly=True) if found.faults else None
    return Outcome(path, digest, found.facts, found.articles, broken, found.verdicts, found.refused, found.said)


def seconds_for(size: int) -> float:
    """The processor time that reading so many bytes of text may take."""
    return SECONDS_A_FILE + SECONDS_A_MEGABYTE * size / 1_000_000


def text_size(path: Path) -> int:
    """The most bytes of text that a file is taken to hold.

    Raises:
        OSError: it cannot be found.
    """
    return path.stat().st_size * (PACKED if ending_of(path) in ARCHIVES else 1)


def digest_of(path: Path, options: Options, beside: Callable[[Path], tuple[Path, ...]] = sidecars_of) -> str:
    """The digest of a file by which it is known, and of its sidecar with what is made of that, if it has one.

    A sidecar that cannot be read has that alone in the digest. `beside` tells the sidecars of a page.

    Raises:
        NoPlainFile: it is no plain file.
        OSError: it cannot be read.
    """
    digest = digest_of_bytes(path)
    if options.published:
        digest = hashlib.sha256(f"{digest} {options.published}".encode()).hexdigest()
    for sidecar in () if options.facts is Mode.RULES else beside(path):
        try:
            found = digest_of_bytes(sidecar)
        except (OSError, NoPlainFile):
            found = "unread"
        digest = hashlib.sha256(f"{digest} {sidecar.name} {found} {options.facts}".encode()).hexdigest()
    return digest
