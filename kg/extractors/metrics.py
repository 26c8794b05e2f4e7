"""Metrics: numbers that measure something of a program, a place or a body.

Every quantity of a sentence is offered to the constructions of `RULES` in order; the first that reads it names what is
counted and whether the number is a level, a change, or an end of a change. Durations told in passing, ranks, counts of
abstractions, single things (一个) and figures of speech (百家) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extractors.engine import PLACES, Found, Scope
from kg.extractors.metric_subjects import area_of, subject_of
from kg.language import indicators
from kg.language.dates import Calendar, calendar
from kg.language.indicators import Label, Word
from kg.language.quantities import Quantity, quantities
from kg.language.wordlists import either, word_set
from kg.model import Fact, Measure, Mention, Metric, Qualifier, Role, Text

NEEDS = ("places", "organizations", "programs")

_RANK = re.compile(r"(?:(?<![目此提之日以当年面])前|首|排名|位列|名列|倒数|每隔?|第)$")
_ENDS = re.compile(r"(?:[^。；，,]{0,12}(?:至|到|为|成|达到?)|[，,]?(?:到|至)[^。；，,]{0,6})[了约近超过]{0,3}$")
_FROM = re.compile(r"[从由][^，。；,;从由]{0,14}$")
_SHARE_OF_CHANGE = re.compile(r"的?(?:增长|增幅|增速|降幅|涨幅|速度|幅度)")
_UPWARDS = re.compile(r"(?:的标准)?(?:提升|靠拢|迈进|冲刺|看齐|提高|调整|过渡)")
_THEN_REACHED = re.compile(r"[，,、](?:已|总数|累计|目前)?(?:达到?|为|至|到)[了约近超过]{0,3}")
_SHORTENED = re.compile(r"(?:缩短|压缩|压减|提前|提速|减少)了?(?:约|近|超过?)?$")
_PART_OF = re.compile(r"占(?:比|到|据|了)?[^，。；,]{0,10}?(?:的|为|达|比|超过|超|近|约){0,3}$")
_LINKS = frozenset({"、", "和", "与", "及", "，", ",", "为", "是", "有", "达", "达到", "占", "约", "了"})
_SELF_COUNTING = frozenset({"money", "share", "multiple", "score", "area", "volume", "length", "weight", "energy"})
_SMALL_SUM = 100_000
_FEW = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity in its sentence: `words[place]` is the quantity, `earlier` the metrics read before it there."""

    text: str
    words: list[Word]
    place: int
    quantity: Quantity
    following: Quantity | None
    earlier: tuple[Metric, ...]
    named: tuple[Mention, ...]

    @property
    def before(self) -> str:
        """The text before the quantity, as much as matters."""
        return self.text[max(0, self.quantity.start - 24) : self.quantity.start]

    @property
    def after(self) -> str:
        """The text after the quantity, as much as matters."""
        return self.text[self.quantity.end : self.quantity.end + 16]

    @property
    def counts_itself(self) -> bool:
        """Whether the unit already tells what kind of thing the number is (元, %), so that its noun stands before."""
        return self.quantity.kind in _SELF_COUNTING


@dataclass(frozen=True, slots=True)
class Construction:
    """A named rule: how the words around a number tell what it measures; `read` gives a label or None."""

    name: str
    kind: Measure
    read: Callable[[Reading], str | None]


def extract(text: Text, found: Found) -> Iterator[Fact]:
    """The metrics of an article, by position, repetitions left out."""
    years = calendar(text)
    metrics: list[Metric] = []
    for number in range(len(text.sentences)):
        metrics += _of_sentence(Scope(text, number, found), years)
    yield from _distinct(metrics, text)


def _of_sentence(scope: Scope, years: Calendar) -> list[Metric]:
    """The metrics of a sentence."""
    found = list(quantities(scope.sentence.text))
    if not found:
        return []
    words = indicators.words_around(scope.tokens, found)
    places = {word.start: place for place, word in enumerate(words) if word.part in {"number", "time"}}
    metrics: list[Metric] = []
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
            scope.found.in_sentence(scope.number, *PLACES, "Organization", "Program"),
        )
        for rule in RULES:
            label = rule.read(reading)
            if label is not None:
                if _measures(label, rule, quantity):
                    metrics.append(_metric(rule, label, quantity, scope, years))
                break
    return metrics


def _metric(rule: Construction, label: str, quantity: Quantity, scope: Scope, years: Calendar) -> Metric:
    """A quantity with its label as a metric, with subject, area and time."""
    time = years.at(scope.number, quantity.start)
    return Metric(
        quantity.value,
        quantity.unit,
        label,
        scope.number,
        quantity.start,
        quantity.end,
        rule.name,
        quantity.qualifier,
        rule.kind,
        subject_of(scope, quantity.start),
        area_of(scope, quantity.start),
        time.year if time else None,
        time.years if time else None,
    )


def _may_measure(quantity: Quantity, scope: Scope) -> bool:
    """Whether a quantity may be a metric by its own form and place: no single thing, rank, name or figure of speech."""
    text = scope.sentence.text
    if quantity.chinese and quantity.kind not in {"share", "multiple", "duration"}:
        single = quantity.value == 1 or (quantity.unit == "人" and quantity.value < _FEW)
        rhetorical = quantity.round_only and quantity.qualifier is Qualifier.EXACT
        if single or rhetorical or quantity.unit in word_set("metric_kinds_of") or _cuts_word(quantity, scope):
            return False
    if indicators.is_class(quantity) or _RANK.search(text[max(0, quantity.start - 3) : quantity.start]):
        return False
    if quantity.kind in {"money", "length"} and quantity.value < _SMALL_SUM and _anecdote().search(text):
        return False
    named = scope.found.in_sentence(scope.number)
    return not any(m.start <= quantity.start and quantity.end <= m.end for m in named)


def _cuts_word(quantity: Quantity, scope: Scope) -> bool:
    """Whether a number in Chinese digits begins or ends within a word, as in 三门县."""
    for token in scope.tokens:
        if token.start < quantity.end < token.end and not token.tag.startswith("m"):
            return True
        if token.start < quantity.start < token.end and token.tag.startswith(("n", "i", "l")):
            return True
    return False


@cache
def _anecdote() -> re.Pattern[str]:
    """Matches what tells that a sentence is somebody's story."""
    return re.compile(either("metric_anecdotes"))


def _measures(label: str, rule: Construction, quantity: Quantity) -> bool:
    """Whether a number that counts what the label says measures something."""
    if quantity.kind == "duration" and rule.kind is Measure.LEVEL:
        return False
    if quantity.kind == "score" and not re.search("[分评度]", label):
        return False
    return bool(label) and (quantity.kind in _SELF_COUNTING or not indicators.is_abstract(label))


def _distinct(metrics: list[Metric], text: Text) -> Iterator[Metric]:
    """The metrics without those that repeat another: same number, and one label holding the other.

    The body's are kept before those of headlines and captions, whole sentences before broken-off ones.
    """

    def weight(metric: Metric) -> tuple[bool, bool, int, int]:
        sentence = text.sentences[metric.sentence]
        rest = sentence.text[metric.end :]
        broken = bool(rest) and rest in metric.indicator
        return broken, sentence.role is not Role.BODY, metric.sentence, metric.start

    kept: list[Metric] = []
    for metric in sorted(metrics, key=weight):
        if not any(_repeats(metric, other) for other in kept):
            kept.append(metric)
    yield from sorted(kept, key=lambda m: (m.sentence, m.start))


def _repeats(one: Metric, other: Metric) -> bool:
    """Whether two metrics of an article say the same."""
    same = (one.value, one.unit, one.kind) == (other.value, other.unit, other.kind)
    return same and (one.indicator in other.indicator or other.indicator in one.indicator)


def _shared(reading: Reading) -> str | None:
    """The label of the metric before in the sentence, which a clause without subject goes on about."""
    return reading.earlier[-1].indicator if reading.earlier else None


def _text(label: Label | None, reading: Reading) -> str | None:
    """A label's text without the place or body that it begins with: 杭州市激励金额 is 激励金额."""
    if label is None:
        return None
    for mention in reversed(reading.named):
        if mention.start <= label.start < mention.end:
            rest = label.beyond(mention.end)
            return rest if len(rest) > 1 else label.text
    return label.text


def _from(reading: Reading) -> str | None:
    """从300余次下降至100余次: the first number, by what stands before 从."""
    begins = _FROM.search(reading.before)
    if begins is None or reading.following is None:
        return None
    if not _ENDS.search(reading.text[reading.quantity.end : reading.following.start]):
        return None
    at = reading.quantity.start - len(reading.before) + begins.start()
    place = next(n for n, word in enumerate(reading.words) if word.end > at)
    return (
        _text(indicators.before(reading.words, place), reading)
        or _text(indicators.before(reading.words, reading.place), reading)
        or _shared(reading)
        or _text(indicators.after(reading.words, reading.place), reading)
    )


def _to(reading: Reading) -> str | None:
    """下降至100余次, and the second number after 从."""
    last = reading.earlier[-1] if reading.earlier else None
    if last and last.kind is Measure.GROWTH and _THEN_REACHED.fullmatch(reading.text, last.end, reading.quantity.start):
        return last.indicator
    if last and last.kind is Measure.FROM and _ENDS.search(reading.text[last.end : reading.quantity.start]):
        return last.indicator
    upwards = reading.before.endswith(("向", "朝")) and _UPWARDS.match(reading.after)
    if not upwards and not _reached().search(reading.before):
        return None
    return _changing(reading)


def _growth(reading: Reading) -> str | None:
    """增长314%, and 5个百分点 wherever it stands."""
    if reading.quantity.unit.endswith("百分点") or reading.quantity.unit == "番":
        return _changing(reading)
    if _SHARE_OF_CHANGE.match(reading.after) and reading.quantity.kind in {"share", "multiple"}:
        return _text(indicators.after(reading.words, reading.place), reading)
    if reading.quantity.kind == "duration" and not _SHORTENED.search(reading.before):
        return None
    if _grown().search(reading.before):
        return _changing(reading)
    label = indicators.before(reading.words, reading.place)
    if label and any(label.text.startswith(verb) for verb in word_set("metric_losing_verbs")):
        return label.text
    return None


def _changing(reading: Reading) -> str | None:
    """The label of what changes, of this clause or the one before."""
    return (
        _text(indicators.changed(reading.words, reading.place), reading)
        or _shared(reading)
        or _text(indicators.after(reading.words, reading.place), reading)
    )


@cache
def _reached() -> re.Pattern[str]:
    """Matches, before a number, what tells that the number is reached by a change."""
    return re.compile(either("metric_stages") + r"(?:至|到|为|成|达到?)[了约近超过]{0,3}$")


@cache
def _grown() -> re.Pattern[str]:
    """Matches, before a number, what tells that the number is the change."""
    return re.compile("(?<![新倍])" + either("metric_growth_verbs") + r"(?:了|约|近|超过|超|幅度|率|达到?|为|均|共|保持在|[0-9]+){0,3}$")


def _share(reading: Reading) -> str | None:
    """其中党员3000名，占总数的三成: the share that the counted things make up."""
    part = _PART_OF.search(reading.before)
    if part is None or reading.quantity.kind != "share":
        return None
    at = reading.quantity.start - len(reading.before) + part.start()
    place = next(n for n, word in enumerate(reading.words) if word.end > at)
    whole = _text(indicators.before(reading.words, place), reading) or _shared(reading)
    return f"{whole[-indicators.LONGEST + 2 :]}占比" if whole else None


def _each(reading: Reading) -> str | None:
    """社区、村分别为45个、30个: the nth noun for the nth number."""
    names = [n for n, word in enumerate(reading.words[: reading.place]) if word.text == "分别"]
    if not names:
        return None
    between = reading.words[names[-1] + 1 : reading.place]
    if any(word.part not in {"number", "mark"} and word.text not in _LINKS for word in between):
        return None
    nth = sum(word.part == "number" for word in between)
    ends = _enumerated(reading.words, names[-1])
    return _text(indicators.before(reading.words, ends[nth]), reading) if nth < len(ends) else None


def _enumerated(words: list[Word], end: int) -> list[int]:
    """Where the nouns end that are listed before a place, in order."""
    ends = [end]
    for place in range(end - 1, -1, -1):
        if words[place].text in {"、", "和", "与", "及", "以及"}:
            ends.append(place)
        elif words[place].part == "stop" and words[place].text in "，。；：,;:":
            break
    return ends[::-1]


def _number_before_noun(reading: Reading) -> str | None:
    """62项服务: what follows the measure word, with the verb that governs it (新增150个泊位: 新增泊位)."""
    label = indicators.after(reading.words, reading.place)
    if label is None or not label.nominal:
        return None
    left = indicators.before(reading.words, reading.place)
    if left and (reading.counts_itself or label.words[0].part == "verb") and left.nominal:
        return None
    if left and left.words[0].part == "verb" and not left.nominal:
        label = indicators.joined(left, label)
    return label.text if label else None


def _noun_before_number(reading: Reading) -> str | None:
    """停放点976处, 覆盖率达到93%: what stands before the number; a general word takes another one with it."""
    label = indicators.before(reading.words, reading.place)
    if label and indicators.is_generic(label.text):
        label = indicators.joined(indicators.after(reading.words, reading.place), label)
    return _text(label, reading)


def _verb_alone(reading: Reading) -> str | None:
    """1000余人来访, 完成2584户: a verb beside the number tells what is counted."""
    label = indicators.after(reading.words, reading.place) or indicators.beyond_verb(reading.words, reading.place)
    return label.text if label else _shared(reading)


RULES = (
    Construction("metric-change-to", Measure.TO, _to),
    Construction("metric-change-from", Measure.FROM, _from),
    Construction("metric-growth-by", Measure.GROWTH, _growth),
    Construction("metric-share-of-whole", Measure.LEVEL, _share),
    Construction("metric-one-each", Measure.LEVEL, _each),
    Construction("metric-number-before-noun", Measure.LEVEL, _number_before_noun),
    Construction("metric-noun-before-number", Measure.LEVEL, _noun_before_number),
    Construction("metric-number-with-verb", Measure.LEVEL, _verb_alone),
)
