"""Writes the network page: read, narrow, lay out, assemble."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.network import read_network
from kg.outputs import write_whole
from kg.store import open_graph, while_reading
from kg.view.assembly import assemble, interface_words
from kg.view.data import page_data, vocabulary_words
from kg.view.options import ViewOptions, ViewReport
from kg.view.selection import select

if TYPE_CHECKING:
    import pyoxigraph

    from kg.view.selection import Selection


def write_view(folder: Path, target: Path, options: ViewOptions) -> ViewReport:
    """Write the page of the graph in `folder`; see `kg.view.view`."""
    with while_reading(folder):
        return write_page(open_graph(folder), target, options)


def write_page(store: pyoxigraph.Store, target: Path, options: ViewOptions) -> ViewReport:
    """Write the page of a store.

    Raises:
        UserError: as `kg.view.view` says.
    """
    words = interface_words(options.language) | vocabulary_words(options.language)
    selection = select(read_network(store, matches=not options.strict_identity), options)
    network = selection.network
    command = _command(selection, target)
    about = {"words": words, "leftOut": selection.left_out, "command": command}
    page = assemble(page_data(network, about), words, _title(selection, words["title"]), options.language)
    write_whole(target, lambda file: file.write(page.encode()))
    return ViewReport(
        target,
        len(network.things),
        len(network.links),
        len(network.figures),
        len(network.sources),
        selection.left_out,
        command,
    )


def _command(selection: Selection, target: Path) -> str | None:
    """The command that shows also what was left out for want of room."""
    if not selection.left_out:
        return None
    return f"kg view --max-nodes {len(selection.network.things) + selection.left_out} {target.name}"


def _title(selection: Selection, name: str) -> str:
    """The widest places of the page, so that tabs and bookmarks differ."""
    places = [thing for thing in selection.network.things if thing.kind in ("City", "District")]
    places.sort(key=lambda thing: (thing.kind != "City", -thing.weight, thing.iri))
    return " · ".join([*(thing.label for thing in places[:2]), name])
