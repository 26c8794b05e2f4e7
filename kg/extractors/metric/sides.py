"""Which of the labels before and behind a number tells what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.metric.readings import cleared, part_after
from kg.language import indicators, labels
from kg.language.labels import label_of
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from kg.extractors.metric.readings import Reading
    from kg.language.labels import Label
    from kg.language.surroundings import Word

_METRICS = grammar("metrics")
INSIDE = _METRICS["inside"]
"""What ends a label that only tells where."""

_EXTENTS = frozenset({"area", "volume", "length", "weight", "energy"})
"""Kinds of quantity that tell how large a thing is, which may follow: 7000米管网."""


def governed(left: Label | None, label: Label, reading: Reading) -> str | None:
    """The label after a number with the verb before it; None where the label before the number is the better one."""
    if len(label.words) > 2 and _is_dimension(label.words[0]) and label.words[1].part == "of":  # 300米长的水渠
        return f"{label.text[2:]}{label.words[0].text}"
    before = left if left and _stands_before(left, reading) else None
    if before and _is_extent_of(label, reading) and not before.text.endswith(words("metric_extents")):
        left = before = None  # 小区7000米地下管网
    if before and (thing := _of_next(before, label, reading)):
        return thing
    if labels.is_locative(label.text) or (before and _is_told_before(before, label, reading)):
        return None
    if labels.is_vague(label.text) and (listed := _end_of_list(label, reading)):
        return listed.text
    governs = left is not None and left.words[-1].tag == "v" and not _adds_nothing(left.words[-1], reading)
    whole = labels.joined(left.last(), label) if left and governs else label
    return whole.text if whole else None


def _stands_before(left: Label, reading: Reading) -> bool:
    """Whether what stands before a number is a noun that it may count."""
    if _shares_out(left) and not reading.counts_itself:
        return False  # 每天20名志愿者
    noun = left.nominal and left.words[-1].part != "verb" and not left.text.endswith(INSIDE)
    return noun and not _is_where(reading)


def _of_next(before: Label, label: Label, reading: Reading) -> str | None:
    """What follows a number with the dimension before it, or alone where it names the sum or the thing of the share."""
    if _is_dimension_of_next(before, reading):
        return f"{label.text}{before.words[-1].text}"[-labels.LONGEST :]
    share = reading.quantity.kind == "share" and part_after(reading) == "of" and not _is_rate(before)  # 示范县80%的乡镇
    if not (share or _names_sum(label, before, reading)):
        return None
    thing = label.named()
    whole = labels.joined(before, thing) if labels.is_generic(thing.text) else thing  # 每人560元的标准
    return whole.text if whole else None


def _end_of_list(label: Label, reading: Reading) -> Label | None:
    """A label with the last of the list that its number counts as a whole: 水库清理等8个项目."""
    place = reading.place - 1
    if place < 1 or reading.words[place].text != labels.AND_SO_ON:
        return None
    last = cleared(indicators.before(reading.words, place), reading)
    return label_of([*last.words, reading.words[place], *label.words]) if last else None


def _is_told_before(before: Label, label: Label, reading: Reading) -> bool:
    """Whether the noun before a number is what it counts, whatever follows: 人口3万人的县, 停放点976处安装护栏."""
    if reading.counts_itself or (part_after(reading) == "of" and before.text.endswith(_METRICS["inhabitants"])):
        return True
    verb = label.words[0].part == "verb" and not _is_compound(label, acting=reading.acts)
    return verb or (reading.acts and label.words[-1].tag == "v" and not label.agents)


def _is_rate(label: Label) -> bool:
    """Whether a label is itself what a share measures: 覆盖率, 占比."""
    return label.text.endswith((*words("metric_rates"), *words("metric_extents"))) or not label.nominal


def _is_where(reading: Reading) -> bool:
    """Whether what follows a number of things is where something is done: 协作县计划在12个结对村开展活动."""
    return reading.place > 0 and reading.words[reading.place - 1].text in _METRICS["at"] and not reading.counts_itself


def _is_compound(label: Label, *, acting: bool) -> bool:
    """Whether a label that begins with a verb is a noun all the same: 整改|清单, 采样|流程图; of who acts 独居|老人."""
    verb, last = label.words[0], label.words[-1]
    if last is verb or len(verb.text) == 1 or labels.says(verb.text) or last.part != "noun":
        return False
    return labels.is_agent(last) if acting else last.tag != "i"


def _adds_nothing(verb: Word, reading: Reading) -> bool:
    """Whether a verb before the number adds nothing to what is counted: it tells where, or is part of another.

    Or it is part of a name that the segmentation cuts: 大马|弄.
    """
    if any(mention.start <= verb.start and verb.end <= mention.end for mention in reading.named):
        return True
    return verb.text in word_set("metric_leading") or verb.text in word_set("metric_complements")


def _is_dimension_of_next(left: Label, reading: Reading) -> bool:
    """Whether a dimension before the number is that of what follows with 的: 宽30米的水渠 gives 水渠宽."""
    return part_after(reading) == "of" and _is_dimension(left.words[-1])


def _is_dimension(word: Word) -> bool:
    """Whether a word is 长, 宽, 高, 厚 or 深 alone."""
    return len(word.text) == 1 and word.text in word_set("metric_extents")


def _names_sum(label: Label, left: Label, reading: Reading) -> bool:
    """Whether what follows names the sum or the thing of that extent or worth, and what stands before does not.

    给予企业最高30万元的建设补贴, 新建2000平方米的厂房, 价值50万元的物资, 每人每月200元的服务券.
    """
    last = left.words[-1].text
    if part_after(reading) == "of" and (last in word_set("metric_distributions") or last in word_set("metric_worths")):
        return True
    if reading.quantity.kind == "money":
        names = words("metric_sums")
        named = any(word.text.endswith(names) for word in label.words)
        return named and not left.text.endswith((*names, *word_set("metric_generic_nouns")))
    described = part_after(reading) == "of" and reading.quantity.kind in _EXTENTS
    return described and not left.text.endswith(words("metric_extents"))


def _shares_out(label: Label) -> bool:
    """Whether a label only tells by what a number is shared out: 每人每月."""
    return all(word.text in word_set("metric_distributions") for word in label.words)


def _is_extent_of(label: Label, reading: Reading) -> bool:
    """Whether a number tells how large what follows it is: 7000米管网, and not 120亩8个村."""
    next_word = part_after(reading)
    return (
        reading.quantity.kind in _EXTENTS
        and next_word != "number"
        and label.words[0].tag.startswith(("n", "b", "f", "s"))
    )
