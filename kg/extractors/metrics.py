"""Metrics: numbers that measure something of a program, a place or a body.

Every quantity of a sentence is offered to the constructions of `RULES` in order; the first that reads it names what is
counted and whether the number is a level, a change, or an end of a change. Durations told in passing, ranks, counts of
abstractions, single things (一个) and figures of speech (百家) are left out, and figures of the whole country that no
program or body of the article stands behind.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES, Found, Scope
from kg.extractors.metric.areas import Areas
from kg.extractors.metric.carried import of_whom
from kg.extractors.metric.changes import TURNED, begun, end_of, time_of
from kg.extractors.metric.constructions import CONSTRUCTIONS, each_before
from kg.extractors.metric.national import national_from
from kg.extractors.metric.readings import SELF_COUNTING, Construction, Reading
from kg.extractors.metric.subjects import Subjects
from kg.language import labels
from kg.language.dates import calendar
from kg.language.quantities import Quantity, quantities
from kg.language.surroundings import is_class, is_single, words_around
from kg.language.times import Time
from kg.language.wordlists import grammar, word_set
from kg.model import Measure, Metric, Qualifier, Role, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.decision import Judged

NEEDS = ("places", "organizations", "programs")
RULES = CONSTRUCTIONS

_METRICS = grammar("metrics")
_RANK = _METRICS.compile("(?:(?<!{ends-in-before}){before}|{ranked})$")
_AS_MUCH_AS = _METRICS.compile("{as-much-as}(?!.{0,3}{earlier})[^，,。；{of}]{2,12}{of}$")
_AT_LEAST = _METRICS.compile("{at-least}[^，。；：、0-9{until}]{1,8}$")
_WELL = _METRICS.compile("{opening-place}{altogether}?$")
_OF_EACH = _METRICS.compile("{each-of}[^，。；：]{1,12}$")
_SOME = _METRICS.compile("{some}|[^{ten}]{some}")
_BOUND = _METRICS.compile("{within-bound}$")
_BOUNDED = frozenset({"money", "area", "length", "weight"})
"""Kinds of quantity whose bounds divide things into classes."""

_PRIVATE = {"money": 100_000, "length": 1_000, "area": 200, "weight": 100}
"""Below these, a quantity of its kind in somebody's story is that person's own."""

_MANY = 20
"""From so many on 口 counts people and not a family."""

_MEASURED = 10
"""From so many on even what is abstract (问题) is counted."""

_MANY_HOURS = 100
"""From so many on hours of service are added up and not a span of time."""

_PUBLIC = _METRICS.set("public-unit")
"""Units in which nobody measures what is his own."""

_TEN = 10
"""Up to here a number in Chinese digits is so short that a word may well begin with it."""

_MYRIAD = 10_000

_POINTING = _METRICS.set("pointing")
_ANECDOTE = _METRICS.compile("{metric_anecdotes}|{age}(?!{age-bound})|(?<!{other}){somebody}(?!{plural})")
"""Matches what tells that a sentence is somebody's story."""

_CLAUSE_BEGINS = frozenset("，。；：“‘,") | {""}

_FEW = 3
"""So many people, visits or cases, in Chinese digits, are told and not counted."""


def extract(text: Text, found: Found) -> Iterator[Metric]:
    """The metrics of an article, by position, repetitions left out."""
    metrics = _of_text(text, found)
    years, subjects, areas = calendar(text), Subjects(text, found), Areas(text, found)
    for metric in _distinct(metrics, text):
        time = time_of(metric, begun(metric, metrics), years)
        if time and time.each:
            time = _one_of(time, metric, metrics)
        if time and time.years:
            time = end_of(time, time.years, metric)
        subject, probability = subjects.told(begun(metric, metrics))
        if subject is None and national_from(text, found, metric.sentence, metric.start) is not None:
            continue
        yield replace(
            metric,
            subject=subject,
            probability=probability,
            area=areas.area_of(metric.sentence, metric.start, subject),
            year=time.year if time else None,
            years=time.years if time else None,
        )


def judged(text: Text, found: Found) -> Iterator[Judged]:
    """What each number may be about, and how sure it is with the likeliest, with what spoke for and against it."""
    metrics, subjects = _of_text(text, found), Subjects(text, found)
    for metric in _distinct(metrics, text):
        yield from subjects.judged(begun(metric, metrics))


def _of_text(text: Text, found: Found) -> list[Metric]:
    """The metrics of an article with their labels, without subject, area and time."""
    metrics: list[Metric] = []
    last: list[Metric] = []
    for number, sentence in enumerate(text.sentences):
        before = text.sentences[number - 1] if number else None
        goes_on = before and before.paragraph == sentence.paragraph
        last = _of_sentence(Scope(text, number, found), tuple(last) if goes_on else ())
        metrics += last
    return metrics


def _one_of(time: Time, metric: Metric, metrics: list[Metric]) -> Time | None:
    """The time of a metric among those that follow a list of years, one for each: 2022年和2023年分别建成3个和5个."""
    following = [m.start for m in metrics if m.sentence == metric.sentence and m.start >= time.end]
    nth, listed = following.index(metric.start), len(time.each)
    regular = len(following) % listed == 0
    return Time(time.end, time.each[nth % listed]) if regular or nth < listed else None


def _of_sentence(scope: Scope, carried: tuple[Metric, ...]) -> list[Metric]:
    """The metrics of a sentence; `carried` are those of the one before that it goes on from."""
    found = list(quantities(scope.sentence.text))
    if not found:
        return []
    words = words_around(scope.tokens, found)
    places = {word.start: place for place, word in enumerate(words) if word.part in {"number", "time", "single"}}
    metrics: list[Metric] = []
    named = scope.found.in_sentence(scope.number, *PLACES, "Organization", "Program")
    for nth, quantity in enumerate(found):
        if not _may_measure(quantity, scope):
            continue
        following = found[nth + 1] if nth + 1 < len(found) else None
        reading = Reading(
            scope.sentence.text,
            words,
            places[quantity.start],
            quantity,
            following,
            tuple(metrics),
            carried,
            named,
        )
        for rule in RULES:
            label = of_whom(rule.read(reading), reading)
            if label is not None:
                if _measures(label, rule, quantity):
                    labels = [*each_before(reading), label]
                    metrics += [_metric(rule, each, quantity, scope) for each in labels]
                break
    return metrics


def _metric(rule: Construction, label: str, quantity: Quantity, scope: Scope) -> Metric:
    """A quantity of a sentence with its label as a metric, without subject, area and time."""
    least = quantity.qualifier is Qualifier.EXACT and _AT_LEAST.search(scope.sentence.text, 0, quantity.start)
    return Metric(
        quantity.value,
        quantity.unit,
        label,
        scope.number,
        quantity.start,
        quantity.end,
        rule.name,
        Qualifier.OVER if least else quantity.qualifier,
        rule.kind,
        upper=quantity.upper,
    )


def _may_measure(quantity: Quantity, scope: Scope) -> bool:
    """Whether a quantity may be a metric by its own form and place: no single thing, rank, name or figure of speech."""
    text = scope.sentence.text
    if quantity.chinese and quantity.kind not in {"share", "multiple", "duration"}:
        few = quantity.value <= _FEW and quantity.unit in word_set("metric_told_units")
        single = is_single(quantity) or (few and not _is_norm(quantity, text))
        rhetorical = quantity.round_only and quantity.qualifier is Qualifier.EXACT
        divides = quantity.unit in word_set("metric_kinds_of") and quantity.value < _TEN
        if single or rhetorical or divides or _cuts_word(quantity, scope) or _is_told(quantity, text):
            return False
    if _is_class(quantity, text) or _RANK.search(text[max(0, quantity.start - 3) : quantity.start]):
        return False
    of_it = quantity.unit in _METRICS["doubling"] or text.endswith(_METRICS["of"], 0, quantity.start)
    if quantity.kind == "multiple" and of_it:
        return _compares(text[max(0, quantity.start - 16) : quantity.start], quantity.unit)
    if quantity.unit not in _PUBLIC and quantity.value < _PRIVATE.get(quantity.kind, 0) and _is_story(scope):
        return False
    if quantity.unit in _METRICS["mouths"] and quantity.value < _MANY and not _WELL.search(text, 0, quantity.start):
        return False  # of a family
    named = scope.found.in_sentence(scope.number)
    return not any(m.start <= quantity.start and quantity.end <= m.end for m in named)


def _is_norm(quantity: Quantity, text: str) -> bool:
    """Whether a span of few in Chinese digits is what each of several has: 每个小区配备两三名楼长."""
    return quantity.upper is not None and _OF_EACH.search(text, 0, quantity.start) is not None


def _is_class(quantity: Quantity, text: str) -> bool:
    """Whether a quantity tells things apart instead of counting: 亿元楼宇, 收入10万元以上的村."""
    following = text[quantity.end :]
    if quantity.kind in _BOUNDED and _BOUND.search(text[quantity.start : quantity.end]):
        return following.startswith(_METRICS["of"]) or (quantity.round_only and is_class(quantity, following))
    return is_class(quantity, following)


def _is_told(quantity: Quantity, text: str) -> bool:
    """Whether a number in Chinese digits only tells of things: 几十块牌子, 这三幢房子, 两个小区仅一墙之隔."""
    if quantity.value < _MYRIAD and _SOME.match(text, quantity.start):
        return True
    before = text[quantity.start - 1 : quantity.start]
    return quantity.value < _TEN and (before in _POINTING or (quantity.value <= _FEW and before in _CLAUSE_BEGINS))


def _cuts_word(quantity: Quantity, scope: Scope) -> bool:
    """Whether a number in Chinese digits begins or ends within a word, as in 三门县."""
    for token in scope.tokens:
        within = token.start < quantity.end < token.end and not token.tag.startswith("m")
        if within and (token.start <= quantity.start or quantity.value <= _TEN):
            return True
        if token.start < quantity.start < token.end and token.tag.startswith(("n", "i", "l")):
            return True
    return False


def _compares(before: str, unit: str) -> bool:
    """Whether a multiple compares two things that are named, and not one thing with its past: 是户籍人口的三倍.

    番 is one only after 翻.
    """
    if unit in _METRICS["doubling"]:
        return TURNED.search(before) is not None
    return _AS_MUCH_AS.search(before) is not None


def _is_story(scope: Scope) -> bool:
    """Whether a sentence tells somebody's story; words within a name (老师傅修理铺) do not tell it."""
    named = scope.found.in_sentence(scope.number)
    told = _ANECDOTE.finditer(scope.sentence.text)
    return any(not any(m.start <= match.start() < m.end for m in named) for match in told)


def _measures(label: str, rule: Construction, quantity: Quantity) -> bool:
    """Whether a number that counts what the label says measures something."""
    if quantity.unit in _METRICS["age"]:
        return label.endswith(_METRICS["age-noun"])
    timed = quantity.kind == "duration" and rule.kind is Measure.LEVEL
    if timed and not label.endswith(_METRICS["duration-noun"]):
        served = _METRICS.word("service") in label and quantity.unit.endswith(_METRICS["hours"])
        return served and quantity.value >= _MANY_HOURS
    if quantity.kind == "score" and _METRICS.set("scored").isdisjoint(label):
        return False
    counted = quantity.kind in SELF_COUNTING or quantity.value >= _MEASURED or rule.kind in {Measure.FROM, Measure.TO}
    return bool(label) and (counted or not labels.is_abstract(label))


def _distinct(metrics: list[Metric], text: Text) -> Iterator[Metric]:
    """The metrics without those that repeat another: same number, and one label holding the other.

    The body's are kept before those of headlines and captions, whole sentences before broken-off ones.
    """

    def weight(metric: Metric) -> tuple[bool, bool, int, int]:
        sentence = text.sentences[metric.sentence]
        rest = sentence.text[metric.end :]
        broken = bool(rest) and rest in metric.indicator
        return broken, sentence.role is not Role.BODY, metric.sentence, metric.start

    def repeats(metric: Metric, other: Metric) -> bool:
        if metric.sentence == other.sentence:  # 服务标准1项、市级标准1项
            return metric.indicator == other.indicator
        return metric.indicator in other.indicator or other.indicator in metric.indicator

    kept: list[Metric] = []
    by_value: dict[tuple[Decimal, str, Measure], list[Metric]] = {}
    for metric in sorted(metrics, key=weight):
        same = by_value.setdefault((metric.value, metric.unit, metric.kind), [])
        if not any(repeats(metric, other) for other in same):
            same.append(metric)
            kept.append(metric)
    yield from sorted(kept, key=lambda m: (m.sentence, m.start))
