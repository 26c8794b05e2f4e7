"""The generation that a build begins from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kg.store.checksums import Damaged, compare_digests
from kg.store.folder import CURRENT, DOUBTED, generations, named_generation
from kg.store.manifest import COPY, MANIFEST, Manifest, parse_manifest


def sound_base(folder: Path) -> tuple[Path | None, Manifest, str]:
    """The generation to begin from, if there is a sound one, its manifest, and what is wrong with a damaged one.

    Raises:
        OSError, UserError: it cannot be read now.
    """
    if not (folder / CURRENT).exists():
        return None, Manifest(), f"{CURRENT} is missing" if known_sources(folder) else ""
    try:
        path = folder / named_generation(folder)
        doubted = folder / DOUBTED
        compare_digests(path, untouched=doubted.exists())
        doubted.unlink(missing_ok=True)
        return path, parse_manifest(path), ""
    except (Damaged, FileNotFoundError, ValueError) as error:
        return None, Manifest(), str(error)


def known_sources(folder: Path) -> tuple[str, ...]:
    """The sources of the newest generation that tells of any."""
    for path in reversed(generations(folder)):
        for name in (MANIFEST, COPY):
            with suppress(OSError, ValueError):
                return tuple(sorted(parse_manifest(path, name).sources))
    return ()
