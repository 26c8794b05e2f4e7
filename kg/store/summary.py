"""How much a graph holds, counted when it is built: `kg info` on millions of quads asks no store.

A summary stands in its generation, under the checksums of its files, and so is of that graph or of none. A build that
changes a few articles counts those alone: what their graphs held before, and what they hold now.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.store.changes import Change, Stores
from kg.store.checksums import SUMMARY, noted_bytes
from kg.vocabulary import GOV, RDF

CLASSES = (
    "Article", "Passage", "Program", "Organization", "Person", "Document", "Province", "City", "District", "Street",
    "Community", "Site", "Claim", "Metric", "Indicator",
)  # fmt: skip
"""The classes that are counted, in the order in which they are told."""
_NAMES = {GOV[name]: name for name in CLASSES}


@dataclass(frozen=True, slots=True)
class Summary:
    """The number of quads; of things by class, each once however many articles state it; of articles by year."""

    quads: int
    things: Mapping[str, int]
    years: Mapping[str, int]


def counted(store: Store, union: Store) -> Summary:
    """The summary of a graph, of all its named graphs and their union; for want of that, of the named graphs alone."""
    things = {name: len(members(union, GOV[name])) for name in CLASSES}
    years = Counter(year for article in members(union, GOV.Article) for year in _years(union, article))
    return Summary(len(store), things, _positive(years))


def recounted(before: Summary, old: Stores, new: Stores, touched: Collection[NamedNode], others: Change) -> Summary:
    """The summary of a graph that differs from the one `before` in the touched named graphs and in `others` alone."""
    quads, things, years = before.quads, Counter(before.things), Counter(before.years)
    kinds: dict[Quad, str] = {}
    dated: set[NamedNode] = set()
    for stated, sign in (
        (chain(old.statements(touched), others.gone), -1),
        (chain(new.statements(touched), others.new), 1),
    ):
        for quad in stated:
            quads += sign
            kinds |= _kind(quad)
            dated |= _dated(quad)
    for union, sign in ((old.union, -1), (new.union, 1)):
        for quad, name in kinds.items():
            things[name] += sign * (quad in union)
        for node in dated:
            if Quad(node, RDF.type, GOV.Article) in union:
                years.update(dict.fromkeys(_years(union, node), sign))
    return Summary(quads, {name: things[name] for name in CLASSES}, _positive(years))


def members(store: Store, kind: NamedNode) -> set[NamedNode]:
    """The named things of a class."""
    subjects = (quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind))
    return {subject for subject in subjects if isinstance(subject, NamedNode)}


def dump_summary(summary: Summary) -> str:
    """A summary as JSON."""
    return json.dumps(asdict(summary), indent=1) + "\n"


def load_summary(generation: Path) -> Summary | None:
    """The summary of a generation; None if it is of a version that wrote none.

    Raises:
        Damaged: it is not as it was written.
        OSError: it cannot be read.
    """
    written = noted_bytes(generation, SUMMARY)
    return Summary(**json.loads(written)) if written is not None else None


def _kind(quad: Quad) -> dict[Quad, str]:
    """The statement that a named thing is of a class that is counted, with the class, if a quad states it."""
    kind = _NAMES.get(quad.object) if isinstance(quad.object, NamedNode) and quad.predicate == RDF.type else None
    if kind is None or not isinstance(quad.subject, NamedNode):
        return {}
    return {Quad(quad.subject, quad.predicate, quad.object): kind}


def _dated(quad: Quad) -> set[NamedNode]:
    """The named thing that may be an article with a year, as far as a quad tells."""
    told = quad.predicate == GOV.year or quad.object == GOV.Article
    return {quad.subject} if told and isinstance(quad.subject, NamedNode) else set()


def _years(store: Store, article: NamedNode) -> set[str]:
    found = (quad.object for quad in store.quads_for_pattern(article, GOV.year, None))
    return {year.value for year in found if isinstance(year, Literal)}


def _positive(years: Mapping[str, int]) -> dict[str, int]:
    return {year: number for year, number in sorted(years.items()) if number}
