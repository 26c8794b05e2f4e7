"""What a graph holds: files, articles, things by class, passages, years, and what was skipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.store import (
    CLASSES,
    Manifest,
    Summary,
    counted,
    open_with_union,
    read_manifest,
    read_summary,
    repeats_of,
    while_reading,
)

_MOST_GONE = 10
"""So many files that are gone are named."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a graph holds: `things` counts each class once a thing; `years` are those that articles speak of.

    `corrections` is the number of those that were applied to any article; `repeats` are files with the number of their
    articles that stand in another file too, and are counted as its, which is named last.
    """

    triples: int
    files: int
    things: tuple[tuple[str, int], ...]
    years: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    corrections: int = 0
    repeats: tuple[tuple[str, int, str], ...] = ()


def holdings(folder: Path) -> Holdings:
    """What the graph in `folder` holds.

    Raises:
        UserError: there is no graph, or it is damaged.
    """
    manifest = read_manifest(folder)
    with while_reading(folder):
        return holdings_of(read_summary(folder) or _counted(folder), manifest)


def holdings_of(summary: Summary, manifest: Manifest) -> Holdings:
    """What a graph holds that was counted and built so."""
    skipped = tuple(sorted(manifest.skipped.items()))
    applied = {key for source in manifest.sources.values() for key, verdict in source.verdicts.items() if not verdict}
    things = tuple((name, summary.things[name]) for name in CLASSES)
    years = tuple(sorted(summary.years))
    return Holdings(
        summary.quads, len(manifest.sources), things, years, skipped, len(applied), tuple(repeats_of(manifest.sources))
    )


def _counted(folder: Path) -> Summary:
    """Of a graph that was built by a version that counted nothing."""
    store, union = open_with_union(folder)
    return counted(store, union or store)


def describe(folder: Path) -> str:
    """What the graph holds, as lines of a name and a number.

    Raises:
        UserError: there is no graph.
    """
    from kg.leaving import missing  # noqa: PLC0415 - who counts alone reads no pages
    from kg.reading.files import readable  # noqa: PLC0415

    manifest = read_manifest(folder)
    held, gone = holdings(folder), missing(manifest.sources)
    rows = [("files read", str(held.files)), *((name, str(count)) for name, count in held.things)]
    rows += [("quads", str(held.triples)), ("years", ", ".join(held.years) or "none told")]
    rows += [("corrections", f"{held.corrections} applied")] * bool(held.corrections)
    lines = [f"{name:14}{value}" for name, value in rows]
    if gone:
        lines.append(f"gone          {len(gone)} of {held.files} files are there no more; see kg build --drop")
        lines += [f"              {readable(name)}" for name in gone[:_MOST_GONE]]
        lines += [f"              and {len(gone) - _MOST_GONE} more"] * (len(gone) > _MOST_GONE)
    for name, number, other in held.repeats:
        articles = "1 article" if number == 1 else f"{number} articles"
        lines.append(f"repeated      {readable(name)}: {articles} of {readable(other)}, counted once")
    lines += [f"skipped       {readable(name)}: {reason}" for name, reason in held.skipped]
    return "\n".join(lines) + "\n"
