"""Things of the graph that may be one though no text says so: the named graph of close matches.

What agrees by itself has one name already (`kg.linking`); here names of all articles are compared, by keys that only
those share which may be one, never each with each. A match claims no more than is known: why, and how often such
pairs were one. It belongs to no article, and each build works it out anew from all of them.
"""

from __future__ import annotations

from kg.matching.graph import Match, match_quads, matches
from kg.matching.reasons import CONFIDENCE, Thing

__all__ = ["CONFIDENCE", "Match", "Thing", "match_quads", "matches"]
