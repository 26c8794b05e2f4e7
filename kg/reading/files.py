"""Which files of the given files and folders are pages, and their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from kg.errors import UserError

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".jsonl"})
ARCHIVES = frozenset({".jsonl.gz", ".jsonl.zst", ".parquet"})
"""Endings of files that hold JSON Lines in another form (see `kg.reading.archives`)."""
_PACKERS = frozenset({".gz", ".zst"})
_MOST_ENDINGS = 5
_PIECE = 1 << 16
_FACTS = (".facts.jsonl", ".facts.jsonl.gz", ".facts.jsonl.zst")
"""How the names of files end that hold facts of a page, no page."""


class NoPlainFile(UserError):  # noqa: N818 - says what it is
    """What is named is a pipe, a socket, a device or a folder, whose bytes are nobody's page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages among files and folders: sorted, each once; `real` are their paths without links, sorted too.

    `links` are those of the files that are links, by what they lead to. `unreadable` are folders that could not be
    listed, `empty` named folders without a page, each with the reason.
    """

    files: tuple[Path, ...]
    real: tuple[Path, ...] = ()
    unreadable: tuple[tuple[Path, str], ...] = ()
    empty: tuple[tuple[Path, str], ...] = ()
    links: Mapping[Path, Path] = field(default_factory=dict)


def input_files(inputs: Iterable[Path]) -> list[Path]:
    """The pages among files and, recursively, folders: as `listed` gives them.

    Raises:
        UserError: a path does not exist.
    """
    return list(listed(inputs).files)


def listed(inputs: Iterable[Path]) -> Listing:
    """The pages among files and, recursively, folders, without hidden files and READMEs.

    A file named outright is taken whatever its name and ending, which `read_page` judges.

    Raises:
        UserError: a path does not exist.
    """
    found: dict[Path, Path] = {}
    unreadable: list[tuple[Path, str]] = []
    empty: list[tuple[Path, str]] = []
    for path in inputs:
        if _is_folder(path):
            others: Counter[str] = Counter()
            faults = len(unreadable)
            pages = list(_pages_below(path, unreadable, others))
            for real, file in pages:
                found.setdefault(real, file)
            if not pages and len(unreadable) == faults:
                empty.append((path, _without_pages(others)))
        else:
            found.setdefault(real_path(path), path)
    files = tuple(sorted(found.values(), key=str))
    links = {real: file.absolute() for real, file in found.items() if file.is_symlink()}
    return Listing(files, tuple(sorted(found, key=str)), tuple(sorted(unreadable)), tuple(empty), links)


def real_path(path: Path) -> Path:
    """A path without links, as far as they lead anywhere: links in a circle stay, at which `Path.resolve` fails."""
    return Path(os.path.realpath(path))


def ending_of(path: Path) -> str:
    """The ending of a file's name that tells its format, in small letters; both of them where it is compressed.

    >>> ending_of(Path("a.TXT")), ending_of(Path("2024.jsonl.gz")), ending_of(Path("README"))
    ('.txt', '.jsonl.gz', '')
    """
    return _ending(path.name)


def _ending(name: str) -> str:
    stem, ending = os.path.splitext(name.lower())  # noqa: PTH122 - of a million names
    return os.path.splitext(stem)[1] + ending if ending in _PACKERS else ending  # noqa: PTH122


def is_records(ending: str) -> bool:
    """Whether files with this ending hold an article a line or row."""
    return ending == ".jsonl" or ending in ARCHIVES


def unit_of(ending: str) -> str:
    """What an article of JSON Lines is called in a file with this ending."""
    return "row" if ending == ".parquet" else "line"


def is_page_of(path: Path, folder: Path) -> bool:
    """Whether a file of that name counts as a page of the folder that it lies in, at whatever depth.

    >>> is_page_of(Path("news/2024/a.txt"), Path("news")), is_page_of(Path("news/.git/a.txt"), Path("news"))
    (True, False)
    """
    return _is_page(path.name) and not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _is_page(name: str) -> bool:
    """Whether a file of that name is a page: not one that tells of the folder, nor one with facts of a page."""
    ending = _ending(name)
    about = name[: len(name) - len(ending)].upper() == "README"
    return (ending in SUFFIXES or ending in ARCHIVES) and not (about or name.lower().endswith(_FACTS))


def opened(path: Path) -> BufferedReader:
    """A plain file, to be read; what would make a reader wait for ever is refused.

    Raises:
        NoPlainFile: it is a folder, a pipe, a socket or a device.
        OSError: it cannot be read.
    """
    return os.fdopen(_handle(path), "rb")


def digest_of_bytes(path: Path) -> str:
    """The digest of a file's bytes; `hashlib.file_digest` takes ten times as long for small ones.

    Raises:
        NoPlainFile: it is a folder, a pipe, a socket or a device.
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    handle = _handle(path)
    try:
        while piece := os.read(handle, _PIECE):
            digest.update(piece)
    finally:
        os.close(handle)
    return digest.hexdigest()


def _handle(path: Path) -> int:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    kind = "folder" if stat.S_ISDIR(mode) else "device" if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) else "pipe"
    raise NoPlainFile(f"it is a {kind}, not a file")


def readable_name(path: Path) -> str:
    """A file's name as text; one not in the system's encoding is read as GB18030 or Big5, as Chinese archives have it.

    >>> readable_name(Path(os.fsdecode("上城.txt".encode("gb18030"))))
    '上城.txt'
    """
    return readable(path.name)


def readable(text: str) -> str:
    """A path or part of one as text that can be written."""
    if text.isprintable():
        return text
    raw = os.fsencode(text) if _is_encodable(text) else text.encode("utf-8", "surrogatepass")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return "/".join(_decoded(part) for part in raw.split(b"/"))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        with suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            if not any("\ue000" <= sign <= "\uf8ff" for sign in text):  # which GB18030 makes of much that is Big5
                return text
    return raw.decode("utf-8", "backslashreplace")


def _is_encodable(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"{readable(str(path))}: no such file or folder") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserError(f"{readable(str(path))}: {reason.lower()}") from None


def _pages_below(folder: Path, unreadable: list[tuple[Path, str]], others: Counter[str]) -> Iterator[tuple[Path, Path]]:
    """The pages of a folder, each with its path without links before it.

    Folders that cannot be listed and the endings of other files are noted.
    """
    root = real_path(folder)
    for entry, real in _files_below(folder, root, unreadable):
        if _is_page(entry.name):
            path = Path(entry.path)
            if entry.is_symlink():
                yield real_path(path), path
            else:
                yield (path if root == folder else Path(real, entry.name)), path
        else:
            others[_ending(entry.name) or "files without an ending"] += 1


def _files_below(
    folder: Path, root: Path, unreadable: list[tuple[Path, str]]
) -> Iterator[tuple[os.DirEntry[str], str]]:
    """The files of a folder and of those in it, each with the path without links of the folder that holds it.

    What is hidden is left out, and links to folders are not followed. `root` is the folder's path without links.
    """
    waiting = [(str(folder), str(root))]
    while waiting:
        place, real = waiting.pop()
        try:
            with os.scandir(place) as entries:
                held = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            if not isinstance(error, FileNotFoundError) or Path(place) == folder:  # else it went meanwhile
                reason = (error.strerror or str(error)).lower()
                unreadable.append((Path(place), f"the folder cannot be read ({reason})"))
            continue
        for entry in held:
            if not _leads_to_folder(entry):
                yield entry, real
            elif not entry.is_symlink():
                waiting.append((entry.path, os.path.join(real, entry.name)))  # noqa: PTH118 - of a million files


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """Whether what a folder holds is a folder or a link to one; of a link in a circle nobody knows."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _without_pages(others: Counter[str]) -> str:
    """Why a folder without pages holds none."""
    if not others:
        return "the folder holds no files"
    endings = [ending for ending, _ in sorted(others.items(), key=lambda each: (-each[1], each[0]))]
    told = " ".join(map(readable, endings[:_MOST_ENDINGS])) + " ..." * (len(endings) > _MOST_ENDINGS)
    return f"the folder holds no {' '.join(sorted(SUFFIXES | ARCHIVES))}, only {told}"
