"""The short forms of divisions' names, told by the names alone: 景宁 for 景宁畲族自治县."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.language.wordlists import either, table

FUNCTIONAL_AREA = re.compile(f"{either('division_functional_areas')}$")
"""Districts that nobody calls by a short form."""


@cache
def _level_words() -> re.Pattern[str]:
    """What the short form leaves out at the end of a name: level and peoples."""
    level = "特别行政区|新区|林区|地区|[省市盟区县]|(?<![前后中左右])旗"
    return re.compile(
        rf"(?<=..)(?:{either('place_peoples')}{{0,12}}自治[区州县旗]|{either('place_peoples')}{{1,12}}区|{level})$"
    )


@lru_cache(maxsize=10_000)
def short_name(name: str) -> str | None:
    """A division's name without its level and peoples, where at least two characters remain.

    >>> short_name("景宁畲族自治县"), short_name("杭州市"), short_name("沙县")
    ('景宁', '杭州', None)
    """
    match = _level_words().search(name)
    return name[: match.start()] if match and not FUNCTIONAL_AREA.search(name) else None


def short_names(name: str) -> tuple[str, ...]:
    """The name without its level, and how it is called: 凉山, 凉山州."""
    short = short_name(name)
    return (*((short,) if short else ()), *called_names(name))


@lru_cache(maxsize=10_000)
def called_names(name: str) -> tuple[str, ...]:
    """The shorter names with their level: of autonomous divisions (凉山州), and by custom (科右前旗)."""
    short = short_name(name)
    plain = (short + name[-1],) if short and "自治" in name and name[-1] in "州县旗" else ()
    return (*plain, *_abbreviations().get(name, ()))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {name: tuple(called) for name, *called in table("division_abbreviations")}
