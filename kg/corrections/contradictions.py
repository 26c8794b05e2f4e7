"""Entries that contradict each other: neither is applied, and one line tells both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import singledispatch
from itertools import combinations

from kg.corrections.entries import Apart, Different, Entry, Issued, Named, NoThing, Number, Same, Stated
from kg.corrections.things import key_of
from kg.corrections.unions import bridged
from kg.language.anchors import normal

Saying = tuple[Hashable, Hashable, str]
"""What an entry says: of what, what, and in words; two that say otherwise of one thing contradict each other."""


def contradictions(entries: Sequence[Entry]) -> list[tuple[Entry, Entry, str]]:
    """The pairs of entries that cannot both hold, each pair once, with what it is about, in the order of the files."""
    by_topic: dict[Hashable, dict[Hashable, list[tuple[Entry, str]]]] = defaultdict(lambda: defaultdict(list))
    order: dict[int, int] = {}
    for entry in entries:
        order[id(entry)] = len(order)
        for topic, saying, told in _sayings(entry):
            by_topic[topic][saying].append((entry, told))
    found: dict[tuple[int, int], tuple[Entry, Entry, str]] = {}
    for sayings in by_topic.values():
        for one, other in combinations(sayings.values(), 2):
            for a, told in one:
                for b, _ in other:
                    if _overlap(a, b):
                        first, last = sorted((a, b), key=lambda e: order[id(e)])
                        found.setdefault((order[id(first)], order[id(last)]), (first, last, told))
    told_apart = {first for first, _ in found} | {last for _, last in found}
    for apart, same, told in bridged(entries):
        first, last = sorted((apart, same), key=lambda e: order[id(e)])
        if order[id(apart)] not in told_apart:
            found.setdefault((order[id(first)], order[id(last)]), (first, last, told))
    return [found[key] for key in sorted(found)]


def _overlap(a: Entry, b: Entry) -> bool:
    """Whether two entries may hold for one article."""
    return a is not b and (not a.where or not b.where or not set(a.where).isdisjoint(b.where))


@singledispatch
def _sayings(entry: Entry) -> Iterator[Saying]:
    raise TypeError(f"nothing is known of {type(entry).__name__}")


@_sayings.register
def _(entry: Same) -> Iterator[Saying]:
    names = sorted(map(key_of, entry.called))
    yield from _pairs(entry.called, are_one=True)
    for name, kind in ((name, kind) for name in names for kind in sorted({entry.kind, ""})):
        yield ("thing", name, kind), True, f"whether {name} is a thing"


@_sayings.register
def _(entry: Different) -> Iterator[Saying]:
    yield from _pairs(entry.called, are_one=False)


def _pairs(names: Iterable[str], *, are_one: bool) -> Iterator[Saying]:
    for pair in combinations(names, 2):
        yield ("pair", *sorted(map(key_of, pair))), are_one, f"whether {' and '.join(pair)} are one"


@_sayings.register
def _(entry: Apart) -> Iterator[Saying]:
    to = (key_of(entry.label), entry.place)
    yield ("apart", key_of(entry.thing), normal(entry.quote)), to, f"what {entry.thing} is"


@_sayings.register
def _(entry: Named) -> Iterator[Saying]:
    for name in sorted({key_of(name) for name in entry.names}):
        yield ("kind", name, normal(entry.quote)), entry.kind, f"the kind of {name}"
        yield ("place", name, entry.kind, normal(entry.quote)), entry.place, f"the place of {name}"
        yield ("thing", name, entry.kind), True, f"whether {name} is a thing"
        yield ("thing", name, ""), True, f"whether {name} is a thing"


@_sayings.register
def _(entry: NoThing) -> Iterator[Saying]:
    yield ("thing", key_of(entry.thing), entry.kind), False, f"whether {entry.thing} is a thing"


@_sayings.register
def _(entry: Stated) -> Iterator[Saying]:
    ends = (key_of(entry.subject), entry.predicate, key_of(entry.object))
    yield ("relation", *ends), entry.holds, f"whether {entry.subject} {entry.predicate} {entry.object}"


@_sayings.register
def _(entry: Issued) -> Iterator[Saying]:
    for where in entry.where:
        for what, said in (("published", entry.published), ("paper", entry.paper)):
            if said:
                yield ("file", where, what), said, f"{what} of {where}"


@_sayings.register
def _(entry: Number) -> Iterator[Saying]:
    number = (normal(entry.quote), entry.value, entry.unit)
    told = f"the number in “{entry.quote[:30]}”"
    yield ("number", *number), entry.does == "drop", told
    said = {
        "subject": None if entry.subject is None else key_of(entry.subject),
        "area": None if entry.area is None else key_of(entry.area),
        "indicator": entry.indicator,
        "time": entry.year or entry.years,
        "qualifier": entry.qualifier,
        "kind": entry.kind,
    }
    yield from ((("number", *number, of), value, told) for of, value in said.items() if value is not None)
