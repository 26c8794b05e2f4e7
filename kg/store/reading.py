"""The current generation, to be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from kg.errors import UserError
from kg.store.checksums import STORE, Damaged, compare_digests, compare_sizes
from kg.store.folder import current_generation, damaged, fault, is_of_store
from kg.store.manifest import Manifest, load_manifest


def open_graph(folder: Path) -> Store:
    """The graph, to be read; it stays as it is while others build. What reads it does so `while_reading`.

    Articles stand in named graphs, so queries want `use_default_graph_as_union=True`.

    Raises:
        UserError: there is no graph, it is damaged, or it cannot be read now.
    """
    generation = current_generation(folder)
    while True:
        try:
            compare_sizes(generation)
            return read_only(generation)
        except (OSError, RuntimeError, Damaged) as error:
            tried, generation = generation, current_generation(folder)
            if generation == tried:  # else two builds have passed since `current` was read
                raise _told(folder, error) from None


@contextmanager
def while_reading(folder: Path) -> Iterator[None]:
    """Tell in one line what keeps the graph in `folder` from being read; other errors pass.

    Raises:
        UserError: it is damaged, or cannot be read now.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        if is_of_store(error):
            raise fault(folder, error) from None
        raise


def verify(folder: Path) -> None:
    """Read every byte of the current graph's files, and compare them with what was written.

    Raises:
        UserError: there is no graph, it is damaged, or it cannot be read now.
    """
    try:
        compare_digests(current_generation(folder))
    except (OSError, Damaged) as error:
        raise _told(folder, error) from None


def read_manifest(folder: Path) -> Manifest:
    """What the current graph was built from.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    return load_manifest(current_generation(folder), folder)


def read_only(generation: Path) -> Store:
    """The store of a generation.

    Raises:
        OSError, RuntimeError: it is gone, damaged or out of reach.
    """
    return Store.read_only(str(generation / STORE))


def _told(folder: Path, error: Exception) -> UserError:
    return damaged(folder, error) if isinstance(error, Damaged) else fault(folder, error)
