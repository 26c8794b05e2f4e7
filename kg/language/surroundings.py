"""What stands around the numbers of a sentence: its words with the part that each plays beside a number."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.dictionary import dictionary_entry
from kg.frozen import frozen
from kg.language.wordlists import grammar, word_set
from kg.model import Qualifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.quantities import Quantity
    from kg.model import Token

PUNCTUATION = frozenset("，。；、！？：,;!?)）")
"""What ends a clause or an item of a list."""

_METRICS = grammar("metrics")
_COMPARED = _METRICS["compared-with-before"]
_RATE = _METRICS.word("rate")
_MEASURES = _METRICS.set("measured")
_NOT = _METRICS.word("not")
_IS = _METRICS.word("is")
_BEFORE_VERBS = _METRICS.set("year", "altogether")
_PAIR = 2
_OF_NAME = re.compile("[0-9]{1,20}[A-Za-z]+|[A-Za-z]{1,20}[0-9]+")
_COUNTS = grammar("numbers").compile("^.$|[0-9{zero}{nine-numeral}{pair}{tens}{myriad}{count-word}]")
"""What a word holds that the segmentation rightly takes for a number; 整顿 it takes for one wrongly."""

_SIZE = grammar("numbers").compile("[{tens}{myriad}]+")
_MEASURED = frozenset({"money", "area", "volume", "length", "weight"})
_NOMINAL = ("n", "vn", "an", "j", "l", "i", "b", "s", "k", "h", "g", "eng", "a", "zg", "q", "vg", "nz")
_MARKS = frozenset('“”‘’「」『』"·')
_OPENING, _CLOSING = frozenset("（("), frozenset("）)")


@frozen
class Word:
    """A word and its part beside a number.

    `part` is `noun`, `verb`, `of` (的), `mark` (of quotation), `open` or `close` (brackets), `number` (a quantity),
    `time` (a duration, or a class of things as 亿元 in 亿元楼宇), `single` (one thing: 一套), or `stop` (whatever else
    ends a phrase). `counted` is what a quantity counts (people, area, …).
    """

    text: str
    start: int
    end: int
    part: str
    tag: str = ""
    counted: str = ""


def words_around(tokens: Sequence[Token], quantities: Sequence[Quantity]) -> list[Word]:
    """The words of a sentence, each quantity being one; what is left of a token that a quantity cuts stays a word."""
    text = "".join(token.text for token in tokens)
    words: list[Word] = []
    waiting = list(reversed(quantities))
    for token in tokens:
        if not waiting or token.end <= waiting[-1].start:
            words += _pieces(token.text, token.tag, token.start)
            continue
        start = token.start
        while waiting and waiting[-1].start < token.end:
            quantity = waiting[-1]
            if start < quantity.start:
                words += _pieces(token.text[start - token.start : quantity.start - token.start], token.tag, start)
            if quantity.start >= token.start:
                part = _part_of(quantity, text[quantity.end :])
                words.append(Word("", quantity.start, quantity.end, part, counted=quantity.kind))
            start = max(start, quantity.end)
            if quantity.end > token.end:
                break
            waiting.pop()
        if start < token.end:
            words += _pieces(token.text[start - token.start :], token.tag, start)
    words = _with_grades(_with_portions(words))
    return [word if len(word.text) > 1 else _within_phrase(words, place) for place, word in enumerate(words)]


def _with_portions(words: list[Word]) -> list[Word]:
    """The words with 占|比 as the one noun that it is."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and last.text and word.text and last.text + word.text in _METRICS["share-label"]:
            joined[-1] = Word(last.text + word.text, last.start, word.end, "noun", "n")
        else:
            joined.append(word)
    return joined


def _with_grades(words: list[Word]) -> list[Word]:
    """The words, those behind a number made nouns that tell of what size (4个万亿|级) or time (未来) things are."""
    joined: list[Word] = []
    for word in words:
        if joined and joined[-1].part == "number" and word.text in _METRICS["future"]:
            joined.append(replace(word, part="noun"))
            continue
        sized = joined and word.text in _METRICS["rank"] and _SIZE.fullmatch(joined[-1].text)
        if sized and len(joined) > 1 and joined[-2].part == "number":
            joined[-1] = Word(joined[-1].text + word.text, joined[-1].start, word.end, "noun", "b")
        else:
            joined.append(word)
    return joined


def _within_phrase(words: list[Word], place: int) -> Word:
    """A word of one character as a noun where it ends or joins one (污水处理|站, 职工|之|家), whatever its tag."""
    word = words[place]
    if word.part not in {"verb", "stop"} or place == 0:
        return word
    if words[place - 1].text + word.text in word_set("metric_noun_words"):
        return replace(word, part="noun")  # 规|上, 县|直
    if word.text == _NOT and words[place - 1].part == "number":
        parts = [each.part for each in words[place + 1 : place + 3]]
        describes = parts[:1] == ["noun"] and parts[1:] != ["of"]
        return replace(word, part="noun", tag="a") if describes else word  # 9类不|文明|现象
    if words[place - 1].part not in {"noun", "verb"}:
        return word
    following = words[place + 1] if place + 1 < len(words) else None
    if word.text in _METRICS["literary-of"]:
        joins = following is not None and following.part == "noun"
    else:
        ends = following is None or following.text in PUNCTUATION or following.tag == "c" or following.part == "number"
        joins = ends and word.text in word_set("metric_measure_nouns")
    return replace(word, part="noun") if joins else word


def _part_of(quantity: Quantity, following: str) -> str:
    """The part of a quantity: a duration or class is a `time`, what counts a single thing (一套房) no number at all."""
    if quantity.kind == "duration" or is_class(quantity, following):
        return "time"
    return "single" if is_single(quantity) else "number"


def is_single(quantity: Quantity) -> bool:
    """Whether a quantity names one thing and counts none: 一套房."""
    whole = quantity.qualifier is not Qualifier.OVER or quantity.kind not in _MEASURED  # 一吨多
    return whole and quantity.chinese and quantity.value <= 1 and quantity.kind not in {"share", "multiple", "duration"}


def _pieces(text: str, tag: str, start: int) -> list[Word]:
    """A token, or a piece of one, that begins at a position, as its words."""
    parted = _parted(text, tag)
    if len(parted) == 1:  # as most
        return [Word(text, start, start + len(text), parted[0][1], parted[0][2])]
    words = []
    for piece, part, of_piece in parted:
        words.append(Word(piece, start, start + len(piece), part, of_piece))
        start += len(piece)
    return words


@lru_cache(maxsize=16_384)
def _parted(text: str, tag: str) -> tuple[tuple[str, str, str], ...]:
    """A word with its part and tag; two where it runs over a link to the number (同比|增加, 牌|共)."""
    if tag == "ul" and len(text) == _PAIR:
        return (text[0], "verb", "v"), (text[1], "stop", "ul")  # 发了
    if tag == "v" and len(text) > 1 and dictionary_entry(text) is None and (guessed := _guessed(text)):
        return guessed
    grows = text[0] in _MEASURES and text[1:] in word_set("metric_growth_verbs")  # 信访|量减少
    alike = text[1:] in _METRICS["alike"]
    if grows or (text[0] == _RATE and len(text) > 1 and (tag == "v" or alike)):  # 组建|率高达, 参保|率均
        return (text[0], "noun", "n"), (text[1:], "verb" if grows else "stop", "v" if grows else tag)
    cut = next((len(word) for word in _COMPARED if text.startswith(word) and len(text) > len(word)), 0)
    if cut:
        return (text[:cut], "stop", tag), (text[cut:], "verb", "v")
    summed = len(text) == _PAIR and text[-1] in _METRICS["altogether"]
    if summed and tag != "b" and text not in word_set("metric_bridges"):
        return (text[0], "noun", tag), (text[1], "stop", "v")
    return ((text, _part_of_word(text, tag), tag),)


def _guessed(text: str) -> tuple[tuple[str, str, str], ...]:
    """What the segmentation guesses to be a verb, cut where 是 ends it or 年 or 共 begins it (额|是, 年|共|开)."""
    if text[-1] == _IS:
        return (text[:-1], "noun", "n"), (_IS, "stop", "v")
    if text[0] in _BEFORE_VERBS:
        return (text[0], "stop", "n"), *_parted(text[1:], "v")
    return ()


def is_class(quantity: Quantity, following: str) -> bool:
    """Whether a round number names a class of things and counts none: 亿元 in 税收超亿元楼宇, 百亩 in 百亩茶园.

    `following` is the text that follows.
    """
    least = {Qualifier.EXACT, Qualifier.OVER} if quantity.kind == "money" else {Qualifier.EXACT}
    rhetorical = quantity.round_only and quantity.qualifier in least
    return rhetorical and following[:1] not in PUNCTUATION | {""}


def _part_of_word(text: str, tag: str) -> str:
    if tag == "x" or not text.strip():
        return "mark" if text in _MARKS else "open" if text in _OPENING else "close" if text in _CLOSING else "stop"
    if text in word_set("metric_noun_words", "metric_distributions"):
        return "noun"
    if text in _METRICS["of"]:
        return "of"
    if len(text) <= 4 and not text.isalpha() and any(char.isdigit() for char in text):
        return "noun" if _OF_NAME.fullmatch(text) else "stop"
    if tag == "v":
        return "verb"
    counted = (tag == "m" and not _COUNTS.search(text)) or (tag == "q" and text in word_set("metric_measure_nouns"))
    return "noun" if counted or _is_nominal(tag) else "stop"


def _is_nominal(tag: str) -> bool:
    """Whether a tag is that of a noun or of what may stand in a name of counted things."""
    return tag.startswith(_NOMINAL) and tag != "ad"
