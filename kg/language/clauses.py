"""The clauses of a sentence, and who says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.language.wordlists import either

_BREAK = re.compile("[，；：。！？]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of a sentence between two of ，；：。！？, the mark that ends it not included."""

    start: int
    end: int


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order; empty ones are none.

    >>> clauses("今年，甲县建成工坊3家。")
    (Clause(start=0, end=2), Clause(start=3, end=11))
    """
    found, start = [], 0
    for mark in _BREAK.finditer(sentence):
        if mark.start() > start:
            found.append(Clause(start, mark.start()))
        start = mark.end()
    if start < len(sentence):
        found.append(Clause(start, len(sentence)))
    return tuple(found)


def told_by(sentence: str) -> tuple[int, int]:
    """The run of a sentence that names who says the rest: …负责人介绍，at its beginning, or after the speech.

    >>> told_by("甲局局长介绍，建成工坊3家。"), told_by("建成工坊3家。")
    ((0, 7), (0, 0))
    """
    found = _speaker().match(sentence) or _spoken().search(sentence)
    return found.span() if found else (0, 0)


@cache
def _speaker() -> re.Pattern[str]:
    return re.compile(rf"[^，,。：:]{{2,40}}{either('metric_speech_verbs')}(?:道|说)?[，,：:]")


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?<=”)[^”]{{2,40}}{either('metric_speech_verbs')}[。.]?$")
