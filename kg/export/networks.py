"""The named things and the relations among them as a network, for Gephi, yEd, Cytoscape and nx."""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions, Store

from kg.vocabulary import GOV, PREFIXES, RDF, SKOS, THINGS, relations, subclasses

if TYPE_CHECKING:
    import networkx as nx

# The writer's own remark, with the day of writing: not the same tomorrow.
_REMARK = re.compile(rb"\s*<meta\b.*?</meta>", re.DOTALL)


def graphml(store: Store, file: IO[bytes]) -> None:
    """GraphML."""
    import networkx as nx  # noqa: PLC0415 - 130 ms that no other format needs

    nx.write_graphml_xml(network(store), file, encoding="utf-8", prettyprint=True)


def gexf(store: Store, file: IO[bytes]) -> None:
    """GEXF."""
    import networkx as nx  # noqa: PLC0415 - 130 ms that no other format needs

    text = io.BytesIO()
    nx.write_gexf(network(store), text, encoding="utf-8", prettyprint=True)
    file.write(_REMARK.sub(b"", text.getvalue(), count=1))


def network(store: Store) -> nx.MultiDiGraph[str]:
    """Nodes by IRI with `label` and `kind`; edges by property with `label` and `articles`, how many state it."""
    import networkx as nx  # noqa: PLC0415 - 130 ms that no other format needs

    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = _kinds(store)
    labels = _labels(store)
    for iri in sorted(kinds):
        found.add_node(iri, label=labels.get(iri, iri), kind=kinds[iri])
    for number, (subject, predicate, target, articles) in enumerate(_edges(store)):
        if subject in kinds and target in kinds:
            found.add_edge(subject, target, key=f"e{number}", label=predicate, articles=articles)
    return found


def _kinds(store: Store) -> dict[str, str]:
    """The most telling class of each thing: the level of a place, else the class."""
    found: dict[str, str] = {}
    for kind in (*THINGS, *subclasses(GOV.Place)):  # a place's level comes after, and stays
        for quad in store.quads_for_pattern(None, RDF.type, kind):
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = kind.value.removeprefix(PREFIXES["gov"])
    return found


def _labels(store: Store) -> dict[str, str]:
    quads = store.quads_for_pattern(None, SKOS.prefLabel, None)
    return {quad.subject.value: quad.object.value for quad in quads}  # type: ignore[union-attr]


def _edges(store: Store) -> list[tuple[str, str, str, int]]:
    values = " ".join(str(term) for term in relations())
    query = f"""
        SELECT ?subject ?predicate ?object (COUNT(DISTINCT ?article) AS ?articles) WHERE {{
            VALUES ?predicate {{ {values} }}
            GRAPH ?article {{ ?subject ?predicate ?object }}
        }} GROUP BY ?subject ?predicate ?object"""
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    return sorted(
        (
            row["subject"].value,
            row["predicate"].value.removeprefix(PREFIXES["gov"]),
            row["object"].value,
            int(row["articles"].value),
        )
        for row in rows
    )
