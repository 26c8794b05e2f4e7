"""What a reader may type for a Chinese name: its pinyin and the initials of it."""

from __future__ import annotations

from functools import cache

from pypinyin import lazy_pinyin


@cache
def pinyin_keys(name: str) -> tuple[str, str]:
    """The initials and the whole pinyin of a name, in small letters without tones; what is not Chinese stays.

    >>> pinyin_keys("拱墅区")
    ('gsq', 'gongshuqu')
    >>> pinyin_keys("AI助手")
    ('aizs', 'aizhushou')
    """
    syllables = lazy_pinyin(name, errors=list)  # type: ignore[arg-type] # the stubs know no list
    initials = "".join(syllable[:1] for syllable in syllables if not syllable.isspace())
    return initials.casefold(), "".join(syllables).replace(" ", "").casefold()
