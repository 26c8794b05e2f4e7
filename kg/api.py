"""A graph for Python programs and notebooks: `kg.open("graph")`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph

from kg.errors import UserError
from kg.queries.child import DEFAULT_MEGABYTES, DEFAULT_SECONDS, Limits
from kg.queries.names import labels
from kg.queries.running import Term, Triples, Truth, answer_to
from kg.queries.saved import Question, find_question, read_question, saved_questions
from kg.store import open_graph, open_with_union, while_reading
from kg.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.dossier import Comparison, Dossier
    from kg.queries.answering import Asked


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph in an answer: its IRI, and its label, which is also its text.

    >>> print(Node("https://example.org/1", "拱墅区"))
    拱墅区
    """

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


Value = Node | str | int | Decimal | bool | None
"""A cell of an answer: things are nodes, numbers numbers (years too), all else text; None where nothing is bound."""


@dataclass(frozen=True, slots=True, eq=True)
class Row(Mapping[str, Value]):
    """A row of an answer, never to be changed: cells by name, as items or as attributes.

    >>> row = Row(("program", "from"), ("邻里议事厅", 2021))
    >>> row.program, row["from"], dict(row)
    ('邻里议事厅', 2021, {'program': '邻里议事厅', 'from': 2021})
    """

    columns: tuple[str, ...]
    cells: tuple[Value, ...]

    def __getitem__(self, name: str) -> Value:
        try:
            return self.cells[self.columns.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __getattr__(self, name: str) -> Value:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the row has no column {name!r}; it has {', '.join(self.columns)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={_shown(cell)}' for name, cell in self.items())})"


class Graph:
    """The graph in a folder, to be read; it stays as it is while others build.

    `query` asks in a child process, within limits; the other methods read the store in this one.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder that `kg build` has written.

        Raises:
            UserError: there is no graph in it, or it is damaged.
        """
        self.folder = folder
        self._store = open_graph(folder)

    def __repr__(self) -> str:
        return f"Graph({str(self.folder)!r})"

    @property
    def questions(self) -> tuple[Question, ...]:
        """The saved questions; `name`, `summary` and `parameters` tell how to ask them."""
        return saved_questions()

    def query(
        self,
        question: str,
        /,
        *,
        timeout: float = DEFAULT_SECONDS,
        memory: int | None = DEFAULT_MEGABYTES,
        **values: object,
    ) -> tuple[Row, ...]:
        """The rows that answer a saved question, a file's, or a SELECT; ASK gives one row with the column `answer`.

        CONSTRUCT and DESCRIBE give rows of `subject`, `predicate` and `object`. Values are bound as terms: a number, a
        text, a `Node`, or any printed name of a thing. `timeout` is in seconds, `memory` in megabytes.

        Raises:
            UserError: the question is unknown or wrong, a value does not fit, or a limit is reached.
        """
        return self._answer(question, Limits(timeout, memory), values)[1]

    def dataframe(
        self,
        question: str,
        /,
        *,
        timeout: float = DEFAULT_SECONDS,
        memory: int | None = DEFAULT_MEGABYTES,
        **values: object,
    ) -> pd.DataFrame:
        """What `query` gives as a pandas frame: labels in place of nodes, decimals as floats, years as whole numbers.

        Raises:
            UserError: pandas is not installed, or what `query` raises.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - optional, and slow to load
        except ImportError:
            raise UserError("dataframe() needs pandas: pip install 'kg-governance[pandas]'") from None
        columns, rows = self._answer(question, Limits(timeout, memory), values)
        frame = pd.DataFrame([[_flat(cell) for cell in row.cells] for row in rows], columns=list(columns))
        for place, name in enumerate(columns):
            if {type(row.cells[place]) for row in rows} == {int, type(None)}:
                frame[name] = frame[name].astype("Int64")  # else a missing year makes floats of all
        return frame

    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset on this very store, the union of the articles as default graph; it cannot be written.

        Raises:
            UserError: oxrdflib is not installed.
        """
        try:
            import oxrdflib  # noqa: PLC0415 - optional
            import rdflib  # noqa: PLC0415 - slow to load
        except ImportError:
            raise UserError("rdflib() needs oxrdflib: pip install 'kg-governance[rdflib]'") from None
        dataset = rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self._store), default_union=True)
        for prefix, space in PREFIXES.items():
            dataset.bind(prefix, space)
        return dataset

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Things and their links as a graph: nodes by IRI with `label` and `kind`, edges by property."""
        from kg.network import read_network, to_networkx  # noqa: PLC0415 - only this method needs it

        with while_reading(self.folder):
            return to_networkx(read_network(self._store))

    def dossier(self, name: str | Node, *, strict_identity: bool = False) -> Dossier:
        """All that the graph holds of a thing, by any printed name, IRI or node; `kg.dossier.written` writes it.

        Raises:
            UserError: nothing has that name, or several things do.
        """
        from kg.dossier.reading import dossier_of  # noqa: PLC0415 - only this method needs it

        with while_reading(self.folder):
            return dossier_of(self._asked(), _given(name), strict_identity=strict_identity)

    def compare(self, *places: str | Node, strict_identity: bool = False) -> Comparison:
        """Two to six places side by side: programs shared and own, and the indicators that several report.

        Raises:
            UserError: a name is that of no place or of several, or the number of places does not fit.
        """
        from kg.dossier.comparing import comparison_of  # noqa: PLC0415 - as above

        with while_reading(self.folder):
            return comparison_of(self._asked(), tuple(map(_given, places)), strict_identity=strict_identity)

    def _asked(self) -> Asked:
        from kg.queries.answering import Asked  # noqa: PLC0415 - as above

        return Asked(*open_with_union(self.folder))

    def _answer(
        self, question: str, limits: Limits, values: Mapping[str, object]
    ) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        """The columns and rows of an answer of whatever kind."""
        asked = read_question("query", question) if "{" in question else find_question(question)
        given = {name: _given(value) for name, value in values.items() if value is not None}
        answer = answer_to(self.folder, asked, given, limits)
        if isinstance(answer, Truth):
            return ("answer",), (Row(("answer",), (answer.value,)),)
        if isinstance(answer, Triples):
            columns: tuple[str, ...] = ("subject", "predicate", "object")
            cells: tuple[tuple[Term | None, ...], ...] = tuple(tuple(triple) for triple in answer.triples)
        else:
            columns, cells = answer.columns, answer.rows
        named = {term for row in cells for term in row if isinstance(term, pyoxigraph.NamedNode)}
        with while_reading(self.folder):
            nodes = {node: Node(node.value, label) for node, label in labels(self._store, named).items()}
        return columns, tuple(Row(columns, tuple(_value(term, nodes) for term in row)) for row in cells)


def _value(term: Term | None, nodes: Mapping[pyoxigraph.NamedNode, Node]) -> Value:
    match term:
        case None:
            return None
        case pyoxigraph.NamedNode():
            return nodes[term]
        case pyoxigraph.Literal():
            cast = _CASTS.get(term.datatype)
            return cast(term.value) if cast else term.value
    return str(term)


def _shown(cell: Value) -> str:
    return cell.label if isinstance(cell, Node) else repr(cell)


def _flat(cell: Value) -> Any:
    """A cell as pandas handles it."""
    if isinstance(cell, Node):
        return cell.label
    return float(cell) if isinstance(cell, Decimal) else cell


def _given(value: object) -> str:
    """A value as the command line would take it."""
    return f"<{value.iri}>" if isinstance(value, Node) else str(value)


_CASTS: Mapping[pyoxigraph.NamedNode, Callable[[str], Value]] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.gYear: int,
    pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#boolean"): lambda text: text in {"true", "1"},
}
"""How literals become Python's own values, by datatype."""
