"""The current generation, to be read."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.store.folder import current_generation, damaged
from kg.store.manifest import Manifest, load_manifest

STORE = "store"


def open_graph(folder: Path) -> Store:
    """The graph, to be read; it stays as it is while others build.

    Articles stand in named graphs, so queries want `use_default_graph_as_union=True`.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    generation = current_generation(folder)
    while True:
        try:
            return read_only(generation)
        except OSError as error:
            tried, generation = generation, current_generation(folder)
            if generation == tried:  # else two builds have passed since `current` was read
                raise damaged(folder, error) from None


def read_manifest(folder: Path) -> Manifest:
    """What the current graph was built from.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    return load_manifest(current_generation(folder), folder)


def read_only(generation: Path) -> Store:
    """The store of a generation.

    Raises:
        OSError: it is gone or damaged.
    """
    return Store.read_only(str(generation / STORE))
