"""Full names of people: a surname of the list and a given name of one or two characters.

Where a name ends is told by what follows it, by the tagger, or both: 应悦表示 is 应悦, 鲁立清开展 is 鲁立清.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.language.dotted_names import DOT, DOTTED, dotted_name
from kg.language.person_words import (
    ADDRESS_PATTERN,
    ASPECTS,
    FOLLOWER_PATTERN,
    OTHER_PEOPLES_PATTERN,
    SPEECH_PATTERN,
    TELLING_PATTERN,
    address_in_names,
    ends_tagged,
    ends_token,
    ends_well,
    has_common_surname,
    in_two_names,
    is_name,
    is_tagged,
    is_token,
    never_given,
    surname_at,
    surnames,
    words_named_by,
)
from kg.language.place_names import cuts_word
from kg.language.tokens import COMMON_FREQUENCY, START, dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set
from kg.model import Token

LONGEST = 4
"""A compound surname and a given name of two characters."""


SELDOM = 100
"""A word that jieba's dictionary counts less often is a name after a role, before a verb of speech."""

NAMES_TOO = ("nr", "ns")
"""How jieba's dictionary tags words that people are named by too: 高明, 高山."""

SHORTEST = 2
"""A surname and a given name of one character."""

_PEOPLE = grammar("people")
_HOME = _PEOPLE.compile("{home}{home-tail}")
"""The home of somebody of two characters: 陈红 + 家的厨房."""

_PARTICLES = _PEOPLE["describing"]
"""What follows a word that describes: 高超的手艺."""


def full_name(text: str, tokens: tuple[Token, ...], start: int, *, introduced: bool = False) -> str:
    """The full name that begins at a position, or "".

    The longer of two readings is taken where both may be; a reading that the tagger shares comes first. After a role
    a name is `introduced`: then what the tagger alone, or the surname alone, tells is enough.
    """
    if DOT in text and (dotted := DOTTED.match(text, start)):
        return dotted_name(tokens, dotted)
    other = OTHER_PEOPLES_PATTERN.match(text, start)
    if other and ends_well(text, other.end()):
        return other.group()
    surname = surname_at(text, start)
    long = _unlisted(text, tokens, start, (6, 5)) if introduced and surnames().get(surname, True) else ""
    if long or not surname:
        return long or (_unlisted(text, tokens, start, (4, 3, 2)) if introduced else "")
    sure = _introduced(text, tokens, start, surname) if introduced else ""
    if sure:
        return sure.removesuffix(_PEOPLE.word("home")) if _HOME.match(text, start + len(sure) - 1) else sure
    read = _untagged if surnames()[surname] and not is_tagged(tokens, start) else _read
    name = read(text, tokens, start, introduced=introduced)
    if introduced and not name:
        named = _is_named_so(text, tokens, start) or _is_glued(text, tokens, start)
        name = text[start : start + SHORTEST] if named else ""
    return "" if introduced and _is_joint(text, tokens, start, len(name)) else name


def _is_joint(text: str, tokens: tuple[Token, ...], start: int, length: int) -> bool:
    """Whether a word that joins or limits what follows stands for a surname: 和 + 辅警, 都 + 能; but 和志刚说."""
    token = tokens[bisect_right(tokens, start, key=START) - 1]
    end = start + length
    told = _is_told(text, end) and not text.startswith("、", end)
    return token.start == start and token.text in word_set("person_joints") and not told


def _introduced(text: str, tokens: tuple[Token, ...], start: int, surname: str) -> str:
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
    tagged = ends_tagged(tokens, end) and _is_told(text, end)
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


def _is_named_so(text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether a word that people are named by too, or that no dictionary holds, stands between a role and a deed.

    白雪 + 每天来, 石磊 + 和居民.
    """
    end = start + SHORTEST
    short = text[start:end]
    unknown = dictionary_entry(short) is None and not _is_deed(tokens, start)
    strange = unknown and is_name(short, short[:1], text[end:])
    follows = FOLLOWER_PATTERN.match(text, end) is not None and not text.startswith(_PARTICLES, end)
    return follows and ends_token(tokens, end) and (strange or short in words_named_by())


def _is_glued(text: str, tokens: tuple[Token, ...], start: int) -> bool:
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


def _read(text: str, tokens: tuple[Token, ...], start: int, *, introduced: bool) -> str:
    """The likelier of the readings of a surname with one and with two characters of a given name, or ""."""
    surname = surname_at(text, start)
    readings = [
        text[start : start + length]
        for length in (len(surname) + 2, len(surname) + 1)
        if is_name(text[start : start + length], surname, text[start + length :])
    ]
    followed = FOLLOWER_PATTERN.match(text, start + len(surname) + 1)
    if (
        len(readings) > 1
        and followed
        and len(followed.group()) > 1
        and not is_token(tokens, start, start + len(readings[0]))
    ):
        readings = readings[1:]  # 何平 + 分头
    whole = text[start : start + SHORTEST + 1]
    if is_token(tokens, start, start + len(whole)) and SPEECH_PATTERN.match(text, start + len(whole)):
        named = whole[1] in address_in_names() and not set(whole[1:]) & word_set("person_not_given")
        readings += [whole] if named else []  # 何家庆 + 说
    tagged = is_tagged(tokens, start)
    ends = [name for name in readings if ends_well(text, start + len(name))]
    cut = [name for name in ends if tagged and ends_token(tokens, start + len(name))]
    spoken = [name for name in ends if SPEECH_PATTERN.match(text, start + len(name))]
    exact = [
        name
        for name in readings
        if introduced and is_token(tokens, start, start + len(name)) and not text.startswith(ASPECTS, start + len(name))
    ]
    if introduced and not tagged and ends and _is_unknown_word(tokens, start, ends[-1]):
        return ends[-1]
    for name in [*spoken, *cut, *exact, *ends]:
        if surnames()[surname] and len(name) == 2 and name not in exact and not _is_told(text, start + 2):
            continue  # 满怀感激
        if tagged or len(name) > 2:
            return name
    return ""


def _is_unknown_word(tokens: tuple[Token, ...], start: int, name: str) -> bool:
    """Whether the segmentation takes a name of two characters for one word that the dictionary does not hold.

    It may have taken what follows into the word (卢骁到 + 村里).
    """
    if len(name) != SHORTEST or dictionary_entry(name) is not None:
        return False
    token = tokens[bisect_right(tokens, start, key=START) - 1]
    glued = token.text[:SHORTEST] == name and len(token.text) == SHORTEST + 1 and not token.tag.startswith("nr")
    return token.text == name or (glued and bool(FOLLOWER_PATTERN.match(token.text[SHORTEST:])))


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


def _unlisted(text: str, tokens: tuple[Token, ...], start: int, lengths: tuple[int, ...]) -> str:
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


def _is_told(text: str, end: int) -> bool:
    """Whether punctuation or a verb of speech follows, as after the name of one who is quoted."""
    return end == len(text) or bool(re.match(r"[，。、；：]", text[end]) or SPEECH_PATTERN.match(text, end))


def _untagged(text: str, tokens: tuple[Token, ...], start: int, *, introduced: bool) -> str:
    """A name whose surname is an ordinary word too, where nothing else in it is one, or a verb of speech follows."""
    short, told = text[start : start + 2], TELLING_PATTERN.match(text, start + 2)
    unknown = dictionary_entry(short) is None and is_name(short, short[0], text[start + 2 : start + 6])
    if introduced and told and unknown:
        return short
    if _is_deed(tokens, start):
        return ""
    name, rest = text[start : start + 3], text[start + 3 : start + 7]
    clear = len(name) == 3 and is_name(name, name[0], rest) and not is_common(name[1:])
    entry = dictionary_entry(name[:2])
    if not clear or (entry is not None and entry[0] >= COMMON_FREQUENCY) or cuts_word(tokens, start + 3):
        return ""
    return name if _is_told(text, start + 3) or (introduced and ends_well(text, start + 3)) else ""


def _is_deed(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the tagger sees single words that are no nouns in the place of a name: 都 + 能 + 来, 来 + 占 + 座."""
    index = bisect_right(tokens, start, key=START) - 1
    words = [token for token in tokens[index : index + 3] if token.start < start + 3]
    return tokens[index].start == start and all(
        len(w.text) == 1 and not w.tag.startswith(("n", "a", "j")) for w in words
    )
