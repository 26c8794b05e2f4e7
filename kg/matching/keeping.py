"""Keeps the graph of close matches up to date, in time that grows with what changed alone.

Beside the graph stands a store of the keys of all things: a statement for each thing, reason and key. What a change of
a few things can do to matches is seen in the blocks of things that share one of their keys, before it and after.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, combinations, islice

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.matching.graph import Apart, Match, node_of, quads_of, thing_of, things_of
from kg.matching.reasons import REASONS, Thing
from kg.vocabulary import GOV, ID, MATCHES

_KEY = {reason: NamedNode(f"{ID}key/{reason}") for reason, *_ in REASONS}
_APART = NamedNode(f"{ID}key/apart")
"""States of the graph of matches the groups of names that were told apart when it was made."""


def all_keys(union: Store, apart: Apart = ()) -> Iterator[Quad]:
    """What a store of keys holds for the things of a graph."""
    yield _told_apart(apart)
    for thing in things_of(union):
        yield from _stated_keys(thing)


def follows(keys: Store, apart: Apart) -> bool:
    """Whether matches can be followed with this store of keys: whether the same names were told apart."""
    return _told_apart(apart) in keys


def told_apart(keys: Store) -> Apart:
    """The groups of names that were told apart when a store of keys was made; none of one of an older version."""
    for quad in keys.quads_for_pattern(MATCHES, _APART, None):
        if isinstance(quad.object, Literal) and quad.object.value.startswith("["):
            return tuple(frozenset(group) for group in json.loads(quad.object.value))
    return ()


def followed(
    keys: Store, graphs: Store, unions: tuple[Store, Store], touched: Iterable[NamedNode], apart: Apart = ()
) -> tuple[set[Quad], set[Quad]]:
    """Of the pairs that a change can concern, what the graph of matches states, and what it is to state.

    Of all other pairs it states what `match_quads` gives. The union, given before and after, differs in the `touched`
    things alone; `keys` is of the union before, and of that after when this is done.
    """
    old, new = unions
    before = {iri: thing_of(old, iri) for iri in touched}
    after = {iri: thing_of(new, iri) for iri in before}
    changed = [iri for iri in before if before[iri] != after[iri]]
    gone, come = ([thing for iri in changed if (thing := of[iri])] for of in (before, after))
    sought = dict.fromkeys(key for thing in [*gone, *come] for key in _keys_of(thing))
    pairs = set(chain.from_iterable(_pairs(keys, *each) for each in sought))
    for quad in chain.from_iterable(map(_stated_keys, gone)):
        keys.remove(quad)
    keys.extend(chain.from_iterable(map(_stated_keys, come)))
    pairs |= set(chain.from_iterable(_pairs(keys, *each) for each in sought))
    found = _Found(keys, new)
    there = {quad for pair in pairs for quad in _stated(graphs, *pair)}
    matches = (found.match(one, other, apart) for one, other in pairs)
    return there, {quad for match in matches if match for quad in quads_of(match)}


class _Found:
    """Finds the match of a pair; reads each thing and each block once."""

    def __init__(self, keys: Store, union: Store) -> None:
        self.thing = cache(lambda iri: thing_of(union, iri))
        self.is_shared_by_few = cache(lambda predicate, key: _block(keys, predicate, key) != ())
        self.keys = cache(lambda thing: frozenset(_keys_of(thing)))

    def match(self, one: NamedNode, other: NamedNode, apart: Apart) -> Match | None:
        """The match of two things with its best reason, if they may be one."""
        things = sorted(thing for iri in (one, other) if (thing := self.thing(iri)))
        if len(things) < 2 or _are_apart(things, apart):
            return None
        first, second = things
        shared = self.keys(first) & self.keys(second)
        for reason, _, _, agree in REASONS:
            few = (key for key in shared if key[0] == _KEY[reason] and self.is_shared_by_few(*key))
            if next(few, None) and agree(first, second):
                return Match(first.iri, second.iri, reason)
        return None


_MOST = {_KEY[reason]: most for reason, most, _, _ in REASONS}


def _block(keys: Store, predicate: NamedNode, key: Literal) -> tuple[NamedNode, ...]:
    """The things that share a key; none where they are too many for it to tell anything."""
    found = islice(keys.quads_for_pattern(None, predicate, key), _MOST[predicate] + 1)
    block = tuple(quad.subject for quad in found if isinstance(quad.subject, NamedNode))
    return block if len(block) <= _MOST[predicate] else ()


def _pairs(keys: Store, predicate: NamedNode, key: Literal) -> Iterator[tuple[NamedNode, NamedNode]]:
    return combinations(sorted(_block(keys, predicate, key), key=str), 2)


def _keys_of(thing: Thing) -> Iterator[tuple[NamedNode, Literal]]:
    for reason, _, keys, _ in REASONS:
        for key in dict.fromkeys(keys(thing)):
            yield _KEY[reason], Literal(json.dumps(key, ensure_ascii=False))


def _stated_keys(thing: Thing) -> Iterator[Quad]:
    node = NamedNode(thing.iri)
    return (Quad(node, *key) for key in _keys_of(thing))


def _stated(graphs: Store, one: NamedNode, other: NamedNode) -> set[Quad]:
    """What the graph of matches states of a pair now."""
    first, second = sorted((one.value, other.value))
    told = (quad.object for quad in graphs.quads_for_pattern(node_of(first, second), GOV.reason, None, MATCHES))
    reasons = (reason.value for reason in told if isinstance(reason, Literal))
    return {quad for reason in reasons for quad in quads_of(Match(first, second, reason))}


def _are_apart(things: Sequence[Thing], apart: Apart) -> bool:
    return any(all(thing.is_named_in(group) for thing in things) for group in apart)


def _told_apart(apart: Apart) -> Quad:
    groups = sorted({tuple(sorted(group)) for group in apart})
    return Quad(MATCHES, _APART, Literal(json.dumps(groups, ensure_ascii=False)))
