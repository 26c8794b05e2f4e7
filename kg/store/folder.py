"""The graph's folder: whose it is, who may write in it, and which of its generations is the current one."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.errors import UserError

MARK, CURRENT = "kg-graph", "current"
LAYOUT = "kg graph folder, layout 1\n"
_GENERATION = re.compile(r"generation-(\d{6,})")


def claim(folder: Path) -> None:
    """Make the folder ours, if it is absent or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists():
        if any(folder.iterdir()):
            raise UserError(f"{folder} holds files that are not a graph's; name another folder with --graph")
        mark.write_text(LAYOUT, encoding="utf-8")
    elif mark.read_text(encoding="utf-8", errors="replace") not in {LAYOUT, ""}:
        raise UserError(f"the graph in {folder} was built by another version of kg; build into another folder")


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
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"no graph in {folder}; run kg build INPUT... first") from None
    if not _GENERATION.fullmatch(name):
        raise UserError(f"no graph in {folder}: its file {CURRENT} was not written by kg")
    return folder / name


def generations(folder: Path) -> list[Path]:
    """All generations there are, the oldest first."""
    return sorted((path for path in folder.iterdir() if _GENERATION.fullmatch(path.name)), key=number_of)


def number_of(path: Path) -> int:
    """The number of a generation."""
    return int(path.name.rpartition("-")[2])


def clean_up(folder: Path) -> None:
    """Remove what interrupted builds left and old generations, but the last one before the current: it may be read."""
    current = current_generation(folder) if (folder / CURRENT).exists() else None
    older = [path for path in generations(folder) if current and number_of(path) < number_of(current)]
    for path in generations(folder):
        if path != current and path not in older[-1:]:
            shutil.rmtree(path, ignore_errors=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all, and have the disk hold it."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
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
    except OSError as error:
        raise UserError(f"cannot write the graph in {folder}: {error.strerror or error}") from None


def damaged(folder: Path, error: Exception) -> UserError:
    """What to tell the user of a graph that cannot be read."""
    return UserError(f"the graph in {folder} is damaged ({error}); remove the folder and build it again")
