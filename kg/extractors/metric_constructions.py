"""How the words around a number tell what it measures: the table of constructions that `metrics` tries in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.language import indicators
from kg.language.indicators import Label
from kg.language.surroundings import PUNCTUATION, Word
from kg.language.wordlists import either, word_set
from kg.model import Measure, Mention, Metric

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.language.quantities import Quantity

EACH = "metric-one-each"

SELF_COUNTING = frozenset({"money", "share", "multiple", "score", "area", "volume", "length", "weight", "energy"})
"""Kinds of quantity that tell by themselves what sort of thing is measured, so that its noun stands before them."""

_YEAR_OF = "(?:(?:[0-9０-９]{4}|今|去|前|上一?|现)[年在](?:[底末初]|[0-9]{1,2}月)?的?)"
_ENDS = re.compile(
    r"(?:[^。；，,]{0,12}(?:至|到|为|成|达到?)|[，,]?(?:到|至)[^。；，,]{0,6})[了约近超过]{0,3}"
    + _YEAR_OF
    + "?[约近超过]{0,2}$"
)
_TO_NOTHING = re.compile(r"[^。；，,]{0,4}(?:[降减]|下降|减少)(?:至|到|为)(?:了)?(?:零|0|０)")
_WITHIN = re.compile("(?:之?内|里|范围|的?土地上?|的?辖区|的?区域)")
_WITH_MEMBERS = {"people": "人数", "households": "户数"}
_MANY = 20
"""From so many on people or households are counted and not told of."""
_LINKED = re.compile("[、和与及]|以及")
_FROM = re.compile(r"[从由][^，。；,;从由]{0,14}$")
_SHARE_OF_CHANGE = re.compile(r"的?(?:增长|增幅|增速|降幅|涨幅|速度|幅度)")
_UPWARDS = re.compile(r"(?:的标准)?(?:提升|靠拢|迈进|冲刺|看齐|提高|调整|过渡)")
_THEN_REACHED = re.compile(r"[，,、](?:已|总数|累计|目前)?(?:达到?|为|至|到)[了约近超过]{0,3}")
_SHORTENED = re.compile(r"(?:缩短|压缩|压减|提前|提速|减少)了?(?:约|近|超过?)?$")
_PART_OF = re.compile(r"占(?:比|到|据|了)?[^，。；,]{0,10}?(?:的|为|达|比|超过|超|近|约){0,3}$")
_LINKS = frozenset({"、", "和", "与", "及", "，", ",", "为", "是", "有", "达", "达到", "占", "约", "了"})


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
        return self.quantity.kind in SELF_COUNTING


@dataclass(frozen=True, slots=True)
class Construction:
    """A named rule: how the words around a number tell what it measures; `read` gives a label or None."""

    name: str
    kind: Measure
    read: Callable[[Reading], str | None]


def _shared(reading: Reading) -> str | None:
    """The label of the metric before in the sentence, which a clause without subject goes on about."""
    return reading.earlier[-1].indicator if reading.earlier else None


def _text(label: Label | None, reading: Reading) -> str | None:
    """A label's text without the place or body that it begins with: 杭州市激励金额 is 激励金额."""
    if label is None:
        return None
    for mention in reversed(reading.named):
        if mention.kind in PLACES and mention.start <= label.start and label.words[-1].end <= mention.end:
            return None
        if mention.start <= label.start < mention.end:
            rest = label.beyond(mention.end)
            return rest if len(rest) > 1 else label.text
    return label.text


def _from(reading: Reading) -> str | None:
    """从300余次下降至100余次: the first number, by what stands before 从."""
    begins = _FROM.search(reading.before)
    if begins is None:
        return None
    ends = reading.following and _ENDS.search(reading.text[reading.quantity.end : reading.following.start])
    if not ends and not _TO_NOTHING.match(reading.text, reading.quantity.end):
        return None
    at = reading.quantity.start - len(reading.before) + begins.start()
    return (
        _text(indicators.before_position(reading.words, at), reading)
        or _text(indicators.before(reading.words, reading.place), reading)
        or _shared(reading)
        or _text(indicators.after(reading.words, reading.place), reading)
    )


def _to(reading: Reading) -> str | None:
    """下降至100余次, and the second number after 从."""
    last = reading.earlier[-1] if reading.earlier else None
    if _goes_on(reading, Measure.TO):
        return _shared(reading)
    if last and last.kind is Measure.GROWTH and _THEN_REACHED.fullmatch(reading.text, last.end, reading.quantity.start):
        return last.indicator
    if last and last.kind is Measure.FROM and _ENDS.search(reading.text[last.end : reading.quantity.start]):
        return last.indicator
    upwards = reading.before.endswith(("向", "朝")) and _UPWARDS.match(reading.after)
    if not upwards and not _reached().search(reading.before):
        return None
    return _changing(reading)


def _growth(reading: Reading) -> str | None:
    """增长314%, and 5个百分点 unless it is a difference."""
    if _goes_on(reading, Measure.GROWTH):
        return _each_changed(reading) or _shared(reading)
    if _difference().search(reading.before):
        return None
    if reading.quantity.unit.endswith("百分点") or reading.quantity.unit == "番":
        return _changing(reading)
    if _SHARE_OF_CHANGE.match(reading.after) and reading.quantity.kind in {"share", "multiple"}:
        return _text(indicators.after(reading.words, reading.place), reading)
    if reading.quantity.kind == "duration" and not _SHORTENED.search(reading.before):
        return None
    return _each_changed(reading) or (_changing(reading) if _grown().search(reading.before) else _lessened(reading))


def _goes_on(reading: Reading, kind: Measure) -> bool:
    """Whether a number stands beside the one before as its like: 提高到690元和490元, 增幅为4.5%和6.5%."""
    last = reading.earlier[-1] if reading.earlier else None
    if last is None or last.kind is not kind or last.unit != reading.quantity.unit:
        return False
    linked = _LINKED.fullmatch(reading.text, last.end, reading.quantity.start) is not None
    return linked and reading.after[:1] in PUNCTUATION | {""}


def _each_changed(reading: Reading) -> str | None:
    """分别增长12%、9.5%: the nth of what the clause before gave each a number."""
    nth = _nth(reading, "metric_growth_verbs")
    if nth is None:
        return None
    each = [metric for metric in reading.earlier if metric.rule == EACH and metric.kind is Measure.LEVEL]
    if not each:
        listed = nth + 1 + _listed_after(reading.words, reading.place)
        levels = [metric for metric in reading.earlier if metric.kind is Measure.LEVEL]
        each = levels[-listed:] if 1 < listed <= len(levels) else []
    return each[nth].indicator if nth < len(each) else None


def _listed_after(words: list[Word], place: int) -> int:
    """How many numbers follow one with nothing but a link between."""
    listed = 0
    while place + 2 < len(words) and _LINKED.fullmatch(words[place + 1].text) and words[place + 2].part == "number":
        listed, place = listed + 1, place + 2
    return listed


def _lessened(reading: Reading) -> str | None:
    """减少碳排放200吨: a verb of change with its object before the number."""
    label = indicators.before(reading.words, reading.place)
    if label and any(label.text.startswith(verb) for verb in word_set("metric_losing_verbs")):
        return label.text
    return None


def _changing(reading: Reading) -> str | None:
    """The label of what changes, of this clause or the one before."""
    label = indicators.changed(reading.words, reading.place)
    if label and indicators.is_shared_out(label.text):
        return _shared_out_of(label, reading)
    if label and label.text.endswith(("幅", "速")) and indicators.is_plain(label.text):
        return _shared(reading) or label.text
    return _text(label, reading) or _shared(reading) or _text(indicators.after(reading.words, reading.place), reading)


@cache
def _difference() -> re.Pattern[str]:
    """Matches, before a number, what tells that the number is a difference."""
    return re.compile(either("metric_differences") + "[^，,。；]{0,12}$")


@cache
def _reached() -> re.Pattern[str]:
    """Matches, before a number, what tells that the number is reached by a change."""
    between = "(?:" + _YEAR_OF + "|" + either("metric_distributions") + "{1,3})?"
    return re.compile(either("metric_stages") + f"(?:至|到|为|成|达到?)[了约近超过]{{0,3}}{between}[约近超过]{{0,2}}$")


@cache
def _grown() -> re.Pattern[str]:
    """Matches, before a number, what tells that the number is the change."""
    return re.compile(
        "(?<![新倍])"
        + either("metric_growth_verbs")
        + r"(?:了|约|近|超过|超|幅度|率|达到?|为|均|共|保持在|[0-9]+){0,3}$"
    )


def _share(reading: Reading) -> str | None:
    """其中党员3000名，占总数的三成: the share that the counted things make up."""
    part = _PART_OF.search(reading.before)
    if part is None or reading.quantity.kind != "share":
        return None
    at = reading.quantity.start - len(reading.before) + part.start()
    place = next(n for n, word in enumerate(reading.words) if word.end > at)
    whole = (
        _text(indicators.before(reading.words, place), reading)
        or _shared(reading)
        or _text(indicators.of_clause_before(reading.words, place), reading)
    )
    return f"{whole[-indicators.LONGEST + 2 :]}占比" if whole else None


def _each(reading: Reading) -> str | None:
    """社区、村分别为45个、30个: the nth noun for the nth number."""
    nth = _nth(reading)
    if nth is None:
        return None
    place = max(n for n, word in enumerate(reading.words[: reading.place]) if word.text == "分别")
    ends = _enumerated(reading.words, place)
    return _text(indicators.before(reading.words, ends[nth]), reading) if nth < len(ends) else None


def _nth(reading: Reading, *lists: str) -> int | None:
    """Of the numbers that follow 分别, with nothing but links and words of the lists between, which one this is."""
    between: list[Word] = []
    for word in reversed(reading.words[: reading.place]):
        if word.text == "分别":
            verbs = [w.text for w in between if any(w.text in word_set(name) for name in lists)]
            return sum(w.part == "number" for w in between) if bool(verbs) == bool(lists) else None
        linking = word.part in {"number", "mark"} or word.text in _LINKS
        if not linking and not any(word.text in word_set(name) for name in lists):
            return None
        between.append(word)
    return None


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
    if reading.quantity.kind in _WITH_MEMBERS and (effect := indicators.effected(reading.words, reading.place)):
        return effect.text
    if reading.quantity.kind == "area" and _WITHIN.match(reading.after):
        return "面积"
    label = indicators.after(reading.words, reading.place)
    left = indicators.before(reading.words, reading.place)
    if label is None or not label.nominal:
        if reading.counts_itself or (left and left.words[-1].part == "noun"):
            return None
        label = indicators.modified(reading.words, reading.place)
        return label.text if label else None
    if indicators.is_locative(label.text):
        return None
    stands_before = left is not None and left.nominal and left.words[-1].part != "verb"
    if stands_before and (reading.counts_itself or label.words[0].part == "verb"):
        return None
    if left and left.words[-1].tag == "v":
        label = indicators.joined(left.last(), label)
    return label.text if label else None


def _noun_before_number(reading: Reading) -> str | None:
    """停放点976处, 覆盖率达到93%: what stands before the number; a general word takes another one with it."""
    if _difference().search(reading.before) and reading.earlier:
        return _shared(reading)
    label = indicators.before(reading.words, reading.place)
    if label and not label.nominal and reading.quantity.chinese and reading.quantity.kind in {"bodies", "count"}:
        return None  # 坚持四个结合
    if label and (indicators.is_locative(label.text) or _says_nothing(label)):
        return None
    if label and indicators.is_shared_out(label.text):
        return _shared_out_of(label, reading)
    if label and indicators.is_generic(label.text):
        label = indicators.joined(indicators.after(reading.words, reading.place), label)
    return _text(label, reading)


def _says_nothing(label: Label) -> bool:
    """Whether a label is a mere verb of making or change."""
    return not label.nominal and indicators.is_plain(label.text)


def _shared_out_of(label: Label, reading: Reading) -> str:
    """每人每月690元: what is shared out so, of this clause or the one before."""
    place = next(n for n, word in enumerate(reading.words) if word.start == label.start)
    whole = indicators.changed(reading.words, place)
    if whole is None or not whole.nominal:
        whole = indicators.of_clause_before(reading.words, place)
    return _text(indicators.joined(whole, label), reading) or label.text


def _verb_alone(reading: Reading) -> str | None:
    """1000余人来访, 完成2584户: a verb beside the number tells what is counted."""
    if reading.quantity.chinese and reading.quantity.kind in {"bodies", "count"}:
        return None  # 两个先行, 四个坚持
    label = indicators.after_next(reading.words, reading.place) or indicators.after(reading.words, reading.place)
    label = label or indicators.beyond_verb(reading.words, reading.place)
    label = label or indicators.said_after(reading.words, reading.place)
    if label and not indicators.is_locative(label.text) and not _says_nothing(label):
        return label.text
    topic = indicators.of_clause_before(reading.words, reading.place)
    if topic is None and label and _says_nothing(label):
        topic = indicators.subject(reading.words, 0)
    return _text(topic, reading) or (
        label.text if label and _says_nothing(label) else _by_unit(reading) or _shared(reading)
    )


def _by_unit(reading: Reading) -> str | None:
    """户数, 人数: what many people or households are counted as where nothing else names them."""
    many = reading.quantity.kind in _WITH_MEMBERS and reading.quantity.value >= _MANY
    last = reading.earlier[-1] if reading.earlier else None
    alike = last is not None and (last.unit == reading.quantity.unit or last.end >= reading.quantity.start - 1)
    return _WITH_MEMBERS[reading.quantity.kind] if many and not alike else None


CONSTRUCTIONS = (
    Construction("metric-change-to", Measure.TO, _to),
    Construction("metric-change-from", Measure.FROM, _from),
    Construction("metric-growth-by", Measure.GROWTH, _growth),
    Construction("metric-share-of-whole", Measure.LEVEL, _share),
    Construction(EACH, Measure.LEVEL, _each),
    Construction("metric-number-before-noun", Measure.LEVEL, _number_before_noun),
    Construction("metric-noun-before-number", Measure.LEVEL, _noun_before_number),
    Construction("metric-number-with-verb", Measure.LEVEL, _verb_alone),
)
