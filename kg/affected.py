"""Which sources of a graph a change of corrections affects, and what to tell of those that fit nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.corrections import Corrections, Known, remarks
from kg.corrections.things import iri_of
from kg.language.anchors import normal
from kg.pipeline import concerned_by
from kg.rdf.text import label
from kg.store import Generation, open_graph, read_manifest
from kg.store.repeats import Version, place_of
from kg.vocabulary import OA, RDF, SCHEMA, SKOS, THINGS


class Affected:
    """Tells of each source whether it was read with the corrections that may concern it; asks the graph once a name."""

    def __init__(self, generation: Generation, corrections: Corrections) -> None:
        self._generation, self._corrections, self._key = generation, corrections, corrections.key
        self._stores: tuple[Store, ...] | None = None
        self._articles: dict[str, frozenset[str]] = {}

    def is_as_corrected(self, path: Path) -> bool:
        """Whether a source stands in the graph as these corrections want it; if so, that is noted.

        Raises:
            UserError, OSError: the file is no page, or cannot be read.
        """
        name = str(path)
        source = self._generation.previous.sources[name]
        if source.corrections == self._key or not (self._corrections or source.verdicts):
            return True
        graphs = [place_of(Version(article, name)).value for article in source.repeats]
        graphs += [article for article in source.articles if article not in source.repeats]
        concerned = concerned_by(path, self._corrections, self._names_in(graphs)) if self._corrections else ()
        if set(source.verdicts) != set(concerned):
            return False
        self._generation.note_corrections(name, self._key)
        return True

    def _names_in(self, articles: Sequence[str]) -> frozenset[str]:
        """The names and IRIs that corrections speak of and things of some articles have."""
        sought = (name for entry in self._corrections.entries for name in entry.names)
        return frozenset(iri_of(n) or normal(n) for n in sought if not self._naming(n).isdisjoint(articles))

    def _naming(self, name: str) -> frozenset[str]:
        """The named graphs in which a thing has a name or IRI, those set aside too."""
        if name not in self._articles:
            if self._stores is None:
                both = (self._generation.before(), self._generation.aside_before())
                self._stores = tuple(store for store in both if store)
            self._articles[name] = frozenset(graph for store in self._stores for graph in _graphs(store, name))
        return self._articles[name]


def _graphs(store: Store, name: str) -> set[str]:
    return {quad.graph_name.value for quad in _naming(store, name) if isinstance(quad.graph_name, NamedNode)}


def _kinds(store: Store, name: str) -> set[str]:
    """The kinds of the things of a name, places as one."""
    nodes = {quad.subject for quad in _naming(store, name)}
    kinds = (kind for kind in THINGS for node in nodes if any(store.quads_for_pattern(node, RDF.type, kind)))
    return {kind.value.rpartition("#")[2] for kind in kinds}


def _naming(store: Store, name: str) -> list[Quad]:
    """The quads that give things a name, or their kinds to the thing that an IRI names."""
    if iri := iri_of(name):
        try:
            return list(store.quads_for_pattern(NamedNode(iri), RDF.type, None))
        except ValueError:  # no IRI at all
            return []
    forms = {Literal(form, language="zh") for form in (name, label(name), normal(name))}
    return [q for p in (SKOS.prefLabel, SKOS.altLabel) for f in forms for q in store.quads_for_pattern(None, p, f)]


def unfit(folder: Path, corrections: Corrections) -> tuple[str, ...]:
    """A line for each correction that fits nothing in the graph of a folder, or could not be applied.

    Raises:
        UserError: the graph cannot be read.
    """
    if not corrections:
        return ()
    verdicts = {name: source.verdicts for name, source in read_manifest(folder).sources.items()}
    store = open_graph(folder)

    def known() -> Known:
        def texts(predicate: NamedNode) -> list[str]:
            return [
                q.object.value for q in store.quads_for_pattern(None, predicate, None) if isinstance(q.object, Literal)
            ]

        return Known(
            [*texts(SKOS.prefLabel), *texts(SKOS.altLabel)], texts(OA.exact), [*verdicts, *texts(SCHEMA.headline)]
        )

    return tuple(
        remarks(corrections, verdicts, known, lambda name: bool(_graphs(store, name)), lambda name: _kinds(store, name))
    )
