"""Full names of people: a surname of the list and a given name of one or two characters.

Where a name ends is told by what follows it, by the tagger, or both: 应悦表示 is 应悦, 鲁立清开展 is 鲁立清.
"""

from __future__ import annotations

from bisect import bisect_right

from kg.language.dotted_names import DOT, DOTTED, dotted_name
from kg.language.introduced_names import SHORTEST, introduced_name, is_glued, is_named_so, unlisted_name
from kg.language.person_words import (
    ASPECTS,
    FOLLOWER_PATTERN,
    OTHER_PEOPLES_PATTERN,
    SPEECH_PATTERN,
    TELLING_PATTERN,
    address_in_names,
    ends_token,
    ends_well,
    is_deed,
    is_name,
    is_tagged,
    is_token,
    is_told,
    surname_at,
    surnames,
)
from kg.language.place_names import cuts_word
from kg.language.tokens import COMMON_FREQUENCY, START, dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set
from kg.model import Token

_PEOPLE = grammar("people")
_HOME = _PEOPLE.compile("{home}{home-tail}")
"""The home of somebody of two characters: 陈红 + 家的厨房."""


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
    long = unlisted_name(text, tokens, start, (6, 5)) if introduced and surnames().get(surname, True) else ""
    if long or not surname:
        return long or (unlisted_name(text, tokens, start, (4, 3, 2)) if introduced else "")
    sure = introduced_name(text, tokens, start, surname) if introduced else ""
    if sure:
        return sure.removesuffix(_PEOPLE.word("home")) if _HOME.match(text, start + len(sure) - 1) else sure
    read = _untagged if surnames()[surname] and not is_tagged(tokens, start) else _read
    name = read(text, tokens, start, introduced=introduced)
    if introduced and not name:
        named = is_named_so(text, tokens, start) or is_glued(text, tokens, start)
        name = text[start : start + SHORTEST] if named else ""
    return "" if introduced and _is_joint(text, tokens, start, len(name)) else name


def _is_joint(text: str, tokens: tuple[Token, ...], start: int, length: int) -> bool:
    """Whether a word that joins or limits what follows stands for a surname: 和 + 辅警, 都 + 能; but 和志刚说."""
    token = tokens[bisect_right(tokens, start, key=START) - 1]
    end = start + length
    told = is_told(text, end) and not text.startswith("、", end)
    return token.start == start and token.text in word_set("person_joints") and not told


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
        if surnames()[surname] and len(name) == 2 and name not in exact and not is_told(text, start + 2):
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


def _untagged(text: str, tokens: tuple[Token, ...], start: int, *, introduced: bool) -> str:
    """A name whose surname is an ordinary word too, where nothing else in it is one, or a verb of speech follows."""
    short, told = text[start : start + 2], TELLING_PATTERN.match(text, start + 2)
    unknown = dictionary_entry(short) is None and is_name(short, short[0], text[start + 2 : start + 6])
    if introduced and told and unknown:
        return short
    if is_deed(tokens, start):
        return ""
    name, rest = text[start : start + 3], text[start + 3 : start + 7]
    clear = len(name) == 3 and is_name(name, name[0], rest) and not is_common(name[1:])
    entry = dictionary_entry(name[:2])
    if not clear or (entry is not None and entry[0] >= COMMON_FREQUENCY) or cuts_word(tokens, start + 3):
        return ""
    return name if is_told(text, start + 3) or (introduced and ends_well(text, start + 3)) else ""
