"""What each number of a row counts: 面粉、大豆油价格分别下降18%、7% gives each its own noun, with the shared head."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extractors.metric.readings import cleared, nth_of
from kg.language import indicators, labels
from kg.language.surroundings import PUNCTUATION
from kg.language.wordlists import grammar, word_set
from kg.model import Measure

if TYPE_CHECKING:
    from kg.extractors.metric.readings import Reading
    from kg.language.labels import Label
    from kg.language.surroundings import Word

_METRICS = grammar("metrics")
_LINKS = _METRICS.set("joint", "as-well-as")
_SHORT_HEAD = 1
"""So many words alone before a head tell which: 农村 of 农村居民收入."""


def nth_noun(reading: Reading, *lists: str) -> str | None:
    """The label of the noun whose number this is by its place behind 分别 and words of the lists."""
    nth = nth_of(reading, *lists)
    if nth is None:
        return None
    place = max(n for n, word in enumerate(reading.words[: reading.place]) if word.text in _METRICS["severally"])
    while place > 0 and reading.words[place - 1].text in word_set("metric_comparisons"):
        place -= 1  # 价格与去年同期相比分别下降
    ends = enumerated(reading.words, place)
    if nth >= len(ends) or (lists and len(ends) != nth + 1 + listed_after(reading.words, reading.place)):
        return None
    return _of_list(reading, ends, nth)


def nth_changed(reading: Reading, kind: Measure) -> str | None:
    """商店、作坊分别从3家、5家增加到6家、8家: the label of the noun whose start or end of a change this is.

    None where not every noun of the list has its own start.
    """
    places = [n for n, word in enumerate(reading.words[: reading.place]) if word.text in _METRICS["severally"]]
    if not places:
        return None
    since = [metric.kind for metric in reading.earlier if metric.start > reading.words[places[-1]].start]
    if set(since) - {Measure.FROM, Measure.TO}:
        return None
    ends, nth, begun = enumerated(reading.words, places[-1]), since.count(kind), since.count(Measure.FROM)
    starts = begun + 1 + listed_after(reading.words, reading.place) if kind is Measure.FROM else begun
    return _of_list(reading, ends, nth) if nth < len(ends) == starts and starts > 1 else None


def _of_list(reading: Reading, ends: list[int], nth: int) -> str | None:
    """The label of the nth noun of a list, with the head that the last has."""
    label = cleared(indicators.before(reading.words, ends[nth]), reading)
    last = cleared(indicators.before(reading.words, ends[-1]), reading)
    if label and last and reading.counts_itself and nth + 1 < len(ends):
        label = _with_head(label, last)
    return label.text if label else None


def _with_head(label: Label, last: Label) -> Label:
    """A label with the head that only the last of its list has: 城镇 of 城镇和农村居民收入 is 城镇居民收入."""
    head = last.words[_SHORT_HEAD:]
    if not head and len(last.text) == 2 * len(label.text):  # 刑事、治安案件
        word = last.words[0]
        head = (replace(word, text=word.text[len(label.text) :], start=word.start + len(label.text)),)
    if (
        not head
        or (len(label.words) >= len(last.words) and len(last.words) > 1)
        or label.words[-1].text == head[-1].text
    ):
        return label
    return labels.label_of([*label.words, *head]) or label


def enumerated(words: list[Word], end: int) -> list[int]:
    """Where the nouns end that are listed before a place, in order."""
    ends = [end]
    for place in range(end - 1, -1, -1):
        if words[place].text in _LINKS:
            ends.append(place)
        elif words[place].part == "stop" and words[place].text in PUNCTUATION:
            break
    return ends[::-1]


def listed_after(words: list[Word], place: int) -> int:
    """How many numbers follow one with nothing but a link between."""
    listed = 0
    while place + 2 < len(words) and words[place + 1].text in _LINKS and words[place + 2].part == "number":
        listed, place = listed + 1, place + 2
    return listed
