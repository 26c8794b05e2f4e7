"""The files in which corrections stand: found, read, and put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.corrections.contradictions import contradictions
from kg.corrections.entries import Corrections, Entry
from kg.corrections.parsing import ACCEPTED, MOST_BYTES, OPEN, parse
from kg.corrections.unions import with_labels
from kg.errors import UserError
from kg.reading.files import NoPlainFile, opened, readable, real_path

NAME = "corrections.toml"
"""What a file of corrections is called in a graph's folder or beside the inputs."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The corrections of some files, and the lines to be told of entries that contradict each other."""

    corrections: Corrections
    remarks: tuple[str, ...] = ()


def found_files(graph: Path, inputs: Iterable[Path]) -> list[Path]:
    """The files of corrections that nobody has to name: in the graph's folder and beside the inputs, each once.

    Raises:
        UserError: it cannot be seen whether there is one, so that a build would undo what it corrects.
    """
    folders = [graph, *(path if path.is_dir() else path.parent for path in inputs)]
    found = {real_path(folder / NAME): None for folder in folders}
    try:
        return [path for path in found if path.is_file()]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(
            f"{readable(str(error.filename))}: {reason}; it may hold corrections, so nothing is built"
        ) from None


def load(paths: Sequence[Path]) -> Loaded:
    """The corrections of some files; entries that contradict each other are told and left out.

    Raises:
        UserError: a file cannot be read, is no TOML, or holds what is no entry.
    """
    read = [each for path in paths for each in read_entries(path)]
    accepted = list({entry.key: entry for entry, accept in reversed(read) if accept == ACCEPTED}.values())[::-1]
    against = contradictions(accepted)
    out = {entry.key for first, last, _ in against for entry in (first, last)}
    remarks = tuple(
        f"{first.stands} and {last.stands} contradict each other on {topic}; neither was applied: keep one"
        for first, last, topic in against
    )
    kept = [entry for entry in accepted if entry.key not in out]
    return Loaded(Corrections(with_labels(kept), sum(accept == OPEN for _, accept in read)), remarks)


def read_entries(path: Path) -> Iterator[tuple[Entry, str]]:
    """The entries of a file, with what `accept` says of each.

    Raises:
        UserError: it cannot be read, is no TOML, or holds what is no entry.
    """
    yield from parse(text_of(path), readable(path.name))


def text_of(path: Path) -> str:
    """The text of a file of corrections.

    Raises:
        UserError: it cannot be read, is not in UTF-8, or too large to be one.
    """
    shown = readable(str(path))
    try:
        with opened(path) as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, NoPlainFile) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError(f"the corrections in {shown} cannot be read: {reason or error}") from None
    except UnicodeDecodeError as error:
        raise UserError(f"the corrections in {shown} are not in UTF-8 (byte {error.start}); save them so") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"the corrections in {shown} are larger than {MOST_BYTES // 1_000_000} MB")
    return text
