"""What the constructions of metrics read from: a quantity among its words, and labels cleared of places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.frozen import frozen
from kg.language import indicator_clauses, labels
from kg.language.wordlists import grammar, word_set, words
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.language.labels import Label
    from kg.language.quantities import Quantity
    from kg.language.surroundings import Word
    from kg.model import Measure, Mention, Metric

EACH = "metric-one-each"

SELF_COUNTING = frozenset({"money", "share", "multiple", "score", "area", "volume", "length", "weight", "energy"})
"""Kinds of quantity that tell by themselves what sort of thing is measured, so that its noun stands before them."""

_LEADING = frozenset({*PLACES, "Organization"})
"""What may stand behind the places that a label begins with: 福州市 + 鼓楼区住建局 + 改造老楼."""

_SHORT = 2
"""So many characters alone do not tell what is counted where a name stands right before them."""

_METRICS = grammar("metrics")
_LINKS = _METRICS.set("joint", "is", "has", "attain", "makes-up", "done", "share-link") | {"，", ","}


@frozen
class Reading:
    """A quantity in its sentence: `words[place]` is the quantity, `earlier` the metrics read before it there.

    `carried` are those of the sentence before in its paragraph.
    """

    text: str
    words: list[Word]
    place: int
    quantity: Quantity
    following: Quantity | None
    earlier: tuple[Metric, ...]
    carried: tuple[Metric, ...]
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
    def acts(self) -> bool:
        """Whether the number counts people, households or bodies, which can do what a verb after it says."""
        return self.quantity.kind in {"people", "households"} or self.quantity.unit in _METRICS["bodies-unit"]

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


def part_after(reading: Reading) -> str:
    """The part of speech of the word after the number; "" where the sentence ends with it."""
    return reading.words[reading.place + 1].part if reading.place + 1 < len(reading.words) else ""


def shared(reading: Reading) -> str | None:
    """The label of the metric before in the sentence, which a clause without subject goes on about."""
    return reading.earlier[-1].indicator if reading.earlier else None


def cleared(label: Label | None, reading: Reading) -> Label | None:
    """A label without the chain of places or the body that it begins with: 杭州市上城区激励金额 is 激励金额.

    None where places are all that it is made of.
    """
    if label is None:
        return None
    begins = label.start
    for mention in reading.named:
        if mention.start <= begins < mention.end and (begins == label.start or mention.kind in _LEADING):
            last, begins = mention, mention.end
    if begins == label.start:
        return label
    rest = label.beyond(begins)
    if rest is None:
        kinds = last.kind == Level.SITE and not reading.counts_itself and reading.quantity.value > 1  # 海滨公园17处
        return None if last.kind in PLACES and not kinds else label
    if last.kind == "Program" and _ends_name(rest, begins):
        return label
    bare = last.kind == "Program" and labels.is_plain(rest.text)  # 邻里集市开展
    return label if len(rest.text) == 1 or bare else rest


def _ends_name(rest: Label, end: int) -> bool:
    """Whether what a label goes on with behind a program's name only ends that name: 养老服务|中心, 污水治理|设施."""
    if rest.start == end and (labels.is_vague(rest.words[-1].text) or labels.is_generic(rest.text)):
        return True  # 村落保护|利用项目, 服务站|数量
    short = rest.start == end and len(rest.text) <= _SHORT and rest.words[0].part == "noun"
    return short and not rest.text.endswith(words("metric_extents"))


def text_of(label: Label | None, reading: Reading) -> str | None:
    """A label's text without the places or the body that it begins with."""
    label = cleared(label, reading)
    return label.text if label else None


def shared_out_of(label: Label, reading: Reading) -> str:
    """每人每月690元: what is shared out so, of this clause or the one before."""
    place = next(n for n, word in enumerate(reading.words) if word.start == label.start)
    whole = indicator_clauses.changed(reading.words, place)
    if whole is None or not whole.nominal:
        whole = indicator_clauses.of_clause_before(reading.words, place)
    if whole is None and reading.earlier:
        return f"{reading.earlier[-1].indicator[-labels.LONGEST + len(label.text) :]}{label.text}"
    return text_of(labels.joined(whole, label), reading) or label.text


def nth_of(reading: Reading, *lists: str) -> int | None:
    """Of the numbers that follow 分别, with nothing but links and words of the lists between, which one this is."""
    between: list[Word] = []
    for word in reversed(reading.words[: reading.place]):
        if word.text in _METRICS["severally"]:
            verbs = [w.text for w in between if any(w.text in word_set(name) for name in lists)]
            return sum(w.part == "number" for w in between) if bool(verbs) == bool(lists) else None
        linking = word.part in {"number", "mark"} or word.text in _LINKS
        if not linking and not any(word.text in word_set(name) for name in lists):
            return None
        between.append(word)
    return None
