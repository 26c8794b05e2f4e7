"""What of an article goes into one request: all of it, or runs of its sentences that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kg.annotate.tokens import tokens
from kg.model import Sentence, Text

OVERLAP = 10
"""One part in so many of a piece is repeated at the beginning of the next, so that what belongs together is seen so."""


def pieces(text: Text, limit: int) -> Iterator[str]:
    """The article's printed text, a line a paragraph, in pieces of about `limit` tokens at most.

    A sentence is never cut: one that is longer is a piece by itself.
    """
    sentences = text.printed or text.sentences
    sizes = [tokens(sentence.text) for sentence in sentences]
    first = 0
    while first < len(sentences):
        end, size = first, 0
        while end < len(sentences) and (end == first or size + sizes[end] <= limit):
            size += sizes[end]
            end += 1
        yield "\n".join(_paragraphs(sentences[first:end]))
        first = end if end == len(sentences) else _begin(sizes, first, end, limit // OVERLAP)


def _begin(sizes: list[int], first: int, end: int, overlap: int) -> int:
    """Where the next piece begins: before the end of the last, but behind its beginning."""
    begin = end
    while begin - 1 > first and sum(sizes[begin - 1 : end]) <= overlap:
        begin -= 1
    return begin


def _paragraphs(sentences: tuple[Sentence, ...]) -> Iterator[str]:
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        yield "".join(sentence.text for sentence in group)
