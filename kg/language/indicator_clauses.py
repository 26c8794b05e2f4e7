"""Indicators told farther from the number than right beside it: by a verb, another clause, a change or a long modifier.

The labels themselves are read by `kg.language.indicators`.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from kg.language.counted_phrases import MOST_WORDS, noun_begins
from kg.language.indicators import after, before, skip_bridges
from kg.language.labels import Label, bared, joined, label_of, says
from kg.language.surroundings import PUNCTUATION, Word
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_CLAUSE = 10
_LONGEST_RELATIVE = 16
_LONGEST_SAID = 12
_LEADING_ON = ("metric_bridges", "metric_trailing")
"""Lists of words that say nothing of the counted things themselves: 有, 可以."""

_LONGEST_COMPARISON = 8
_METRICS = grammar("metrics")
_PEOPLE = "people"
_RATIO = _METRICS.word("ratio")
_OPENING = frozenset("vp")
_DONE = _METRICS.set("done", "past")
_LISTED = "、"
_COMMAS = frozenset("，,：:")
_COLONS = frozenset("：:")


def beyond_verb(words: Sequence[Word], place: int) -> Label | None:
    """The label of a clause whose verb has no object but the number: 安置任务完成2584户 gives 安置任务完成.

    Failing that, the nearest verb of the clause: 先后走访320户 gives 走访.
    """
    here = skip_bridges(words, place - 1)
    if here < 0 or words[here].part == "number" or words[here].text == _LISTED:
        return None
    if words[here].text in word_set("metric_plain_verbs") and (subject := before(words, here)):
        verb = words[here]
        return label_of([*subject.words, verb])
    while here >= 0 and words[here].text not in {"，", ",", "；", "。", "：", ":"}:
        if words[here].part == "verb" and words[here].text not in word_set("metric_bridges"):
            return label_of([words[here]])
        here -= 1
    return None


def after_next(words: Sequence[Word], place: int) -> Label | None:
    """The label that a number shares with the next one of an enumeration: 201户、300名村民 gives 村民 for both."""
    if place + 2 >= len(words) or words[place + 2].part != "number":
        return None
    verb = words[place + 1].text in word_set("metric_plain_verbs")  # 分5批次开展2轮轮训
    label = after(words, place + 2) if verb or words[place + 1].text in _METRICS["joint"] else None
    return label if label and len(label.text) > 1 else None


def said_after(words: Sequence[Word], place: int) -> Label | None:
    """The verb, with what it governs, that later in the clause says what the counted people do.

    3.6万人在平台注册 gives 注册, 178人向支部递交申请书 gives 递交申请书.
    """
    for here in range(place + 1, len(words)):
        word = words[here]
        if word.text in PUNCTUATION or word.part == "number":
            return None
        if word.part == "verb" and not any(word.text in word_set(name) for name in _LEADING_ON):
            beyond = here + 1 if here + 1 < len(words) and words[here + 1].text in _DONE else here
            verb, governed = label_of([word]), after(words, beyond)
            said = joined(verb, governed) if governed and len(governed.text) > 1 else None
            return said if said and len(said.text) <= _LONGEST_SAID else verb
    return None


def changed(words: Sequence[Word], place: int) -> Label | None:
    """The label of what changes by a number: 客流量较去年同期增长20% gives 客流量.

    None where another clause tells it.
    """
    here = skip_bridges(words, place - 1)
    if here >= 0 and words[here].text in word_set("metric_growth_own"):
        return before(words, place)
    while here >= 0 and _tells_change(words[here]):
        here -= 1
    if 0 <= here < place - 2 and _is_ratio(words, here):
        return joined(before(words, here + 1), label_of([words[here + 1]]))
    for back in range(here, max(-1, here - _LONGEST_COMPARISON), -1):
        if words[back].text in PUNCTUATION or words[back].part == "number":
            break
        if words[back].text in _METRICS["than"]:  # 比装机前缩短11分钟
            here = back - 1
            break
    return before(words, here + 1)


def _is_ratio(words: Sequence[Word], here: int) -> bool:
    """Whether 比 after a noun makes a ratio of it and compares nothing: 城乡居民收入比缩小至1.6."""
    changes = any(words[here + 2].text in word_set(name) for name in ("metric_stages", "metric_growth_verbs"))
    return words[here + 1].text == _RATIO and changes and words[here].text in word_set("metric_generic_nouns")


def _tells_change(word: Word) -> bool:
    """Whether a word before the number of a change tells how, against what or since when it changes."""
    if word.text in {"，", ","} or word.text in _METRICS["share-label"]:
        return False
    lists = ("metric_growth_verbs", "metric_bridges", "metric_stages", "metric_comparisons")
    return any(word.text in word_set(name) for name in lists) or word.text.isdigit() or word.part == "time"


def modified(words: Sequence[Word], place: int) -> Label | None:
    """The noun that a clause between it and the number describes: 56个会说普通话的青年 gives 青年.

    None where what follows the number says what the counted things do (20户参加社区组织的活动), unless that tells
    where they are or how long they have been (80名来自各县的司机, 6台运行了25年的电梯), or people are described with it
    (4名下沉到社区的干部).
    """
    here = noun_begins(words, place + 1)
    said = here < len(words) and says(words[here].text) and not (_is_lasting(words, here) or _is_done(words, here))
    if said and words[place].counted != _PEOPLE:
        return None
    while here < len(words) and here <= place + _LONGEST_CLAUSE:
        if words[here].text in PUNCTUATION and words[here].text != "、":
            return None
        if words[here].part == "of":
            label = after(words, here)
            return label if label and label.nominal and (label.persons or not said) else None
        if words[here].part == "number":
            return None
        here += 1
    return None


def relative(words: Sequence[Word], place: int) -> Label | None:
    """The noun that a clause behind the number of things describes, which begins with a verb: 10条要解决的问题.

    None where the clause tells what the counted things do or did (6台收割机便在田里开, 6个完成了任务的).
    """
    here = noun_begins(words, place + 1)
    end = here
    while end < len(words) and end <= place + _LONGEST_RELATIVE and words[end].part != "of":
        if words[end].part == "number" or words[end].text in _DONE or _ends(words[end]):
            return None
        end += 1
    if end == here or end + 1 >= len(words) or words[end].part != "of":
        return None
    near = after(words, place)
    if near and near.words[-1].end == words[end].start and len(near.words) > 1:
        return None  # 17份调研报告的基础
    between, first = words[here:end], words[here]
    told = any(word.tag == "d" and last.part == "noun" for last, word in itertools.pairwise(between))
    if told or first.text in word_set("metric_copulas"):
        return None
    if first.tag[:1] not in _OPENING and not says(first.text):
        return None
    label = after(words, end)
    return label if label and label.nominal else None


def _ends(word: Word) -> bool:
    """Whether a word ends a clause."""
    return word.text in PUNCTUATION and word.text != "、"


def described(words: Sequence[Word], label: Label, *, acting: bool) -> Label | None:
    """The noun that a label which begins with a verb describes: 945家符合条件的卫生室 gives 卫生室.

    Where the number counts what can act (`acting`), only a noun for such: 20户参加社区组织的活动 gives None.
    """
    end = _describes(words, label)
    noun = after(words, end) if end else None
    if noun is None or not noun.nominal or (acting and not noun.agents):
        return None
    return noun.doers() if acting else noun


def _describes(words: Sequence[Word], label: Label) -> int | None:
    """Where the 的 stands that follows a label, so that it describes what comes; None where there is none."""
    end = next((n for n, word in enumerate(words) if word.start >= label.words[-1].end), len(words))
    if end < len(words) and words[end].part == "time":
        end += 1  # 14名平均年龄50岁的老师
    return end if end + 1 < len(words) and words[end].part == "of" else None


def told_to_be(words: Sequence[Word], place: int) -> Label | None:
    """What a clause says that the counted things are: 其中9个都属于老旧小区 gives 老旧小区."""
    here = place + 1
    while here < len(words) and words[here].text in word_set("metric_quantifiers"):
        here += 1
    if here >= len(words) or words[here].text not in word_set("metric_copulas"):
        return None
    label = modified(words, here) or after(words, here)
    return label if label and label.nominal else None


def _is_lasting(words: Sequence[Word], here: int) -> bool:
    """Whether a verb tells a place or, with a span of time, a state that lasts."""
    lasts = here + 2 < len(words) and words[here + 1].text in _DONE and words[here + 2].part == "time"
    return lasts or words[here].text in word_set("metric_locating_verbs")


def _is_done(words: Sequence[Word], here: int) -> bool:
    """Whether an adverb and verbs alone stand before 的, so that they describe the noun after it: 已建成的."""
    if words[here].tag != "d":
        return False
    here += 1
    begins = here
    while here < len(words) and words[here].part == "verb":
        here += 1
    return here > begins and here < len(words) and words[here].part == "of"


def effected(words: Sequence[Word], place: int) -> Label | None:
    """What people are brought to: 帮助561人实现就近就业 gives 就近就业; None without such a verb before the number."""
    here = skip_bridges(words, place - 1)
    if here < 0 or words[here].text not in word_set("metric_causatives"):
        return None
    here = place + 1
    while here < len(words) and words[here].text in word_set("metric_predicates"):
        here += 1
    label = after(words, here - 1)
    if label and _describes(words, label):
        return None  # 吸引40名有意愿的渔民
    return label or said_after(words, here - 1)


def of_clause_before(words: Sequence[Word], place: int) -> Label | None:
    """What the clause before that of `words[place]` ends with or, if it ends with no noun, begins with.

    列入实事的电梯加装，完成78部 gives 电梯加装; 邻里驿站设到了楼里，目前建成17个 gives 邻里驿站. None where that
    clause itself holds a number.
    """
    comma = next((n for n in range(place - 1, -1, -1) if words[n].text in _COMMAS), 0)
    begins = next((n + 1 for n in range(comma - 1, -1, -1) if words[n].text in PUNCTUATION), 0)
    if comma == 0 or any(word.part in {"number", "single"} for word in words[begins:comma]):
        return None
    speaks = words[comma].text in _COLONS and words[comma - 1].tag == "nr"
    if speaks or words[comma - 1].text in word_set("metric_speech_verbs"):
        return None
    last = before(words, comma)
    if last and last.words[-1].end == words[comma].start:
        described = any(word.part == "of" and word.end == last.start for word in words[begins:comma])
        acted_on = any(word.text in _DONE and word.end == last.start for word in words[begins:comma])
        if described or acted_on or (last.nominal and last.words[-1].part == "noun"):
            return last
    return subject(words, begins)


def subject(words: Sequence[Word], begins: int) -> Label | None:
    """The nouns that a clause begins with, if it says anything of them."""
    found: list[Word] = []
    for word in words[begins : begins + MOST_WORDS]:
        if word.part != "noun":
            break
        found.append(word)
    ends = begins + len(found)
    if ends < len(words) and (words[ends].text in PUNCTUATION or words[ends].text in word_set("metric_speech_verbs")):
        return None
    label = label_of(bared(found))
    return label if label and len(label.text) > 1 else None
