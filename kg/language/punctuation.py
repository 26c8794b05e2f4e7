"""One form of punctuation for the rules: many pages print , ; : ! ? where Chinese text has ，；：！？."""

from __future__ import annotations

import re

_CHINESE = r"\u3400-\u9fff\u3000-\u303f"
_HALF = re.compile(rf"(?<=[{_CHINESE}”’%）)])[,;:!?]|[,;:!?](?=[{_CHINESE}“‘])")
_WIDE = str.maketrans(",;:!?", "，；：！？")


def folded(text: str) -> str:
    """The text with wide punctuation next to Chinese characters; lengths, so spans, stay as they are.

    >>> folded("今年,完成1,260户!")
    '今年，完成1,260户！'
    """
    return _HALF.sub(lambda match: match[0].translate(_WIDE), text)
