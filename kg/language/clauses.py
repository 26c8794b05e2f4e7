"""The clauses of a sentence, and who says it."""

from __future__ import annotations

import re
from functools import cache

from kg.frozen import frozen
from kg.language.wordlists import grammar, words

_BREAK = re.compile("[，；：。！？]")
_TELLING_ENDS = re.compile("[，,。：:]")
_SHORTEST, _LONGEST = 2, 40
"""Characters that name a speaker."""


@frozen
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
    first = _TELLING_ENDS.search(sentence)
    end = first.start() if first else 0
    if _SHORTEST <= end <= _LONGEST and sentence[:end].endswith(_speech()):
        return 0, end + 1
    start = sentence.rfind("”") + 1
    said = sentence[start:].rstrip("。.") if start else ""
    if _SHORTEST <= len(said) <= _LONGEST and said.endswith(_speech()):
        return start, len(sentence)
    return 0, 0


@cache
def _speech() -> tuple[str, ...]:
    """Verbs of speech, with what may be added to them (介绍, 介绍道, 介绍说)."""
    return tuple(verb + tail for verb in words("metric_speech_verbs") for tail in ("", *grammar("metrics")["said"]))
