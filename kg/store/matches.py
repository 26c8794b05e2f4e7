"""The graph of close matches of a new generation, and beside the stores that of the keys that it follows from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.store.changes import Change, Stores
from kg.store.loading import put
from kg.vocabulary import MATCHES

KEYS = "keys"


def apart_before(keys: Path) -> Collection[frozenset[str]]:
    """The groups of names that were told apart when the store of keys at a path was written."""
    from kg.matching import keeping  # noqa: PLC0415 - as below

    return keeping.told_apart(Store.read_only(str(keys))) if keys.exists() else ()


def write_matches(
    path: Path,
    new: Stores,
    before: tuple[Path, Stores] | None,
    touched: Collection[NamedNode],
    apart: Collection[frozenset[str]],
) -> Change:
    """Put the matches of the things in `new` into it, and their keys into `path`; what that changed.

    `before` are the stores, and the path of their keys, from which `new` differs in the touched named graphs alone, if
    there are some to go on from. `apart` are groups of names whose things are never close matches.

    Raises:
        OSError, RuntimeError: the disk is full, or a store is damaged.
    """
    from kg.matching import keeping, match_quads  # noqa: PLC0415 - only builds need it, and those of nothing new do without

    known = Store.read_only(str(before[0])) if before and before[0].exists() else None
    if before and known and keeping.follows(known, apart):
        known.backup(str(path))
        keys, old = Store(str(path)), before[1]
        things = dict.fromkeys([*old.things_in(touched), *new.things_in(touched)])
        change = Change.between(*keeping.followed(keys, new.graphs, (old.union, new.union), things, apart))
    else:
        keys = Store(str(path))
        put(keys, keeping.all_keys(new.union, apart))
        change = Change.between(set(new.statements([MATCHES])), set(match_quads(new.union, apart)))
    keys.flush()
    new.apply(change)
    return change
