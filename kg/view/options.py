"""What a user may choose of the network page, and what the page came to hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MOST_NODES = 5000
"""Nodes on one page before the weightiest are chosen: a browser draws so many at once without waiting."""


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """What goes into a page; by default all that the graph holds.

    `around` keeps the thing of that name and what lies within `depth` links of it. `kinds` (classes of the ontology:
    Program, District), `districts` (names, 上城区 or 上城) and `years` keep what belongs to any of the values given.
    `top` keeps the weightiest things of what remains. `max_nodes` bounds the page in any case, and the page says
    so where it cuts. `language` is the interface's, `en` or `zh`; the data stay as they are. With `strict_identity` the
    page says nothing of things that may be the same.
    """

    around: str | None = None
    depth: int = 1
    kinds: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    top: int | None = None
    max_nodes: int = MOST_NODES
    language: str = "en"
    strict_identity: bool = False


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What was written: `left_out` counts things that `max_nodes` kept off the page, `command` shows them all."""

    target: Path
    nodes: int
    edges: int
    metrics: int
    articles: int
    left_out: int = 0
    command: str | None = None
