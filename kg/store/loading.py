"""Any number of quads into a store, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pyoxigraph import Quad, Store

BATCH = 15_000
"""Quads that are put in at once, which take some 20 MB; larger batches are hardly faster."""

_BULK = 5_000
"""Quads that are loaded in bulk: twice as fast and in less memory, but it leaves files of its own each time."""


def put(store: Store, quads: Iterable[Quad]) -> None:
    """Put quads into a store batch by batch.

    Raises:
        OSError, RuntimeError: the disk is full, or the store is damaged.
    """
    remaining = iter(quads)
    while batch := list(islice(remaining, BATCH)):
        (store.bulk_extend if len(batch) >= _BULK else store.extend)(batch)
