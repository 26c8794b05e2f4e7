"""The named things and the relations among them as a network, for Gephi, yEd, Cytoscape and networkx.

Written line by line; the forms are those of http://graphml.graphdrawing.org/specification.html and of GEXF 1.2
(https://gexf.net/1.2draft/gexf-12draft-primer.pdf). Nodes have `label` and `kind`, edges `label` (the property) and
`articles`, how many state it. In GEXF both exist in the years of the articles that tell of them; those of articles
without a year exist always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import quoteattr

from kg.export.source import Source
from kg.export.things import Edge, Node, Reader

_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="node-label" for="node" attr.name="label" attr.type="string"/>
  <key id="node-kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="node-first" for="node" attr.name="firstYear" attr.type="long"/>
  <key id="node-last" for="node" attr.name="lastYear" attr.type="long"/>
  <key id="edge-label" for="edge" attr.name="label" attr.type="string"/>
  <key id="edge-articles" for="edge" attr.name="articles" attr.type="long"/>
  <key id="edge-first" for="edge" attr.name="firstYear" attr.type="long"/>
  <key id="edge-last" for="edge" attr.name="lastYear" attr.type="long"/>
  <graph edgedefault="directed">
"""

_GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph mode="dynamic" defaultedgetype="directed" timeformat="date">
    <attributes class="node" mode="static">
      <attribute id="kind" title="kind" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="articles" title="articles" type="long"/>
    </attributes>
"""


def graphml(store: Source, file: IO[bytes]) -> None:
    """GraphML; the years come as the first and the last.

    Keys are declared for nodes and edges apart: older Gephi takes one for all as a node's and drops edge labels.
    """
    reader = Reader(store)

    def element(name: str, attributes: str, data: Sequence[tuple[str, str | int]], years: tuple[int, ...]) -> str:
        span = [("first", years[0]), ("last", years[-1])] if years else []
        values = "".join(f'<data key="{name}-{key}">{_text(str(value))}</data>' for key, value in [*data, *span])
        return f"    <{name} {attributes}>{values}</{name}>\n"

    def lines() -> Iterator[str]:
        yield _GRAPHML
        for node in reader.nodes():
            yield element("node", f"id={_quoted(node.iri)}", [("label", node.label), ("kind", node.kind)], node.years)
        for number, edge in enumerate(reader.edges()):
            ends = f'id="e{number}" source={_quoted(edge.subject)} target={_quoted(edge.object)}'
            yield element("edge", ends, [("label", edge.predicate), ("articles", edge.articles)], edge.years)
        yield "  </graph>\n</graphml>\n"

    file.writelines(line.encode() for line in lines())


def gexf(store: Source, file: IO[bytes]) -> None:
    """GEXF, with years as intervals."""
    reader = Reader(store)

    def lines() -> Iterator[str]:
        yield _GEXF + "    <nodes>\n"
        for node in reader.nodes():
            yield _gexf_node(node)
        yield "    </nodes>\n    <edges>\n"
        for number, edge in enumerate(reader.edges()):
            yield _gexf_edge(number, edge)
        yield "    </edges>\n  </graph>\n</gexf>\n"

    file.writelines(line.encode() for line in lines())


def _gexf_node(node: Node) -> str:
    value = f'<attvalues><attvalue for="kind" value={_quoted(node.kind)}/></attvalues>'
    return f"      <node id={_quoted(node.iri)} label={_quoted(node.label)}>{value}{_spells(node.years)}</node>\n"


def _gexf_edge(number: int, edge: Edge) -> str:
    ends = f'id="e{number}" source={_quoted(edge.subject)} target={_quoted(edge.object)} label="{edge.predicate}"'
    value = f'<attvalues><attvalue for="articles" value="{edge.articles}"/></attvalues>'
    return f"      <edge {ends}>{value}{_spells(edge.years)}</edge>\n"


def _spells(years: Sequence[int]) -> str:
    spells = "".join(f'<spell start="{a:04}-01-01" end="{b:04}-12-31"/>' for a, b in intervals(years))
    return f"<spells>{spells}</spells>" if spells else ""


def intervals(years: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted years as unbroken intervals, first and last year included.

    >>> intervals([2019, 2021, 2022])
    [(2019, 2019), (2021, 2022)]
    """
    found: list[tuple[int, int]] = []
    for year in years:
        if found and found[-1][1] == year - 1:
            found[-1] = found[-1][0], year
        else:
            found.append((year, year))
    return found


_BREAKS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _quoted(text: str) -> str:
    """An attribute's value in its quotation marks; line breaks and tabs stay what they are."""
    return quoteattr(text, _BREAKS)


def _text(text: str) -> str:
    return quoteattr(text, _BREAKS)[1:-1]
