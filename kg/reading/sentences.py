"""Paragraphs to sentences, with their spans in the source file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Article, Paragraph, Sentence, Span
from kg.reading.words import PAGES

LONGEST_SENTENCE = 600
"""A longer sentence is cut after a comma, or anywhere, so that no input is slow to tokenize."""
LONGEST_QUOTATION = 300
"""A longer quotation is cut into its sentences."""

_PAIRS = {"”": "“", "」": "「", "』": "『", "’": "‘", "）": "（", ")": "(", "》": "《", "】": "【"}
_OPENERS = frozenset(_PAIRS.values())
_QUOTES = frozenset('“「『‘"')
_BRACKET = re.compile(r"[“”「」『』‘’（）()《》【】\"]")
_FINAL = "。！？；!?;…"
_END = re.compile(rf"(?:[。！？；]|[!?;]|…+)[{_FINAL}]*[”’」』）)】》\"]*")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff”’」』）)》】\"\d%％。！？…]")
_CONTINUES = frozenset("，,、：:") | PAGES.set("continues")
_COMMAS = "，,、：: "
_TELLS_SPEAKER = PAGES.compile("[^。！？；!?;，,：“”]{1,40}?{speech_verbs}[。！？!?；;，,：]")


def sentences(article: Article) -> tuple[Sentence, ...]:
    r"""The sentences of an article, paragraph by paragraph.

    A sentence ends after 。！？； and …… (after ! ? ; where they follow Chinese) with the quotation marks that close
    there, and with its paragraph. A quotation or bracket is kept whole, unless it is longer than `LONGEST_QUOTATION`
    or is not closed in its paragraph; a quotation that a comma or colon introduces ends its sentence when it ends with
    a final mark, one that begins a sentence does not (its speaker follows).

    In plain text, and in Markdown without inline markup, the joined pieces of the source equal the sentence, white
    space aside; marks of notes (800[3]棵) stand between pieces. In HTML, Markdown and JSON Lines a piece also covers
    the markup, references (&amp;) and escapes (\u6d59) that stand between or for the sentence's characters.
    """
    return tuple(
        _sentence(paragraph, number, start, end)
        for number, paragraph in enumerate(article.paragraphs)
        for start, end in _places(paragraph.text)
    )


def _sentence(paragraph: Paragraph, number: int, start: int, end: int) -> Sentence:
    inner = paragraph.breaks[bisect_right(paragraph.breaks, start) : bisect_left(paragraph.breaks, end)]
    edges = (start, *inner, end)
    pieces = tuple(
        Span(paragraph.offsets[first], paragraph.offsets[last - 1] + 1)
        for first, last in pairwise(edges)
        if first < last
    )
    return Sentence(paragraph.text[start:end], pieces, number, paragraph.role)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph stand, without the white space around them."""
    start = 0
    for end in (*_ends(text), len(text)):
        for first, last in _bounded(text, start, end):
            piece = text[first:last]
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            if left < right:
                yield first + left, first + right
        start = max(start, end)


def _ends(text: str) -> Iterator[int]:
    """The places behind the sentences of a paragraph."""
    whole = _wholes(text)
    starts = [start for start, _ in whole]
    begun = 0
    position = 0
    while found := _END.search(text, position):
        position = found.end()
        number = bisect_right(starts, found.start()) - 1
        if number >= 0 and found.start() < whole[number][1]:
            opened, closed = whole[number]
            position = closed
            if not _ends_with_quotation(text, begun, opened, closed):
                continue
        elif not _is_final(text, found.start(), found.end()):
            continue
        yield position
        begun = position


def _is_final(text: str, start: int, end: int) -> bool:
    """Whether marks end a sentence: ASCII ones only after Chinese, …… not before what goes on."""
    if text[start] == "…":
        return end - start > 1 and text[end : end + 1] not in _CONTINUES
    return text[start] in "。！？；" or (start > 0 and bool(_CHINESE.match(text[start - 1])))


def _ends_with_quotation(text: str, begun: int, opened: int, closed: int) -> bool:
    """Whether a sentence ends with the quotation `text[opened:closed]` in it."""
    if text[opened] not in _QUOTES or text[closed - 2] not in "。！？!?…":
        return False
    following = text[closed : closed + 1]
    if following in _QUOTES:
        return True
    introduced = opened > begun and text[opened - 1] in "，,：:"
    return introduced and following not in _CONTINUES and not _TELLS_SPEAKER.match(text, closed)


def _wholes(text: str) -> list[tuple[int, int]]:
    """The outermost quotations and brackets that are closed and not too long, in order."""
    pairs = []
    opened: dict[str, list[int]] = {opener: [] for opener in (*_OPENERS, '"')}
    for found in _BRACKET.finditer(text):
        mark, position = found[0], found.start()
        if mark in _OPENERS:
            opened[mark].append(position)
        elif mark == '"' and not opened['"']:
            opened['"'].append(position)
        elif before := opened[_PAIRS.get(mark, '"')]:
            pairs.append((before.pop(), position + 1))
    whole: list[tuple[int, int]] = []
    for start, end in sorted(pair for pair in pairs if pair[1] - pair[0] <= LONGEST_QUOTATION):
        if not whole or start >= whole[-1][1]:
            whole.append((start, end))
    return whole


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `LONGEST_SENTENCE` characters, cut after commas where there are any."""
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        cut = max(text.rfind(comma, start + LONGEST_SENTENCE // 2, limit) for comma in _COMMAS) + 1
        cut = cut or limit
        yield start, cut
        start = cut
    yield start, end
