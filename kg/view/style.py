"""How things look that writing the page must know: shapes and sizes, and what the first look shows.

Colours stand in `page/style.css`, where light and dark differ.
"""

from __future__ import annotations

from math import sqrt
from unicodedata import east_asian_width

FIRST_LOOK = ("City", "District", "Street", "Program", "Organization")
"""Kinds that the page shows when it opens; the legend brings the others."""

SHAPES = {
    "Province": "dot", "City": "dot", "District": "dot", "Street": "dot", "Community": "dot", "Site": "dot",
    "Program": "diamond", "Organization": "square", "Person": "triangle", "Document": "hexagon", "Metric": "dot",
}  # fmt: skip
"""vis-network's shape for each kind, so that colour is not the only difference."""

_SIZES = {
    "Province": 22, "City": 22, "District": 22, "Street": 11, "Community": 8, "Site": 6, "Program": 10,
    "Organization": 7, "Person": 7, "Document": 7, "Metric": 6,
}  # fmt: skip
_GROWTH = 2.0
_MOST_GROWTH = 12.0

LONGEST_LABEL = 14
"""Characters of a name on the canvas; the pane has the whole."""


def node_size(kind: str, weight: int) -> int:
    """A node's radius in pixels: its area grows with its weight."""
    return round(_SIZES[kind] + min(_MOST_GROWTH, _GROWTH * sqrt(weight - 1) / 2))


def short_label(name: str) -> str:
    """A name as the canvas shows it.

    >>> short_label("滨河街道老旧小区加装电梯联合推进小组办公室")
    '滨河街道老旧小区加装电梯联…'
    """
    return name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"


def label_width(name: str) -> int:
    """About how many pixels wide the canvas shows a name at its natural size.

    >>> label_width("河滨区"), label_width("kg")
    (39, 15)
    """
    return round(sum(13 if east_asian_width(c) in "WF" else 7.5 for c in short_label(name)))
