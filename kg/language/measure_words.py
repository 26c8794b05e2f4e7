"""Measure words, the words that qualify a number and the nouns that have one without a measure word, as patterns.

What stands in the lists is read once; `kg.language.quantities` puts it together with the numbers of a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.wordlists import grammar, table
from kg.model import Qualifier

_NUMBERS = grammar("numbers")
BEARERS = _NUMBERS.compile("{number_bearers}{number_bearer_links}{0,3}$")
"""Matches a noun that may have a number without measure word, at the end of what stands before it."""

PEOPLE = _NUMBERS.compile("{number_headless}{number_bearer_links}{0,3}$")
"""Matches, at the end of what stands before a number in ten thousands, a noun that it may count."""

HEADLESS = _NUMBERS.compile("(?:(?!{number_headless_not})[^，。；：、！？“”（）{of}0-9]){0,8}?{number_headless}")
"""Matches a noun that a round number may count without measure word, with what describes it: 易地搬迁群众.

What tells of money (投入20万支持农户) describes none.
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word: its kind and whether it is read after Chinese digits too."""

    kind: str
    after_chinese: bool


@cache
def units() -> dict[str, Unit]:
    """The measure words."""
    return {row[0]: Unit(row[1], row[2] == "any") for row in table("measure_words")}


@cache
def unit_pattern() -> re.Pattern[str]:
    """Matches a measure word, the longest first; group 1 is the word."""
    rows = sorted(table("measure_words"), key=lambda row: (-len(row[0]), row[0]))
    words = []
    for row in rows:
        stop = f"(?!{'|'.join(map(_not_before, row[3].split()))})" if len(row) > 3 else ""
        words.append(re.escape(row[0]) + stop)
    return re.compile(r" ?(" + "|".join(words) + ")(?![A-Za-z])")


def _not_before(word: str) -> str:
    """The pattern of what may not follow a measure word, unless something else follows that (居民!楼)."""
    stop, _, unless = word.partition("!")
    return re.escape(stop) + (f"(?!{re.escape(unless)})" if unless else "")


@cache
def qualifiers(side: str) -> dict[str, Qualifier]:
    """The qualifying words of one side of the number."""
    return {row[0]: Qualifier(row[2]) for row in table("number_qualifiers") if row[1] == side}


@cache
def qualifier_before() -> re.Pattern[str]:
    """Matches a qualifier at the end of what stands before the number."""
    words = sorted(qualifiers("before"), key=lambda word: (-len(word), word))
    return re.compile("(" + "|".join(map(re.escape, words)) + _NUMBERS.regex(")[{qualifier-tail} ]?$"))


@cache
def qualifier_after() -> re.Pattern[str]:
    """Matches a qualifier after the measure word."""
    words = sorted(qualifiers("after"), key=lambda word: (-len(word), word))
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")
