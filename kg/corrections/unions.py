"""Entries that say together what are one: A and B, B and C; all are called by the first of them in the files."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from kg.corrections.entries import Different, Entry, Same
from kg.corrections.things import key_of

_Limits = tuple[tuple[str, ...], str, str]


def with_labels(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, each that joins names to a union told by what name all of that is called.

    An entry sees those that hold wherever it does, so that one for a single file changes nothing in others.
    """
    holders = _by_name(entries)
    order = {id(entry): number for number, entry in enumerate(entries)}
    labels: dict[tuple[_Limits, int], str] = {}
    for entry in entries:
        limits = _limits(entry)
        if not isinstance(entry, Same) or (limits, id(entry)) in labels:
            continue
        union = [way[-1] for way in _ways(entry, holders, partial(_holds_for, entry))]
        first = min(union, key=lambda e: order[id(e)])
        labels |= {(limits, id(e)): first.called[0] for e in union if _limits(e) == limits}
    return tuple(
        replace(e, label=label)
        if isinstance(e, Same) and key_of(label := labels[_limits(e), id(e)]) != key_of(e.called[0])
        else e
        for e in entries
    )


def bridged(entries: Sequence[Entry]) -> Iterator[tuple[Different, Same, str]]:
    """The entries that keep names apart which several others together make one, with the last of those."""
    holders = _by_name(entries)
    order = {id(entry): number for number, entry in enumerate(entries)}
    for entry in entries:
        if not isinstance(entry, Different):
            continue
        for pair in combinations(entry.called, 2):
            way = _between(pair, holders, entry)
            if len(way) > 1:
                yield entry, max(way, key=lambda e: order[id(e)]), f"whether {' and '.join(pair)} are one"


def _between(pair: tuple[str, ...], holders: dict[str, list[Same]], apart: Different) -> list[Same]:
    """The fewest entries that make two names one where others are to be kept apart."""
    start, end = map(key_of, pair)

    def is_met(same: Same) -> bool:
        return _meet(same.where, apart.where) and (not apart.kind or same.kind in {"", apart.kind})

    found = [
        way
        for entry in holders[start]
        if is_met(entry)
        for way in _ways(entry, holders, is_met)
        if end in map(key_of, way[-1].called)
    ]
    return min(found, key=len, default=[])


def _ways(start: Same, holders: dict[str, list[Same]], is_met: Callable[[Same], bool]) -> Iterator[list[Same]]:
    """The entries that share a name with one, or with one that does, each with the fewest on the way to it."""
    ways = deque([[start]])
    seen = {id(start)}
    while ways:
        way = ways.popleft()
        yield way
        for other in (e for name in way[-1].called for e in holders[key_of(name)]):
            if id(other) not in seen and is_met(other) and _go_together(way[-1], other):
                seen.add(id(other))
                ways.append([*way, other])


def _go_together(one: Same, other: Same) -> bool:
    """Whether two entries may speak of one thing."""
    alike = all(not a or not b or a == b for a, b in ((one.kind, other.kind), (one.place, other.place)))
    return alike and _meet(one.where, other.where)


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def _holds_for(entry: Same, other: Same) -> bool:
    """Whether another entry holds wherever an entry does."""
    files = not other.where or (bool(entry.where) and set(entry.where) <= set(other.where))
    return files and other.kind in {"", entry.kind} and other.place in {"", entry.place}


def _limits(entry: Entry) -> _Limits:
    return (tuple(sorted(entry.where)), entry.kind, entry.place) if isinstance(entry, Same) else ((), "", "")


def _by_name(entries: Iterable[Entry]) -> dict[str, list[Same]]:
    found: dict[str, list[Same]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Same):
            for name in entry.called:
                found[key_of(name)].append(entry)
    return found
