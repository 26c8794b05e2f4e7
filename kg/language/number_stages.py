"""What a sentence tells of a number beyond the number itself: a target, a running total, an addition, a decrease.

The graph holds value, unit and year; which of these a number is, its words tell: 力争达到, 累计, 新增, 下降.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language.clauses import clauses
from kg.language.punctuation import folded
from kg.language.quantities import quantities
from kg.language.tokens import tokens_of
from kg.language.wordlists import grammar, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

_METRICS = grammar("metrics")
SHARES = _METRICS.set("points") | {"%", "‰"}
"""Units of shares, which do not add up; their change is told in points, never in percent."""

_FUTURE = _METRICS.word("will")
_FUTURE_TAGS = frozenset("vdp")
_SENTENCE = re.compile("[。！？；!?;]")


class Stage(StrEnum):
    """Whether a number tells what was reached, or what is aimed at."""

    RESULT = "result"
    TARGET = "target"


class Tally(StrEnum):
    """Whether a number is a running total (累计), an addition (新增), or says neither."""

    PLAIN = "plain"
    CUMULATIVE = "cumulative"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Told:
    """How a sentence tells a number; `kind` is that of the graph, or decrease."""

    kind: str
    stage: Stage
    tally: Tally


def told_as(sentence: str, value: Decimal, unit: str, indicator: str, kind: str, *, ahead: bool) -> Told:
    """How a sentence tells a number of the graph; `ahead` if its year lies after that of the report.

    >>> from decimal import Decimal
    >>> told = told_as("投诉同比减少30件。", Decimal(30), "件", "投诉", "growth", ahead=False)
    >>> told.kind, str(told.stage), str(told.tally)
    ('decrease', 'result', 'plain')
    """
    return Told(
        "decrease" if kind == "growth" and falls(sentence, value, unit, indicator) else kind,
        Stage.TARGET if ahead else stage_of(sentence, value, unit),
        tally_of(sentence, value, unit, indicator),
    )


def stage_of(sentence: str, value: Decimal, unit: str) -> Stage:
    """Whether the sentence tells a number as a target: a word says so before it, and none that it is done in between.

    >>> from decimal import Decimal
    >>> str(stage_of("该区计划到年底建成食堂30个，目前已建成12个。", Decimal(30), "个"))
    'target'
    >>> str(stage_of("该区计划到年底建成食堂30个，目前已建成12个。", Decimal(12), "个"))
    'result'
    """
    before = _before(sentence, value, unit)
    if before is None:
        return Stage.RESULT
    told = _SENTENCE.split(before)[-1]
    last = max([*(match.end() for match in _pattern("target").finditer(told)), *_futures(told)], default=-1)
    return Stage.TARGET if last >= 0 and not _pattern("done").search(told, last) else Stage.RESULT


def tally_of(sentence: str, value: Decimal, unit: str, indicator: str) -> Tally:
    """Whether a number is a running total or an addition, by its indicator and the words of its own clause.

    A share is neither.

    >>> from decimal import Decimal
    >>> sentence = "全年新增食堂9个，累计服务300人次。"
    >>> str(tally_of(sentence, Decimal(9), "个", "食堂")), str(tally_of(sentence, Decimal(300), "人次", "服务"))
    ('new', 'cumulative')
    """
    if unit in SHARES:
        return Tally.PLAIN
    clause = _clause_before(sentence, value, unit)
    if _pattern("cumulative").search(clause) or _pattern("cumulative").match(indicator):
        return Tally.CUMULATIVE
    return Tally.NEW if _pattern("new").search(clause) or _pattern("new").match(indicator) else Tally.PLAIN


def falls(sentence: str, value: Decimal, unit: str, indicator: str) -> bool:
    """Whether a change by a number is a decrease, by the last word of its clause before it that tells of a change.

    >>> from decimal import Decimal
    >>> sentence = "投诉同比减少30件，满意率提升5%。"
    >>> falls(sentence, Decimal(30), "件", "投诉"), falls(sentence, Decimal(5), "%", "满意率")
    (True, False)
    """
    for text in (_clause_before(sentence, value, unit), indicator):
        told = [(match.end(), way) for way in ("fall", "rise") for match in _pattern(way).finditer(text)]
        if told:
            return max(told)[1] == "fall"
    return False


def _clause_before(sentence: str, value: Decimal, unit: str) -> str:
    """What stands before a number in its own clause; nothing where it is not printed there as such."""
    before = _before(sentence, value, unit)
    return before[clauses(before + _FUTURE)[-1].start :] if before is not None else ""


def _futures(text: str) -> Iterator[int]:
    """The ends of each 将 that tells what is to come: before a verb, adverb or preposition, not before its object."""
    tokens = tokens_of(text) if _FUTURE in text else ()
    for token, after in pairwise(tokens):
        if token.text == _FUTURE and after.tag in _FUTURE_TAGS and after.text not in words("number_stages:attribute"):
            yield token.end


def _before(sentence: str, value: Decimal, unit: str) -> str | None:
    """What stands before a number in its sentence; None where it is not printed there as such."""
    start = next((start for printed, word, start in _printed(sentence) if (printed, word) == (value, unit)), None)
    return None if start is None else folded(sentence)[:start]


@lru_cache(maxsize=256)
def _printed(sentence: str) -> tuple[tuple[Decimal, str, int], ...]:
    """The numbers of a sentence with their units and places; a sentence often gives several."""
    return tuple((found.value, found.unit, found.start) for found in quantities(sentence))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Any word of a class, where it is no part of another (更新改造, 新建区)."""
    return _METRICS.compile("(?<!{before-new}){number_stages:" + kind + "}(?!{after-new})")
