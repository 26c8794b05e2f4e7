"""Where the printed name of a place begins and whether it is one: by words, not by lists of names."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.language.tokens import COMMON_FREQUENCY, NAME_TAGS, START, dictionary_entry, is_common
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from kg.model import Token

BODY_REACH = 14
"""How many characters after a place name the end of a body's name may stand."""

_PLACES = grammar("places")
NEVER_IN_NAMES = _PLACES["grammar-sign"]
"""Characters of grammar; the segmentation sometimes takes them into unknown words."""

NEVER_LEADING = _PLACES["choosing"]
"""Characters that say which of several, where the segmentation took them into a word."""

CONJUNCTIONS = _PLACES["any-conjunction"]

PREPOSITIONS = _PLACES["preposition"]

QUOTES = {"“": "”", "‘": "’", "「": "」"}

COINED = 12
"""How many characters a quotation holds at most that is a name and not speech."""

CHINESE_DIGITS = _PLACES.set("name-digit")


WIDER = _PLACES.compile(
    "{former}(?=.{2})|(?:.{1,30}{wider-end}|{zone-lead}{new}?{open-up}?{district}|.{2,30}{town})(?=.{2})"
)
"""What a name does not begin with: that it once was one, a wider place that no list knows (张家楼镇 + 石河头村)."""

LONG = 4
"""Characters of a stem that is no verb alone."""


@dataclass(frozen=True, slots=True)
class Stem:
    """What stands before the word for the sort of place (社区, 路).

    `strong` where it can only be a name, `nominal` where it holds neither verb nor adjective.
    """

    start: int
    text: str
    strong: bool
    nominal: bool


def token_index(tokens: tuple[Token, ...], position: int) -> int:
    """The index of the token that holds a position, or that ends the text there."""
    return max(0, bisect_right(tokens, position, key=START) - 1)


def cuts_word(tokens: tuple[Token, ...], position: int) -> bool:
    """Whether a position lies inside a word of the dictionary.

    Tokens that the dictionary does not hold are guesses of the segmentation and tell nothing.
    """
    token = tokens[token_index(tokens, position)]
    return token.start < position < token.end and dictionary_entry(token.text) is not None


def begins_longer_word(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether what stands in a span is but the beginning of a word: 村 in 村域."""
    token = tokens[token_index(tokens, start)]
    return token.start == start and token.end > end


def stands_alone(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a short form is a word of its own, and not the beginning of the name of a road, park and the like."""
    following = tokens[token_index(tokens, end)]
    facility = following.start == end and following.text in word_set("place_facilities")
    return not (facility or cuts_word(tokens, start) or cuts_word(tokens, end))


def stem_before(text: str, tokens: tuple[Token, ...], end: int, floor: int, longest: int = 6) -> Stem | None:
    """The name that ends at `end`, not reaching before `floor`; None where no name can stand there.

    Walks to the left over nouns, names, characters that are no words, and Chinese numerals, and stops at verbs,
    prepositions, particles, pronouns, measure words and punctuation. A verb or adjective counts only as the whole of
    a name (合作村, 团结社区).
    """
    start = end
    strong = False
    index = token_index(tokens, end - 1)
    while index >= 0 and start > floor:
        token = tokens[index]
        begin = max(token.start, floor)
        word = text[begin : min(token.end, end)]
        whole = start == end
        cut = token.start < floor  # the segmentation took the end of the place before into this word: 镇长 + 泾
        fits = cut or _may_name(
            word, token, tokens[index - 1] if index else None, whole=whole, leads=0 < begin == floor
        )
        if not fits or end - begin > longest:
            break
        if strong and len(word) > 1 and is_common(word) and word not in word_set("place_site_suffixes"):
            # Left of a name the sentence's words begin, unless the word itself stands where a name begins.
            before = tokens[index - 1].text if index else ""
            led = before in word_set("place_locating_words") and word not in word_set("place_generic_stems")
            begins = 0 < begin == floor or before in _PLACES["of"] or led  # 在 + 世纪阳光小区
            start = begin if begins and token.tag[0] not in "va" else start
            break
        if word[0] in CONJUNCTIONS + PREPOSITIONS and begin > floor and len(word) > 1 and not is_common(word):
            start = begin + 1
            break  # the segmentation took 和 or 在 into an unknown word
        start = begin
        strong = strong or _is_name(word, token)
        index -= 1
        if not cut and token.tag[0] in "va" and len(word) > 1:
            break
    start = _after_leading_function_word(text, tokens, start, end)
    name = text[start:end]
    counted = start > 0 and text[start - 1].isdecimal()  # 23 + 号院小区
    if not name or counted or name[0] in NEVER_LEADING or any(character in name for character in NEVER_IN_NAMES):
        return None
    stem_tokens = tokens[token_index(tokens, start) : token_index(tokens, end - 1) + 1]
    lone = sum(len(token.text) == 1 for token in stem_tokens)
    strong = strong or (lone >= 2 and lone * 2 > len(name))
    # The dictionary calls verbal nouns vn; single adjectives stand in many names (老军营).
    whole_words = [token for token in stem_tokens if token.start >= start]
    verbal = (token for token in whole_words if token.tag[0] in "va" and (len(token.text) > 1 or token.tag == "v"))
    nominal = all(token.tag == "vn" and token is not stem_tokens[-1] for token in verbal)
    return Stem(start, name, strong and not is_common(name), nominal)


def without_wider(stem: Stem) -> Stem:
    """A stem without what no name begins with."""
    wider = WIDER.match(stem.text)
    return replace(stem, start=stem.start + wider.end(), text=stem.text[wider.end() :]) if wider else stem


def is_generic(stem: str, tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the words before a word for a sort of place only say of what sort (老旧小区, 国际社区, 蜜梨之乡)."""
    if stem.endswith(_PLACES["literary-of"]):
        return True
    generic = word_set("place_generic_stems")
    last = tokens[token_index(tokens, end - 1)]
    word = last.text[: end - last.start]
    return stem in generic or (len(stem) > 2 and stem[1:] in generic) or (len(word) > 1 and word in generic)


def names_a_body(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a place name that ends at `end` begins the name of a company, school, hospital or other body."""
    suffixes = words("place_body_suffixes")
    verbs = 0  # names of companies hold one or two (创新, 发展), sentences soon more
    for token in tokens[token_index(tokens, end) :]:
        if token.start < end:
            continue
        if token.end - end > BODY_REACH or token.tag[0] in "pcurdtmy" or not token.text[0].isalnum():
            return False
        verbs += token.tag[0] == "v"
        if verbs > 2:
            return False
        if token.text.endswith(suffixes):
            return True
    return False


def is_located(text: str, tokens: tuple[Token, ...], start: int) -> bool:
    """Whether what stands before a name says that something is there: 走进, 在, but not the end of 现在."""
    locating = words("place_locating_words")
    before = tokens[token_index(tokens, start - 1)] if start else None
    if before is None or not text.endswith(locating, 0, start):
        return False
    return before.text in locating or dictionary_entry(before.text) is None or before.end != start


def opens_coined_name(text: str, start: int, end: int) -> bool:
    """Whether a span only begins a short quotation, which is a coined name: “红河议事会”."""
    close = QUOTES.get(text[start - 1 : start])
    if close is None or text.startswith(close, end):
        return False
    stop = text.find(close, end, start + COINED + 1)
    return stop > 0 and not any(mark in text[end:stop] for mark in "，。：；！？、")


def ends_in_word(text: str, tokens: tuple[Token, ...], begin: int, end: int) -> bool:
    """Whether the last word of a supposed name is but the end of an ordinary one: 路 in 新思路."""
    before = tokens[token_index(tokens, begin - 1)]
    whole_word = before.end == begin and len(before.text) > 1 and dictionary_entry(before.text) is not None
    if not whole_word and text.endswith(words("place_common_endings"), 0, end):
        return True  # 回 + 村; but 前进 + 村
    token = tokens[token_index(tokens, begin)]
    if token.end == end and token.tag in ("ns", "nz") and not is_common(token.text):
        return False  # 文三路 is in the dictionary as a name, and rare
    return token.start < begin and (is_common(token.text) or is_common(text[begin - 1 : end]))


def ends_in_deed(stem: str) -> bool:
    """Whether a supposed name of four characters or more ends in a verb: somebody does something with a sort of place.

    >>> ends_in_deed("大力加强"), ends_in_deed("前进")
    (True, False)
    """
    entry = dictionary_entry(stem[-2:])
    return len(stem) >= LONG and entry is not None and entry[1] == "v" and is_common(stem[-2:])


def _may_name(word: str, token: Token, before: Token | None, *, whole: bool, leads: bool) -> bool:
    """Whether a word can be part of a place's name.

    `whole` if it would be the last part of it, `leads` if it stands right after another place.
    """
    if not word or not word.isalnum() or word.isascii() or word in word_set("place_boundary_words"):
        return False
    tag = token.tag[0]
    if tag == "m":
        guess = word[0] not in CHINESE_DIGITS and dictionary_entry(word) is None  # 建三 + 社区
        return guess or all(character in CHINESE_DIGITS for character in word.removeprefix(_PLACES.word("nth")))
    if tag == "q":
        return before is not None and before.tag[0] not in "mr"
    if tag in "va":
        return whole or (tag == "a" and len(word) == 1) or (leads and token.tag == "vn")
    return tag not in "pcurdtyeowk"


def _is_rare(word: str) -> bool:
    """Whether a word of several characters may be a slip of the segmentation."""
    entry = dictionary_entry(word)
    return len(word) > 1 and (entry is None or entry[0] < COMMON_FREQUENCY)


def _is_name(word: str, token: Token) -> bool:
    """Whether a word is no ordinary word."""
    if len(word) == 1:
        return False
    return token.tag.startswith(NAME_TAGS) or (token.tag != "v" and dictionary_entry(word) is None)


def _after_leading_function_word(text: str, tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Past a preposition or verb that the segmentation took for the first character of an unknown word."""
    token = tokens[token_index(tokens, start)]
    if _is_rare(token.text) and end - start > 2 and text[start] in word_set("place_boundary_words"):
        return start + 1
    return start
