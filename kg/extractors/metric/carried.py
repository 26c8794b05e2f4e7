"""What a number counts where its clause only goes on about the numbers before it: the label that it takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.metric.readings import SELF_COUNTING, cleared
from kg.language import indicator_clauses, indicators, labels
from kg.language.measure_words import units
from kg.language.surroundings import PUNCTUATION
from kg.language.wordlists import grammar, word_set, words
from kg.model import Measure

if TYPE_CHECKING:
    from kg.extractors.metric.readings import Reading
    from kg.language.labels import Label
    from kg.model import Metric

_METRICS = grammar("metrics")
WITH_MEMBERS = {kind: _METRICS.word(f"{kind}-label") for kind in ("people", "households")}
"""What many people or households are counted as where nothing else names them."""

_MANY = 20
"""From so many on people or households are counted and not told of."""

_WHERE = frozenset({"ns", "s", "f"})
"""Tags of words that tell where something was done."""

_LINKS = _METRICS.set("joint")
_THIS = _METRICS.compile("{pointing-near}{this-classifier}?{figure}[^，。；0-9]{0,6}$")
_AMOUNTS_TO = _METRICS.compile("[，、（(]{amounts-to}{bound}?$")
"""What tells that a number is the one before in another unit: 160亿美元，折合1148亿元人民币."""

_RANK = _METRICS.compile("{metric_ranks}{rank}")
_REACHING = _METRICS.compile("(?P<verb>{metric_reaching_verbs})[^，。；：]{0,16}[，、]?$")
"""Matches, before a number of people, the verb that tells what reaches them: 惠及7个村的…, 涉及69个村，…."""


def taken_over(reading: Reading) -> str | None:
    """甲街道化解纠纷30起，乙街道化解20起; 公园3个、5个; 这一数字为90件; 折合9元: the label that a number takes over."""
    told = (metric for metric in reversed(reading.carried + reading.earlier) if metric.unit == reading.quantity.unit)
    last = next((metric for metric in told if metric.kind is not Measure.GROWTH), None)
    if last and _THIS.search(reading.before):
        return last.indicator
    if reading.earlier and _AMOUNTS_TO.search(reading.before):
        return reading.earlier[-1].indicator
    if (alike := _listed_with(reading)) and indicator_clauses.after_next(reading.words, reading.place) is None:
        return alike
    if last is None:
        return None
    label = indicators.before(reading.words, reading.place)
    label = label or indicator_clauses.beyond_verb(reading.words, reading.place)
    if label and label.text in word_set("metric_comparisons"):
        return last.indicator  # 去年同期为210个
    return _resumed(cleared(label, reading), last, reading)


def _resumed(label: Label | None, last: Metric, reading: Reading) -> str | None:
    """What a mere verb before a number goes on to count, of the last number with its unit, with that verb.

    甲街道化解纠纷30起，乙街道化解20起 counts 化解纠纷 again; 受理诉求300件，办结280件 counts 办结诉求.
    """
    followup = label is not None and label.text in word_set("metric_followups")
    if label is None or not _stands_alone(label, reading) or last.kind is not Measure.LEVEL:
        return None
    if labels.is_plain(label.words[-1].text) and all(word.tag in _WHERE for word in label.words[:-1]):
        return last.indicator
    if len(label.words) > 1 or (label.nominal and not followup) or last.indicator == label.text:
        return None
    if label.text in last.indicator:
        return last.indicator[last.indicator.rindex(label.text) :]
    counted = _object_of(last, reading) or (last.indicator if followup else None)
    return f"{label.text}{counted}"[: labels.LONGEST] if counted else None


def _stands_alone(label: Label, reading: Reading) -> bool:
    """Whether a verb stands right before the number and nothing that is counted after it."""
    between = [word for word in reading.words[: reading.place] if word.start >= label.words[-1].end]
    ends = reading.after[:1] in PUNCTUATION | _LINKS | {""}
    return ends and all(word.text in word_set("metric_bridges") for word in between)


def _object_of(metric: Metric, reading: Reading) -> str | None:
    """What a metric of the sentence counts, without the verb of its label and who does it; None where that is all."""
    begins = reading.text.rfind(metric.indicator, 0, metric.end + len(metric.indicator))
    within = [word for word in reading.words if begins <= word.start < begins + len(metric.indicator)]
    if len(within) < 2:
        return None  # 出院 is tagged as a noun
    verb = next((word for word in reversed(within[:-1]) if word.tag.startswith("v")), None)
    if not within[-1].tag.startswith(("n", "v") if verb else "n"):
        return None
    return metric.indicator[verb.end - begins :] if verb else metric.indicator


def of_earlier(label: Label, reading: Reading) -> str | None:
    """示范点32个，其中省级6个: a label that tells only which, with that of the one before."""
    if reading.earlier and _RANK.fullmatch(label.text):
        counted = _RANK.sub("", reading.earlier[-1].indicator, count=1)
        return f"{label.text}{counted}"[: labels.LONGEST]
    return None


def _listed_with(reading: Reading) -> str | None:
    """贫困户656户、2952人: the label of the number just before, where nothing else stands beside this one."""
    last = reading.earlier[-1] if reading.earlier else None
    if last is None or reading.after[:1] not in PUNCTUATION | _LINKS | {""}:
        return None
    link = reading.text[last.end : reading.quantity.start]
    if link in _LINKS and last.unit == reading.quantity.unit:
        return last.indicator  # 各建成公园3个、5个和8个
    if link not in {"、", ""} or (link and reading.after[:1] in _LINKS):
        return None
    if reading.quantity.kind in SELF_COUNTING:
        return last.indicator  # 公园9处、12万平方米
    if link != "、" or reading.quantity.kind not in WITH_MEMBERS:
        return None
    counted = next((name for name in WITH_MEMBERS.values() if last.indicator.endswith(name)), "")
    return last.indicator.removesuffix(counted) + WITH_MEMBERS[reading.quantity.kind] if counted else last.indicator


def same_unit(reading: Reading) -> str | None:
    """老旧小区386个…其中早年建成的有312个: the label of the last number with the same unit, or of people as this."""
    people = reading.quantity.kind == "people"
    alike = (m for m in reversed(reading.earlier) if m.unit == reading.quantity.unit or (people and _of_people(m)))
    return next((metric.indicator for metric in alike), None)


def _of_people(metric: Metric) -> bool:
    """Whether a number counts people."""
    return metric.unit in units() and units()[metric.unit].kind == "people"


def by_unit(reading: Reading) -> str | None:
    """户数, 人数: what many people or households are counted as where nothing else names them."""
    many = reading.quantity.kind in WITH_MEMBERS and reading.quantity.value >= _MANY
    last = reading.earlier[-1] if reading.earlier else None
    beside = last is not None and last.end >= reading.quantity.start - 1 and last.indicator not in WITH_MEMBERS.values()
    alike = last is not None and (last.unit == reading.quantity.unit or beside)
    if not many or alike:
        return None
    reaching = _REACHING.search(reading.text, 0, reading.quantity.start)
    return f"{reaching['verb'] if reaching else ''}{WITH_MEMBERS[reading.quantity.kind]}"


def of_whom(label: str | None, reading: Reading) -> str | None:
    """A label that only tells that people are reached with what is counted of them: 带动|980人 is 带动人数."""
    counted = WITH_MEMBERS.get(reading.quantity.kind)
    if label is None or counted is None or reading.quantity.unit.endswith(words("metric_visits")):
        return label
    for other in WITH_MEMBERS.values():
        if label.endswith(other) and other != counted:
            return label.removesuffix(other) + counted  # 搬迁3500户14000人
    bare = label.endswith(words("metric_reaching_verbs")) and label in reading.before
    return f"{label}{counted}" if bare else label
