"""Which sources of a graph a path speaks of, whether or not anything is there any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import UserError, WrongUsage
from kg.reading.files import readable, real_path
from kg.store import Generation, Source, read_manifest


def sources_of(paths: Sequence[str], sources: Iterable[str]) -> list[str]:
    """The sources that are one of these files, lie in one of these folders, or fit one of these patterns, sorted.

    In a pattern `*` stands for any part of a name, `?` for one sign, `[ab]` for one of these; it does not reach over a
    `/`, and one that fits a folder stands for all that lies in it. Relative paths are those of the working folder.

    >>> sources_of(["/news/old", "/news/2*/a.txt"], ["/news/old/b.txt", "/news/2024/a.txt", "/news/older.txt"])
    ['/news/2024/a.txt', '/news/old/b.txt']

    Raises:
        UserError: there is none for a path.
    """
    known = sorted(sources)
    found: set[str] = set()
    for path in paths:
        fitting = _lying_in(path, known) or _like(path, known)
        if not fitting:
            hint = f"a pattern counts from the current folder (FOLDER/{readable(path)} looks in FOLDER); "
            also = hint if set(path) & set("*?[") and not os.path.isabs(path) else ""  # noqa: PTH117 - as it is written
            raise UserError(
                f"nothing in the graph came from {readable(path)}; {also}kg info lists what is there no more"
            )
        found.update(fitting)
    return sorted(found)


def missing(sources: Iterable[str]) -> list[str]:
    """The sources that are not where they were read; of those on other machines (s3a://...) nobody asks."""
    return [name for name in sorted(sources) if os.path.isabs(name) and not os.path.lexists(name)]  # noqa: PTH117 - of a million


def to_drop(folder: Path, drop: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """What `take_out` would take out of the graph in `folder`.

    Raises:
        UserError: there is no graph, or it has none for one of them.
    """
    manifest = read_manifest(folder)
    return _with_articles(sources_of(drop, {*manifest.sources, *manifest.skipped}), manifest.sources)


def take_out(generation: Generation, drop: Sequence[str], paths: Sequence[Path] = ()) -> tuple[tuple[str, int], ...]:
    """Take out of a graph what came from files, folders and patterns: the sources, with the number of their articles.

    Raises:
        UserError: there is none for a path, or it is among the `paths` that are to be read.
    """
    known = {*generation.previous.sources, *generation.previous.skipped, *generation.lost}
    found = _with_articles(sources_of(drop, known), generation.previous.sources)
    both = sorted({name for name, _ in found} & {str(path) for path in paths})
    if both:
        raise WrongUsage(f"{readable(both[0])} is to be read and to be dropped; take it out of INPUT or --drop")
    for name, _ in found:
        generation.drop(name)
    return found


def _with_articles(names: Iterable[str], sources: Mapping[str, Source]) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(sources[name].articles) if name in sources else 0) for name in names)


def _lying_in(path: str, sources: Sequence[str]) -> list[str]:
    """The sources at a path or below it: as it is written, as the working folder has it, and without links."""
    places = {path.rstrip("/"), str(Path(path).absolute()), str(real_path(Path(path)))} - {""}
    return [name for name in sources if any(name == place or name.startswith(f"{place}/") for place in places)]


def _like(pattern: str, sources: Sequence[str]) -> list[str]:
    """The sources that a pattern fits, or that lie in a folder that it fits."""
    parts = pattern.split("/")
    plain = next((number for number, part in enumerate(parts) if set(part) & set("*?[")), len(parts))
    if plain == len(parts):
        return []
    above = real_path(Path("/".join(parts[:plain]) or ("/" if plain else "."))).parts
    wanted = [part for part in parts[plain:] if part]
    return [name for name in sources if _fits(Path(name).parts, above, wanted)]


def _fits(parts: Sequence[str], above: Sequence[str], wanted: Sequence[str]) -> bool:
    rest = parts[len(above) :]
    return (
        tuple(parts[: len(above)]) == tuple(above) and len(rest) >= len(wanted) and all(map(fnmatchcase, rest, wanted))
    )
