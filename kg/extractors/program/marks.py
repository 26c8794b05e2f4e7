"""What may be said of a supposed program many times over: what stands around its occurrences, what its name holds."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extractors.program.candidates import Candidate

_MARKS_BOTH = {
    "before": "the word before it: 推出",
    "after": "the word after it: 的",
    "governor": "the nearest verb before it in its clause: 打造",
    "founding-verb": "a verb that founds introduces it: 推出",
    "running-verb-directly": "a verb that runs stands right before it: 开展",
    "naming-verb": "a verb of naming introduces it: 名为",
    "figure-verb": "a verb of figures of speech introduces it: 跑出",
    "slogan-after": "a noun of slogans follows it: 理念",
    "figured-after": "式 or 化 follows",
    "ends-clause": "nothing follows in the clause",
    "launched": "is said to begin: …上线",
    "counted-before": "counted: 五个",
    "counted-after": "counted by what follows: 建成食堂45个",
    "slot-before": "把 or 以 stands before it",
    "verb-after": "a verb follows",
    "noun-after": "a noun or number follows, so that the phrase may go on: …改造|老旧小区",
    "within-name": "within the name of a body or place",
    "name-before": "a body or place stands right before it",
    "beside": "the kinds of what its sentence names",
    "opens-paragraph": "in the first sentence of a paragraph",
    "lead": "in the first paragraph",
    "head": "the kind of noun that heads it: scheme, method",
    "character": "a character that it holds anywhere: 评 in 道德评议",
    "pair": "two neighbouring characters of it: 评议 in 道德评议",
    "word": "a word that it holds anywhere: 积分 in 楼栋积分制",
    "phrase-after": "the last word of the noun phrase that follows it: 快报 in “满格”情况快报",
    "opens-sentence": "a sentence begins with it",
}
MARKS = {
    "programs_quoted": _MARKS_BOTH
    | {
        "listed": "in a list of quotations",
        "headline": "in the headline",
        "link": "what stands between it and its head: 等, 的",
    },
    "programs_plain": _MARKS_BOTH
    | {
        "founding-verb-directly": "a verb that founds stands right before it",
        "item": "beside 、",
        "verb-before": "a verb stands right before it",
        "holds-name": "a body or place is named in it",
        "holds-another": "a shorter name is proposed within it",
        "held": "it stands within a longer name that is proposed",
        "held-first": "with which it begins",
        "held-last": "with which it ends",
        "held-as-often": "which the article has as often",
        "alone": "somewhere it stands in no longer name",
    },
}
"""What may be said of a name many times over, with its meaning, by the table that weighs it: what stands around each of
its occurrences, and each character that it holds."""


def said(candidate: Candidate) -> frozenset[str]:
    """What may be said of a candidate many times over."""
    return candidate.around.union(held(candidate), worded(candidate))


def held(candidate: Candidate) -> list[str]:
    """How a candidate stands to others, and the characters that it holds."""
    return [*candidate.nested, *map(_holding, set(candidate.name))]


def worded(candidate: Candidate) -> set[str]:
    """The words that a candidate holds, and its pairs of neighbouring characters."""
    return {f"word={token.text}" for token in candidate.words}.union(map(_paired, pairwise(candidate.name)))


@lru_cache(maxsize=65_536)
def _paired(characters: tuple[str, str]) -> str:
    return f"pair={''.join(characters)}"


@lru_cache(maxsize=16_384)
def _holding(character: str) -> str:
    return f"character={character}"
