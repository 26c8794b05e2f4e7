"""How the words around a number tell what it measures: the table of constructions that `metrics` tries in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.extractors.metric.carried import WITH_MEMBERS, by_unit, of_earlier, same_unit, taken_over
from kg.extractors.metric.changes import DIFFERENCE, change_from, change_to, goes_on, growth_by
from kg.extractors.metric.readings import (
    EACH,
    Construction,
    Reading,
    cleared,
    part_after,
    shared,
    shared_out_of,
    text_of,
)
from kg.extractors.metric.rows import enumerated, nth_noun
from kg.extractors.metric.sides import INSIDE, governed
from kg.language import indicator_clauses, indicators, labels
from kg.language.surroundings import PUNCTUATION
from kg.language.wordlists import grammar, word_set, words
from kg.model import Measure

if TYPE_CHECKING:
    from kg.language.labels import Label

_METRICS = grammar("metrics")
_OF_THESE = _METRICS.compile("{of-these}[^，。；,;]{0,18}$")
_WITHIN = _METRICS.compile("(?:{extent}|{of}?(?P<land>{land}){on}?|{of}?{domain})")
_THRESHOLD = _METRICS.compile("{threshold}")
_OF_PLACE = _METRICS.compile("{settlement}{altogether}?{has}$")
_DESCRIPTIVE = frozenset("ils")
"""Tags of words that say what the noun after 的 is like: 五颜六色, 形式多样, 群众身边."""

_OF_YEAR = _METRICS.compile("{is}(?:19|20)[0-9]{2}{year}(?:{year-part}|{same-time})?{of}$")
_THAN = _METRICS.compile("{than}[^，。；]{1,14}{comparative}(?:{done}|{out}|{nearly}){0,2}$")
"""What tells how far one value lies from another: 菜价比市场低20%."""

_PART_OF = _METRICS.compile("{makes-up}{makes-up-tail}?[^，。；,]{0,10}?{share-leads}{0,3}$")
_SHARE = _METRICS.word("share-label")


def _share(reading: Reading) -> str | None:
    """其中党员3000名，占总数的三成: the share that the counted things make up."""
    part = _PART_OF.search(reading.before)
    if part is None or reading.quantity.kind != "share":
        return None
    at = reading.quantity.start - len(reading.before) + part.start()
    place = next(n for n, word in enumerate(reading.words) if word.end > at)
    told = indicators.after(reading.words, reading.place) if part_after(reading) == "of" else None
    whole = (
        (told.text if told and told.nominal else None)  # 占全市4.3%的土地面积
        or text_of(indicators.before(reading.words, place), reading)
        or shared(reading)
        or text_of(indicator_clauses.of_clause_before(reading.words, place), reading)
    )
    return f"{whole.removesuffix(_SHARE)[-labels.LONGEST + len(_SHARE) :]}{_SHARE}" if whole else None


def each_before(reading: Reading) -> list[str]:
    """幼儿园和小学各2所: what besides the last of a list has the same number."""
    place = reading.place - 1
    if place < 1 or reading.counts_itself or reading.words[place - 1].part != "noun":
        return []
    if reading.words[place].text not in _METRICS["each"]:
        return []
    ends = enumerated(reading.words, place)[:-1]
    labels = (text_of(indicators.before(reading.words, end), reading) for end in ends)
    return [label for label in labels if label and len(label) > 1]


def _number_before_noun(reading: Reading) -> str | None:
    """62项服务: what is counted behind the number; of a threshold what has passed it (总量迈上6万亿元台阶)."""
    if _THRESHOLD.match(reading.after):
        return text_of(indicators.before(reading.words, reading.place - 1), reading) or shared(reading)
    return _counted_after(reading)


def _counted_after(reading: Reading) -> str | None:
    """62项服务: what follows the measure word, with the verb that governs it (新增150个泊位: 新增泊位)."""
    if reading.quantity.kind in WITH_MEMBERS and (told := _of_people(reading)):
        return told
    if reading.quantity.kind == "area" and (within := _WITHIN.match(reading.after)):
        return _METRICS.word("land-label" if within["land"] else "area-label")
    if (same := indicator_clauses.told_to_be(reading.words, reading.place)) is not None:
        return same.text
    if not (reading.acts or reading.counts_itself):
        thing = indicator_clauses.relative(reading.words, reading.place)
        if thing is not None:
            return thing.text
    label = indicators.after(reading.words, reading.place)
    if (label and label.words[-1].tag in {"a", "an"}) or (
        label and label.words[0].text in word_set("metric_locating_verbs")
    ):
        label = indicator_clauses.modified(reading.words, reading.place) or label
    if label and reading.acts:
        label = label.served() if _is_served(reading) else label.doers()
    if label and (
        label.words[0].tag in {"v", "d"} or label.words[-1].tag in _DESCRIPTIVE or (reading.acts and not label.agents)
    ):
        acting = reading.quantity.kind in WITH_MEMBERS
        label = indicator_clauses.described(reading.words, label, acting=acting) or label
    left = None if _is_served(reading) else cleared(indicators.before(reading.words, reading.place), reading)
    if label is None or not label.nominal:
        stands = left is not None and left.words[-1].part == "noun" and not left.text.endswith(INSIDE)
        described = not stands and (not reading.counts_itself or _denies(reading))
        label = indicator_clauses.modified(reading.words, reading.place) if described else None
        return label.text if label else None
    return governed(left, label, reading)


def _of_people(reading: Reading) -> str | None:
    """What people are brought to (帮助561人实现就业), or that they are so many where they live (2万多人的社区)."""
    if effect := indicator_clauses.effected(reading.words, reading.place):
        return effect.text
    label = indicators.after(reading.words, reading.place) if part_after(reading) == "of" else None
    if label is None or reading.before.endswith(words("metric_extents")):
        return None
    last = label.words[-1]
    named = any(mention.kind in PLACES and mention.end == last.end for mention in reading.named)
    return by_unit(reading) if named or last.text in word_set("metric_ranks", "metric_settlements") else None


def _is_served(reading: Reading) -> bool:
    """Whether something is done for or to those that the number counts: 为60名老人送餐."""
    beside = reading.place > 0 and reading.words[reading.place - 1].text in word_set("metric_recipients")
    return beside and not reading.counts_itself  # but 总面积为2万亩


def _denies(reading: Reading) -> bool:
    """Whether what is counted is described by what it is not: 30%不符合要求的用地."""
    following = reading.words[reading.place + 1 : reading.place + 2]
    return reading.quantity.kind == "share" and bool(following) and following[0].tag == "d"


def _before(reading: Reading) -> Label | None:
    """The label before a number; of a multiple or share that of what it is of (白领是居民的三倍), or of whose past.

    Of how far one value lies from another (菜价比市场低20%), the label is that value's.
    """
    if reading.quantity.kind in {"share", "money"} and (than := _THAN.search(reading.before)):
        return _at(than.start(), reading)
    compared = reading.quantity.kind in {"multiple", "share"} and reading.before.endswith(_METRICS["of"])
    if compared and (year := _OF_YEAR.search(reading.before)):  # 产值是2021年的三倍
        return _at(year.start(), reading)
    return indicators.before(reading.words, reading.place - compared)


def _at(start: int, reading: Reading) -> Label | None:
    """The label that ends where something starts in the text before the number."""
    return indicators.before_position(reading.words, reading.quantity.start - len(reading.before) + start)


def _noun_before_number(reading: Reading) -> str | None:
    """停放点976处, 覆盖率达到93%: what stands before the number; a general word takes another one with it."""
    if (DIFFERENCE.search(reading.before) and reading.earlier) or goes_on(reading, Measure.LEVEL):
        return shared(reading)
    label = _before(reading)
    if label and not label.nominal and reading.quantity.chinese and reading.quantity.kind in {"bodies", "count"}:
        return None  # 坚持四个结合
    if label and (labels.is_locative(label.text) or _says_nothing(label)):
        return None
    if label and labels.is_shared_out(label.text):
        return shared_out_of(label, reading)
    if label and (told := of_earlier(label, reading) or _of_place(reading)):
        return told
    if label and reading.before.endswith(_METRICS["done"]) and reading.quantity.kind != "events":
        label = label.bearer()
    if label and labels.is_generic(label.text):
        label = labels.joined(indicators.after(reading.words, reading.place), label)
    return text_of(label, reading)


def _of_place(reading: Reading) -> str | None:
    """双溪村有192户: what many households or people are counted as that a place has; None if more is said of them."""
    ends = part_after(reading) == "number" or reading.after[:1] in PUNCTUATION | {""}
    return by_unit(reading) if ends and _OF_PLACE.search(reading.before) else None


def _end_of_list(reading: Reading) -> str | None:
    """示范岗、服务站等530个: the last of a list that the number counts as a whole; None where people are named."""
    last = reading.words[reading.place - 2] if reading.place > 1 else None
    if last is None or last.tag == "nr" or reading.words[reading.place - 1].text not in _METRICS["and-so-on"]:
        return None
    if reading.after[:1] not in PUNCTUATION | {""}:
        return None
    return text_of(indicators.before(reading.words, reading.place - 1), reading)


def _says_nothing(label: Label) -> bool:
    """Whether a label is a mere verb of making or change."""
    return not label.nominal and labels.is_plain(label.text)


def _verb_alone(reading: Reading) -> str | None:
    """1000余人来访, 完成2584户: a verb beside the number tells what is counted."""
    if reading.quantity.chinese and reading.quantity.kind in {"bodies", "count"}:
        return None  # 两个先行, 四个坚持
    if (listed := _end_of_list(reading)) is not None:
        return listed
    label = indicator_clauses.after_next(reading.words, reading.place) or indicators.after(reading.words, reading.place)
    if label and not label.nominal and len(label.words) == 1:
        label = indicator_clauses.said_after(reading.words, reading.place) or label
    label = label or indicator_clauses.beyond_verb(reading.words, reading.place)
    label = cleared(label or indicator_clauses.said_after(reading.words, reading.place), reading)
    if label and not labels.is_locative(label.text) and not _says_nothing(label):
        return label.text
    if _OF_THESE.search(reading.before) and (whole := same_unit(reading)):
        return whole
    if counted := _of_place(reading):
        return counted
    topic = indicator_clauses.of_clause_before(reading.words, reading.place)
    if topic is None and label and _says_nothing(label) and not reading.earlier:
        topic = indicator_clauses.subject(reading.words, 0)
    return text_of(topic, reading) or (
        label.text if label and _says_nothing(label) else by_unit(reading) or shared(reading)
    )


CONSTRUCTIONS = (
    Construction("metric-change-to", Measure.TO, change_to),
    Construction("metric-change-from", Measure.FROM, change_from),
    Construction("metric-growth-by", Measure.GROWTH, growth_by),
    Construction("metric-share-of-whole", Measure.LEVEL, _share),
    Construction(EACH, Measure.LEVEL, nth_noun),
    Construction("metric-number-before-noun", Measure.LEVEL, _number_before_noun),
    Construction("metric-goes-on", Measure.LEVEL, taken_over),
    Construction("metric-noun-before-number", Measure.LEVEL, _noun_before_number),
    Construction("metric-number-with-verb", Measure.LEVEL, _verb_alone),
)
