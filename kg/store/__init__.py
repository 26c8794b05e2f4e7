"""The only place that opens the store: a folder of generations, of which a reader sees one, whole.

    graph/kg-graph                 marks the folder as ours; its lock lets one build in at a time
    graph/current                  names the generation that readers open; replaced in one step
    graph/doubted                  stands there once a reader met damage: the next build looks for it in every byte
    graph/generation-000007/       an Oxigraph store, never written again once it is current, manifest.json,
                                   summary.json, and checksums.json with the sizes and digests of all; beside the
                                   store its union, the keys of close matches, and what repeats others, set aside

A build copies the current generation (by hard links), changes the copy, and switches. Whatever ends it before the
switch, the old graph stands. A generation whose files are not as they were written is no base for another: the build
then begins from nothing, and reads all sources that the damaged one knew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.store.manifest import Manifest, Source, repeats_of
from kg.store.reading import open_graph, open_with_union, read_manifest, read_summary, verify, while_reading
from kg.store.summary import CLASSES, Summary, counted

if TYPE_CHECKING:
    from kg.store.generation import Generation, new_generation

__all__ = [
    "CLASSES",
    "Generation",
    "Manifest",
    "Source",
    "Summary",
    "counted",
    "new_generation",
    "open_graph",
    "open_with_union",
    "read_manifest",
    "read_summary",
    "repeats_of",
    "verify",
    "while_reading",
]


def __getattr__(name: str) -> Any:
    """What only builds need: those who read start without it."""
    if name not in {"Generation", "new_generation"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kg.store import generation  # noqa: PLC0415 - as above

    return getattr(generation, name)
