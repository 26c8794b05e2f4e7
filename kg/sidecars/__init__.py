"""Facts from elsewhere: `PAGE.facts.json` beside a page, in the format of gold facts, each anchored by its quotation.

The way goes ``files`` (which file, of which form), ``annotations`` (names from doccano and Label Studio), ``parsing``
(JSON to what is said), ``edits`` (what a person changed in a sidecar of ours), ``anchoring`` (what is said to facts of
the article), ``combining`` (with those of our rules).
"""

from __future__ import annotations

from kg.sidecars.anchoring import anchored
from kg.sidecars.combining import Mode, combined
from kg.sidecars.files import read_json, sidecar_of
from kg.sidecars.parsing import matched, parsed_page
from kg.sidecars.said import Refused, SaidArticle, SaidPage

__all__ = [
    "Mode",
    "Refused",
    "SaidArticle",
    "SaidPage",
    "anchored",
    "combined",
    "matched",
    "parsed_page",
    "read_json",
    "sidecar_of",
]
