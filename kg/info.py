"""What a graph holds: files, articles, things by class, passages, years, and what was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from kg.reading.files import readable
from kg.store import Manifest, open_graph, read_manifest, while_reading
from kg.vocabulary import GOV, RDF

CLASSES = (
    "Article", "Passage", "Program", "Organization", "Person", "Document", "Province", "City", "District", "Street",
    "Community", "Site", "Claim", "Metric", "Indicator",
)  # fmt: skip
"""The classes that are counted, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a graph holds: `things` counts each class once a thing; `years` are those that articles speak of.

    `corrections` is the number of those that were applied to any article.
    """

    triples: int
    files: int
    things: tuple[tuple[str, int], ...]
    years: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    corrections: int = 0


def holdings(folder: Path) -> Holdings:
    """What the graph in `folder` holds.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    manifest = read_manifest(folder)
    with while_reading(folder):
        return holdings_of(open_graph(folder), manifest)


def holdings_of(store: Store, manifest: Manifest) -> Holdings:
    """What an opened graph holds."""
    things = tuple((name, len(_members(store, GOV[name]))) for name in CLASSES)
    articles = _members(store, GOV.Article)
    years = {
        quad.object.value
        for article in articles
        for quad in store.quads_for_pattern(article, GOV.year, None)
        if isinstance(quad.object, Literal)
    }
    skipped = tuple(sorted(manifest.skipped.items()))
    applied = {key for source in manifest.sources.values() for key, verdict in source.verdicts.items() if not verdict}
    return Holdings(len(store), len(manifest.sources), things, tuple(sorted(years)), skipped, len(applied))


def _members(store: Store, kind: NamedNode) -> set[NamedNode]:
    subjects = (quad.subject for quad in store.quads_for_pattern(None, RDF.type, kind))
    return {subject for subject in subjects if isinstance(subject, NamedNode)}


def describe(folder: Path) -> str:
    """What the graph holds, as lines of a name and a number.

    Raises:
        UserError: there is no graph.
    """
    held = holdings(folder)
    rows = [("files read", str(held.files)), *((name, str(count)) for name, count in held.things)]
    rows += [("quads", str(held.triples)), ("years", ", ".join(held.years) or "none told")]
    rows += [("corrections", f"{held.corrections} applied")] * bool(held.corrections)
    lines = [f"{name:14}{value}" for name, value in rows]
    lines += [f"skipped       {readable(name)}: {reason}" for name, reason in held.skipped]
    return "\n".join(lines) + "\n"
