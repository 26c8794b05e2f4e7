"""How things look that writing the page must know: shapes, and what the first look shows.

Colours stand in `page/style.css`, where light and dark differ; sizes and places in `page/script`, which knows the
window.
"""

from __future__ import annotations

FIRST_LOOK = ("Province", "City", "District", "Street", "Program", "Organization")
"""Kinds that the page shows when it opens; the others are folded into their place as a count."""

SHAPES = {
    "Province": "dot", "City": "dot", "District": "dot", "Street": "dot", "Community": "dot", "Site": "dot",
    "Program": "diamond", "Organization": "square", "Person": "triangle", "Document": "hexagon", "Metric": "dot",
}  # fmt: skip
"""vis-network's shape for each kind, so that colour is not the only difference."""
