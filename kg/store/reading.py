"""The current generation, to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Store

from kg.errors import UserError
from kg.store.checksums import STORE, Damaged, compare_digests, compare_sizes
from kg.store.folder import current_generation, damaged, fault, is_of_store
from kg.store.manifest import Manifest, load_manifest
from kg.store.summary import Summary, load_summary
from kg.store.union import UNION

Opened = TypeVar("Opened")


def open_graph(folder: Path) -> Store:
    """The graph, to be read; it stays as it is while others build. What reads it does so `while_reading`.

    Articles stand in named graphs, so queries want `use_default_graph_as_union=True`.

    Raises:
        UserError: there is no graph, it is damaged, or it cannot be read now.
    """
    return _opened(folder, read_only)


def open_with_union(folder: Path) -> tuple[Store, Store | None]:
    """The graph as `open_graph` gives it, and the union of its graphs, each triple once, as a default graph.

    The union is None in a graph of a version that wrote none.

    Raises:
        UserError: as `open_graph`.
    """
    return _opened(folder, lambda generation: (read_only(generation), _union_of(generation)))


def _opened(folder: Path, open_: Callable[[Path], Opened]) -> Opened:
    """What is opened of the current generation; tried again where builds have passed meanwhile."""
    generation = current_generation(folder)
    while True:
        try:
            compare_sizes(generation)
            return open_(generation)
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


def read_summary(folder: Path) -> Summary | None:
    """How much the current graph holds, as it was counted when it was built; None if a version did that counted none.

    Raises:
        UserError: as `open_graph`.
    """
    return _opened(folder, load_summary)


def read_only(generation: Path) -> Store:
    """The store of a generation.

    Raises:
        OSError, RuntimeError: it is gone, damaged or out of reach.
    """
    return Store.read_only(str(generation / STORE))


def _union_of(generation: Path) -> Store | None:
    path = generation / UNION
    return Store.read_only(str(path)) if path.exists() else None


def _told(folder: Path, error: Exception) -> UserError:
    return damaged(folder, error) if isinstance(error, Damaged) else fault(folder, error)
