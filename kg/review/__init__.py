"""What deserves a person's look, the most useful first, each as an entry of `corrections.toml` to accept or decline.

The way goes ``holdings`` (what the graph holds), ``doubtful``, ``unread``, ``duplicates``, ``conflicts`` (suggestions,
a sort each), ``listing`` (put in order, without what was decided), ``entries`` (as TOML), ``stepping`` (one by one).
"""

from __future__ import annotations

from kg.review.entries import append
from kg.review.listing import SORTS, listed, suggestions
from kg.review.stepping import step
from kg.review.suggestion import Suggestion

__all__ = ["SORTS", "Suggestion", "append", "listed", "step", "suggestions"]
