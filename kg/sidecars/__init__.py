"""Facts from elsewhere: `PAGE.facts.json` beside a page, in the format of gold facts, each anchored by its quotation.

The way goes ``files`` (which file, of which form), ``annotations`` (names from doccano and Label Studio), ``parsing``
(JSON to what is said), ``edits`` (what a person changed in a sidecar of ours), ``printed`` (what a model says, as far
as the text prints it), ``anchoring`` (what is said to facts of the article), ``combining`` (with those of our rules);
``writing`` makes JSON of what is said.
"""

from __future__ import annotations

from kg.sidecars.anchoring import anchored
from kg.sidecars.combining import Mode, combined
from kg.sidecars.files import Beside, is_of, parsed_json, read_json, sidecars_of
from kg.sidecars.parsing import matched, parsed_article, parsed_page
from kg.sidecars.said import Cause, Quote, Refused, SaidArticle, SaidNumber, SaidPage, SaidRelation, SaidThing, Source
from kg.sidecars.writing import article_item

__all__ = [
    "Beside",
    "Cause",
    "Mode",
    "Quote",
    "Refused",
    "SaidArticle",
    "SaidNumber",
    "SaidPage",
    "SaidRelation",
    "SaidThing",
    "Source",
    "anchored",
    "article_item",
    "combined",
    "is_of",
    "matched",
    "parsed_article",
    "parsed_json",
    "parsed_page",
    "read_json",
    "sidecars_of",
]
