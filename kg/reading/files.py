"""Which files of the given files and folders are pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import UserError

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".jsonl"})


def input_files(inputs: Iterable[Path]) -> list[Path]:
    """The pages among files and, recursively, folders: sorted, each once, without hidden files and READMEs.

    A file named outright is taken whatever its name and ending, which `read_page` judges.

    Raises:
        UserError: a path does not exist.
    """
    found: dict[Path, Path] = {}
    for path in inputs:
        if path.is_dir():
            for file in _pages_below(path):
                found.setdefault(file.resolve(), file)
        elif path.exists():
            found.setdefault(path.resolve(), path)
        else:
            raise UserError(f"{path}: no such file or folder")
    return sorted(found.values(), key=str)


def _pages_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        about = path.stem.upper() == "README"  # tells of the folder
        if not hidden and not about and path.suffix.lower() in SUFFIXES and path.is_file():
            yield path
