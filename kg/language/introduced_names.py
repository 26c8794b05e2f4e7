"""Names of people right behind a role (书记吉布阿且): there the tagger alone, or the surname alone, tells enough."""

from __future__ import annotations

from bisect import bisect_right

from kg.language.person_words import (
    ADDRESS_PATTERN,
    ASPECTS,
    FOLLOWER_PATTERN,
    SPEECH_PATTERN,
    TELLING_PATTERN,
    address_in_names,
    ends_tagged,
    ends_token,
    ends_well,
    has_common_surname,
    in_two_names,
    is_deed,
    is_name,
    is_token,
    is_told,
    never_given,
    words_named_by,
)
from kg.language.tokens import START, dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set
from kg.model import Token

LONGEST = 4
"""A compound surname and a given name of two characters."""

SHORTEST = 2
"""A surname and a given name of one character."""

_PEOPLE = grammar("people")
SELDOM = 100
"""A word that jieba's dictionary counts less often is a name after a role, before a verb of speech."""

NAMES_TOO = ("nr", "ns")
"""How jieba's dictionary tags words that people are named by too: 高明, 高山."""

_PARTICLES = _PEOPLE["describing"]
"""What follows a word that describes: 高超的手艺."""


def introduced_name(text: str, tokens: tuple[Token, ...], start: int, surname: str) -> str:
    """A name after a role that ends where the tagger ends one and a verb of speech follows, or that is beyond doubt."""
    whole, long = text[start : start + len(surname) + 2], text[start : start + 4]
    if _is_cut_short(text, tokens, start) and _is_long_name(text, start, long):
        return long
    if _is_beyond_doubt(text, tokens, start, whole):
        return whole
    seen = next((text[start : start + n] for n in (3, 2) if is_token(tokens, start, start + n)), "")
    if seen and _is_seen_clearly(text, start, seen):
        return seen
    given, end = whole[len(surname) :], start + len(whole)
    tagged = ends_tagged(tokens, end) and is_told(text, end)
    told = given[:1] in address_in_names() and bool(SPEECH_PATTERN.match(text, end))
    if (
        (tagged or told)
        and dictionary_entry(whole) is None
        and not is_common(whole[:2])
        and not set(given) & word_set("person_not_given")
        and not _is_addressed(given, text, tokens, start)
    ):
        return whole
    return _as_introduced(text, tokens, start, whole)


def _as_introduced(text: str, tokens: tuple[Token, ...], start: int, whole: str) -> str:
    """A name after a role in two words of names (张扬 + 辉), or that is another word too (方军, 高山)."""
    end = start + len(whole)
    possible = len(whole) == 3 and is_name(whole[:2], whole[0], "") and is_name(whole, whole[0], text[end:])
    if possible and in_two_names(tokens, start, end) and not text.startswith(ASPECTS, end):
        return whole
    short = text[start : start + SHORTEST]
    entry = dictionary_entry(short)
    seldom = entry is None or entry[0] < SELDOM or entry[1] in NAMES_TOO
    told = seldom and TELLING_PATTERN.match(text, start + SHORTEST) and not ADDRESS_PATTERN.match(short[1:])
    return short if told and not never_given() & set(short) else ""


def is_named_so(text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a word that people are named by too, or that no dictionary holds, stands between a role and a deed.

    白雪 + 每天来, 石磊 + 和居民.
    """
    end = start + SHORTEST
    short = text[start:end]
    unknown = dictionary_entry(short) is None and not is_deed(tokens, start)
    strange = unknown and is_name(short, short[:1], text[end:])
    follows = FOLLOWER_PATTERN.match(text, end) is not None and not text.startswith(_PARTICLES, end)
    return follows and ends_token(tokens, end) and (strange or short in words_named_by())


def is_glued(text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a role and a surname are another word together, so that the tagger sees no name: 主 + 任何 + 凡、."""
    token, end = tokens[bisect_right(tokens, start, key=START) - 1], start + SHORTEST
    short = text[start:end]
    whole = token.start == start - 1 == token.end - 2 and ends_token(tokens, end) and dictionary_entry(short) is None
    return whole and is_name(short, short[0], text[end:]) and ends_well(text, end)


def _is_seen_clearly(text: str, start: int, name: str) -> bool:
    """Whether what the tagger takes for a name after a role is one: three characters no word has, or two that speak."""
    if len(name) == SHORTEST:
        return name[1] not in never_given() and bool(TELLING_PATTERN.match(text, start + SHORTEST))
    clear = not (set(name[1:]) & never_given() or is_common(name[:2]) or is_common(name[1:]))
    end = start + len(name)
    done = text.startswith(ASPECTS, end) and dictionary_entry(text[end : end + 2]) is None  # but 张平凡 + 了解
    ends = not done and not SPEECH_PATTERN.match(text, start + SHORTEST)
    return clear and ends and not has_common_surname(name) and dictionary_entry(name) is None


def _is_addressed(given: str, text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether what follows a surname is a form of address.

    One character is none where the tagger sees a name of three (施伯雅), or where it begins given names and a verb of
    speech follows (谭家玲 + 介绍); but 王伯 + 说.
    """
    match = ADDRESS_PATTERN.match(given)
    if match is None:
        return False
    end = start + len(given) + 1
    if len(match.group()) > 1 or (dictionary_entry(given) is not None and not is_token(tokens, start, end)):
        return True
    told = given[0] in address_in_names() and SPEECH_PATTERN.match(text, end)
    return not (told or is_token(tokens, start, end))


def _is_cut_short(text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the tagger took the last of four characters and the verb of speech for one word: 申时行 + 健说.

    Or the last two: 吉克 + 阿依说.
    """
    index = bisect_right(tokens, start + 3, key=START) - 1
    last = tokens[index]
    if last.start < start + 2 or last.end < start + 5 or not TELLING_PATTERN.match(text, start + 4):
        return False
    if last.start == start + 2:
        return is_token(tokens, start, start + 2) and dictionary_entry(last.text) is None
    if is_token(tokens, start, start + 3):
        return dictionary_entry(last.text) is None
    between = tokens[index - 1]
    return is_token(tokens, start, start + 2) and between.tag.startswith(("j", "n")) and not last.tag.startswith("v")


def _is_long_name(text: str, start: int, name: str) -> bool:
    """Whether four characters after a role are a name, as some peoples have: 吉布阿且 in 书记吉布阿且说，."""
    cut = is_common(text[start + 3 : start + 5])  # 田建国 + 询问
    told = not cut and TELLING_PATTERN.match(text, start + 4) and not FOLLOWER_PATTERN.match(name[3:])
    return bool(told) and not any(is_common(name[i : i + 2]) for i in range(3)) and not set(name) & never_given()


def _is_beyond_doubt(text: str, tokens: tuple[Token, ...], start: int, name: str) -> bool:
    """Whether a name after a role is one though 和, 年 or the like stands in it: it is told, and holds no word."""
    given = name[-2:]
    doubtful = set(given) & word_set("person_not_given")
    if len(name) < 3 or not doubtful or doubtful & never_given():
        return False
    end = start + len(name)
    if ADDRESS_PATTERN.match(given) or ADDRESS_PATTERN.match(name[-1] + text[end : end + 1]):
        return False
    seen = is_token(tokens, start, end) and not has_common_surname(name) and not is_common(name[:2])
    spoken = bool(SPEECH_PATTERN.match(text, end)) and not (
        name[-1] in _PEOPLE["joined-with"] and not TELLING_PATTERN.match(text, end)
    )
    return seen or (spoken and not any(is_common(name[i : i + 2]) for i in (0, 1)))


def unlisted_name(text: str, tokens: tuple[Token, ...], start: int, lengths: tuple[int, ...]) -> str:
    """A name without a listed surname that a role introduces: what the tagger sees, or what a verb of speech ends."""
    for length in lengths:
        name, rest = text[start : start + length], text[start + length : start + length + 4]
        tagged = length == 3 and is_token(tokens, start, start + length)
        if not tagged and (length <= 2 or not TELLING_PATTERN.match(rest)):
            continue
        possible = length > LONGEST - 1 or is_name(name, name[:1], rest)
        if not possible or not name.isalpha() or set(name) & never_given():
            continue
        words = [token for token in tokens if start <= token.start < start + length]
        if tagged or not any(len(word.text) > 1 and is_common(word.text) for word in words):
            return name
    return ""
