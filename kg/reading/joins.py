"""How likely it is that a line goes on in another one: what columns part, they part amid words and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.dictionary import dictionary_entry, is_common
from kg.reading import signs
from kg.reading.words import PAGES, words

_LONGEST_WORD = 4
_LEAST_FREQUENCY = 10
SURE, _LIKELY, _PERHAPS = 3, 2, 1
_FIGURE = re.compile(r"[\d.．]$")
_AFTER_FIGURE = PAGES.compile(r"[\d.．%％{figure-tail}]")
_EARLY_LIST = re.compile(r"[^，。,；;！？!?“]{1,6}、")
_SPEECH = re.compile(r"“(?:[^”]{0,300}[，。！？!?…]|[^”]{20})")
_COMMAS = "，,、"
_OPENERS, _CLOSERS = "“《（(「『〈【", "”》）)」』〉】"


def joint(left: str, right: str) -> int:
    r"""How much speaks for `right` going on with the sentence that `left` breaks off, below 0 if rather none does.

    >>> joint("街道为老人建起食", "堂，一日三餐都有"), joint("老街夜景", "近日，街道开会。")
    (3, -2)
    """
    left, right = left[-200:], right[:60]
    if signs.is_closed(left):
        return -SURE
    score = 0
    if left[-1].isdigit():
        score += _LIKELY
    if left[-1] in _COMMAS or (_FIGURE.search(left) and _AFTER_FIGURE.match(right)):
        score += SURE
    if signs.starts_in_mid_sentence(right) or word_across(left, right):
        score += SURE
    if signs.ends_like_a_broken_line(left):
        score += _LIKELY
    if _EARLY_LIST.match(right):
        score += _PERHAPS
    if closes_what_it_opens(left, right):
        score += _LIKELY
    if right.startswith(words("paragraph_openings")) or signs.tells_a_date_first(right) or _SPEECH.match(right):
        score -= _LIKELY
    return score


def closes_what_it_opens(left: str, right: str) -> bool:
    """Whether a quotation or bracket opened in `left` is closed in `right` before another one is opened.

    >>> closes_what_it_opens("推出“邻里", "小站”八个"), closes_what_it_opens("推出“邻里", "又有“小站”")
    (True, False)
    """
    for opener, closer in zip(_OPENERS, _CLOSERS, strict=True):
        if left.rfind(opener) > left.rfind(closer):
            end, begin = right.find(closer), right.find(opener)
            if end >= 0 and (begin < 0 or end < begin):
                return True
    return False


def word_across(left: str, right: str) -> bool:
    """Whether a word of the dictionary stands across the break and each side by itself would be left with a rest.

    >>> word_across("在社区服", "务站里"), word_across("走进社区", "管理更好")
    (True, False)
    """
    whole = _longest(left[-size:] for size in range(2, min(_LONGEST_WORD, len(left)) + 1))
    begins = _longest(right[:size] for size in range(2, min(_LONGEST_WORD, len(right)) + 1))
    across = (
        left[-before:] + right[:after]
        for before in range(1, min(_LONGEST_WORD, len(left) + 1))
        for after in range(1, min(_LONGEST_WORD - before, len(right)) + 1)
    )
    longest = _longest(word for word in across if not begins or is_common(word))
    if not longest or (begins == len(right) and longest <= begins):  # the line is a word by itself
        return False
    return not (whole and begins) and max(whole, begins) <= longest and (longest > 2 or not whole)


def _longest(texts: Iterable[str]) -> int:
    """The length of the longest text that is a word, else 0."""
    return max((len(text) for text in texts if _is_word(text)), default=0)


def _is_word(text: str) -> bool:
    entry = dictionary_entry(text)
    return entry is not None and entry[0] >= _LEAST_FREQUENCY
