"""The only place that opens the store: a folder of generations, of which a reader sees one, whole.

    graph/kg-graph                 marks the folder as ours; its lock lets one build in at a time
    graph/current                  names the generation that readers open; replaced in one step
    graph/generation-000007/       an Oxigraph store, never written again once it is current, and manifest.json

A build copies the current generation (by hard links), changes the copy, and switches. Whatever ends it before the
switch, the old graph stands.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import UserError
from kg.vocabulary import GAZETTEER

MARK, CURRENT, MANIFEST, STORE = "kg-graph", "current", "manifest.json", "store"
LAYOUT = "kg graph folder, layout 1\n"
_GENERATION = re.compile(r"generation-(\d{6,})")
_BATCH = 100_000  # quads held in memory before they are written; a batch of this size costs some 50 MB


@dataclass(frozen=True, slots=True)
class Source:
    """What the graph knows of a source file: its digest, the program that read it, its articles and place codes."""

    digest: str
    program: str
    articles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph was built from: `sources` by name; `skipped` files with the reason; the program's fingerprint."""

    program: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)


def open_graph(folder: Path) -> Store:
    """The graph, to be read; it stays as it is while others build.

    Articles stand in named graphs, so queries want `use_default_graph_as_union=True`.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    try:
        return _read_only(_current(folder))
    except OSError:  # two builds may have passed since `current` was read
        try:
            return _read_only(_current(folder))
        except OSError as error:
            raise _damaged(folder, error) from None


def read_manifest(folder: Path) -> Manifest:
    """What the current graph was built from.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    return _load(_current(folder), folder)


class Generation:
    """The graph that a build makes: the current one, changed source by source, seen by nobody before `commit`."""

    def __init__(self, folder: Path, program: str, base: Path | None) -> None:
        """Begin from a generation's folder, or from nothing; nothing is copied before the first change."""
        self.previous = _load(base, folder) if base else Manifest()
        self._folder, self._program, self._base = folder, program, base
        self._sources = dict(self.previous.sources)
        self._skipped = dict(self.previous.skipped)
        self._path: Path | None = None
        self._store: Store | None = None
        self._batch: list[Quad] = []
        self._pending: set[str] = set()  # the articles in the batch
        self._written: set[str] = set()  # the articles of this build
        # A new program reads most sources anew, so what it does not is carried over into an empty store at the end.
        self._afresh = self.previous.program != program
        self._holders = Counter(article for source in self._sources.values() for article in source.articles)

    def unchanged(self, source: str, digest: str) -> bool:
        """Whether the graph already holds what this program reads from a file with these bytes."""
        known = self._sources.get(source)
        return known is not None and (known.digest, known.program) == (digest, self._program)

    def replace(self, source: str, digest: str, quads: Iterable[Quad]) -> None:
        """Put a source's facts in the place of those it had, if any.

        Raises:
            UserError: the disk is full or the folder cannot be written.
        """
        from kg.rdf import code_of  # noqa: PLC0415 - only builds need it; readers start without

        self._forget(source)
        articles: dict[str, None] = {}
        codes: set[str] = set()
        for quad in quads:
            assert isinstance(quad.graph_name, NamedNode)
            articles[quad.graph_name.value] = None
            codes.update(code for node in (quad.subject, quad.object) if (code := code_of(node)))
            self._batch.append(quad)
        self._sources[source] = Source(digest, self._program, tuple(articles), tuple(sorted(codes)))
        self._holders.update(articles.keys())
        self._pending.update(articles)
        self._written.update(articles)
        if len(self._batch) >= _BATCH:
            self._flush()

    def drop(self, source: str) -> None:
        """Take a source and its facts out; one that is not there is no error."""
        self._forget(source)

    def skip(self, source: str, reason: str) -> None:
        """Note that a file was not read, and why; what the graph had from it goes."""
        self._forget(source)
        self._skipped[source] = reason

    def commit(self) -> bool:
        """Make this generation the one that readers open; False where nothing was changed, and the current one stays.

        Raises:
            UserError: the disk is full or the folder cannot be written; the old graph stands.
        """
        from kg.rdf import gazetteer_quads  # noqa: PLC0415 - as above

        manifest = Manifest(self._program, dict(sorted(self._sources.items())), dict(sorted(self._skipped.items())))
        if self._base and self._path is None and not self._batch and manifest == self.previous:
            return False
        self._flush()
        with _writing(self._folder):
            store, path = self._writable()
            if self._afresh and self._base:
                store.bulk_extend(self._carried_over(self._base))
            codes = _codes(manifest)
            if self._afresh or codes != _codes(self.previous):
                store.remove_graph(GAZETTEER)
                store.extend(gazetteer_quads(codes))
            store.flush()
            del store
            self._store = None  # closes it
            _write(path / MANIFEST, _dump(manifest))
            _write(self._folder / CURRENT, path.name + "\n")
        self._path = None
        _clean(self._folder)
        return True

    def abandon(self) -> None:
        """Throw away what was not committed."""
        self._store = None
        if self._path:
            shutil.rmtree(self._path, ignore_errors=True)

    def _forget(self, source: str) -> None:
        self._skipped.pop(source, None)
        known = self._sources.pop(source, None)
        if known is None:
            return
        if not self._pending.isdisjoint(known.articles):
            self._flush()
        self._holders.subtract(known.articles)
        with _writing(self._folder):
            store, _ = self._writable()
            for article in known.articles:
                # Copies of a file in two folders give the same articles.
                if self._holders[article] <= 0 and (article in self._written or not self._afresh):
                    store.remove_graph(NamedNode(article))

    def _carried_over(self, base: Path) -> Iterator[Quad]:
        """The facts of the sources that this build did not touch."""
        store = _read_only(base)
        for article in sorted(self._holders.keys() - self._written):
            if self._holders[article] > 0:
                yield from store.quads_for_pattern(None, None, None, NamedNode(article))

    def _flush(self) -> None:
        if self._batch:
            with _writing(self._folder):
                store, _ = self._writable()
                # Bulk loading is twice as fast, but leaves files of its own each time.
                (store.bulk_extend if len(self._batch) >= _BATCH else store.extend)(self._batch)
            self._batch.clear()
            self._pending.clear()

    def _writable(self) -> tuple[Store, Path]:
        if self._store is None or self._path is None:
            numbers = [_number(path) for path in _generations(self._folder)]
            self._path = self._folder / f"generation-{max(numbers, default=0) + 1:06}"
            self._path.mkdir()
            if self._base and not self._afresh:
                _read_only(self._base).backup(str(self._path / STORE))
            self._store = Store(str(self._path / STORE))
        return self._store, self._path


@contextmanager
def new_generation(folder: Path, program: str) -> Iterator[Generation]:
    """The next generation of a graph, to be changed and committed within the block, by one build at a time.

    `program` is a fingerprint of what reads the sources: when it changes, no source counts as unchanged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place, new_generation(Path(place), "v1") as generation:
    ...     generation.replace("page.txt", "digest", [])
    ...     generation.commit()
    ...     sorted(read_manifest(Path(place)).sources)
    True
    ['page.txt']

    Raises:
        UserError: the folder holds something else, another build is at work, or it cannot be written.
    """
    with _writing(folder):
        _claim(folder)
        lock = (folder / MARK).open("r+", encoding="utf-8")
    with lock:
        _lock(lock, folder)
        with _writing(folder):
            base = _current(folder) if (folder / CURRENT).exists() else None
            _clean(folder)
        generation = Generation(folder, program, base)
        try:
            yield generation
        finally:
            generation.abandon()


def _current(folder: Path) -> Path:
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UserError(f"no graph in {folder}; run kg build INPUT... first") from None
    if not _GENERATION.fullmatch(name):
        raise UserError(f"no graph in {folder}: its file {CURRENT} was not written by kg")
    return folder / name


def _read_only(generation: Path) -> Store:
    return Store.read_only(str(generation / STORE))


def _load(generation: Path, folder: Path) -> Manifest:
    try:
        data = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        sources = {
            name: Source(of["digest"], of["program"], tuple(of["articles"]), tuple(of["codes"]))
            for name, of in data["sources"].items()
        }
        return Manifest(data["program"], sources, dict(data["skipped"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, error) from None


def _dump(manifest: Manifest) -> str:
    sources = {
        name: {"digest": of.digest, "program": of.program, "articles": of.articles, "codes": of.codes}
        for name, of in manifest.sources.items()
    }
    data = {"program": manifest.program, "sources": sources, "skipped": dict(manifest.skipped)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _codes(manifest: Manifest) -> list[str]:
    return sorted({code for source in manifest.sources.values() for code in source.codes})


def _claim(folder: Path) -> None:
    """Make the folder ours, if it is absent or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / MARK
    if not mark.exists():
        if any(folder.iterdir()):
            raise UserError(f"{folder} holds files that are not a graph's; name another folder with --graph")
        mark.write_text(LAYOUT, encoding="utf-8")
    elif mark.read_text(encoding="utf-8", errors="replace") not in {LAYOUT, ""}:
        raise UserError(f"the graph in {folder} was built by another version of kg; build into another folder")


def _lock(handle: IO[str], folder: Path) -> None:
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


def _generations(folder: Path) -> list[Path]:
    return sorted((path for path in folder.iterdir() if _GENERATION.fullmatch(path.name)), key=_number)


def _number(path: Path) -> int:
    return int(path.name.rpartition("-")[2])


def _clean(folder: Path) -> None:
    """Remove what interrupted builds left and old generations, but the last one before the current: it may be read."""
    current = _current(folder) if (folder / CURRENT).exists() else None
    older = [path for path in _generations(folder) if current and _number(path) < _number(current)]
    for path in _generations(folder):
        if path != current and path not in older[-1:]:
            shutil.rmtree(path, ignore_errors=True)


def _write(path: Path, text: str) -> None:
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
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"cannot write the graph in {folder}: {error.strerror or error}") from None


def _damaged(folder: Path, error: Exception) -> UserError:
    return UserError(f"the graph in {folder} is damaged ({error}); remove the folder and build it again")
