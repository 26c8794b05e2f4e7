"""The small graph that several tests share, and how it is put on disk."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

SMALL_GRAPH = Path(__file__).parent / "queries" / "graph.trig"


def store_graph(trig: Path, folder: Path) -> Path:
    """Puts the graphs of a TriG file into a graph's folder."""
    from kg.store import new_generation

    with new_generation(folder, "written by hand") as generation:
        generation.replace(trig.name, "digest", parse(path=str(trig), format=RdfFormat.TRIG))
        generation.commit()
    return folder
