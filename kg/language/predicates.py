"""Verbs around a number: which of them tells something in its clause, so that no label runs over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dictionary import dictionary_entry
from kg.language.labels import is_agent, says
from kg.language.surroundings import PUNCTUATION, Word
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINKS = frozenset({"c"})
"""Tags of words that link what stands before them to what follows."""

_NEGATIONS = grammar("metrics").set("negation")


def predicate(words: Sequence[Word], place: int, phrase: Sequence[Word], end: int) -> int:
    """Which word of the phrase behind the number `words[place]` begins what is said of the counted things; 0 for none.

    The phrase ends before `words[end]`. 12个村|加快建设, 为300名老人|安装扶手. Where the clause has a verb before the
    number, or one in a compound suffices (改造项目), none of the phrase is taken for one.
    """
    verb = next((n for n, word in enumerate(phrase) if n and _is_verb(word) and phrase[n - 1].part == "noun"), 0)
    if len(phrase) > 1 and _is_acted_on(words, place) and ends_clause(words, end - 1):
        last = len(phrase) - 1
        things = any(word.tag.startswith("n") and not says(word.text) for word in phrase[:last])
        if things and phrase[last].tag == "v" and len(phrase[last].text) > 1:
            return last
    if not verb or verb + 1 == len(phrase):
        return 0
    if words[place].counted == "people" and is_agent(phrase[verb - 1]):
        return 0 if is_agent(phrase[-1]) else verb
    governed = _is_governed(words, place)
    compound = verb + 2 == len(phrase) and phrase[-1].tag != "v"
    told = bool(governed) or (governed is None and not compound)
    return verb if told and ends_clause(words, end - 1) else 0


def without_partner(words: Sequence[Word], label: list[Word]) -> list[Word]:
    """The words of a label before a number without for or with whom it was done: 为企业挽回|经济损失 (70多万元)."""
    for nth in range(len(label) - 2, 0, -1):
        guessed = label[nth].tag == "vn" and dictionary_entry(label[nth].text) is None
        if (guessed or _is_verb(label[nth])) and is_agent(label[nth - 1]):
            return label[nth + 1 :] if _is_governed(words, words.index(label[nth - 1])) else label
    return label


def is_negated(word: Word) -> bool:
    """Whether a verb says what is not so, so that no name goes on over it: 未入."""
    return word.part == "verb" and word.text[0] in _NEGATIONS


def ends_clause(words: Sequence[Word], here: int) -> bool:
    """Whether a clause or an item of a list ends with a word."""
    if here + 1 == len(words) or words[here + 1].text in PUNCTUATION:
        return True
    return words[here + 1].tag in _LINKS and here + 2 < len(words) and words[here + 2].part in {"number", "noun"}


def _is_verb(word: Word) -> bool:
    return word.part == "verb" and word.tag == "v" and len(word.text) > 1


def _is_acted_on(words: Sequence[Word], place: int) -> bool:
    """Whether what the number counts acts, or something is done with it: 被130盏灯点亮, 对12个小区改造."""
    return place > 0 and any(words[place - 1].text in word_set(name) for name in ("metric_recipients", "metric_acting"))


def _is_governed(words: Sequence[Word], place: int) -> bool | None:
    """Whether a preposition has a word in its clause (为300名老人…), or a verb (False); None for neither."""
    for word in reversed(words[:place]):
        if word.tag == "p":
            return True
        if word.text in PUNCTUATION and word.text != "、":
            return None
        if word.part in {"verb", "number", "mark"} or word.text in word_set("metric_bridges"):
            return False
    return None
