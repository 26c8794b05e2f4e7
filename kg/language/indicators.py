"""Indicators: from the words around a quantity, a short label for what is counted.

`after`, `before` and `changed` read the label on one side of a number, out of the words that `surroundings` lays out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kg.language.surroundings import PUNCTUATION, Word
from kg.language.wordlists import either, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 20
"""The most characters of a label."""
_LINKING = frozenset("达为超")
"""Links to the number that the segmentation takes into the noun (办结|率达)."""
_DESCRIBING = frozenset("abz")
"""How the tags of words begin that describe the noun after 的."""
_DESCRIPTIVE = frozenset("化型式性级")
"""How such words end."""
_LONGEST_BRACKET = 8
MOST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """A label and the words that it is made of; `nominal` tells that a noun is among them."""

    text: str
    words: tuple[Word, ...]
    nominal: bool

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return self.words[0].start

    def last(self) -> Label:
        """A label of its last word alone."""
        return Label(self.words[-1].text, self.words[-1:], self.words[-1].part == "noun")

    def beyond(self, position: int) -> Label | None:
        """The label without what stands before a position; None where that is all of it, itself where a word is cut."""
        kept = [word for word in self.words if word.end > position]
        return self if kept and kept[0].start < position else label_of(bared(kept))


def after(words: Sequence[Word], place: int) -> Label | None:
    """The label that follows the number at `words[place]`: 94条街道权力清单 gives 街道权力清单."""
    found: list[Word] = []
    here = noun_begins(words, place + 1)
    if here < len(words) and words[here].part == "number":
        return after(words, here)
    while here < len(words) and len(found) < MOST_WORDS:
        word = words[here]
        if word.part == "open":
            here = _closing(words, here)
        elif not found and word.part == "mark":
            found, here = _quoted(words, here)
        elif word.part == "mark" and not _goes_on(words, here):
            break
        elif word.text == "、" and len(found) == 1 and _both_ranks(words, here):
            found = []  # 300名市、区机关干部
        elif _continues(words, here, found):
            heads = word.part == "verb" and bool(found) and _is_head(words, here)
            found.append(replace(word, part="noun") if heads else word)
        elif word.part != "mark":
            break
        here += 1
    ended = here == len(words) or words[here].part == "number" or words[here].text in PUNCTUATION
    return _beyond(words, here) or label_of(_trimmed(found, keep_verbs=ended))


def noun_begins(words: Sequence[Word], here: int) -> int:
    """Where the noun of a number begins, what only tells which is passed over: 60岁以上, 的, 各."""
    while here < len(words) and words[here].part == "time":
        here += 1  # 300名60岁以上老人
    if here < len(words) and words[here].text in word_set("metric_determiners"):
        here += 1
    return here + 1 if here < len(words) and words[here].part == "of" else here


def _continues(words: Sequence[Word], here: int, found: list[Word]) -> bool:
    """Whether a word goes on with the label that `found` begins."""
    word = words[here]
    if word.part == "of":
        goes_on = here + 1 < len(words) and words[here + 1].part in {"noun", "mark", "verb"}
        return goes_on and bool(found) and (found[-1].tag[:1] in _DESCRIBING or found[-1].text[-1] in _DESCRIPTIVE)
    if word.part == "verb":
        return not found or not says(word.text) or _is_head(words, here)
    ends = any(word.text in word_set(name) for name in ("metric_predicates", "metric_distributions", "metric_leading"))
    if found and word.text in word_set("metric_plain_verbs") and not _is_head(words, here):
        return False
    return word.part == "noun" and not (found and ends)


def _both_ranks(words: Sequence[Word], here: int) -> bool:
    """Whether a list of administrative ranks goes on at `words[here]`: 市、区机关."""
    ranks = word_set("metric_ranks")
    return here + 1 < len(words) and words[here - 1].text in ranks and words[here + 1].text[:1] in ranks


def _is_head(words: Sequence[Word], here: int) -> bool:
    """Whether a word that can be verb and noun ends a noun phrase: 4个国际创新组织、."""
    ends = here + 1 == len(words) or words[here + 1].text in PUNCTUATION
    ends = ends or words[here + 1].text in word_set("metric_predicates")
    return ends and words[here].text not in word_set("metric_predicates")


def _goes_on(words: Sequence[Word], here: int) -> bool:
    """Whether a noun follows the quotation that a mark opens or closes, so that it stands within the label."""
    closing = next(
        (n for n in range(here + 1, min(here + _LONGEST_BRACKET, len(words))) if words[n].part == "mark"), here
    )
    return closing + 1 < len(words) and words[closing + 1].part in {"noun", "open"}


def _quoted(words: Sequence[Word], here: int) -> tuple[list[Word], int]:
    """The words of a short quotation that a mark opens, and where it closes; a number in it (86后) leaves it out."""
    for place in range(here + 1, min(here + _LONGEST_BRACKET, len(words))):
        if words[place].part == "mark":
            inside = [replace(word, part="noun") for word in words[here + 1 : place]]
            told = any(char.isdigit() for word in inside for char in word.text)
            return ([] if told else inside), place
    return [], here


def says(text: str) -> bool:
    """Whether a verb says what the counted things do, so that it ends their name."""
    return text in word_set("metric_predicates") or text in word_set("metric_plain_verbs")


def _closing(words: Sequence[Word], opening: int) -> int:
    """Where a short bracket closes, or its own place."""
    for place in range(opening + 1, min(opening + _LONGEST_BRACKET, len(words))):
        if words[place].part == "close":
            return place
    return opening


def _beyond(words: Sequence[Word], here: int) -> Label | None:
    """What a second number describes together with the first: 两支规模各1亿元的基金 counts 基金."""
    if here < len(words) and words[here].text in word_set("metric_bridges"):
        here += 1
    if here + 1 < len(words) and words[here].part == "number" and words[here + 1].part == "of":
        return after(words, here)
    return None


def _trimmed(found: list[Word], *, keep_verbs: bool) -> list[Word]:
    """The words up to the last noun, or to the end where the phrase ends too; without a noun, the first verb."""
    while found and found[-1].part == "of":
        found.pop()
    if not any(word.part == "noun" for word in found):
        return found[:1]
    while found[-1].part != "noun" and not keep_verbs:
        found.pop()
    return found


def before(words: Sequence[Word], place: int) -> Label | None:
    """The label that ends before `words[place]`: 累计建成停放点976处 gives 停放点."""
    here = skip_bridges(words, place - 1)
    adjacent = here == place - 1
    if here > 0 and words[here].part == "of" and words[here + 1].text in {"有", "共有", "已有", "达"}:
        here -= 1  # 组建业委会的有141个
    found: list[Word] = []
    quoted: int | None = None  # how many words stand behind the quotation that the label has entered
    while here >= 0 and len(found) < MOST_WORDS:
        word = words[here]
        if word.part == "mark" and found:
            quoted = len(found) if quoted is None else None
        if word.part == "close" and not found:
            here = _opening(words, here)
        elif word.part == "mark" and not found:
            found, here = _quoted_back(words, here)
        elif _precedes(word, found) or _ends_a_noun(word, found):
            found.append(word)
        elif word.part != "mark":
            break
        here -= 1
    found = _whole(found, quoted)
    if found and len(found[-1].text) == 1 and here >= 0 and words[here].text.isdigit():
        found.pop()  # the 月 of a date, the 组 of 7组
    if adjacent and here >= 0 and words[here].part == "number":
        found = _shared_out(found)
    return label_of(bared(found[::-1]))


def _whole(found: list[Word], quoted: int | None) -> list[Word]:
    """The words of a label, from the last, without part of a quotation: 项目 of “大好高”项目, where only 高 is read."""
    if quoted is not None and sum(len(word.text) for word in found[:quoted]) > 1:
        return found[:quoted]
    return found


def before_position(words: Sequence[Word], position: int) -> Label | None:
    """The label that ends before a position of the text, a word that runs over it cut there (警情由 in 警|情由)."""
    place = next(n for n, word in enumerate(words) if word.end > position)
    word = words[place]
    if word.start >= position or word.part in {"number", "time", "single"}:
        return before(words, place)
    piece = replace(word, text=word.text[: position - word.start], end=position, part="noun")
    return before([*words[:place], piece, word], place + 1)


def _quoted_back(words: Sequence[Word], here: int) -> tuple[list[Word], int]:
    """The words, from the last, of a short quotation that a mark closes, and where it opens."""
    for place in range(here - 1, max(-1, here - _LONGEST_BRACKET), -1):
        if words[place].part == "mark":
            return [replace(word, part="noun") for word in words[here - 1 : place : -1]], place
    return [], here


def _precedes(word: Word, found: list[Word]) -> bool:
    """Whether a word goes before the label that `found` holds from its end."""
    if word.part == "of":
        return bool(found) and is_generic("".join(later.text for later in reversed(found)))
    if word.text in word_set("metric_plain_verbs"):
        return False
    return word.part == "noun" or (word.part == "verb" and word.text not in word_set("metric_bridges"))


def _ends_a_noun(word: Word, found: list[Word]) -> bool:
    """Whether the one character found so far ends a noun that a verb begins: 投放|箱, 实现|率."""
    suffix = len(found) == 1 and len(found[0].text) == 1 and found[0].part == "noun"
    return suffix and word.end == found[0].start and len(word.text) > 1 and word.tag.startswith("v")


def bared(found: list[Word]) -> list[Word]:
    """The words without what only says where or when before them, and without a link to the number at their end."""
    total = next((n for n in range(len(found) - 1, 0, -1) if found[n - 1].text in word_set("metric_totals")), 0)
    found = found[total:]
    while found and (found[0].part == "of" or found[0].text in word_set("metric_leading")):
        found.pop(0)
    if found and len(found[-1].text) > 1 and found[-1].text[-1] in _LINKING:
        found[-1] = replace(found[-1], text=found[-1].text[:-1], end=found[-1].end - 1)
    return found


def _shared_out(found: list[Word]) -> list[Word]:
    """Of the words between two numbers, from the last: those from 户均 on.

    The others belong to the first number, as 国家 in 19个国家1000余人. Without it, those from the last verb on that has
    an object (三个镇发放积分1000分).
    """
    for nth, word in enumerate(found):
        if word.text in word_set("metric_distributions"):
            return found[: nth + 1]
    verb = next((nth for nth, word in enumerate(found) if word.part == "verb"), 0)
    return found[: verb + 1] if 0 < verb < len(found) - 1 and found[0].part == "noun" else []


def skip_bridges(words: Sequence[Word], here: int) -> int:
    """The nearest place from `here` leftwards that is no bridge such as 达到, 共 or 约."""
    while here >= 0 and words[here].text in word_set("metric_bridges"):
        here -= 1
    if here > 0 and words[here].text == "比" and words[here - 1].text == "占":
        return skip_bridges(words, here - 2)
    if here > 0 and words[here].part == "time" and words[here - 1].text in word_set("metric_lasting"):
        return skip_bridges(words, here - 2)  # 连续三年保持在96%
    return here


def _opening(words: Sequence[Word], closing: int) -> int:
    """Where a short bracket opens, or its own place."""
    for place in range(closing - 1, max(-1, closing - _LONGEST_BRACKET), -1):
        if words[place].part == "open":
            return place
    return closing


def is_locative(label: str) -> bool:
    """Whether a label is a word of place (里, 门前), which counts nothing."""
    return label in word_set("metric_locatives")


def is_plain(label: str) -> bool:
    """Whether a label is a mere verb (建成, 达), which tells nothing of what is counted."""
    return label in word_set("metric_plain_verbs") or label in word_set("metric_growth_verbs")


def is_shared_out(label: str) -> bool:
    """Whether a label is nothing but words that share a number out: 每人每月."""
    return _shares_out().fullmatch(label) is not None


@cache
def _shares_out() -> re.Pattern[str]:
    """Matches words that share a number out."""
    return re.compile(either("metric_distributions") + "+")


def is_generic(label: str) -> bool:
    """Whether a label alone does not tell what is counted (规模, 数量)."""
    return label in word_set("metric_generic_nouns")


def is_abstract(label: str) -> bool:
    """Whether a label names what no count measures (维度, 能力)."""
    return any(label.endswith(word) for word in word_set("metric_abstractions"))


def joined(*labels: Label | None) -> Label | None:
    """One label of several, in that order."""
    return label_of([word for label in labels if label for word in label.words])


def label_of(found: Sequence[Word]) -> Label | None:
    """Words as a label, the first ones left out where it grows too long."""
    words = list(found)
    while len(words) > 1 and sum(len(word.text) for word in words) > LONGEST:
        words.pop(0)
    while words and words[0].part == "of":
        words.pop(0)
    text = "".join(word.text for word in words)[-LONGEST:]
    if not text:
        return None
    nominal = any(word.part == "noun" for word in words)
    return Label(text, tuple(words), nominal)
