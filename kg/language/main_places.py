"""Which of several places of one level an article is mostly about, for names that leave theirs out (街道党工委)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARGIN = 3
"""How many times as often as every other the main place is named."""

OFTEN = 3
"""How often a place is named at least that an article is about."""

LAST_OF_HEADLINE = 1
"""The number of the last sentence that may be the headline, which a kicker may precede."""


def main_name(mentions: Iterable[tuple[str, int]]) -> str | None:
    """The name that stands often, and much more often than every other; None without such a name.

    `mentions` are names with the number of their sentence; those of the headline and its kicker count twice.

    >>> main_name([("少先路街道", 0), ("少先路街道", 4)]), main_name([("少先路街道", 4), ("林荫路街道", 5)])
    ('少先路街道', None)
    """
    counts: Counter[str] = Counter()
    for name, sentence in mentions:
        counts[name] += 1 if sentence > LAST_OF_HEADLINE else 2
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < OFTEN:
        return None
    clear = len(ranked) == 1 or ranked[0][1] >= MARGIN * ranked[1][1]
    return ranked[0][0] if clear else None
