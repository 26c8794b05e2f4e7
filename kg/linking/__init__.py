"""Printed names to things: what an article's mentions, relations and metrics are about.

`places` first, by the gazetteer; then `organizations`, whose identity needs their jurisdiction; then `programs`,
people and documents; at last claims and observations. Merging rests on what the article or the gazetteer says alone.
"""

from __future__ import annotations

from kg.linking.article import link

__all__ = ["link"]
