"""Constructions of change: how the words around a number tell that it is the change, or an end of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extractors.metric.readings import EACH, Reading, nth_of, part_after, shared, shared_out_of, text_of
from kg.extractors.metric.rows import listed_after, nth_changed, nth_noun
from kg.language import indicator_clauses, indicators, labels
from kg.language.surroundings import PUNCTUATION
from kg.language.times import Time
from kg.language.wordlists import grammar, word_set, words
from kg.model import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.dates import Calendar
    from kg.model import Metric

_METRICS = grammar("metrics")
_YEAR_OF = (
    "(?:(?:(?:[0-9０-９]{4}|{which-year})[{year}{at}](?:{year-part}|[0-9]{1,2}{month})?"
    "|[0-9]{1,2}{month}(?:[0-9]{1,2}{day}|{year-part})?){of}?)"
)
_REACHING = "(?:{to}|{become}|{attain})[{done}{bound-sign}]{0,3}"
_ENDS = _METRICS.compile(
    "(?:[^。；，,]{0,12}"
    + _REACHING
    + "|[，,]?{up-to}[^。；，,]{0,6}[{done}{bound-sign}]{0,3})"
    + _YEAR_OF
    + "?{bound-sign}{0,2}$"
)
_REACHED = _METRICS.compile(
    "{metric_stages}" + _REACHING + "(?:" + _YEAR_OF + "|{metric_distributions}{1,3})?{bound-sign}{0,2}$"
)
"""Matches, before a number, what tells that the number is reached by a change."""

_MORE_THAN = _METRICS.compile(
    "(?:[^{ends-in-than}]|^){than}(?![{ratio-noun}{than-adverb}])[^，。；]{1,14}[^，。；{more-compound}]{more-or-less}[^，。；{of}]{0,2}$"
)
_TO_NOTHING = _METRICS.compile("[^。；，,]{0,4}{fallen}{to}{done}?[{full-zero}0０]")
_FROM = _METRICS.compile(
    "(?:{from}(?!{from-compound}|{before}(?!{before-compound}))|{out-of})[^，。；,;{from}{out-of}]{0,14}$"
)
_SHARE_OF_CHANGE = _METRICS.compile("{of}?{change-noun}")
_UPWARDS = _METRICS.compile("(?:{of}{standard})?{striving}")
_THEN_REACHED = _METRICS.compile("[，,、]{by-now}?(?:{to}|{attain})[{done}{bound-sign}]{0,3}")
_SHORTENED = _METRICS.compile("{shortening}{done}?{bound}?$")
_FORMER = _METRICS.compile("{metric_former_words}[^，。；,;]{0,14}$")
"""Matches, before a number, what tells that it no longer holds, and what it then counted."""

_GROWN = _METRICS.compile(
    "(?<!{growth-compound}){metric_growth_verbs}(?:{done}|{bound}|{attain}|{growth-link}|[0-9]+){0,3}$"
)
"""Matches, before a number, what tells that the number is the change."""

_UPGRADED = _METRICS.compile("{upgrading}{done}?$")
_UPGRADABLE = frozenset({"count", "bodies", "households"})
"""Kinds of quantity that count what is made better and do not tell by how much."""

DIFFERENCE = _METRICS.compile("{metric_differences}[^，,。；]{0,12}$")
"""Matches, before a number, what tells that the number is a difference."""

TURNED = _METRICS.compile("{multiplied}[{done}{past}]?{nearly}?$")
"""Matches what stands before the number of a multiple: 翻了一番."""

_NEAR = 20
"""So many characters at most stand between a former number and the one that was reached (code points)."""

_OF_THINGS = frozenset({"count", "bodies", "people", "households", "area", "length"})
"""Kinds of quantity that tell how many things, or how much of them, there are more."""

_OF_START = 1
"""So many characters at most stand between a time and the number that a change starts from: 2006年的1500元."""

_NEXT = _METRICS.compile("(?:{joint}|{as-well-as})[^、，。；0-9]{0,6}")
_LINKED = _METRICS.compile("{joint}|{as-well-as}")
_THEN = _METRICS.compile("[，,]?[^，。；0-9]{0,2}{metric_stages}(?:{done}|{to}|{become})")
"""Matches what leads on from where a change starts to where it ends."""

_LIST_ENDS = re.compile(f"(?:{_LINKED.pattern})[^、，。；]{{1,14}}{_THEN.pattern}")
"""Matches what follows the first of two numbers that a change starts from."""


def change_from(reading: Reading) -> str | None:
    """从300余次下降至100余次: the first number, by what stands before 从."""
    last = reading.earlier[-1] if reading.earlier else None
    if (
        last
        and last.kind is Measure.FROM
        and _is_next(last, reading)
        and _THEN.match(reading.text, reading.quantity.end)
    ):
        return (
            nth_changed(reading, Measure.FROM)
            or text_of(indicators.before(reading.words, reading.place), reading)
            or last.indicator
        )
    begins = _FROM.search(reading.before)
    if begins is None:
        return _once(reading)
    ends = reading.following and _ENDS.search(reading.text[reading.quantity.end : reading.following.start])
    listed = _LIST_ENDS.match(reading.text, reading.quantity.end)
    if not ends and not listed and not _TO_NOTHING.match(reading.text, reading.quantity.end):
        return _once(reading)
    at = reading.quantity.start - len(reading.before) + begins.start()
    return (
        nth_changed(reading, Measure.FROM)
        or text_of(indicators.before_position(reading.words, at), reading)
        or text_of(indicators.before(reading.words, reading.place), reading)
        or shared(reading)
        or text_of(indicators.after(reading.words, reading.place), reading)
    )


def _once(reading: Reading) -> str | None:
    """原先告警300余次，如今下降至100余次: what the number counts that held before the other was reached."""
    if reading.following is None or not _FORMER.search(reading.before):
        return None
    between = reading.text[reading.quantity.end : reading.following.start]
    if len(between) > _NEAR or between.count("，") != 1 or not _REACHED.search(between):
        return None
    return text_of(indicators.before(reading.words, reading.place), reading)


def change_to(reading: Reading) -> str | None:
    """下降至100余次, and the second number after 从."""
    last = reading.earlier[-1] if reading.earlier else None
    if goes_on(reading, Measure.TO):
        return nth_changed(reading, Measure.TO) or shared(reading)
    begun = (m for m in reversed(reading.earlier) if m.kind is Measure.FROM and m.unit == reading.quantity.unit)
    if last and last.kind is Measure.TO and _is_next(last, reading):
        return nth_changed(reading, Measure.TO) or next((metric.indicator for metric in begun), None)
    if last and last.kind is Measure.GROWTH and _THEN_REACHED.fullmatch(reading.text, last.end, reading.quantity.start):
        return last.indicator
    if last and last.kind is Measure.FROM and _ENDS.search(reading.text[last.end : reading.quantity.start]):
        return nth_changed(reading, Measure.TO) or next((metric.indicator for metric in begun), last.indicator)
    upwards = reading.before.endswith(_METRICS["towards"]) and _UPWARDS.match(reading.after)
    if not upwards and not _REACHED.search(reading.before):
        return None
    return _changing(reading)


def begun(metric: Metric, metrics: Sequence[Metric]) -> Metric:
    """A metric, the end of a change at the place of its start, so that both are about one thing: 从300件降至80件."""
    if metric.kind is not Measure.TO:
        return metric
    same = metric.sentence, metric.indicator, metric.unit, Measure.FROM
    starts = [m.start for m in metrics if (m.sentence, m.indicator, m.unit, m.kind) == same and m.start < metric.start]
    return replace(metric, start=max(starts)) if starts else metric


def time_of(metric: Metric, start: Metric, years: Calendar) -> Time | None:
    """The time that holds for a metric; the end of a change has not that which only its start has.

    到2016年底，收入从2006年的1500元增加到8258元: the end is of 2016.
    """
    time = years.at(metric.sentence, metric.start)
    of_start = time is not None and start.start < metric.start and 0 <= start.start - time.end <= _OF_START
    return years.at(metric.sentence, time.end - 1) if time and of_start else time


def end_of(time: Time, years: tuple[int, int], metric: Metric) -> Time:
    """The time of a metric told of a period: its first year for what a change starts from, its last for the end."""
    match metric.kind:
        case Measure.FROM:
            return Time(time.end, years[0])
        case Measure.TO:
            return Time(time.end, years[1])
        case _:
            return time


def _is_next(last: Metric, reading: Reading) -> bool:
    """Whether a number is the next of a list: 从96家、产值29亿元增加到386家、产值376亿元."""
    return _NEXT.fullmatch(reading.text, last.end, reading.quantity.start) is not None


def growth_by(reading: Reading) -> str | None:
    """增长314%, and 5个百分点 unless it is a difference."""
    if goes_on(reading, Measure.GROWTH):
        return _each_changed(reading) or shared(reading)
    if DIFFERENCE.search(reading.before):
        return None
    points = reading.quantity.unit.endswith((*_METRICS["percentage-point"], *_METRICS["doubling"]))
    if points or _MORE_THAN.search(reading.before):
        return _changing(reading)
    if _SHARE_OF_CHANGE.match(reading.after) and reading.quantity.kind in {"share", "multiple"}:
        return text_of(indicators.after(reading.words, reading.place), reading)
    kind = reading.quantity.kind
    upgraded = kind in _UPGRADABLE and _UPGRADED.search(reading.before)  # 改造提升24个服务区
    told = kind == "duration" and not _SHORTENED.search(reading.before)
    if upgraded or told or (kind != "multiple" and TURNED.search(reading.before)):
        return None  # 翻了两座山
    grown = _GROWN.search(reading.before)
    return _each_changed(reading) or ((_added(reading) or _changing(reading)) if grown else _lessened(reading))


def goes_on(reading: Reading, kind: Measure) -> bool:
    """Whether a number stands beside the one before as its like: 提高到690元和490元, 增幅为4.5%和6.5%."""
    last = reading.earlier[-1] if reading.earlier else None
    if last is None or last.kind is not kind or last.unit != reading.quantity.unit:
        return False
    linked = _LINKED.fullmatch(reading.text, last.end, reading.quantity.start) is not None
    return linked and reading.after[:1] in PUNCTUATION | {""}


def _each_changed(reading: Reading) -> str | None:
    """分别增长12%、9.5%: the nth of what the clause before gave each a number."""
    nth = nth_of(reading, "metric_growth_verbs")
    if nth is None:
        return None
    if own := nth_noun(reading, "metric_growth_verbs"):
        return own
    each = [metric for metric in reading.earlier if metric.rule == EACH and metric.kind is Measure.LEVEL]
    if not each:
        listed = nth + 1 + listed_after(reading.words, reading.place)
        levels = [metric for metric in reading.earlier if metric.kind is Measure.LEVEL]
        each = levels[-listed:] if 1 < listed <= len(levels) else []
    return each[nth].indicator if nth < len(each) else None


def _added(reading: Reading) -> str | None:
    """小区增加了12个车位: the things that there are more or fewer of by a number of them, with the verb."""
    of_things = reading.quantity.kind in _OF_THINGS or reading.quantity.kind == "money"
    if not of_things or part_after(reading) not in {"noun", "verb"}:
        return None
    here = indicators.skip_bridges(reading.words, reading.place - 1)
    label = indicators.after(reading.words, reading.place)
    if here < 0 or label is None or not label.nominal or reading.words[here].tag != "v":
        return None
    if reading.words[here].text in word_set("metric_growth_own"):
        return None  # 促增收9条措施
    if reading.quantity.kind == "money" and not label.text.endswith(words("metric_sums")):
        return None
    whole = labels.joined(labels.label_of([reading.words[here]]), label)
    return whole.text if whole else None


def _lessened(reading: Reading) -> str | None:
    """减少碳排放200吨: a verb of change with its object before the number."""
    label = indicators.before(reading.words, reading.place)
    losing = label is not None and any(label.text.startswith(verb) for verb in word_set("metric_losing_verbs"))
    if label and losing and not label.text.endswith(_METRICS["rate"]):
        return label.text
    return None


def _changing(reading: Reading) -> str | None:
    """The label of what changes, of this clause or the one before."""
    label = indicator_clauses.changed(reading.words, reading.place)
    if label and labels.is_shared_out(label.text):
        return shared_out_of(label, reading)
    if label and label.text.endswith(_METRICS["change-noun-end"]) and labels.is_plain(label.text):
        return shared(reading) or label.text
    return (
        text_of(label, reading) or shared(reading) or text_of(indicators.after(reading.words, reading.place), reading)
    )
