"""What single words tell of where a name of a body begins: what stops it, what is part of it."""

from __future__ import annotations

import re
from functools import cache

from kg.language.bodies.endings import COUNT, LEVELS, is_division, level_at
from kg.language.tokens import dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set
from kg.model import Token

BLOCKING_TAGS = ("x", "p", "c", "u", "r", "d", "t", "y", "m", "q", "v", "f", "s", "e", "o")
"""How jieba's tags begin of words that do not stand inside names: function words, verbs, counts, directions."""

GRAMMAR_TAGS = ("x", "p", "c", "u", "r", "d", "t", "y", "q", "e", "o")
"""How jieba's tags begin of words that stand in no company's name."""

_BODIES = grammar("bodies")
CONJUNCTIONS = _BODIES.set("conjunction")
JOINT_PATTERN = _BODIES.compile("{han}{2,8}?{organization_endings:joint}")
"""The second of two bodies and the party branch that they have together: … + 和 + 护理院 + 联合党支部."""

NUMBERED_PATTERN = _BODIES.compile("{ten-numeral}{1,4}{builder-part}")
"""The number of a part of one of the state's builders: 中铁 + 十二局."""


def is_level(token: Token) -> bool:
    """Whether a word is a level (区), alone or with what the segmentation glued to it; 市政 is another word."""
    level = level_at(token.text, 0)
    return bool(level) and (token.text == level or dictionary_entry(token.text) is None)


def is_glued_level(token: Token) -> bool:
    """Whether the segmentation took a preposition and a level for one word (由市 + 信息指挥中心)."""
    word = token.text
    glued = word[-1] in LEVELS and word[-2:-1] in word_set("organization_words:boundary")
    return glued and dictionary_entry(word) is None


def ends_companies(token: Token) -> bool:
    """Whether no name of a company reaches over a word, whatever ordinary words it holds."""
    if token.text in CONJUNCTIONS or token.text in word_set("organization_words:boundary"):
        return True
    field = token.text in word_set("organization_words:field")
    return not field and (token.tag.startswith(GRAMMAR_TAGS) or (token.tag == "v" and is_common(token.text)))


def may_be_brand(token: Token) -> bool:
    """Whether a word may be a character of a brand: one that counts, directs or does, but is no boundary."""
    return len(token.text) == 1 and token.tag.startswith(("f", "m", "q", "p", "v")) and not blocks_always(token)


@cache
def part_of_names() -> frozenset[str]:
    """Words that stand inside names whatever the tagger takes them for."""
    classes = ("field", "area", "proper")
    return frozenset().union(*(word_set(f"organization_words:{kind}") for kind in classes))


def blocks_always(token: Token) -> bool:
    """Whether a word ends what can stand inside a name wherever it is."""
    return token.text in word_set("organization_words:boundary") or token.tag.startswith(("x", "c", "u"))


def blocks(token: Token) -> bool:
    """Whether a word by itself ends what can stand inside a name; a place that the tagger takes for a verb does not."""
    if token.text in part_of_names() or token.text == "·":
        return False
    if token.text in word_set("organization_words:boundary"):
        return True
    if token.text[-1] in word_set("organization_words:enclitic"):
        return True
    if (
        token.tag == "m"
        and dictionary_entry(token.text) is None
        and token.text.isalpha()
        and not COUNT.search(token.text)
    ):
        return False  # a guess of the tagger, but nothing is counted
    blocking = token.tag.startswith(BLOCKING_TAGS) and token.tag not in ("vn", "eng")
    return blocking and not (len(token.text) > 1 and token.tag != "x" and is_division(token.text))


@cache
def boundaries() -> tuple[str, ...]:
    """The words that end what stands before a name."""
    return tuple(sorted(word_set("organization_words:boundary")))


@cache
def field_pattern() -> re.Pattern[str]:
    """A field that the segmentation may take apart (碳中和)."""
    return re.compile("|".join(re.escape(w) for w in sorted(word_set("organization_words:field")) if len(w) > 2))


@cache
def boundary_pattern() -> re.Pattern[str]:
    """A word of more than one character that ends what stands before a name."""
    long = sorted((w for w in word_set("organization_words:boundary") if len(w) > 1), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, long)))
