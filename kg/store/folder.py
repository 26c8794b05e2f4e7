"""The graph's folder: whose it is, who may write in it, and which of its generations is the current one."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.errors import FULL, UserError, reason_of

MARK, CURRENT = "kg-graph", "current"
SCRATCH = "scratch"
"""What a build holds for a while; what one that was killed has left there, the next one removes."""
CORRECTIONS = "corrections.toml"
"""What a person may have put into the folder, which is no part of the graph."""
DOUBTED = "doubted"
"""Stands there once a reader has met damage: the next build reads every byte of the graph that it begins from."""
_LAYOUT = "kg graph folder, layout "
LAYOUT = f"{_LAYOUT}1\n"
_OF_STORE = ("Corruption", "IO error", "Oxigraph needs")
"""How the store's errors begin."""
_OUT_OF_REACH = (
    *("Permission denied", "Operation not permitted", "Cannot allocate memory", "Input/output error"),
    *(
        "Stale file handle",
        "Transport endpoint",
        "Host is down",
        "Connection timed out",
        "Resource temporarily unavailable",
    ),
)
"""What the system says of files that it does not let be read now; nothing is known of their bytes then."""
_GENERATION = re.compile(r"generation-(\d{6,})")


def claim(folder: Path) -> None:
    """Make the folder ours, if it is absent or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists():
        if any(path.name != CORRECTIONS for path in folder.iterdir()):
            raise UserError(f"{folder} holds files that are not a graph's; name another folder with --graph")
        mark.write_text(LAYOUT, encoding="utf-8")
    elif not _is_ours(mark):
        raise UserError(f"the graph in {folder} was built by another version of kg; build into another folder")


def _is_ours(mark: Path) -> bool:
    """Whether a folder's mark is that of this version, or was being written when a build ended."""
    return mark.read_text(encoding="utf-8", errors="replace") in {LAYOUT, ""}


def _is_of_another_layout(folder: Path) -> bool:
    """Whether a folder's mark tells of a layout that this version does not know; one that cannot be read tells none."""
    with suppress(OSError):
        mark = (folder / MARK).read_text(encoding="utf-8", errors="replace")
        return mark.startswith(_LAYOUT) and mark != LAYOUT
    return False


def hold(handle: IO[str], folder: Path) -> None:
    """Hold the folder until the handle closes or the process ends."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - each system has its own

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UserError(f"another build is writing to {folder}; wait until it ends") from None


def current_generation(folder: Path) -> Path:
    """The folder of the generation that readers open.

    Raises:
        UserError: there is none.
    """
    try:
        if _is_of_another_layout(folder):
            raise UserError(f"the graph in {folder} was built by another version of kg; read it with that one")
        return folder / named_generation(folder)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise UserError(f"no graph in {folder}; run kg build INPUT... first") from None
    except OSError as error:
        raise fault(folder, error) from None
    except ValueError as error:
        raise UserError(f"no graph in {folder}: {error}; run kg build INPUT... first") from None


def named_generation(folder: Path) -> str:
    """The name of the generation that readers open.

    Raises:
        OSError: the file that tells it cannot be read.
        ValueError: it was not written by kg, or is damaged.
    """
    name = (folder / CURRENT).read_bytes().decode("utf-8", "replace").strip()
    if not _GENERATION.fullmatch(name):
        raise ValueError(f"its file {CURRENT} was not written by kg")
    return name


def generations(folder: Path) -> list[Path]:
    """All generations there are, the oldest first."""
    return sorted((path for path in folder.iterdir() if _GENERATION.fullmatch(path.name)), key=number_of)


def number_of(path: Path) -> int:
    """The number of a generation."""
    return int(path.name.rpartition("-")[2])


def clean_up(folder: Path) -> None:
    """Remove what interrupted builds left and old generations, but the last one before the current: it may be read."""
    try:
        current = current_generation(folder) if (folder / CURRENT).exists() else None
    except UserError:
        return  # a damaged folder keeps what it has until there is a sound generation
    older = [path for path in generations(folder) if current and number_of(path) < number_of(current)]
    for path in generations(folder):
        if path != current and path not in older[-1:]:
            shutil.rmtree(path, ignore_errors=True)


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """Write a file, of a text or of parts that are never held together, whole or not at all; the disk holds it then."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines([text] if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    with suppress(OSError):  # not every system opens folders
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Tell in one line what keeps the graph from being written."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not is_of_store(error):
            raise
        if "Corruption" in str(error):
            doubt(folder)
        reason = next((known for known in _OUT_OF_REACH if known in str(error)), reason_of(error))
        advice = "; make room" if reason == FULL else ""
        raise UserError(f"cannot write the graph in {folder}: {reason}{advice}") from None


def is_of_store(error: Exception) -> bool:
    """Whether it was the store that failed, not something else at work at the time."""
    return getattr(error, "errno", None) is None and str(error).startswith(_OF_STORE)


def doubt(folder: Path) -> None:
    """Have the next build read every byte of the graph."""
    with suppress(OSError):  # who reads may not be allowed to write
        (folder / DOUBTED).touch()


def damaged(folder: Path, what: object) -> UserError:
    """What to tell the user of a graph that is not as it was written; the next build will look for it."""
    doubt(folder)
    return UserError(f"the graph in {folder} is damaged ({what}); kg build INPUT... reads all anew")


def fault(folder: Path, error: Exception) -> UserError:
    """What to tell the user of an error that reading a graph gave: whether it is damaged, or only out of reach."""
    text = str(error)
    if "file descriptors" in text or "Too many open files" in text:
        return UserError(
            f"the graph in {folder} cannot be opened: too few files may be open; allow more (ulimit -n 1024)"
        )
    reason = next((reason for reason in _OUT_OF_REACH if reason in text), None)
    if reason:
        return UserError(f"the graph in {folder} cannot be read: {reason.lower()}; the graph itself may be whole")
    where = Path(str(error.filename)).name if isinstance(error, OSError) and error.filename else ""
    return damaged(folder, f"{where}: {reason_of(error).lower()}" if where else text)
