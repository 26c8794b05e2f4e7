"""Whether a text goes on with what was told before: articles repeat their names and terms, another one has its own."""

from __future__ import annotations

import re

_RUN = re.compile(r"[\u3400-\u9fff]{3,}")
_MOST_BEFORE, _MOST_AFTER = 2500, 400


def shared(before: str, after: str) -> int:
    """How many of a thousand runs of three characters at the beginning of `after` stand in `before`, too.

    >>> shared("东湖区梧桐社区建成小院议事会。", "西岭县的梨花开满山坡。")
    0
    """
    found = _runs(after[:_MOST_AFTER])
    return len(found & _runs(before[-_MOST_BEFORE:])) * 1000 // max(1, len(found))


def _runs(text: str) -> set[str]:
    return {part[place : place + 3] for part in _RUN.findall(text) for place in range(len(part) - 2)}
