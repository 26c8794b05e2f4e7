"""The short forms of divisions' names, told by the names alone: 景宁 for 景宁畲族自治县."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.language.wordlists import grammar, table

_PLACES = grammar("places")
FUNCTIONAL_AREA = _PLACES.compile("{division_functional_areas}$")
"""Districts that nobody calls by a short form."""

_LEVEL_WORDS = _PLACES.compile(
    "(?<=..)(?:{place_peoples}{0,12}{autonomous}{autonomous-end}|{place_peoples}{1,12}{district}"
    "|{division-end}|(?<!{not-before-banner}){banner})$"
)
"""What the short form leaves out at the end of a name: level and peoples."""


@lru_cache(maxsize=10_000)
def short_name(name: str) -> str | None:
    """A division's name without its level and peoples, where at least two characters remain.

    >>> short_name("景宁畲族自治县"), short_name("杭州市"), short_name("沙县")
    ('景宁', '杭州', None)
    """
    match = _LEVEL_WORDS.search(name)
    return name[: match.start()] if match and not FUNCTIONAL_AREA.search(name) else None


def short_names(name: str) -> tuple[str, ...]:
    """The name without its level, and how it is called: 凉山, 凉山州."""
    short = short_name(name)
    return (*((short,) if short else ()), *called_names(name))


@lru_cache(maxsize=10_000)
def called_names(name: str) -> tuple[str, ...]:
    """The shorter names with their level: of autonomous divisions (凉山州), and by custom (科右前旗)."""
    short = short_name(name)
    shortened = _PLACES.word("autonomous") in name and name.endswith(_PLACES["shortened-end"])
    plain = (short + name[-1],) if short and shortened else ()
    return (*plain, *_abbreviations().get(name, ()))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {name: tuple(called) for name, *called in table("division_abbreviations")}
