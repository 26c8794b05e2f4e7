"""The store as a network: things, their links and numbers, each with the sentences that say so.

`read_network(store)` gives it as frozen dataclasses, `to_networkx(network)` as a graph with plain attributes that
GraphML, GEXF and layout algorithms understand.
"""

from __future__ import annotations

from kg.network.containment import PLACES
from kg.network.graph import to_networkx
from kg.network.reading import read_network
from kg.network.things import KINDS, PREDICATES, Figure, Link, Network, Passage, Source, Thing

__all__ = [
    "KINDS",
    "PLACES",
    "PREDICATES",
    "Figure",
    "Link",
    "Network",
    "Passage",
    "Source",
    "Thing",
    "read_network",
    "to_networkx",
]
