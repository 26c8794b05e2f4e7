"""Noun phrases that may name an initiative, found by their head or by the verb that governs them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.bodies.stops import CONJUNCTIONS
from kg.language.tokens import dictionary_entry
from kg.language.wordlists import grammar, table, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Token

_NOMINAL = ("n", "v", "a", "b", "j", "l", "i", "f", "s", "m", "q", "e", "k", "g", "z", "c", "t")
_PROGRAMS = grammar("programs")
_NUMERALS = _PROGRAMS["ten-numeral"]
_DIGITS = frozenset("0123456789")
_STOP = _PROGRAMS.set("stop")
SHORTEST = 4
"""A phrase of fewer characters is no name."""

SHORTEST_SYSTEM = 3
"""The same where a system is named by its last character (路长制, 积分制)."""

_SYSTEM = _PROGRAMS.word("system")

LONGEST_GOVERNED = 16
"""The same for a phrase that a verb governs (code points)."""

SERVICE_NUMBER = re.compile(r"1[0-2]\d{3}|9[56]\d{3}")
"""The numbers of public services (12345) and of companies' services (95598)."""

MOST_WORDS = 32_768
"""So many words are remembered."""

_TIMES = _PROGRAMS.set("time-unit")
"""What is reached within so many minutes, or open for so many hours, is named by them."""

_ASPECT = _PROGRAMS.set("verb-tail")
_GRADED = _PROGRAMS.compile("{graded}{graded-in}")
"""Numbers that are part of a name: 三级 in 三级联动机制, 百日 in 百日攻坚."""


@cache
def _heads() -> dict[str, str]:
    return {row[0]: row[1] for row in table("program_heads")}


@lru_cache(maxsize=16_384)
def head_class(word: str) -> str:
    """The kind of thing that a word names if a noun of initiatives ends it, else "".

    >>> head_class("工作法"), head_class("蜜梨工坊"), head_class("群众")
    ('method', 'venue', '')
    """
    if word[-1:] not in _head_ends():  # most do not
        return ""
    heads = _heads()
    return next((heads[word[n:]] for n in range(len(word)) if word[n:] in heads), "")


@cache
def _head_ends() -> frozenset[str]:
    """The last characters of the nouns of initiatives."""
    return frozenset(head[-1] for head in _heads())


def head_at(tokens: Sequence[Token], place: int) -> str:
    """The kind of thing that a noun of initiatives names which ends with a token, cut in two (工作|法) or not."""
    word = tokens[place].text
    return (len(word) == 1 and place > 0 and head_class(tokens[place - 1].text + word)) or head_class(word)


def headed_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The noun phrases that a noun of initiatives heads: the numbers of their first and last tokens."""
    first, last = 0, -1
    for place, token in enumerate(tokens):
        part = _parts[token.text, token.tag]
        if not part.goes_on:
            if last >= first and _is_long_enough(tokens, first, last):
                yield first, last
            first, last = past_count(tokens, place) if part.counts else place + 1, -1
        elif first == place and (not part.opens or _tells_how(tokens, place)):
            first += 1
        elif part.heads or (part.short and head_at(tokens, place)):
            last = place
    if last >= first and _is_long_enough(tokens, first, last):
        yield first, last


def past_count(tokens: Sequence[Token], place: int) -> int:
    """Where a phrase may begin at a number or behind it and its measure word.

    One to call (12345|热线) or of minutes or hours (15|分钟|生活圈) is a part of it.
    """
    measured = place + 1 < len(tokens) and len(tokens[place + 1].text) == 1
    timed = place + 1 < len(tokens) and tokens[place + 1].text in _TIMES
    called = timed or (not measured and SERVICE_NUMBER.fullmatch(tokens[place].text))
    return place if called else place + 1 + measured


def _is_long_enough(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a phrase may be a name by its length: 路长制 and 积分制 are, 新机制 is none."""
    length = tokens[last].end - tokens[first].start
    system = tokens[last].text.endswith(_SYSTEM) and len(tokens[last].text) in {1, SHORTEST_SYSTEM}
    return length >= (SHORTEST_SYSTEM if system else SHORTEST)


def _tells_how(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word tells how the verb after it is done: 全面 in 全面推进网格制度."""
    return (
        tokens[place].text in word_set("program_manner_words")
        and place + 1 < len(tokens)
        and tokens[place + 1].tag == "v"
        and tokens[place + 1].text in governing_verbs()
    )


def governed_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The noun phrases right behind a verb that founds or runs: the numbers of their first and last tokens.

    >>> from kg.language.tokens import tokens_of
    >>> tokens = tokens_of("街道推行了楼栋积分制，邻里和睦。")
    >>> ["".join(t.text for t in tokens[first : last + 1]) for first, last in governed_runs(tokens)]
    ['楼栋积分制']
    """
    for place, token in enumerate(tokens):
        if not _parts[token.text, token.tag].governs:
            continue
        first = place + 1
        while first < len(tokens) and (tokens[first].text in _ASPECT or tokens[first].tag[0] in "mq"):
            counted = tokens[first].tag == "m" and tokens[first].text[-1] in _DIGITS
            first += 1 + (counted and first + 1 < len(tokens) and len(tokens[first + 1].text) == 1)
        last = first - 1
        while last + 1 < len(tokens) and _parts[tokens[last + 1].text, tokens[last + 1].tag].goes_on:
            last += 1
        if last >= first and tokens[last].end - tokens[first].start >= SHORTEST:
            yield first, last
        whole = _past_verb(tokens, last) if last >= first else last
        if whole > last:
            yield first, whole


def _past_verb(tokens: Sequence[Token], last: int) -> int:
    """The end of a governed phrase that goes on over a verb to a noun of initiatives (开展|绿色家庭|创建|行动).

    It goes on over a conjunction too where what stands before is not headed itself (启动|居家|和|社区养老试点).
    Where it does not, the number of the last token before.
    """
    place = last + 1
    if place >= len(tokens):
        return last
    joined = tokens[place].text in CONJUNCTIONS and not head_at(tokens, last)
    if not joined and not _may_qualify(tokens[place].text, tokens[place].tag):
        return last
    whole = last
    while place + 1 < len(tokens) and _parts[tokens[place + 1].text, tokens[place + 1].tag].goes_on:
        place += 1
        if head_at(tokens, place):
            whole = place
    return whole


@lru_cache(maxsize=16_384)
def _may_qualify(word: str, tag: str) -> bool:
    """Whether a verb or adverb that elsewhere ends a phrase may qualify the noun behind it: 巩固 in 巩固提升工程."""
    return tag[0] in "vd" and len(word) > 1 and word not in word_set("program_clause_words", "program_light_verbs")


def clings(tokens: Sequence[Token], place: int) -> bool:
    """Whether segmentation glued the end of the verb before to a word: 探索|出数智.

    >>> from kg.language.tokens import tokens_of
    >>> clings(tokens_of("探索出数智联合机制"), 1), clings(tokens_of("开展出口培训"), 1)
    (True, False)
    """
    word = tokens[place].text
    return word[0] in _ASPECT and place > 0 and tokens[place - 1].tag == "v" and dictionary_entry(word) is None


@lru_cache(maxsize=16_384)
def verb_of(word: str) -> str:
    """The verb of a word of the dictionary that also tells how something is done, else the word itself.

    >>> verb_of("全面推行"), verb_of("推行"), verb_of("全面发展")
    ('推行', '推行', '全面发展')
    """
    manner, verb = word[:-2], word[-2:]
    return verb if manner in word_set("program_manner_words") and verb in governing_verbs() else word


@cache
def governing_verbs() -> frozenset[str]:
    """The verbs that found or run what follows them."""
    return word_set("program_founding_verbs", "program_running_verbs")


def cannot_open(word: str, tag: str) -> bool:
    """Whether a word stands before a phrase rather than in it: a number, an adverb, a verb that sets up or runs."""
    if word in word_set("program_openers") or _GRADED.fullmatch(word):
        return False
    heads = word_set("program_heads")
    return (
        tag[0] in "mqcfdt"
        or tag == "ad"
        or word in _ASPECT
        or (tag == "v" and word in word_set("program_nominal_verbs") and word not in heads)
        or (word in word_set("program_founding_verbs") and word not in heads)
    )


def _can_continue(word: str, tag: str) -> bool:
    if word == "·" or word in _PROGRAMS["literary-of"] or (tag == "d" and word[0] in _NUMERALS):
        return True
    nominal = tag[0] in _NOMINAL or word in word_set("program_nominal_verbs")  # the dictionary calls 更新 an adverb
    if not nominal or word in _STOP or word in word_set("program_clause_words") or verb_of(word) != word:
        return False
    verbs = word_set("program_founding_verbs", "program_running_verbs", "program_launch_verbs")
    return word not in verbs or word in word_set("program_nominal_verbs") or tag.startswith("n")


@frozen
class _Part:
    """What a word can be in a phrase.

    `counts` tells that it is a number in figures, `continues` that it can stand within a phrase, `goes_on` that
    it does and is no such number; `opens` that one can begin with it, `heads` that it is a noun of initiatives, `short`
    that it may be the end of one that the word before it begins; `governs` that it is a verb that founds or runs what
    follows.
    """

    counts: bool
    continues: bool
    goes_on: bool
    opens: bool
    heads: bool
    short: bool
    governs: bool


def _part(word: str, tag: str) -> _Part:
    counts, heads, continues = tag == "m" and word[-1] in _DIGITS, bool(head_class(word)), _can_continue(word, tag)
    opens, short, verb = not cannot_open(word, tag), word in _head_ends() and not heads, verb_of(word)
    governs = verb in governing_verbs() and (verb != word or tag[0] in "vp")
    return _as_part(counts, continues, continues and not counts, opens, heads, short, governs)


_as_part = cache(_Part)  # of which there are few


class _Parts(dict[tuple[str, str], _Part]):
    """What words can be, by word and tag; asked for every token, several times, and so quicker than an LRU cache."""

    def __missing__(self, key: tuple[str, str]) -> _Part:
        """Work it out; when there are too many, begin anew."""
        if len(self) >= MOST_WORDS:
            self.clear()
        part = self[key] = _part(*key)
        return part


_parts = _Parts()


def continues(token: Token) -> bool:
    """Whether a token can stand within a noun phrase."""
    return _parts[token.text, token.tag].continues
