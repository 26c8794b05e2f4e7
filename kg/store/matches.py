"""The graph of close matches of a new generation, and beside the stores that of the keys that it follows from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kg.store.loading import put
from kg.vocabulary import RDF, SKOS

KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Stores:
    """The named graphs of a generation, and their union."""

    graphs: Store
    union: Store

    def things_in(self, graphs: Iterable[NamedNode]) -> Iterator[NamedNode]:
        """What some named graphs give a name or a class, as often as they do."""
        for graph in graphs:
            for predicate in (RDF.type, SKOS.prefLabel, SKOS.altLabel):
                for quad in self.graphs.quads_for_pattern(None, predicate, None, graph):
                    if isinstance(quad.subject, NamedNode):
                        yield quad.subject


def write_matches(
    path: Path,
    new: Stores,
    before: tuple[Path, Stores] | None,
    touched: Collection[NamedNode],
    apart: Collection[frozenset[str]],
) -> int:
    """Put the matches of the things in `new` into it, and their keys into `path`; how many statements more it has.

    `before` are the stores, and the path of their keys, from which `new` differs in the touched named graphs alone, if
    there are some to go on from. `apart` are groups of names whose things are never close matches.

    Raises:
        OSError, RuntimeError: the disk is full, or a store is damaged.
    """
    from kg.matching import keeping  # noqa: PLC0415 - only builds need it, and those of nothing new do without

    known = Store.read_only(str(before[0])) if before and before[0].exists() else None
    if before and known and keeping.follows(known, apart):
        known.backup(str(path))
        keys, old = Store(str(path)), before[1]
        things = dict.fromkeys([*old.things_in(touched), *new.things_in(touched)])
        change = keeping.changed_by(keys, new.graphs, (old.union, new.union), things, apart)
    else:
        keys = Store(str(path))
        put(keys, keeping.all_keys(new.union, apart))
        change = keeping.changed_wholly(new.graphs, new.union, apart)
    keys.flush()
    for quad in change.gone:
        new.graphs.remove(quad)
        new.union.remove(_bare(quad))
    new.graphs.extend(change.new)
    new.union.extend(map(_bare, change.new))
    return len(change.new) - len(change.gone)


def _bare(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)
