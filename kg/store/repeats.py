"""Articles whose text another file gives too: one of them stands in the graph, the others are set aside, whole.

What counts articles, numbers and relations then counts each text once, under whatever names its files go. Which of
them stands does not depend on the order of builds: one that a person or a model has had a word on, else one whose year
is known (a file's name may tell it), else the first by name. A graph of its own names the other files. The others wait
in a store beside the graph, which is there only where something repeats, until theirs is the one that stands.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kg.model import is_said
from kg.store.changes import Change, Stores
from kg.store.loading import put
from kg.store.manifest import Source
from kg.store.union import Gone
from kg.vocabulary import GOV, RDF, REPEATS

ASIDE = "aside"


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """What a source makes of an article."""

    article: str
    source: str

    @property
    def graph(self) -> NamedNode:
        """The named graph that it has in the graph."""
        return NamedNode(self.article)


class Aside:
    """The versions that are set aside."""

    def __init__(self, path: Path, base: Path | None) -> None:
        """Begin with those of the generation `base`, if it has any."""
        self._path = path
        self._store: Store | None = None
        if base and base.exists():
            Store.read_only(str(base)).backup(str(path))
            self._store = Store(str(path))

    def holds(self, version: Version) -> bool:
        """Whether a version is set aside."""
        return self._store is not None and self._store.contains_named_graph(place_of(version))

    def put(self, version: Version, triples: Iterable[Triple]) -> None:
        """Set a version aside."""
        if self._store is None:
            self._store = Store(str(self._path))
        place = place_of(version)
        put(self._store, (_stated(triple, place) for triple in triples))

    def take(self, version: Version) -> list[Triple]:
        """What a version states, which is set aside no more."""
        if self._store is None:
            return []
        place = place_of(version)
        found = [quad.triple for quad in self._store.quads_for_pattern(None, None, None, place)]
        self._store.remove_graph(place)
        return found

    def count(self, article: str) -> int:
        """Of how many sources an article is set aside."""
        if self._store is None:
            return 0
        return sum(1 for _ in self._store.quads_for_pattern(NamedNode(article), RDF.type, GOV.Article))

    def stated(self, version: Version, predicate: NamedNode) -> Iterator[Quad]:
        """What a version states with a property."""
        if self._store is not None:
            yield from self._store.quads_for_pattern(None, predicate, None, place_of(version))

    def close(self) -> None:
        """Have the disk hold it."""
        if self._store is not None:
            self._store.flush()
        self._store = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What settling did: the articles that came into the graph or went, and statements on other files."""

    come: frozenset[str]
    gone: frozenset[str]
    change: Change


def text_of(article: str) -> str:
    """What the name of an article tells of its text: a digest, the same for all files with that text.

    >>> text_of("https://w3id.org/govkg/id/article/a.txt-0123456789abcdef")
    '0123456789abcdef'
    """
    return article[-16:]


def settle(
    stores: Stores, aside: Aside, gone: Gone, sources: dict[str, Source], touched: Collection[str] | None
) -> Moved:
    """Have one version of each text stand in the graph, and note in the `sources` which stands for which.

    `touched` are the articles of whose versions some came or went since all was settled; None stands for all.
    """
    texts = None if touched is None else set(map(text_of, touched))
    come: set[str] = set()
    went: set[str] = set()
    told = touched if touched and stores.graphs.contains_named_graph(REPEATS) else ()
    there = {quad for article in told for quad in _told_of(article, stores)}
    wanted: set[Quad] = set()
    for versions in _by_text(sources, texts):
        for article in {version.article for version in versions}:
            there.update(_told_of(article, stores))
        if len(versions) > 1 or aside.holds(versions[0]):
            chosen = _chosen(versions, stores, aside, sources)
            went.update(_set_aside(versions, chosen, stores, aside, gone))
            if aside.holds(chosen):
                _bring_in(chosen, stores, aside)
                come.add(chosen.article)
            wanted.update(_told(versions, chosen, stores, aside))
            _note(versions, chosen, sources)
        else:
            _note(versions, versions[0], sources)
    return Moved(frozenset(come), frozenset(went - come), Change.between(there, wanted))


def _by_text(sources: Mapping[str, Source], texts: Collection[str] | None) -> Iterator[list[Version]]:
    """The versions of each text that has, or had, several, sorted; of a million articles no others are held."""
    wanted = _repeated(sources) if texts is None else set(map(hash, texts))
    found: dict[str, list[Version]] = defaultdict(list)
    for name, source in sources.items():
        for article in source.articles:
            if hash(text_of(article)) in wanted:
                found[text_of(article)].append(Version(article, name))
    for versions in found.values():
        yield sorted(versions)


def _repeated(sources: Mapping[str, Source]) -> set[int]:
    """The hashes of texts that several sources have, or had when the graph was last settled."""
    seen: set[int] = set()
    found: set[int] = set()
    for source in sources.values():
        found.update(hash(text_of(article)) for article in source.repeats)
        for text in map(hash, map(text_of, source.articles)):
            (found if text in seen else seen).add(text)
    return found


def _chosen(versions: list[Version], stores: Stores, aside: Aside, sources: Mapping[str, Source]) -> Version:
    def stated(version: Version, predicate: NamedNode) -> Iterator[Quad]:
        if aside.holds(version):
            return aside.stated(version, predicate)
        return stores.graphs.quads_for_pattern(None, predicate, None, version.graph)

    def rank(version: Version) -> tuple[bool, bool, Version]:
        source = sources[version.source]
        worded = source.said or any(not verdict for verdict in source.verdicts.values())
        said = worded or any(
            is_said(quad.object.value) for quad in stated(version, GOV.rule) if isinstance(quad.object, Literal)
        )
        dated = any(quad.subject == version.graph for quad in stated(version, GOV.year))
        return not said, not dated, version

    return min(versions, key=rank)


def _set_aside(versions: list[Version], chosen: Version, stores: Stores, aside: Aside, gone: Gone) -> Iterator[str]:
    """Set aside what stands in the graph and is not to; the articles whose graphs that takes out of it."""
    standing: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if not aside.holds(version):
            standing[version.article].append(version)
    for article, together in standing.items():
        if chosen in together:  # with all that were loaded as one with it, as those of files of one name are
            continue
        graph = NamedNode(article)
        triples = [quad.triple for quad in stores.graphs.quads_for_pattern(None, None, None, graph)]
        for version in together:
            aside.put(version, triples)
        gone.note(stores.graphs, graph)
        stores.graphs.remove_graph(graph)
        yield article


def _bring_in(version: Version, stores: Stores, aside: Aside) -> None:
    triples = aside.take(version)
    put(stores.graphs, (_stated(triple, version.graph) for triple in triples))
    put(stores.union, (_stated(triple) for triple in triples))


def _told_of(article: str, stores: Stores) -> Iterator[Quad]:
    """What is told of an article's other files now."""
    return stores.graphs.quads_for_pattern(NamedNode(article), None, None, REPEATS)


def _told(versions: list[Version], chosen: Version, stores: Stores, aside: Aside) -> Iterator[Quad]:
    """That an article stands in other files too, whose names are not its own."""
    own = {quad.object for quad in stores.graphs.quads_for_pattern(chosen.graph, GOV.sourceFile, None, chosen.graph)}
    for version in versions:
        for quad in aside.stated(version, GOV.sourceFile):
            if quad.object not in own:
                yield Quad(chosen.graph, GOV.repeatedIn, quad.object, REPEATS)


def _note(versions: list[Version], chosen: Version, sources: dict[str, Source]) -> None:
    """Note in each source which other one stands for its article."""
    for article, name in ((version.article, version.source) for version in versions):
        known = sources[name]
        others = {told: by for told, by in known.repeats.items() if told != article}
        if name != chosen.source:
            others[article] = chosen.source
        if others != known.repeats:
            sources[name] = replace(known, repeats=dict(sorted(others.items())))


def _stated(triple: Triple, graph: NamedNode | None = None) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def place_of(version: Version) -> NamedNode:
    """The named graph of a version among those set aside; files of one name give articles of one name."""
    by = hashlib.sha256(version.source.encode("utf-8", "surrogatepass")).hexdigest()
    return NamedNode(f"{version.article}#by={by[:16]}")
