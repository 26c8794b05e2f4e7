"""The words for levels of divisions, as they stand in names of bodies."""

from __future__ import annotations

from kg.language.wordlists import grammar, table
from kg.model import Level

_ENDINGS = {row[0]: Level(row[1]) for row in table("division_endings")}
LEVEL_WORDS = dict(sorted(_ENDINGS.items(), key=lambda item: -len(item[0]))) | dict.fromkeys(
    grammar("places")["own-city"], Level.CITY
)
"""Words that stand for the article's own place of that level at the beginning of a body's name: 区民政局."""
