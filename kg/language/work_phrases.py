"""Phrases that may name a work or scheme although they hold verbs, numbers, conjunctions, or have no head themselves.

Official prose calls a work by what is done (支持夜市发展20条措施, 林地承包到期后再延长试点) and lists what is known by
name alone (报件通、寻医通等应用). Plain noun phrases `phrases` finds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from kg.language.bodies.stops import CONJUNCTIONS
from kg.language.phrases import cannot_open, clings, continues, head_at, past_count
from kg.language.tokens import START
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Token

SHORTEST = 5
"""A whole object of fewer characters is found as a noun phrase."""

SHORTEST_GIVEN = 4
"""The same of what the state gives (育儿补贴), which `phrases` does not find."""

LONGEST = 28
"""A longer phrase is a clause."""

SHORTEST_ITEM = 3
LONGEST_ITEM = 16
LONGEST_LIST = 80
"""The items of a list have so many characters at least and at most, and all together at most."""

_WORDS = grammar("programs")
_MARK = re.compile("[，。；：！？…—“”‘’「」『』《》（）()]")
_ITEM = "、"
_PIECE = _WORDS.compile(r"(?:[^，。；：！？、…—“”‘’（）()「」『』《》]|(?<!—)—(?!—)|“[^“”]{1,12}”|（[^（）]{1,8}）)+")
"""What stands between two marks, short quotations and asides within it."""
_STOP = _WORDS.set("phrase-stop")
_COUNTS = _WORDS.set("phrase-count")
_FOUNDING = _WORDS.set("bare-founding")
_COUNTED = _WORDS.compile(r"\d{counting}")
_OPENS, _CLOSES = "“”"
_ASIDE = "（）"
_CLAUSAL = frozenset("xpcrdu")
"""How the tags begin of words that begin no phrase: marks, prepositions, conjunctions, pronouns, adverbs, particles."""


@cache
def _verb() -> re.Pattern[str]:
    return _WORDS.compile("{program_manner_words}?{program_founding_verbs|program_running_verbs|program_object_verbs}")


def whole_objects(sentence: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand that a noun of initiatives ends, from the verb that governs them or from their beginning.

    >>> from kg.language.tokens import tokens_of
    >>> sentence = "稳妥推进第三轮林地承包到期后再延长20年试点，启动支持夜市发展20条措施。"
    >>> [sentence[start:end] for start, end in whole_objects(sentence, tokens_of(sentence))]
    ['第三轮林地承包到期后再延长20年试点', '支持夜市发展20条措施', '夜市发展20条措施']
    """
    for piece in _PIECE.finditer(sentence):
        first, last = bisect_left(tokens, piece.start(), key=START), bisect_left(tokens, piece.end(), key=START)
        begin = first
        for place in range(first, last):
            if tokens[place].text in _STOP or (tokens[place].text in CONJUNCTIONS and head_at(tokens, place - 1)):
                begin = place + 1
            elif _heads(sentence, tokens, place) and (place + 1 == last or not _goes_on(tokens[place + 1])):
                for opens in _beginnings(sentence, tokens, begin, place, free=begin > first):
                    start = tokens[opens].start + clings(tokens, opens)
                    end = _past_mark(sentence, start, tokens[place].end)
                    if _may_open(tokens[opens]) and _is_whole(sentence[start:end]):
                        yield start, end


def _heads(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a noun of initiatives ends with a token, not a predicate (产业水平|不断|提升, 产值|增长)."""
    token, before = tokens[place], tokens[max(0, place - 1)]
    if token.tag == "v" and (before.tag[0] == "d" or before.text in word_set("program_manner_words")):
        return False
    long = sentence.endswith(_long_heads(), 0, token.end)
    return long or (token.tag[0] == "n" and bool(head_at(tokens, place)))


@cache
def _long_heads() -> tuple[str, ...]:
    return (*_given(), *(head for head in words("program_heads") if len(head) > 1))


@cache
def _given() -> tuple[str, ...]:
    """What the state gives or does, a scheme only where a verb governs it."""
    return words("program_object_heads")


def _may_open(token: Token) -> bool:
    """Whether a phrase may begin with a word: no mark, preposition, conjunction or adverb, no verb that only founds."""
    return token.tag[0] not in _CLAUSAL and token.text not in _FOUNDING


def _is_whole(phrase: str) -> bool:
    """Whether a phrase is as long as a name, no mark open, one quotation at most in it, and nothing counted."""
    quotes = phrase.count(_OPENS) == phrase.count(_CLOSES) <= 1
    least = SHORTEST_GIVEN if phrase.endswith(_given()) else SHORTEST
    named = least <= len(phrase) <= LONGEST and not _COUNTED.search(phrase)
    return named and quotes and phrase.count(_ASIDE[0]) == phrase.count(_ASIDE[1])


def _past_mark(sentence: str, start: int, end: int) -> int:
    """The end of a phrase, behind the closing mark if the quotation that it ends with began in it."""
    opened = sentence.count(_OPENS, start, end) > sentence.count(_CLOSES, start, end)
    return end + 1 if opened and sentence.startswith(_CLOSES, end) else end


def _goes_on(token: Token) -> bool:
    """Whether a noun follows a head, so that the phrase has another."""
    return token.tag[0] in "nj" and continues(token)


def _beginnings(sentence: str, tokens: Sequence[Token], first: int, last: int, *, free: bool = False) -> Iterator[int]:
    """Where a phrase may begin: behind the first verb that governs it, behind one more right behind it, or at first.

    `free` tells that a word before parts the phrase from its clause, so that a verb at its beginning may be of it.
    """
    governed = 0
    for verb in _verb().finditer(sentence, tokens[first].start, tokens[last].start):
        place = bisect_left(tokens, verb.end(), key=START)
        begins = bisect_left(tokens, verb.start(), key=START)
        if tokens[place].start != verb.end() or tokens[begins].start != verb.start():
            continue
        if free or (begins > first and not tokens[begins].tag.startswith("v")):
            free = False
            yield _past_leads(tokens, first, last)  # 国企改革|深化|提升行动
        if governed and begins != governed:
            break
        yield _past_leads(tokens, place, last)
        if governed:
            break
        governed = place
    if not governed and not sentence.endswith(_given(), 0, tokens[last].end):
        yield _past_leads(tokens, first, last)


def _past_leads(tokens: Sequence[Token], place: int, last: int) -> int:
    """Where a phrase begins behind what tells how many and how it is done."""
    while place < last:
        token = tokens[place]
        if token.tag == "m" and token.text[-1].isdigit():
            after = past_count(tokens, place)
            if after == place:
                break
            place = after + (after < last and tokens[after].tag == "q")
        elif token.text in word_set("program_manner_words") or token.text in _COUNTS or _leads(token):
            place += 1
        else:
            break
    return min(place, last)


def listed_schemes(sentence: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the items of a list stand that a noun of schemes or a verb of beginnings closes.

    >>> from kg.language.tokens import tokens_of
    >>> sentence = "推广报件通、寻医通等应用，新生儿津贴、就学减免等政策落地。"
    >>> [sentence[start:end] for start, end in listed_schemes(sentence, tokens_of(sentence))]
    ['报件通', '寻医通', '新生儿津贴', '就学减免']
    """
    for closing in _closing().finditer(sentence):
        end = closing.start()
        start = max(0, end - LONGEST_LIST)
        start = max((mark.end() for mark in _MARK.finditer(sentence, start, end)), default=start)
        if _ITEM not in sentence[start:end]:
            continue
        parts = [start, *(at for joint in _joint().finditer(sentence, start, end) for at in joint.span()), end]
        for number, (opens, closes) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
            begins = opens if number else _behind_verb(sentence, tokens, opens, closes)
            if SHORTEST_ITEM <= closes - begins <= LONGEST_ITEM and not sentence[begins].isdigit():
                yield begins, closes


def _behind_verb(sentence: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Where the first item of a list begins: behind the first verb that governs it."""
    place = bisect_left(tokens, start, key=START)
    last = bisect_left(tokens, end, key=START) - 1
    return tokens[next(_beginnings(sentence, tokens, place, last), place)].start if place < last else start


def _leads(token: Token) -> bool:
    """Whether a word of one character stands before a phrase, not in it: a number, an adverb, a preposition."""
    return len(token.text) == 1 and (token.tag[0] == "p" or cannot_open(token.text, token.tag))


@cache
def _closing() -> re.Pattern[str]:
    """What closes a list of schemes."""
    return _WORDS.compile("{and-so-on}{of}?(?:[^，。；：！？、]{0,6}{listed-scheme}|{program_launch_verbs})")


@cache
def _joint() -> re.Pattern[str]:
    return _WORDS.compile("{item-joint}")
