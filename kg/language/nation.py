"""Where a sentence goes over to tell of the whole country, so that its numbers are of no place that the text names."""

from __future__ import annotations

import re

from kg.language.wordlists import grammar, words

_LEAD = "|".join(f"(?<={re.escape(word)})" for word in words("metric_nation_leads"))
_TOLD = grammar("metrics").compile(
    "(?:^|" + _LEAD + "){metric_nation}(?![^，。；：、“”0-9]{0,6}{metric_nation_titles})"
    "|(?<!{ends-in-nation}){metric_nation}(?=[0-9])(?![0-9.]+(?:[%％/{tenths}]|.?{percentage-point}))"
)
"""Matches a word for the country where a clause begins to tell of it, or right before a number."""


def nation_told(sentence: str) -> tuple[int, ...]:
    """The positions from which on a sentence tells of the whole country or the world, ascending.

    Titles, ranks and comparisons (全国文明城市, 全国首个, 高于全国平均水平) do not, nor does where something is done
    (在全国推广), unless the number follows at once (全国52个县): not how far something reaches (送到全国27个省), a
    share of the country's (占全国9成), or the distance to it (高于全国3个百分点).

    >>> nation_told("2023年，全国建成食堂3000家。"), nation_told("甲县获评全国文明城市，建成食堂3家。")
    ((8,), ())
    """
    if not any(word in sentence for word in words("metric_nation")):
        return ()
    return tuple(match.end() for match in _TOLD.finditer(sentence))
