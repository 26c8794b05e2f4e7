"""The graph to a SPARQL server, by the Graph Store Protocol: one named graph an article, put in the place of what was.

The protocol is https://www.w3.org/TR/sparql11-http-rdf-update/: `PUT ENDPOINT?graph=IRI` with N-Triples, the
syntax that servers misread least. A list of what was pushed goes into a graph of its own, so that a later push can tell
which articles are gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse, serialize

from kg.endpoint import READABLE, Endpoint, quoted
from kg.errors import UserError
from kg.rdf import gazetteer_quads
from kg.shards import Shards, open_shards
from kg.store import open_graph, while_reading
from kg.store.repeats import text_of
from kg.vocabulary import GAZETTEER, ID, PREFIXES

CATALOGUE = NamedNode(ID + "catalogue")
"""The graph that lists what was pushed."""

_HAS_PART = NamedNode(PREFIXES["dcterms"] + "hasPart")
_N_TRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: the graphs put in place, their triples, and the graphs deleted."""

    graphs: int
    triples: int
    deleted: int


def push(
    folder: Path,
    url: str,
    seconds: float = 60,
    *,
    prune: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Pushed:
    """Put every article's graph, and the gazetteer's, on the server whose Graph Store is at `url`.

    With `prune`, graphs that an earlier push put there and this graph no longer has are deleted. `seconds` is what
    each graph may take; `progress` is called with the number of graphs done and of all.

    Raises:
        UserError: there is no graph, or the server is away, slow, refuses, or answers what cannot be read. What was
            put until then stays; another push puts all in place.
    """
    with while_reading(folder):
        store = open_graph(folder)
        graphs = sorted((graph for graph in store.named_graphs() if isinstance(graph, NamedNode)), key=str)
        contents = ((graph, _triples(store, graph)) for graph in graphs)
        return _push(graphs, contents, url, seconds, progress, prune=prune)


def push_shards(
    folder: Path,
    url: str,
    seconds: float = 60,
    *,
    prune: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Pushed:
    """Put every article's graph in the shards in `folder`, and the gazetteer's, on a server, as `push` does.

    What may be one (`kg.matching`) is worked out where a graph is built or loaded, and so is not among them. Of
    articles with the same text the first by name is put, whichever tells its year.

    Raises:
        UserError: as `push`; or there are no shards, or they are not whole.
    """
    shards = open_shards(folder)
    notes = [note for batch in shards.batches for note in shards.notes(batch)]
    by_text: dict[str, str] = {}
    for article in sorted({article for note in notes for article in note.articles}):
        by_text.setdefault(text_of(article), article)
    articles = set(map(NamedNode, by_text.values()))
    gazetteer = [quad.triple for quad in gazetteer_quads(code for note in notes for code in note.codes)]
    facts = (each for each in _in_shards(shards) if each[0] in articles)
    contents = chain(facts, [(GAZETTEER, gazetteer)])
    return _push(sorted({*articles, GAZETTEER}, key=str), contents, url, seconds, progress, prune=prune)


def _in_shards(shards: Shards) -> Iterator[tuple[NamedNode, list[Triple]]]:
    """The graphs in shards, one after the other; a graph may come in several parts."""
    for file in shards.facts(shards.batches):
        quads = parse(file, format=RdfFormat.N_QUADS)
        for graph, of_graph in groupby(quads, key=lambda quad: quad.graph_name):
            if isinstance(graph, NamedNode):
                yield graph, sorted({quad.triple for quad in of_graph}, key=str)


def _push(
    graphs: Sequence[NamedNode],
    contents: Iterable[tuple[NamedNode, list[Triple]]],
    url: str,
    seconds: float,
    progress: Callable[[int, int], None] | None,
    *,
    prune: bool,
) -> Pushed:
    triples = 0
    put: set[NamedNode] = set()
    with Endpoint(url, seconds) as endpoint:
        before = _catalogue(endpoint)
        gone = sorted(before - set(graphs), key=str)
        # Listed before they are put, so that a push that fails half-way leaves nothing that nobody knows of.
        _put(endpoint, CATALOGUE, [Triple(CATALOGUE, _HAS_PART, graph) for graph in sorted({*graphs, *gone}, key=str)])
        for graph, held in contents:
            triples += _put(endpoint, graph, held, "POST" if graph in put else "PUT")
            put.add(graph)
            if progress:
                progress(len(put), len(graphs))
        if prune and gone:
            for graph in gone:
                _delete(endpoint, graph)
            _put(endpoint, CATALOGUE, [Triple(CATALOGUE, _HAS_PART, graph) for graph in graphs])
    return Pushed(len(graphs), triples, len(gone) if prune else 0)


def _triples(store: Store, graph: NamedNode) -> list[Triple]:
    return sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, graph)), key=str)


def _put(endpoint: Endpoint, graph: NamedNode, triples: Iterable[Triple], how: str = "PUT") -> int:
    """Put triples in the place of a graph, or beside what it has (`POST`); their number."""
    body = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert body is not None
    answer = endpoint.request(how, _named(graph), body, {"Content-Type": _N_TRIPLES})
    if not 200 <= answer.status < 300:
        raise endpoint.refused(answer)
    return body.count(b"\n")


def _delete(endpoint: Endpoint, graph: NamedNode) -> None:
    answer = endpoint.request("DELETE", _named(graph))
    if not (200 <= answer.status < 300 or answer.status == 404):
        raise endpoint.refused(answer)


def _catalogue(endpoint: Endpoint) -> set[NamedNode]:
    """The graphs that earlier pushes put on the server; none where it has never seen one."""
    answer = endpoint.request("GET", _named(CATALOGUE), headers={"Accept": _N_TRIPLES})
    if answer.status == 404:
        return set()
    if answer.status != 200:
        raise endpoint.refused(answer)
    try:
        statements = [quad.triple for quad in parse(answer.body, format=READABLE[answer.media_type])]
    except (SyntaxError, ValueError, KeyError):
        raise UserError(f"{endpoint.url} answers what is no RDF ({answer.media_type}); is it a Graph Store?") from None
    return {
        triple.object
        for triple in statements
        if triple.subject == CATALOGUE and triple.predicate == _HAS_PART and isinstance(triple.object, NamedNode)
    }


def _named(graph: NamedNode) -> str:
    return f"graph={quoted(graph.value)}"
