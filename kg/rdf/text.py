"""Text fit for literals: nothing that XML forbids, and labels in one spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.invisible import INVISIBLE

# XML 1.0, production 2 (Char): what is outside cannot stand in RDF/XML or GraphML, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_QUOTATION_MARKS = re.compile('["“”‘’„‟「」『』《》〝〞＂﹁﹂﹃﹄]')
_SPACE = re.compile(r"\s+")
_WIDE: dict[int, int | str] = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE |= {ord(wide): ord(plain) for wide, plain in zip("＋－％＆＃／．", "+-%&#/.", strict=True)}
_WIDE |= dict.fromkeys(map(ord, "•・‧∙⋅･﹒᛫●ꞏ"), "·")
_WIDE |= dict(zip(map(ord, "([{〔［【﹝)]}〕］】﹞"), "（（（（（（（）））））））", strict=True))
_WIDE |= {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))}
_EDGES = " ，、。；：:,;·—-~～"


def clean(text: str) -> str:
    r"""Text without the characters that XML forbids, and with one kind of line break.

    >>> clean("两\x00个\ufffe字")
    '两个字'
    """
    return _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=10_000)
def label(text: str) -> str:
    """A name in one spelling.

    No quotation marks, no invisible characters, letters and figures of plain width, one kind of middle dot and of
    brackets, and the characters themselves for signs that only look like them (Kangxi radicals).

    >>> label(" “１＋６” 议事会"), label("匠心•筑梦(二期)"), label("⼤运英才")
    ('1+6 议事会', '匠心·筑梦（二期）', '大运英才')
    """
    text = _INVISIBLE.sub("", clean(text)).translate(_WIDE)
    text = _QUOTATION_MARKS.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", text).strip()


def indicator(text: str) -> str:
    """An indicator's name, so that two articles that count the same thing agree: a label without space or edge marks.

    >>> indicator("：“充电桩” 数量")
    '充电桩数量'
    """
    return label(text).replace(" ", "").strip(_EDGES)
