"""Files and folders that commands write: whole or not at all, and nothing left behind.

What is written stands in a draft of an unguessable name until it is whole. A draft is locked while its process lives;
the next run that writes the same target removes those of processes that were killed. Temporary folders likewise.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.errors import FULL, UserError, WrongUsage, reason_of

_SETTLED = 60
"""Seconds after which a draft that nobody holds is nobody's: between making and locking it lie microseconds."""


def write_whole(target: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file: the new one is seen whole or not at all, with the permissions of the old one or those of the umask.

    A link's target is written, not the link replaced; a pipe or device is written to. Folders on the way are made.

    Raises:
        UserError: it cannot be written; what stood there stands as it was.
        BrokenPipeError: whoever reads the pipe has gone.
    """
    with _told(target):
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise WrongUsage(f"{target} is a folder; name a file")
        if mode is not None and not stat.S_ISREG(mode):  # a pipe or device cannot be replaced
            with target.open("wb") as file:
                write(file)
            return
        named, target = target, Path(os.path.realpath(target))
        if target.is_dir():  # new/.. is one once links and dots are gone
            raise WrongUsage(f"{named} is a folder; name a file")
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_dead(target)
        draft = _draft(target)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(draft, flags, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                _lock(handle)
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(handle, mode & 0o777)
                write(file)
                file.flush()
                os.fsync(handle)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def write_folder(target: Path, write: Callable[[Path], None], own: Collection[str], what: str) -> None:
    """Write a folder beside the target, then move it into its place.

    A folder that stands there is replaced if it holds at most files with the names `own`; `what` says what those are.

    Raises:
        UserError: it holds others, or cannot be written; what stood there stands as it was.
    """
    with _told(target):
        named, target = target, Path(os.path.realpath(target))  # new/.. is another folder once links and dots are gone
        if target.exists() and not target.is_dir():
            raise UserError(f"{named} is a file; name a folder for the {what}")
        if target.is_dir() and (strange := sorted({path.name for path in target.iterdir()}.difference(own))):
            raise UserError(f"{named} holds other files ({strange[0]}); name a folder of its own for the {what}")
        here = Path.cwd()
        if target in {here, *here.parents}:
            raise UserError(f"{named} is the folder that this runs in; name a folder of its own for the {what}")
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_dead(target)
        draft, old = _draft(target), _draft(target)
        try:
            draft.mkdir()
            with _locked(draft):
                write(draft)
                if target.exists():
                    target.rename(old)
                draft.rename(target)
        finally:
            if old.exists() and not target.exists():
                old.rename(target)
            for each in (draft, old):
                shutil.rmtree(each, ignore_errors=True)


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """A folder of this process for the time of the block.

    Raises:
        OSError: none can be made.
    """
    for path in Path(tempfile.gettempdir()).glob(f"kg-{purpose}-*"):
        _remove_if_dead(path)
    folder = Path(tempfile.mkdtemp(prefix=f"kg-{purpose}-"))
    try:
        with _locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Tell in one line why a target cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError) and "\0" not in str(target):
            raise
        reason = reason_of(error)
        full = "make room, there or for temporary files (TMPDIR)"
        advice = full if reason == FULL else "name a file in a folder of yours"
        raise UserError(f"cannot write {target}: {reason}; {advice}") from None


def _mode(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def draft_prefix(target: Path) -> str:
    """How the names of a target's drafts begin: short, however long its own name is."""
    return f".kg-draft-{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]}-"


def _draft(target: Path) -> Path:
    return target.with_name(draft_prefix(target) + secrets.token_hex(8))


def _remove_dead(target: Path) -> None:
    for path in target.parent.glob(draft_prefix(target) + "*"):
        _remove_if_dead(path)


def _remove_if_dead(path: Path) -> None:
    """Remove what a process of ours left that was killed; what is locked, young or another's stays."""
    try:
        found = path.lstat()
        owner = getattr(os, "geteuid", lambda: found.st_uid)()
        if stat.S_ISLNK(found.st_mode) or found.st_uid != owner or time.time() - found.st_mtime < _SETTLED:
            return
        with _locked(path):
            if stat.S_ISDIR(found.st_mode):
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    except OSError:
        return


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file or folder for the time of the block.

    Raises:
        OSError: another process holds it.
    """
    if os.name == "nt":  # a folder cannot be opened there
        yield
        return
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        _lock(handle)
        yield
    finally:
        with suppress(OSError):
            os.close(handle)


def _lock(handle: int) -> None:
    if os.name != "nt":
        import fcntl  # noqa: PLC0415 - not on every system

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
