"""Traditional script read as simplified, place by place, so that the rules need to know one; what is printed stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kg.model import Article, Paragraph
from kg.reading.words import words

_SAMPLE, _ENOUGH = 100_000, 4000
_HAN = re.compile("[\u3400-\u9fff]+")


def is_traditional(text: str) -> bool:
    """Whether a text is printed in traditional script: of the characters that differ, most are traditional.

    >>> is_traditional("東湖區推出新服務"), is_traditional("东湖区办展，乾隆年间的画，著名画家到场")
    (True, False)
    """
    _, some, simple = _table()
    if not some.search(text):
        return False
    sample = "".join(_HAN.findall(text[:_SAMPLE]))[:_ENOUGH]
    return len(some.findall(sample)) > len(simple.findall(sample))


def simplified(text: str) -> str:
    """A text in simplified script; each character keeps its place.

    >>> simplified("東湖區推出「一刻鐘」服務")
    '东湖区推出“一刻钟”服务'
    """
    return text.translate(_table()[0])


def as_printed(article: Article, sign_at: Callable[[int], str]) -> Article:
    """An article that was laid out in simplified script, as its page prints it: `sign_at` gives a place's character."""
    paragraphs = tuple(_as_printed(paragraph, sign_at) for paragraph in article.paragraphs)
    pairs = zip(article.paragraphs, paragraphs, strict=True)
    titles = (new.text[: len(article.headline)] for old, new in pairs if old.text.startswith(article.headline))
    return replace(article, headline=next(titles, article.headline), paragraphs=paragraphs)


def _as_printed(paragraph: Paragraph, sign_at: Callable[[int], str]) -> Paragraph:
    table = _table()[0]
    signs = (
        printed if table.get(ord(printed or " ")) == ord(sign) else sign
        for sign, printed in zip(paragraph.text, map(sign_at, paragraph.offsets), strict=True)
    )
    return replace(paragraph, text="".join(signs))


@cache
def _table() -> tuple[dict[int, int], re.Pattern[str], re.Pattern[str]]:
    """Code points by code point; patterns of traditional characters, and of simplified ones that differ from them."""
    pairs = "".join(words("traditional"))
    table = {ord(old): ord(new) for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
    old = set(map(chr, table))
    return table, _any_of(old), _any_of(set(map(chr, table.values())) - old)


def _any_of(signs: set[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(sign for sign in signs if sign.isalpha()))}]")
