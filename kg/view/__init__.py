"""The network page: one HTML file that opens offline in any browser and leads from each thing to its sentences.

`view(folder, target, options)` reads a graph's folder and writes the page.
"""

from __future__ import annotations

from pathlib import Path

from kg.view.options import MOST_NODES, ViewOptions, ViewReport

__all__ = ["MOST_NODES", "ViewOptions", "ViewReport", "view"]


def view(folder: Path, target: Path, options: ViewOptions) -> ViewReport:
    """Write the network of the graph in `folder` as a page.

    Raises:
        kg.errors.UserError: no graph there, a name that the graph does not know, nothing left to show, or a
            target that cannot be written.
    """
    from kg.view.writing import write_view  # noqa: PLC0415 - networkx and pyvis load only when a page is written

    return write_view(folder, target, options)
