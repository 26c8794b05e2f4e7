"""A suggestion: what might be said of the graph, why, and the sentence to judge it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | Decimal | tuple[str, ...]
"""What a key of an entry can hold."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that a person may accept: its table and keys, as in `corrections.toml`.

    `sort` is the sort of suggestion, `weight` how much a decision would tell, `asks` the question in words, `why` the
    reason for asking, `sentence` and `file` what to judge it by, `about` the things, by IRI, without
    which it says nothing.
    """

    sort: str
    weight: Decimal
    asks: str
    why: str
    sentence: str
    file: str
    table: str
    keys: Mapping[str, Value] = field(default_factory=dict, hash=False)
    about: frozenset[str] = frozenset()
