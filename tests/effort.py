"""How much work something is, whatever the machine and whoever else uses it: no test asserts a time."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

_WORD = re.compile(r"[一-龥]{2,4}区")
_TEXT = "去年，东湖区新建社区书房12个，服务居民3.5万人次。" * 200


def reference_work() -> None:
    """Some 20 ms of what the program does all day: patterns, slices, small objects."""
    for _ in range(100):
        found = [(match.start(), match[0]) for match in _WORD.finditer(_TEXT)]
        sorted(dict(found).items(), key=lambda pair: (pair[1], pair[0]))


def taken(work: Callable[[], object]) -> float:
    """The processor time of a piece of work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def effort(work: Callable[[], object], most: float, tries: int = 3) -> float:
    """How many times the reference's work it is, at best: it is tried again while it seems more than `most`."""
    best = float("inf")
    for _ in range(tries):
        best = min(best, taken(work) / max(taken(reference_work), 1e-4))
        if best <= most:
            break
    return best


def growth(work: Callable[[int], object], size: int, times: int, most: float, tries: int = 3) -> float:
    """How many times the work grows when the size grows so many times; what the reference takes is added to both."""
    best = float("inf")
    for _ in range(tries):
        small, one = taken(lambda: work(size)), taken(reference_work)
        best = min(best, (taken(lambda: work(size * times)) + one) / (small + one))
        if best <= most:
            break
    return best
