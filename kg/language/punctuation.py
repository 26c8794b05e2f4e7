"""One form of signs for the rules: pages print , ; ( ) where Chinese text has ，；（）, and ⼈ or Ａ for 人 or A."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.language.wordlists import table

_CHINESE = r"\u3400-\u9fff\u3000-\u303f"
_HALF = re.compile(
    rf"[,;:!?()](?:(?<=[{_CHINESE}].)|(?=[{_CHINESE}])|(?<=[”’%）)][,;:!?])|(?<=[,;:!?])(?=[“‘]))"
)  # begins with the sign itself: what looks behind first is tried at every character
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")


_COMPATIBLE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff０-９Ａ-Ｚａ-ｚ]")
_MARKS = frozenset("〝＂'")
_PRINTED = re.compile("〝([^〝〞]{1,40})〞|＂([^＂]{1,40})＂|'([\u3400-\u9fff][^'“”，。；：！？]{1,20})'")
"""Quotation marks of other sorts."""

_TWICE = re.compile("“([^“”‘’，。；：！？]{2,12})“(?![^“”]{0,40}”)|(?<![^“”]{12})”([^“”‘’，。；：！？]{2,12})”")
"""Few words in one mark printed twice."""

_DOT = re.compile(rf"[•・‧∙⋅](?<=[{_CHINESE}].)(?=[{_CHINESE}])")


def folded(text: str) -> str:
    """The text with wide punctuation next to Chinese characters, and with the usual sign for each that has several.

    Lengths, so spans, stay as they are.

    >>> folded("今年,完成1,260户!"), folded("服务居⺠１.２万⼈次")
    ('今年，完成1,260户！', '服务居民1.2万人次')
    >>> folded("推出＂村晒台＂"), folded("推出“村晒台“，")
    ('推出“村晒台”', '推出“村晒台”，')
    """
    if not _MARKS.isdisjoint(text):
        text = _PRINTED.sub(_quoted, text)
    if text.count("“") != text.count("”"):
        text = _TWICE.sub(_quoted, text)
    text = _HALF.sub(lambda match: match[0].translate(_WIDE), text)
    return _DOT.sub("·", _COMPATIBLE.sub(lambda match: _usual(match[0]), text))


def _quoted(match: re.Match[str]) -> str:
    return f"“{next(filter(None, match.groups()))}”"


@cache
def _usual(sign: str) -> str:
    """The usual sign for one of a block of compatibility; itself where there is none of one code point."""
    forms = {row[0]: row[1] for row in table("sign_forms")}
    usual = forms.get(sign) or unicodedata.normalize("NFKC", sign)
    return usual if len(usual) == 1 else sign
