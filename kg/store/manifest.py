"""What a graph was built from, kept beside it as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.store.folder import damaged, fault

MANIFEST, COPY = "manifest.json", "manifest-copy.json"
"""The copy is read by builds alone, where the manifest is damaged, so that no source is forgotten."""
_Said = TypeVar("_Said")
_HALF = re.compile("[\ud800-\udfff]")  # the bytes of a file's name that is not in UTF-8


@dataclass(frozen=True, slots=True)
class Source:
    """What the graph knows of a source file: its digest, the program that read it, its articles and place codes.

    `partly` tells that some of it could not be read; `refused` are the lines on facts of its sidecar that were not
    taken, and `said` tells that its sidecar speaks of one of its articles.
    `corrections` is the digest of the corrections that were at hand,
    and `verdicts` what became of each that may concern the file, by its key. `repeats` tells of those of its articles
    whose text another file has too, and that do not stand in the graph, the source of the one that does.
    """

    digest: str
    program: str
    articles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    corrections: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)
    partly: bool = False
    refused: tuple[str, ...] = ()
    repeats: Mapping[str, str] = field(default_factory=dict)
    said: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph was built from: `sources` by name; `skipped` files with the reason; the program's fingerprint."""

    program: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)


def load_manifest(generation: Path, folder: Path) -> Manifest:
    """The manifest of a generation of a graph's folder.

    Raises:
        UserError: it is damaged, or cannot be read now.
    """
    try:
        return parse_manifest(generation)
    except OSError as error:
        raise fault(folder, error) from None
    except ValueError as error:
        raise damaged(folder, error) from None


def parse_manifest(generation: Path, name: str = MANIFEST) -> Manifest:
    """The manifest of a generation, or the copy of it.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged; the text tells how.
    """
    try:
        data = json.loads((generation / name).read_text(encoding="utf-8"), object_hook=_Sources())
        manifest = Manifest(data["program"], dict(data["sources"]), dict(data["skipped"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{name}: {error}") from None
    if not all(isinstance(of, Source) for of in manifest.sources.values()):
        raise ValueError(f"{name}: a source is not as it was written")
    return manifest


class _Sources:
    """Makes a source of an object as soon as it is read, so that 100,000 take half the memory: what many say is one."""

    def __init__(self) -> None:
        self._said: dict[object, object] = {}

    def __call__(self, of: dict[str, Any]) -> object:
        if not isinstance(of.get("articles"), list):  # others hold texts or sources
            return of
        return Source(
            of["digest"],
            self._one(of["program"]),
            tuple(of["articles"]),
            self._one(tuple(map(self._one, of["codes"]))),
            self._one(of.get("corrections", "")),
            dict(of.get("verdicts", {})),
            bool(of.get("partly", False)),
            tuple(map(str, of.get("refused", ()))),
            dict(of.get("repeats", {})),
            bool(of.get("said", False)),
        )

    def _one(self, said: _Said) -> _Said:
        return cast("_Said", self._said.setdefault(said, said))


def dump_manifest(manifest: Manifest) -> Iterator[str]:
    """A manifest as JSON, a line a source: indented by the library, 100,000 sources take ten times as long."""
    yield f'{{"program": {_json(manifest.program)},\n "sources": {{'
    yield from _lines((name, _dumped(of)) for name, of in manifest.sources.items())
    yield '},\n "skipped": {'
    yield from _lines(manifest.skipped.items())
    yield "}}\n"


def _lines(told: Iterable[tuple[str, object]]) -> Iterator[str]:
    """What stands in an object, a line for each key."""
    between = "\n"
    for name, of in told:
        yield f"{between}  {_json(name)}: {_json(of)}"
        between = ",\n"
    if between != "\n":
        yield "\n "


def _json(value: object) -> str:
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(value, ensure_ascii=False))


def _dumped(source: Source) -> dict[str, object]:
    said: dict[str, object] = {"digest": source.digest, "program": source.program}
    said |= {"articles": source.articles, "codes": source.codes}
    if source.corrections:
        said |= {"corrections": source.corrections, "verdicts": dict(source.verdicts)}
    if source.partly:
        said["partly"] = True
    if source.refused:
        said["refused"] = source.refused
    if source.said:
        said["said"] = True
    if source.repeats:
        said["repeats"] = dict(source.repeats)
    return said


def repeats_of(sources: Mapping[str, Source]) -> Iterator[tuple[str, int, str]]:
    """The files whose articles are counted as another's, each with their number and the other file."""
    for name, source in sorted(sources.items()):
        for other, number in sorted(Counter(source.repeats.values()).items()):
            yield name, number, other


def codes_of(manifest: Manifest) -> list[str]:
    """The codes of all divisions that the sources name."""
    return sorted({code for source in manifest.sources.values() for code in source.codes})
