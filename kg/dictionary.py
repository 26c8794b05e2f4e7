"""jieba's dictionary: how frequent a word is and what it is tagged, without loading jieba."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from importlib import resources

NAME_TAGS = ("nr", "ns", "nt", "nz")
"""How jieba's tags of names of people, places, bodies and other things begin."""

COMMON_FREQUENCY = 10
"""A word that jieba's dictionary counts less often is rare enough to be a name."""


@cache
def _lines() -> list[bytes]:
    """The lines of jieba's dictionary (word, frequency, tag), sorted; much quicker to load than jieba itself."""
    return sorted((resources.files("jieba") / "dict.txt").read_bytes().split(b"\n"))


@lru_cache(maxsize=16_384)
def dictionary_entry(word: str) -> tuple[int, str] | None:
    """Frequency and tag of a word in jieba's dictionary, or None.

    >>> dictionary_entry("社区")
    (6115, 'n')
    """
    lines, key = _lines(), word.encode() + b" "
    place = bisect_left(lines, key)
    if place == len(lines) or not lines[place].startswith(key):
        return None
    frequency, tag = lines[place][len(key) :].split()
    return int(frequency), tag.decode()


def is_common(word: str) -> bool:
    """Whether a word is one of the language's ordinary words, so that it hardly is a name by itself.

    >>> is_common("合作"), is_common("杭州"), is_common("采荷")
    (True, False, False)
    """
    entry = dictionary_entry(word)
    return entry is not None and entry[0] >= COMMON_FREQUENCY and not entry[1].startswith(NAME_TAGS)
