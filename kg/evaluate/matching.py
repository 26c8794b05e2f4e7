"""When two printings are one name, and which found things pair with which gold facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeVar

_DROPPED = re.compile(r"[\s\"'“”‘’「」『』《》〈〉()（）\[\]【】·•、，,。.：:；;!！?？\-—–_~]")
_SHORTEST = 3
_SHARE = 0.6

EXACT, PARTLY, NOT = 2, 1, 0


class Named(Protocol):
    """A gold fact with the printings of its name."""

    @property
    def names(self) -> AbstractSet[str]:
        """The folded printings."""


Item = TypeVar("Item", bound=Named)


def fold(text: str) -> str:
    """What two printings of one name share: width folded, without white space, quotation marks and punctuation.

    >>> fold("“红茶议事会”（ＡＢ）")
    '红茶议事会ab'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def alike(a: AbstractSet[str], b: AbstractSet[str], *, partly: bool) -> int:
    """EXACT where two sets of folded names share one; PARTLY where one holds most of another, if that counts.

    >>> alike({"运河领航"}, {"运河领航行动"}, partly=True) == PARTLY
    True
    """
    if a & b:
        return EXACT
    if partly and any(_holds(*sorted((x, y), key=len)) for x in a for y in b):
        return PARTLY
    return NOT


def _holds(short: str, long: str) -> bool:
    return len(short) >= _SHORTEST and len(short) >= _SHARE * len(long) and short in long


def align(
    found: Sequence[str],
    labels: Mapping[str, AbstractSet[str]],
    items: Sequence[Item],
    *,
    partly: bool,
    fits: Callable[[str, Item], bool],
) -> dict[str, int]:
    """Pairs found things with gold facts by name, exact names first, each once: thing to the number of its fact."""
    pairs: dict[str, int] = {}
    taken: set[int] = set()
    for least in (EXACT, PARTLY):
        for node in found:
            if node in pairs:
                continue
            for number, item in enumerate(items):
                if number in taken or not fits(node, item):
                    continue
                if alike(labels.get(node, frozenset()), item.names, partly=partly) >= least:
                    pairs[node] = number
                    taken.add(number)
                    break
    return pairs
