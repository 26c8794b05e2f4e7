"""Names whose parts are joined by a dot, of some peoples and of foreigners: 阿依古丽·买买提."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from kg.language.person_words import FOLLOWER_PATTERN, HAN, SPEECH_PATTERN
from kg.language.tokens import START, is_common
from kg.language.wordlists import grammar
from kg.model import Token

SHORTEST_LAST_PART = 3
"""A part of two characters after the last dot is whole where a verb of speech follows (…·依明 + 说)."""

FUNCTION_TAGS = ("p", "d", "u", "c", "t", "x")
"""How jieba's tags begin of words that end a name with dots."""

DOT = "·"
"""What joins the parts of a name."""

DOTTED = re.compile(f"[{HAN}]{{1,6}}(?:{DOT}[{HAN}]{{1,7}}){{1,3}}")
"""Names of minorities and foreigners, their parts joined by a dot."""


def dotted_name(tokens: tuple[Token, ...], match: re.Match[str]) -> str:
    """The name that a match of `DOTTED` begins with, or "" where a part of it is an ordinary word (和畔里·三方协同).

    >>> from kg.language.tokens import tokens_of
    >>> text = "吐尔逊·艾合买提走访了40户"
    >>> dotted_name(tokens_of(text), DOTTED.match(text))
    '吐尔逊·艾合买提'
    """
    name = match.string[match.start() : _end(tokens, match)]
    return "" if any(is_common(part[:2]) for part in name.split(DOT)[1:]) else name


def _end(tokens: tuple[Token, ...], match: re.Match[str]) -> int:
    """Where a name with dots ends: before the first word after its last dot that cannot be part of it."""
    last_dot = match.string.rfind(DOT, match.start(), match.end())
    spoken = (end for end in range(last_dot + 2, match.end()) if SPEECH_PATTERN.match(match.string, end))
    limit = next(spoken, match.end())
    if limit - last_dot <= SHORTEST_LAST_PART:
        return limit
    index = bisect_right(tokens, last_dot + 1, key=START)
    while index < len(tokens) and tokens[index].start < limit:
        token = tokens[index]
        verb = token.tag.startswith("v") and is_common(token.text)
        ends = verb or token.tag.startswith(FUNCTION_TAGS) or FOLLOWER_PATTERN.match(match.string, token.start)
        if ends and not (len(token.text) == 1 and _spelled().match(match.string, token.start, limit)):
            return token.start
        index += 1
    return limit


@cache
def _spelled() -> re.Pattern[str]:
    """Words of one character that together spell sounds of a name: 买 + 提 in 艾合买提, 都 + 拉 in 阿布都拉."""
    sound = grammar("people").regex("{person_sounds}")
    return re.compile(f"{sound}{{2}}|(?<={sound}){sound}")
