"""Sentences to words, by jieba's segmentation and tags.

`rjieba`, the Rust port, does the work where it is installed. Elsewhere `jieba` does: the cuts are the same, the tags
of words that the dictionary does not hold may differ. jieba's cache file in the temporary folder, which anybody can
write to and which is loaded by marshal, is never used.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.dictionary import COMMON_FREQUENCY, NAME_TAGS, dictionary_entry, is_common
from kg.language.punctuation import folded
from kg.model import Article, Sentence, Text, Token
from kg.reading.script import is_traditional, simplified

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "COMMON_FREQUENCY",
    "NAME_TAGS",
    "START",
    "dictionary_entry",
    "is_common",
    "jieba_tagger",
    "tagger",
    "tokenize",
    "tokens_of",
]

START = attrgetter("start")
"""Where a token, span or clause starts: by it they are searched for a position."""


def tokenize(article: Article, sentences: tuple[Sentence, ...]) -> Text:
    """An article's sentences, their punctuation and script in one form, with their tokens."""
    plain = tuple(Sentence(folded(s.text), s.pieces, s.paragraph, s.role) for s in sentences)
    if is_traditional("".join(sentence.text for sentence in sentences)):
        plain = tuple(replace(sentence, text=simplified(sentence.text)) for sentence in plain)
    return Text(article, plain, tuple(tokens_of(sentence.text) for sentence in plain), sentences)


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a string; joined, they are the string.

    Raises:
        ValueError: the segmentation lost or changed a character, so that spans would be wrong.

    >>> [token.text for token in tokens_of("杭州市推出新政策")]
    ['杭州市', '推出', '新', '政策']
    """
    cut = tagger()(text)
    words, tags = zip(*cut, strict=True) if cut else ((), ())
    if "".join(words) != text:
        raise ValueError(f"segmentation changed the text: {text[:40]!r}")
    ends = tuple(accumulate(map(len, words)))
    return tuple(map(Token, words, tags, (0, *ends), ends))


@cache
def tagger() -> Callable[[str], list[tuple[str, str]]]:
    """The function that cuts and tags: rjieba's where it is installed, else jieba's."""
    try:
        import rjieba  # noqa: PLC0415 - absent where there is no wheel
    except ImportError:
        return jieba_tagger()
    tag: Callable[[str], list[tuple[str, str]]] = rjieba.tag
    return tag


@cache
def jieba_tagger() -> Callable[[str], list[tuple[str, str]]]:
    """Cuts by jieba, tagged by its dictionary, else by its model; without a cache file.

    `jieba.posseg` cuts otherwise than `jieba.cut` and rjieba, so only its tags are taken.
    """
    import jieba  # noqa: PLC0415 - 0.7 s to load; not needed where rjieba is
    from jieba import posseg  # noqa: PLC0415

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True  # what initialize() does, but for the cache file
    tags = posseg.POSTokenizer(tokenizer)

    @lru_cache(maxsize=16_384)
    def tag(word: str) -> str:
        if word in tags.word_tag_tab:
            return str(tags.word_tag_tab[word])
        return str(tags.lcut(word)[-1].flag) if word.strip() else "x"

    def cut_and_tag(text: str) -> list[tuple[str, str]]:
        return [(word, tag(word)) for word in tokenizer.cut(text)]

    return cut_and_tag
