"""The graph against the SHACL shapes of the ontology, article by article.

An article's graph holds the types and labels of all that it mentions, so each can be judged by itself, together with
what the gazetteer knows of its places; that keeps memory small and tells in which article a fault stands. It takes some
0.2 s for each thousand quads, shared out to all cores. Two faults are asked of the store: two preferred labels of one
thing, which only the whole can show, and a period that ends before it begins, since the validator cannot compare years
(SHACL's lessThanOrEquals raises).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import pyoxigraph
import rdflib
from pyshacl import validate
from rdflib.namespace import SH

from kg.resources import folder as resource
from kg.store import open_graph, verify, while_reading
from kg.vocabulary import GAZETTEER, GOV, PREFIXES
from kg.workers import worker_pool

ARTICLES_PER_WORKER = 8
"""Articles that are worth the start of one more process."""

_AT_ONCE = 16


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A fault: in which article (the gazetteer's graph, or "" for all graphs together), of what thing, where, what."""

    article: str
    focus: str
    path: str
    message: str
    value: str = ""


def check(folder: Path, progress: Callable[[int, int], None] | None = None) -> list[Violation]:
    """The faults of a graph, by article and thing; none where it conforms.

    `progress` is called with the number of articles done and of all.

    Raises:
        UserError: there is no graph, or it is damaged: its files are read whole and compared with their digests.
    """
    verify(folder)
    with while_reading(folder):
        return sorted(_faults(open_graph(folder), progress))


def _faults(store: pyoxigraph.Store, progress: Callable[[int, int], None] | None) -> list[Violation]:
    found = [*_labelled_twice(store), *_ends_before_it_begins(store)]
    graphs = [graph.value for graph in store.named_graphs() if isinstance(graph, pyoxigraph.NamedNode)]
    for done, faults in enumerate(_judged(store, sorted(graphs)), start=1):
        found.extend(faults)
        if progress:
            progress(done, len(graphs))
    return found


def _judged(store: pyoxigraph.Store, graphs: Sequence[str]) -> Iterator[list[Violation]]:
    """The faults of each article, in several processes where that is worth their start."""
    tasks = ((_task(store, graph), graph) for graph in graphs)
    workers = min(os.cpu_count() or 1, len(graphs) // ARTICLES_PER_WORKER)
    if workers <= 1:
        yield from map(_faults_of, tasks)
        return
    with worker_pool(workers) as pool:
        while some := list(islice(tasks, workers * _AT_ONCE)):  # what waits stands in memory
            yield from pool.map(_faults_of, some, chunksize=_AT_ONCE // 4)


def _task(store: pyoxigraph.Store, article: str) -> bytes:
    """An article's graph, with what the gazetteer knows of its places, in N-Triples."""
    graph = pyoxigraph.NamedNode(article)
    quads = list(store.quads_for_pattern(None, None, None, graph))
    known = [] if graph == GAZETTEER else _enclosing(store, quads)
    triples = (quad.triple for quad in quads + known)
    return pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""


def _faults_of(task: tuple[bytes, str]) -> list[Violation]:
    triples, article = task
    return list(violations(rdflib.Graph().parse(data=triples, format="ntriples"), article))


def violations(data: rdflib.Graph, article: str) -> Iterator[Violation]:
    """The faults of one article's graph."""
    _, report, _ = validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
    assert isinstance(report, rdflib.Graph)
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        yield Violation(
            article,
            str(report.value(result, SH.focusNode)),
            _short(path) if isinstance(path, rdflib.URIRef) else "",
            str(report.value(result, SH.resultMessage)),
            "" if value is None else str(value),
        )


def _enclosing(store: pyoxigraph.Store, quads: Iterable[pyoxigraph.Quad]) -> list[pyoxigraph.Quad]:
    """What the gazetteer says of the places that an article's places lie within, up to the province."""
    todo = [quad.object for quad in quads if quad.predicate == GOV.within]
    found: dict[pyoxigraph.Quad, None] = {}
    seen = set()
    while todo:
        place = todo.pop()
        if place in seen or not isinstance(place, pyoxigraph.NamedNode):
            continue
        seen.add(place)
        for quad in store.quads_for_pattern(place, None, None, GAZETTEER):
            found[quad] = None
            if quad.predicate == GOV.within:
                todo.append(quad.object)
    return list(found)


def _labelled_twice(store: pyoxigraph.Store) -> Iterator[Violation]:
    """Things to which several graphs together give more than one preferred label."""
    query = """
        SELECT ?thing (GROUP_CONCAT(DISTINCT STR(?label); separator=" / ") AS ?labels) WHERE {
            GRAPH ?graph { ?thing skos:prefLabel ?label }
        } GROUP BY ?thing HAVING (COUNT(DISTINCT ?label) > 1)"""
    rows = store.query(query, prefixes={"skos": PREFIXES["skos"]})
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    for row in rows:
        labels = " / ".join(sorted(row["labels"].value.split(" / ")))
        yield Violation("", row["thing"].value, "skos:prefLabel", "Articles disagree on the preferred label.", labels)


def _ends_before_it_begins(store: pyoxigraph.Store) -> Iterator[Violation]:
    query = """
        SELECT * WHERE {
            GRAPH ?article { ?metric gov:fromYear ?from ; gov:toYear ?to FILTER (STR(?from) > STR(?to)) }
        }"""
    rows = store.query(query, prefixes={"gov": PREFIXES["gov"]})
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    for row in rows:
        message = "A period ends no earlier than it begins."
        yield Violation(row["article"].value, row["metric"].value, "gov:toYear", message, row["to"].value)


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(resource("ontology") / "shapes.ttl", format="turtle")


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
