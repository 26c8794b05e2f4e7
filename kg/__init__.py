"""kg reads Chinese local-governance news into an RDF graph in which every fact leads back to its sentence.

The way of the data, one module or folder a step::

    reading/ -> language/ -> extractors/ -> linking -> rdf -> store -> queries, dossier/, export, network, view/

`model` holds what flows, `vocabulary` the ontology's terms, `grammar` how patterns are written over words; `build`
composes the way, `cli` is the command line, and `kg.open("graph")` gives a graph to Python programs (`api`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from kg.api import Graph

__version__ = "0.1.0"


def open(folder: str | os.PathLike[str] = "graph") -> Graph:  # noqa: A001 - read as kg.open
    """The graph that `kg build` wrote into a folder.

    Raises:
        UserError: there is no graph in it, or it is damaged.
    """
    from pathlib import Path  # noqa: PLC0415 - `import kg` loads nothing but this module

    from kg.api import Graph  # noqa: PLC0415

    return Graph(Path(folder))
