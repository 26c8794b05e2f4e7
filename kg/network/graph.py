"""The network as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.things import Network


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """The network for other tools: nodes keyed by IRI, edges by predicate, attributes of plain types only.

    No attribute is None, which GraphML and GEXF cannot hold; several names stand in one text, ` | ` between them.
    """
    import networkx as nx  # noqa: PLC0415 - a tenth of a second that readers of the dataclasses need not wait

    labels = {thing.iri: thing.label for thing in network.things}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for thing in network.things:
        graph.add_node(
            thing.iri,
            label=thing.label,
            kind=thing.kind,
            names=" | ".join(thing.names),
            district=" | ".join(labels[iri] for iri in thing.districts if iri in labels),
            weight=thing.weight,
            articles=len(thing.articles),
            sentences=len(thing.passages),
        )
    for link in network.links:
        graph.add_edge(
            link.subject,
            link.object,
            key=link.predicate,
            label=link.predicate,
            weight=max(1, len(link.articles)),
            articles=len(link.articles),
            sentences=len(link.passages),
        )
    return graph
