"""The generation that a site shows: opened once, and replaced as a whole when a build has put a new one in place.

A request keeps the snapshot that it began with. The next one is opened and indexed aside before anybody sees it.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.dossier.asking import Reader
from kg.dossier.contents import document_of
from kg.dossier.reading import dossier_of
from kg.dossier.wording import LANGUAGES
from kg.errors import UserError
from kg.info import Holdings, holdings_of
from kg.queries.answering import Asked
from kg.serve.articles import Told, told
from kg.serve.search import Index, index_of
from kg.serve.sentences import Sentences, sentences_of
from kg.serve.wording import Term, terms_of
from kg.store import Manifest, Summary, counted, open_with_union, read_manifest, read_summary
from kg.store.folder import current_generation

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.dossier.blocks import Document

_DOSSIERS_KEPT = _ARTICLES_KEPT = 200
_EVERY = 1.0
_log = logging.getLogger("kg.serve")


class Snapshot:
    """One generation of a graph, its index, and the dossiers that were asked for."""

    def __init__(self, name: str, graph: Asked, manifest: Manifest, summary: Summary | None = None) -> None:
        self.name, self.graph = name, graph
        self.store: Store = graph.graphs
        self.pool: Store = graph.pool
        self.index: Index = index_of(self.pool)
        self.sentences: Sentences = sentences_of(self.pool)
        self.holdings: Holdings = holdings_of(summary or counted(graph.graphs, self.pool), manifest)
        self.files = {
            article: name
            for name, source in manifest.sources.items()
            for article in source.articles
            if article not in source.repeats
        }
        self.dossier = lru_cache(_DOSSIERS_KEPT)(self._dossier)
        self.terms = lru_cache(len(LANGUAGES))(self._terms)
        self.article = lru_cache(_ARTICLES_KEPT)(self._article)
        self.labels = cache(lambda: {entry.iri: entry.label for entry in self.index.entries})
        self.counts = cache(lambda: Counter({entry.iri: entry.count for entry in self.index.entries}))

    def reader(self) -> Reader:
        """A reader for one request."""
        return Reader(self.graph)

    def _dossier(self, iri: str, language: str) -> Document:
        """The dossier of a thing as sections.

        Raises:
            UserError: it has none.
        """
        return document_of(dossier_of(self.graph, f"<{iri}>"), language)

    def _terms(self, language: str) -> tuple[Term, ...]:
        """The classes and properties of the ontology that the graph has statements with."""
        return terms_of(self.pool, language)

    def _article(self, iri: str, language: str) -> Told:
        """An article with what was read from it."""
        return told(self, iri, language)


class Snapshots:
    """The snapshot of a graph's folder that is shown now."""

    def __init__(self, folder: Path) -> None:
        """Open the current generation.

        Raises:
            UserError: there is no graph, or it cannot be read.
        """
        self.folder = folder
        self.now = _opened(folder)
        self._ended = threading.Event()

    def refresh(self) -> bool:
        """Show the current generation, if it is another one; a graph that cannot be read leaves the last one shown."""
        try:
            if current_generation(self.folder).name == self.now.name:
                return False
            self.now = _opened(self.folder)
        except (UserError, OSError, RuntimeError) as error:
            _log.warning("the new graph cannot be shown: %s", error)
            return False
        _log.info("shows %s", self.now.name)
        return True

    def follow(self) -> None:
        """Refresh again and again, aside, until `end`."""
        self._ended.clear()
        threading.Thread(target=self._follow, daemon=True, name="kg-serve-follow").start()

    def end(self) -> None:
        """End what `follow` began."""
        self._ended.set()

    def _follow(self) -> None:
        while not self._ended.wait(_EVERY):
            self.refresh()


def _opened(folder: Path) -> Snapshot:
    name = current_generation(folder).name
    manifest = read_manifest(folder)
    return Snapshot(name, Asked(*open_with_union(folder)), manifest, read_summary(folder))
