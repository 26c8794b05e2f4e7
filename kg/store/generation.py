"""The generation that a build makes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.store.base import known_sources, sound_base
from kg.store.changes import Change, Stores
from kg.store.checksums import STORE, SUMMARY, write_checksums
from kg.store.folder import (
    CURRENT,
    MARK,
    SCRATCH,
    claim,
    clean_up,
    generations,
    hold,
    number_of,
    write_whole,
    writing,
)
from kg.store.loading import PIECE, Waiting, drop_logs
from kg.store.manifest import COPY, MANIFEST, Manifest, Source, codes_of, dump_manifest
from kg.store.matches import KEYS, apart_before, write_matches
from kg.store.reading import read_only
from kg.store.repeats import ASIDE, Aside, Moved, Version
from kg.store.repeats import settle as settle_repeats
from kg.store.summary import Summary, counted, dump_summary, load_summary, recounted
from kg.store.union import UNION, Gone, settle
from kg.vocabulary import GAZETTEER

_AT_A_TIME = 1_000_000
"""Bytes of a file of facts that are read at a time."""


class Generation:
    """The graph that a build makes: the current one, changed source by source, seen by nobody before `commit`."""

    def __init__(self, folder: Path, program: str, base: Path | None, previous: Manifest, damage: str = "") -> None:
        """Begin from a generation's folder and manifest, or from nothing; nothing is copied before the first change."""
        self.previous = previous
        self.damage = damage
        """What is wrong with the graph that was there, if it is damaged: nothing of it is taken over."""
        self.lost: tuple[str, ...] = known_sources(folder) if base is None else ()
        """The sources that the damaged graph was built from."""
        self.scratch = folder / SCRATCH
        """Where facts may be put on their way here; it is not there unless somebody makes it."""
        self._folder, self._program, self._base = folder, program, base
        self._sources = dict(self.previous.sources)
        self._skipped = dict(self.previous.skipped)
        self._path: Path | None = None
        self._stores: Stores | None = None
        self._aside: Aside | None = None
        self._waiting = Waiting(self.scratch)
        self._pending: set[str] = set()  # the articles that wait
        self._written: set[str] = set()  # the articles of this build
        # A new program reads most sources anew, so what it does not is carried over into an empty store at the end.
        self._afresh = self.previous.program != program
        self._gone = Gone()
        self._removed: set[str] = set()
        self._touched: set[str] = set()  # the articles of sources that came, changed or went
        self._holders = Counter(article for source in self._sources.values() for article in source.articles)

    def unchanged(self, source: str, digest: str) -> bool:
        """Whether the graph already holds what this program reads from a file with these bytes."""
        known = self._sources.get(source)
        return known is not None and (known.digest, known.program) == (digest, self._program)

    def replace(
        self,
        source: str,
        digest: str,
        facts: Iterable[bytes],
        *,
        partly: bool = False,
        refused: tuple[str, ...] = (),
        said: bool = False,
    ) -> None:
        """Put a source's facts, given as N-Quads of some lines at a time, in the place of those it had, if any.

        `partly` tells that some of it could not be read; `refused` are lines on facts that its sidecar has and that
        were not taken, and `said` tells that one speaks of it.

        Raises:
            UserError: the disk is full or the folder cannot be written.
        """
        from kg.rdf import named_in  # noqa: PLC0415 - only builds need it; readers start without

        self._forget(source)
        articles: dict[str, None] = {}
        codes: set[str] = set()
        for lines in facts:
            graphs, named = named_in(lines)
            articles |= dict.fromkeys(graphs)
            codes |= named
            self._take(self._without_held(source, lines, graphs))
        self._sources[source] = Source(
            digest, self._program, tuple(articles), tuple(sorted(codes)), partly=partly, refused=refused, said=said
        )
        written = [article for article in articles if not self._holders[article]]
        self._holders.update(articles.keys())
        self._pending.update(written)
        self._written.update(written)
        self._touched.update(articles)

    def load(self, sources: Mapping[str, Source], files: Iterable[IO[bytes]]) -> None:
        """Put sources whose facts stand in files of N-Quads, in any order, in the place of what they had.

        Raises:
            UserError: the disk is full or the folder cannot be written.
            SyntaxError: a file is no N-Quads.
        """
        for name in sources:
            self._forget(name)
        for file in files:
            while lines := file.readlines(_AT_A_TIME):
                self._take(b"".join(lines).removesuffix(b"\n") + b"\n")
        self._flush()
        for name, source in sources.items():
            self._sources[name] = source
            self._holders.update(source.articles)
            self._written.update(source.articles)
            self._touched.update(source.articles)

    def drop(self, source: str) -> None:
        """Take a source and its facts out; one that is not there is no error."""
        self._forget(source)

    def skip(self, source: str, reason: str) -> None:
        """Note that a file could not be read, and why; what the graph had from it stays."""
        self._skipped[source] = reason

    def confirm(self, source: str) -> None:
        """Note that an unchanged source can be read, if it could not before."""
        if not self._sources[source].partly:
            self._skipped.pop(source, None)

    def note_corrections(self, source: str, key: str, verdicts: Mapping[str, str] | None = None) -> None:
        """Note the corrections that a source was read with, and what became of those that may concern it."""
        known = self._sources[source]
        self._sources[source] = replace(
            known, corrections=key, verdicts=dict(known.verdicts if verdicts is None else verdicts)
        )

    def before(self) -> Store | None:
        """The graph that this generation begins from, to be read; None where there is none."""
        return read_only(self._base) if self._base else None

    def aside_before(self) -> Store | None:
        """What is set aside of the graph that this generation begins from (see `kg.store.repeats.place_of`)."""
        path = self._base / ASIDE if self._base else None
        return Store.read_only(str(path)) if path and path.exists() else None

    @property
    def sources(self) -> Mapping[str, Source]:
        """What this generation was built from; which articles repeat others is known once it is committed."""
        return self._sources

    def commit(self, apart: Collection[frozenset[str]] | None = ()) -> bool:
        """Make this generation the one that readers open; False where nothing was changed, and the current one stays.

        `apart` are groups of names whose things are never close matches; None stands for those of the graph that this
        one begins from.

        Raises:
            UserError: the disk is full or the folder cannot be written; the old graph stands.
        """
        if self._base and self._path is None and not self._waiting.quads and self._manifest() == self.previous:
            return False
        if self._afresh and self._base:
            self._carry_over(self._base)
        self._flush()
        with writing(self._folder):
            new, path = self._writable()
            moved = self._settle_repeats(new)
            settle(new, self._gone)
            manifest = self._manifest()
            touched = [NamedNode(name) for name in sorted(self._written | self._removed | moved.come | moved.gone)]
            divisions = self._divisions(new.graphs, codes_of(manifest)) + moved.change
            new.apply(divisions)
            old = self._stores_before()
            if apart is None:
                apart = apart_before(self._base / KEYS) if self._base else ()
            keys = (self._base / KEYS, old) if self._base and old else None
            change = write_matches(path / KEYS, new, keys, touched, apart)
            new.graphs.flush()
            new.union.flush()
            summary = self._summary(new, old, touched, divisions + change)
            self._set_aside().close()
            del new, old, keys
            self._stores = None  # closes them
            for name in (STORE, UNION, KEYS):
                drop_logs(path / name)
            write_whole(path / MANIFEST, dump_manifest(manifest))
            with (path / MANIFEST).open(encoding="utf-8") as written:
                write_whole(path / COPY, written)
            write_whole(path / SUMMARY, dump_summary(summary))
            write_checksums(path, self._base)
            write_whole(self._folder / CURRENT, path.name + "\n")
        self._path = None
        clean_up(self._folder)
        return True

    def abandon(self) -> None:
        """Throw away what was not committed."""
        self._waiting.forget()
        self._stores = self._aside = None
        for path in (self._path, self.scratch):
            if path:
                shutil.rmtree(path, ignore_errors=True)

    def _manifest(self) -> Manifest:
        return Manifest(self._program, dict(sorted(self._sources.items())), dict(sorted(self._skipped.items())))

    def _without_held(self, source: str, lines: bytes, graphs: Collection[str]) -> bytes:
        """Lines of a source without those of articles that a file of the same name gives too: they are set aside."""
        held = {NamedNode(graph) for graph in graphs if self._holders[graph]}
        if not held:
            return lines
        quads = list(parse(lines, format=RdfFormat.N_QUADS))
        with writing(self._folder):
            for graph in held:
                triples = (quad.triple for quad in quads if quad.graph_name == graph)
                self._set_aside().put(Version(graph.value, source), triples)
        return b"".join(f"{quad} .\n".encode() for quad in quads if quad.graph_name not in held)

    def _set_aside(self) -> Aside:
        """What is set aside of this generation."""
        self._writable()
        assert self._aside is not None
        return self._aside

    def _settle_repeats(self, new: Stores) -> Moved:
        touched = None if self._afresh else self._touched
        return settle_repeats(new, self._set_aside(), self._gone, self._sources, touched)

    def _forget(self, source: str) -> None:
        self._skipped.pop(source, None)
        known = self._sources.pop(source, None)
        if known is None:
            return
        if not self._pending.isdisjoint(known.articles):
            self._flush()
        self._holders.subtract(known.articles)
        self._touched.update(known.articles)
        with writing(self._folder):
            graphs = self._writable()[0].graphs
            for article in known.articles:
                if self._set_aside().take(Version(article, source)) or self._stands_yet(article):
                    continue
                if article in self._written or not self._afresh:
                    self._gone.note(graphs, NamedNode(article))
                    graphs.remove_graph(NamedNode(article))
                    self._removed.add(article)

    def _stands_yet(self, article: str) -> bool:
        """Whether a source has an article that is not set aside."""
        return self._holders[article] > self._set_aside().count(article)

    def _stores_before(self) -> Stores | None:
        """What this generation goes on from, if it does."""
        if self._afresh or self._base is None or not (self._base / UNION).exists():
            return None
        return Stores(read_only(self._base), Store.read_only(str(self._base / UNION)))

    def _divisions(self, store: Store, codes: list[str]) -> Change:
        """What becomes of the graph of the gazetteer, now that sources name these divisions."""
        from kg.rdf import gazetteer_quads  # noqa: PLC0415 - only builds that change something need it

        if not self._afresh and codes == codes_of(self.previous):
            return Change()
        there = set(store.quads_for_pattern(None, None, None, GAZETTEER))
        return Change.between(there, set(gazetteer_quads(codes)))

    def _summary(self, new: Stores, old: Stores | None, touched: Collection[NamedNode], others: Change) -> Summary:
        """What the new generation holds, which differs from the old one in the touched graphs and in others."""
        before = load_summary(self._base) if self._base and old else None
        if before is None or old is None:
            return counted(new.graphs, new.union)
        return recounted(before, old, new, touched, others)

    def _carry_over(self, base: Path) -> None:
        """Take the facts of the sources that this build did not touch."""
        store = read_only(base)
        for article in sorted(self._holders.keys() - self._written):
            if self._holders[article] > 0 and self._stands_yet(article):
                graph = NamedNode(article)
                triples = store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
                self._take(triples.replace(b" .\n", f" {graph} .\n".encode()))

    def _take(self, lines: bytes) -> None:
        """Have N-Quads wait, and put those that wait into the store where they are enough for a piece."""
        with writing(self._folder):
            self._waiting.add(lines)
        if self._waiting.quads >= PIECE:
            self._flush()

    def _flush(self) -> None:
        if self._waiting.quads:
            with writing(self._folder):
                stores, _ = self._writable()
                self._waiting.put_into(stores)
            self._pending.clear()

    def _writable(self) -> tuple[Stores, Path]:
        if self._stores is None or self._path is None:
            numbers = [number_of(path) for path in generations(self._folder)]
            self._path = self._folder / f"generation-{max(numbers, default=0) + 1:06}"
            self._path.mkdir()
            graphs, union = str(self._path / STORE), str(self._path / UNION)
            if self._base and not self._afresh:
                read_only(self._base).backup(graphs)
                if (self._base / UNION).exists():
                    Store.read_only(str(self._base / UNION)).backup(union)
                else:  # a version wrote none
                    self._gone.too_many = True
            self._aside = Aside(self._path / ASIDE, self._base / ASIDE if self._base else None)
            self._stores = Stores(Store(graphs), Store(union))
        return self._stores, self._path


@contextmanager
def new_generation(folder: Path, program: str) -> Iterator[Generation]:
    """The next generation of a graph, to be changed and committed within the block, by one build at a time.

    `program` is a fingerprint of what reads the sources: when it changes, no source counts as unchanged.

    >>> import tempfile
    >>> from kg.store import read_manifest
    >>> with tempfile.TemporaryDirectory() as place, new_generation(Path(place), "v1") as generation:
    ...     generation.replace("page.txt", "digest", [])
    ...     generation.commit()
    ...     sorted(read_manifest(Path(place)).sources)
    True
    ['page.txt']

    Raises:
        UserError: the folder holds something else, another build is at work, or it cannot be written.
    """
    with writing(folder):
        claim(folder)
        lock = (folder / MARK).open("r+", encoding="utf-8")
    with lock:
        hold(lock, folder)
        with writing(folder):
            base, previous, damage = sound_base(folder)
            if not damage:
                clean_up(folder)
        generation = Generation(folder, program, base, previous, damage)
        try:
            yield generation
        finally:
            generation.abandon()
