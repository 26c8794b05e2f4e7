"""The data of a page: pyvis holds nodes, edges and options; beside them stands what the panes show."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from pyvis.network import Network as VisNetwork

from kg.language.number_stages import Stage, Tally
from kg.network import KINDS, PLACES, PREDICATES, to_networkx
from kg.view.disagreement import disagreements
from kg.view.pinyin import pinyin_keys
from kg.view.style import FIRST_LOOK, SHAPES
from kg.view.telling import tellings
from kg.vocabulary import GOV, ID, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.language.number_stages import Told
    from kg.network import Figure, Link, Network, Source, Thing

_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 200,
        "dragNodes": False,
        "zoomSpeed": 0.6,
        "multiselect": False,
        "keyboard": {"enabled": False},
        "hideEdgesOnDrag": False,
    },
    "edges": {"smooth": False, "arrows": {"to": {"enabled": False}}, "hoverWidth": 0},
}


def page_data(network: Network, about: Mapping[str, Any]) -> dict[str, Any]:
    """All that the script of a page reads, as JSON values; `about` is what the page says of itself."""
    numbers = {thing.iri: index for index, thing in enumerate(network.things)}
    numbers |= {figure.iri: len(numbers) + index for index, figure in enumerate(network.figures)}
    passages = {iri: index for index, iri in enumerate(network.passages)}
    sources = {iri: index for index, iri in enumerate(network.sources)}
    vis = _vis_network(network, numbers)
    nodes, edges, _, _, _, options = vis.get_network_data()
    told = tellings(network)
    disputed = disagreements(network.figures, told)
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "things": [_thing(thing, numbers, passages, sources) for thing in network.things],
        "links": [[passages[iri] for iri in link.passages] for link in network.links],
        "figures": [
            _figure(figure, numbers, passages, told[figure.iri], figure.iri in disputed) for figure in network.figures
        ],
        "passages": [[p.text, sources[p.article], p.start, p.end] for p in network.passages.values()],
        "sources": [_source(source) for source in network.sources.values()],
        "firstLook": list(FIRST_LOOK),
        "placeKinds": list(PLACES),
        **about,
    }


def vocabulary_words(language: str) -> dict[str, dict[str, str]]:
    """The interface's words for the classes and properties of the ontology, from the ontology itself."""
    return {
        "kinds": {kind: label(GOV[kind], language) for kind in (*KINDS, "Metric")},
        "predicates": {name: label(GOV[name], language) for name in (*PREDICATES, "measures")},
    }


def _vis_network(network: Network, numbers: Mapping[str, int]) -> VisNetwork:
    """The network as pyvis holds it. Its lists are assigned: `add_edge` looks through all edges each time."""
    vis = VisNetwork(directed=True)
    graph = to_networkx(network)
    vis.nodes = [
        {
            "id": numbers[iri],
            "label": attributes["label"],
            "kind": attributes["kind"],
            "shape": SHAPES[attributes["kind"]],
        }
        for iri, attributes in graph.nodes(data=True)
    ]
    vis.nodes += [_figure_node(figure, numbers) for figure in network.figures]
    parallel: Counter[tuple[str, str]] = Counter()
    vis.edges = []
    for index, link in enumerate(network.links):
        pair = (min(link.subject, link.object), max(link.subject, link.object))
        vis.edges.append(_edge(index, link, numbers, parallel[pair]))
        parallel[pair] += 1
    vis.edges += [
        {
            "id": len(network.links) + index,
            "from": numbers[figure.iri],
            "to": numbers[figure.subject],
            "label": "measures",
            "width": 1,
        }
        for index, figure in enumerate(network.figures)
    ]
    vis.set_options(json.dumps(_OPTIONS))
    return vis


def _figure_node(figure: Figure, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {"id": numbers[figure.iri], "label": figure.indicator, "kind": "Metric", "shape": SHAPES["Metric"]}


def _edge(index: int, link: Link, numbers: Mapping[str, int], earlier: int) -> dict[str, Any]:
    """Thick where several articles say so, dashed where none does but the gazetteer; a second one bends."""
    edge: dict[str, Any] = {
        "id": index,
        "from": numbers[link.subject],
        "to": numbers[link.object],
        "label": link.predicate,
        "width": 3 if len(link.articles) > 1 else 1.3,
    }
    if not link.passages:
        edge["dashes"] = [4, 5]
    if earlier:
        edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.12}
    return edge


def _thing(
    thing: Thing, numbers: Mapping[str, int], passages: Mapping[str, int], sources: Mapping[str, int]
) -> dict[str, Any]:
    known: dict[str, Any] = {
        "key": thing.iri.removeprefix(ID),
        "names": list(thing.names),
        "pinyin": [list(pinyin_keys(name)) for name in thing.names],
        "passages": [passages[iri] for iri in thing.passages],
        "articles": [sources[iri] for iri in thing.articles],
        "weight": thing.weight,
    }
    if thing.parent is not None:
        known["parent"] = numbers[thing.parent]
    if homes := [numbers[iri] for iri in thing.homes if iri in numbers]:
        known["homes"] = homes
    if districts := [numbers[iri] for iri in thing.districts if iri in numbers]:
        known["districts"] = districts
    if thing.role:
        known["role"] = thing.role
    if near := [numbers[iri] for iri in thing.near if iri in numbers]:
        known["near"] = near
    return known


def _figure(
    figure: Figure, numbers: Mapping[str, int], passages: Mapping[str, int], told: Told, disputed: bool
) -> dict[str, Any]:
    known: dict[str, Any] = {
        "key": figure.iri.removeprefix(ID),
        "subject": numbers[figure.subject],
        "indicator": figure.indicator,
        "series": figure.series,
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "kind": told.kind,
        "passages": [passages[iri] for iri in figure.passages],
    }
    if told.stage is Stage.TARGET:
        known["stage"] = told.stage
    if told.tally is not Tally.PLAIN:
        known["tally"] = told.tally
    if figure.upper is not None:
        known["upper"] = figure.upper
    if figure.area is not None and figure.area in numbers:
        known["area"] = numbers[figure.area]
    if figure.year is not None:
        known["year"] = figure.year
    if figure.years is not None:
        known["years"] = list(figure.years)
    if disputed:
        known["disputed"] = True
    return known


def _source(source: Source) -> dict[str, Any]:
    known: dict[str, Any] = {"key": source.iri.removeprefix(ID), "headline": source.headline, "file": source.file}
    if source.authors:
        known["authors"] = list(source.authors)
    if source.published:
        known["published"] = source.published
    if source.year is not None:
        known["year"] = source.year
    return known
