"""Names of minorities and foreigners: parts joined by dots (古丽·依明)."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.language.person_words import HAN, follower_pattern, speech_pattern
from kg.language.tokens import START, is_common

if TYPE_CHECKING:
    from kg.model import Token

DOT = "·"

DOTTED = re.compile(f"[{HAN}]{{1,6}}(?:{DOT}[{HAN}]{{1,7}}){{1,3}}")
"""What may be such a name, and more behind its last dot."""

SHORTEST_LAST_PART = 3
"""A part of two characters after the last dot is whole where a verb of speech follows (…·依明 + 说)."""

FUNCTION_TAGS = ("p", "d", "u", "c", "t", "x")
"""How jieba's tags begin of words that end a name with dots."""


def dotted_name(text: str, tokens: tuple[Token, ...], match: re.Match[str]) -> str:
    """A name of parts with dots between, none of which begins with an ordinary word (和畔里·三方协同), else ""."""
    name = text[match.start() : _end_of(tokens, match)]
    return "" if any(is_common(part[:2]) for part in name.split(DOT)[1:]) else name


def _end_of(tokens: tuple[Token, ...], match: re.Match[str]) -> int:
    """Where a name with dots ends: before the first word after its last dot that cannot be part of it."""
    last_dot = match.string.rfind(DOT, match.start(), match.end())
    spoken = (end for end in range(last_dot + 2, match.end()) if speech_pattern().match(match.string, end))
    limit = next(spoken, match.end())
    if limit - last_dot <= SHORTEST_LAST_PART:
        return limit
    index = bisect_right(tokens, last_dot + 1, key=START)
    while index < len(tokens) and tokens[index].start < limit:
        token = tokens[index]
        verb = token.tag.startswith("v") and is_common(token.text)
        if verb or token.tag.startswith(FUNCTION_TAGS) or follower_pattern().match(match.string, token.start):
            return token.start
        index += 1
    return limit
