"""Labels: short names of what is counted, made of words, and what kind of word tells something in one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.surroundings import Word

LONGEST = 20
"""The most characters of a label."""
_METRICS = grammar("metrics")
AND_SO_ON = _METRICS.word("and-so-on")
"""The word that ends a list."""
_LINKING = _METRICS.set("number-link")
"""Links to the number that the segmentation takes into the noun (办结|率达)."""

_SHARES_OUT = _METRICS.compile("{metric_distributions}+")
"""Matches words that share a number out."""


@frozen
class Label:
    """A label and the words that it is made of; `nominal` tells that a noun is among them."""

    text: str
    words: tuple[Word, ...]
    nominal: bool

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return self.words[0].start

    @property
    def agents(self) -> bool:
        """Whether one of its words names people, households or bodies."""
        return any(is_agent(word) for word in self.words)

    @property
    def persons(self) -> bool:
        """Whether its last word names people, and no body."""
        last = self.words[-1]
        return is_agent(last) and not last.text.endswith(words("metric_agent_bodies"))

    def doers(self) -> Label:
        """The label without a verb at its end that says what the people in it do: 贫困户送去 is 贫困户."""
        last = self.words[-1]
        acts = last.tag == "v" and last.text not in word_set("metric_agents")  # 社会|组织
        if len(self.words) > 1 and acts and is_agent(self.words[-2]):
            return Label(self.text[: -len(self.words[-1].text)], self.words[:-1], nominal=True)
        return self

    def served(self) -> Label:
        """The label up to those for whom something is done: 独居老人送去粽子 is 独居老人."""
        for place in range(1, len(self.words)):
            if self.words[place].tag == "v" and is_agent(self.words[place - 1]):
                length = self.words[place - 1].end - self.start
                return Label(self.text[:length], self.words[:place], nominal=True)
        return self

    def named(self) -> Label:
        """The label without a verb at its end that says what is done with what it names: 标准发放 is 标准."""
        if len(self.words) > 1 and self.words[-1].tag == "v" and self.words[-2].part == "noun":
            return Label(self.text[: -len(self.words[-1].text)], self.words[:-1], nominal=True)
        return self

    def bearer(self) -> Label:
        """The label without a verb of one character that was done to it: 补贴发 (了50万元) is 补贴."""
        verb = self.words[-1]
        noun = self.words[-2].tag if len(self.words) > 1 else ""
        if verb.tag == "v" and len(verb.text) == 1 and noun.startswith("n") and noun not in {"nr", "ns"}:
            return Label(self.text[:-1], self.words[:-1], nominal=True)
        return self

    def last(self) -> Label:
        """A label of its last word alone."""
        return Label(self.words[-1].text, self.words[-1:], self.words[-1].part == "noun")

    def beyond(self, position: int) -> Label | None:
        """The label without what stands before a position, a word cut there (甲|村农民); None where that is all."""
        kept = [word for word in self.words if word.end > position]
        if kept and kept[0].start < position:
            kept[0] = replace(kept[0], text=kept[0].text[position - kept[0].start :], start=position)
        return label_of(bared(kept))


def says(text: str) -> bool:
    """Whether a verb says what the counted things do, so that it ends their name."""
    return text in word_set("metric_predicates") or text in word_set("metric_plain_verbs")


def is_agent(word: Word) -> bool:
    """Whether a word names people, households or bodies."""
    ends = word.tag.startswith(("n", "l")) and word.text.endswith(words("metric_agents"))
    return ends or (len(word.text) > 1 and word.text in word_set("metric_agents"))  # 组织 may be a verb


def bared(found: list[Word]) -> list[Word]:
    """The words without what only says where or when before them, and without a link to the number at their end."""
    total = next((n for n in range(len(found) - 1, 0, -1) if found[n - 1].text in word_set("metric_totals")), 0)
    found = found[total:]
    while found and (found[0].part == "of" or found[0].text in word_set("metric_leading")):
        found.pop(0)
    if found and len(found[-1].text) > 1 and found[-1].text[-1] in _LINKING:
        found[-1] = replace(found[-1], text=found[-1].text[:-1], end=found[-1].end - 1)
    while len(found) > 1 and found[-1].text in word_set("metric_trailing") and found[-2].part == "noun":
        found.pop()
    return found


def is_locative(label: str) -> bool:
    """Whether a label is a word of place (里, 门前), which counts nothing."""
    return label in word_set("metric_locatives")


def is_plain(label: str) -> bool:
    """Whether a label is a mere verb (建成, 达), which tells nothing of what is counted."""
    return label in word_set("metric_plain_verbs") or label in word_set("metric_growth_verbs")


def is_shared_out(label: str) -> bool:
    """Whether a label is nothing but words that share a number out: 每人每月."""
    return _SHARES_OUT.fullmatch(label) is not None


def is_generic(label: str) -> bool:
    """Whether a label alone does not tell what is counted (规模, 数量)."""
    return label in word_set("metric_generic_nouns")


def is_vague(label: str) -> bool:
    """Whether a label tells so little of what is counted (项目, 问题) that what stands before it belongs to it."""
    return label in word_set("metric_vague_nouns")


def is_abstract(label: str) -> bool:
    """Whether a label names what no count measures (维度, 能力)."""
    return label.endswith(words("metric_abstractions"))


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
