"""Things of the graph that may be one though no text says so: the named graph of close matches.

What agrees by itself has one name already (`kg.linking`); here names of all articles are compared, by keys that only
those share which may be one, never each with each. A match claims no more than is known: why, and how often such
pairs were one. It belongs to no article. A build works out anew what those things may be one with whose names, kinds or
places it changed (`kg.matching.keeping`); the matches are those that all things compared with each other would give.
"""

from __future__ import annotations

from kg.matching.graph import Match, match_quads, matches
from kg.matching.reasons import CONFIDENCE, Thing

__all__ = ["CONFIDENCE", "Match", "Thing", "match_quads", "matches"]
