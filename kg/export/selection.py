"""A part of the graph to be written: of some articles, of a district, or facts without where they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import UserError, WrongUsage
from kg.export.source import Source, View
from kg.outputs import temporary_folder
from kg.queries.names import thing
from kg.vocabulary import GAZETTEER, GOV, PREFIXES, RDF, SCHEMA, SKOS, relations

_BATCH = 20_000  # quads held in memory
_TRACES = frozenset({GOV.mentionedIn, GOV.evidence, GOV.rule, GOV.confidence})
_SOURCES = PREFIXES["article"], PREFIXES["claim"], PREFIXES["match"]
_BELONGING = (GOV.implementedIn, GOV.ledBy, GOV.basedIn, GOV.worksFor, GOV.issuedBy)
_LEADING_BACK = frozenset({GOV.mentionedIn, GOV.evidence})
_RELATED = frozenset({*relations(), GOV.measures, GOV.area, GOV.observes, RDF.object})
_NAMES = frozenset({RDF.type, SKOS.prefLabel, SKOS.altLabel, GOV.mentionedIn})


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted of a graph.

    `only`: `facts` are things, their relations and metrics; `provenance` the articles, passages and claims, with what
    ties facts to them. Each statement is one or the other. `districts`: what lies or runs in one, its bodies, people
    and documents, its metrics, the passages that tell so, and the names of what all these are related to. `articles`:
    what some articles say, by file, headline or IRI, and where their places lie.
    """

    only: str = "all"
    districts: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


ALL = Selection()


@contextmanager
def selected(store: Store, selection: Selection) -> Iterator[Source]:
    """The selected part of a graph; that of a district or of articles in a temporary store on disk.

    Raises:
        UserError: the graph has no such district or article.
    """
    districts = [thing(store, name, "district").iri for name in selection.districts]
    articles = list(dict.fromkeys(iri for name in selection.articles for iri in _articles(store, name)))
    with ExitStack() as stack:
        if articles:
            store = stack.enter_context(_stored(_of_articles(store, articles)))
        if districts:
            store = stack.enter_context(_stored(_of_districts(store, districts)))
        if selection.only != "all":
            wanted = selection.only == "provenance"
            yield View(store, lambda quad: is_provenance(quad) is wanted)
        else:
            yield store


def is_provenance(quad: Quad) -> bool:
    """Whether a statement tells where facts come from, rather than a fact."""
    return quad.predicate in _TRACES or (
        isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(_SOURCES)
    )


@contextmanager
def _stored(quads: Iterable[Quad]) -> Iterator[Store]:
    """Quads in a store on disk that goes away."""
    with temporary_folder("selection") as place:
        store = Store(str(place))
        remaining = iter(quads)
        while batch := list(islice(remaining, _BATCH)):
            store.extend(batch)
        yield store
        del store


def _articles(store: Store, name: str) -> list[NamedNode]:
    """The articles of that IRI, file or headline, or that stand in that file too, or with that in the headline."""
    if not name.strip():
        raise WrongUsage("an empty name is that of no article; name one")
    found: dict[str, list[NamedNode]] = {}
    for predicate in (GOV.sourceFile, GOV.repeatedIn, SCHEMA.headline):
        for quad in store.quads_for_pattern(None, predicate, None):
            assert isinstance(quad.subject, NamedNode)
            found.setdefault(quad.object.value, []).append(quad.subject)  # type: ignore[union-attr]
            if quad.subject.value == name.strip("<>"):
                return [quad.subject]
    if name in found:
        return sorted(found[name], key=str)
    holding = sorted({iri for text, iris in found.items() if name and name in text for iri in iris}, key=str)
    if holding:
        return holding
    close = get_close_matches(name, sorted(found), n=3, cutoff=0.3)
    hint = f"did you mean {', '.join(close)}?" if close else "`kg query articles` lists them"
    raise UserError(f"the graph has no article {name[:60]!r} by file, headline or IRI; {hint}")


def _of_articles(store: Store, articles: Iterable[NamedNode]) -> Iterator[Quad]:
    """The articles' graphs, and what the gazetteer knows of their places and of those above them."""
    places: set[NamedNode] = set()
    for article in articles:
        for quad in store.quads_for_pattern(None, None, None, article):
            places.update(node for node in (quad.subject, quad.object) if isinstance(node, NamedNode))
            yield quad
    yield from _above(store, places)


def _above(store: Store, places: Iterable[NamedNode]) -> Iterator[Quad]:
    """What the gazetteer says of places and of those that enclose them."""
    todo, seen = list(places), set()
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        for quad in store.quads_for_pattern(place, None, None, GAZETTEER):
            yield quad
            if quad.predicate == GOV.within and isinstance(quad.object, NamedNode):
                todo.append(quad.object)


def _of_districts(store: Store, districts: Iterable[NamedNode]) -> Iterator[Quad]:
    """What belongs to districts, the passages and articles behind it, and the names of what it is related to."""
    places = _reached(store, districts, [GOV.within])
    things = _reached(store, places, _BELONGING)
    wanted = (GOV.measures, things), (GOV.area, places), (RDF.subject, things)
    core = [*things, *_leading_to(store, wanted)]
    quads = [quad for node in core for quad in store.quads_for_pattern(node, None, None)]
    near = {(quad.object, quad.graph_name) for quad in quads if quad.predicate in _RELATED}
    near = {(node, graph) for node, graph in near if isinstance(node, NamedNode) and node not in things}
    named = [
        quad
        for node, graph in near
        for quad in store.quads_for_pattern(node, None, None, graph)  # type: ignore[arg-type]
        if quad.predicate in _NAMES
    ]
    articles = [
        quad
        for article in {quad.graph_name for quad in quads} - {GAZETTEER}
        for quad in store.quads_for_pattern(article, None, None, article)  # type: ignore[arg-type]
    ]
    told = [*quads, *named, *articles]
    yield from told
    for passage in {quad.object for quad in told if quad.predicate in _LEADING_BACK}:
        yield from store.quads_for_pattern(passage, None, None)  # type: ignore[arg-type]
    yield from _above(store, things | {node for node, _ in near if isinstance(node, NamedNode)})


def _leading_to(store: Store, wanted: Iterable[tuple[NamedNode, set[NamedNode]]]) -> set[NamedNode]:
    """What some properties tie to some things."""
    return {
        quad.subject
        for predicate, targets in wanted
        for target in targets
        for quad in store.quads_for_pattern(None, predicate, target)
        if isinstance(quad.subject, NamedNode)
    }


def _reached(store: Store, start: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> set[NamedNode]:
    """Things from which some properties lead to the first ones, over any number of steps, and those themselves."""
    found = set(start)
    todo = list(found)
    while todo:
        target = todo.pop()
        for predicate in predicates:
            for quad in store.quads_for_pattern(None, predicate, target):
                if isinstance(quad.subject, NamedNode) and quad.subject not in found:
                    found.add(quad.subject)
                    todo.append(quad.subject)
    return found
