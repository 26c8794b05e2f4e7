"""What single words tell of people's names: surnames, forms of address, verbs of speech, and what the tagger saw.

The readings of a name, and which is taken, are in `person_names`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from kg.language.tokens import START, dictionary_entry, is_common
from kg.language.wordlists import grammar, table, word_set
from kg.model import Token

_PEOPLE = grammar("people")
HAN = "\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff"
"""Chinese characters for a class of a pattern, rare ones too: names hold signs that no other word does (䶮)."""
_CHARACTERS = re.compile(f"[{HAN}]+")

ASPECTS = _PEOPLE["aspect"]
"""What follows a verb: the character before is not the end of a name."""

TELLING_PATTERN = _PEOPLE.compile('{person_speech}{1,2}(?:[，：:“"。！]|{says}|{told-reporter}|$)')
"""Verbs of speech with what follows the one who is quoted."""

SPEECH_PATTERN = _PEOPLE.compile("{person_speech}")
"""A verb of speech."""

ADDRESS_PATTERN = _PEOPLE.compile("{person_address}")
"""A form of address after a surname."""

FOLLOWER_PATTERN = _PEOPLE.compile("{person_speech|person_followers}")
"""A word that follows names."""

OTHER_PEOPLES_PATTERN = _PEOPLE.compile("[" + HAN + "]{2,3}?{person_other_endings}")
"""A name without a surname, known by its end: 斯琴 + 格日勒."""


@cache
def surnames() -> dict[str, bool]:
    """The surnames; true for those that are ordinary words too."""
    return {row[0]: len(row) > 1 for row in table("person_surnames")}


def surname_at(text: str, position: int) -> str:
    """The surname that stands at a position, compound ones first, or "".

    >>> surname_at("由欧阳明带队", 1), surname_at("会议", 0)
    ('欧阳', '')
    """
    known, two = surnames(), text[position : position + 2]
    return two if two in known else two[:1] if two[:1] in known else ""


def has_common_surname(name: str) -> bool:
    """Whether a name's surname is an ordinary word too, so that less can be told from it.

    >>> has_common_surname("高小兰"), has_common_surname("郑小兰")
    (True, False)
    """
    return surnames().get(surname_at(name, 0), True)


def is_name(name: str, surname: str, after: str) -> bool:
    """Whether the characters can be a full name, with what follows."""
    given = name[len(surname) :]
    if given == surname or not given or not _CHARACTERS.fullmatch(name) or set(given) & word_set("person_not_given"):
        return False
    if ADDRESS_PATTERN.match(given + after[:2]):
        return False
    entry = dictionary_entry(name)
    if name[:2] in word_set("person_not_names") or (entry is not None and not entry[1].startswith("nr")):
        return False
    return not (len(given) == 2 and is_common(name[:2]) and len(surname) == 1)


def ends_well(text: str, end: int) -> bool:
    """Whether a name may end here: before punctuation, a word that follows names, or an ordinary word."""
    rest = text[end : end + 4]
    if rest[:1] in ASPECTS or (len(rest) > 1 and rest[1] in ASPECTS):
        return rest[:1] not in ASPECTS
    return (
        not rest
        or not _CHARACTERS.match(rest)
        or bool(FOLLOWER_PATTERN.match(rest))
        or dictionary_entry(rest[:2]) is not None
    )


def is_token(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the tagger sees a person's name in exactly this span."""
    index = bisect_right(tokens, start, key=START) - 1
    return (
        index >= 0 and (tokens[index].start, tokens[index].end) == (start, end) and tokens[index].tag.startswith("nr")
    )


def in_two_names(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a span is two words that the tagger takes for names: 张扬 + 辉."""
    index = bisect_right(tokens, start, key=START) - 1
    first, second = tokens[index], tokens[min(index + 1, len(tokens) - 1)]
    whole = (first.start, first.end, second.end) == (start, second.start, end)
    return whole and first.tag.startswith("nr") and second.tag.startswith("nr")


def is_strange(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a span is whole words that tell of a name: one that the tagger or no dictionary knows, or two.

    孟坤玉 (a word that no dictionary holds), 蔡 + 宝珠 (a surname by itself, and a word or name).
    """
    if is_token(tokens, start, end):
        return True
    index = bisect_right(tokens, start, key=START) - 1
    if index < 0 or tokens[index].start != start:
        return False
    first = tokens[index]
    if first.end == end:
        return dictionary_entry(first.text) is None
    parted = first.end == start + 1 and index + 1 < len(tokens) and tokens[index + 1].end == end
    if not parted or first.tag.startswith(("v", "m", "p", "d")):
        return False
    given = tokens[index + 1]
    return not is_common(given.text) or (first.tag == "nr" and given.tag.startswith(("a", "n", "z")))


def is_tagged(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the tagger sees a person's name over a position, or a given name after a surname there."""
    index = bisect_right(tokens, start, key=START) - 1
    if index < 0:
        return False
    if tokens[index].tag.startswith("nr"):
        return True
    surname = tokens[index].start == start and tokens[index].text in surnames()
    return surname and index + 1 < len(tokens) and tokens[index + 1].tag.startswith("nr")


def ends_tagged(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the tagger sees a person's name in the last character before a position."""
    index = bisect_right(tokens, end - 1, key=START) - 1
    return index >= 0 and tokens[index].end == end and tokens[index].tag.startswith("nr")


def ends_token(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a word ends at a position."""
    index = bisect_right(tokens, end - 1, key=START) - 1
    return tokens[index].end == end


@cache
def words_named_by() -> frozenset[str]:
    """Ordinary words that people are named by too: 高明."""
    return frozenset(row[0] for row in table("person_not_names") if len(row) > 1)


@cache
def never_given() -> frozenset[str]:
    """Characters that stand in no name, whatever tells of one."""
    return frozenset(row[0] for row in table("person_not_given") if len(row) == 1)


@cache
def address_in_names() -> frozenset[str]:
    """Forms of address of one character that begin given names too."""
    return frozenset(row[0] for row in table("person_address") if len(row) > 1)


def is_told(text: str, end: int) -> bool:
    """Whether punctuation or a verb of speech follows, as after the name of one who is quoted."""
    return end == len(text) or bool(re.match(r"[，。、；：]", text[end]) or SPEECH_PATTERN.match(text, end))


def is_deed(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the tagger sees single words that are no nouns in the place of a name: 都 + 能 + 来, 来 + 占 + 座."""
    index = bisect_right(tokens, start, key=START) - 1
    words = [token for token in tokens[index : index + 3] if token.start < start + 3]
    return tokens[index].start == start and all(
        len(w.text) == 1 and not w.tag.startswith(("n", "a", "j")) for w in words
    )
