"""Words and phrases that return in an article, by which it may name an initiative without marks or a head."""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from kg.language.phrases import SHORTEST, continues, governing_verbs
from kg.language.tokens import dictionary_entry
from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Text, Token

LONGEST_RETURNING = 9
"""A longer phrase that returns is no name but by its head."""

LONGEST_CHAIN = 4
"""So many words a phrase that returns may have."""


def coined_words(text: Text) -> list[str]:
    """Words of three to five characters, unknown to the dictionary, that return at least three times in an article."""
    counts = Counter(
        [
            token.text
            for group in text.tokens
            for token in group
            if 3 <= len(token.text) <= 5 and token.tag in {"n", "nz", "x", "l", "v", "vn"} and token.text.isalpha()
        ]
    )
    return sorted(word for word, times in counts.items() if times > 2 and dictionary_entry(word) is None)


def returning_phrases(text: Text) -> list[str]:
    """Phrases of two to four words, four to nine characters, that return twice or more, once if the headline has one.

    Of phrases that return together the longest.

    >>> from kg.language.tokens import tokenize
    >>> from kg.model import Article, Paragraph
    >>> from kg.reading.sentences import sentences
    >>> body = "回迁安置工作加快。回迁安置了百户。回迁安置有方。"
    >>> lines = (Paragraph("回迁安置增效", tuple(range(6)), Role.HEADLINE), Paragraph(body, tuple(range(len(body)))))
    >>> article = Article("a.txt", "回迁安置增效", lines)
    >>> returning_phrases(tokenize(article, sentences(article)))
    ['回迁安置']
    """
    pairs = [list(pairwise([token.text for token in tokens])) for tokens in text.tokens]
    again = {pair for pair, number in Counter(chain.from_iterable(pairs)).items() if number > 1}
    times: Counter[str] = Counter()
    headlined: set[str] = set()
    for sentence, tokens, neighbours in zip(text.sentences, text.tokens, pairs, strict=True):
        returning = [place for place, pair in enumerate(neighbours) if pair in again]
        spans = [sentence.text[start:end] for start, end in _spans_of(tokens, returning)]
        times.update(spans)
        if sentence.role is Role.HEADLINE:
            headlined.update(spans)
    kept = [p for p, n in times.items() if n > 2 or (n > 1 and p in headlined)]
    return [p for p in kept if not any(p != o and p in o and times[o] == times[p] for o in kept)]


def _spans_of(tokens: Sequence[Token], returning: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The spans of two to four words, four to nine characters long, that may stand in a noun phrase.

    `returning` are the numbers of the tokens that return together with the next.
    """
    again = set(returning)
    for first in returning:
        if tokens[first].tag == "v" and tokens[first].text in governing_verbs():
            continue
        start = tokens[first].start
        for place in range(first, first + LONGEST_CHAIN - 1):
            if place not in again or tokens[place + 1].end - start > LONGEST_RETURNING:
                break
            if not (continues(tokens[place + 1]) and continues(tokens[first])):
                break
            if tokens[place + 1].end - start >= SHORTEST:
                yield start, tokens[place + 1].end
