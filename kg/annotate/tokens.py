"""About how many tokens a text is to a language model, and what they cost.

Each model counts in its own way, and none tells it without network; so this is an estimate on the safe side, for limits
and `--dry-run`. What a run has used is what the server counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil

LETTERS_A_TOKEN = 4
"""Characters of scripts with letters that make one token; a Chinese sign is one by itself."""

FACTS_A_TOKEN = Decimal("1.2")
"""Tokens of an answer for each token of its article, beside those of the empty form: 20 real articles had 0.97 in all,
none more than 2."""

EMPTY_FORM = 300


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, of what is sent and of what is answered; in whatever money."""

    sent: Decimal
    answered: Decimal

    def of(self, sent: int, answered: int) -> Decimal:
        """What so many tokens cost, to two places.

        >>> Price(Decimal("0.5"), Decimal("1.5")).of(2_000_000, 100_000)
        Decimal('1.15')
        """
        return ((self.sent * sent + self.answered * answered) / 1_000_000).quantize(Decimal("0.01"))


def tokens(text: str) -> int:
    """About how many tokens a text is.

    >>> tokens("三方协同"), tokens("a plain text"), tokens("")
    (4, 3, 0)
    """
    wide = sum(sign > "⺀" for sign in text)
    return wide + ceil((len(text) - wide) / LETTERS_A_TOKEN)


def of_answer(article: int, most: int) -> int:
    """About how many tokens the answer is on an article of so many."""
    return min(most, EMPTY_FORM + ceil(FACTS_A_TOKEN * article))
