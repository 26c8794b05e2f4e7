"""Where quotations and names stand in an article: white space, quotation marks, width and script of signs aside."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.reading.script import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_QUOTATION_MARKS = frozenset("\"'“”‘’„‟「」『』《》〈〉〝〞＂﹁﹂﹃﹄")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quotation stands: from `start` in sentence `first` to `end` in sentence `last`, mostly the same."""

    first: int
    start: int
    last: int
    end: int

    @property
    def sentences(self) -> range:
        """The numbers of the sentences that it touches."""
        return range(self.first, self.last + 1)

    def covers(self, sentence: int, start: int, end: int) -> bool:
        """Whether a stretch of a sentence lies in the quotation."""
        return (self.first, self.start) <= (sentence, start) and (sentence, end) <= (self.last, self.end)


class Anchors:
    """The sentences of an article, to be searched for quotations.

    >>> list(Anchors(["今年,食堂增至１２家。", "居民满意。"]).find("增至 12家"))
    [Anchor(first=0, start=5, last=0, end=10)]
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._places: list[tuple[int, int]] = []
        kept: list[str] = []
        for number, text in enumerate(sentences):
            for position, sign in enumerate(text):
                if form := _form(sign):
                    kept.append(form)
                    self._places.append((number, position))
        self._text = "".join(kept)

    def __contains__(self, quotation: str) -> bool:
        return bool(wanted := normal(quotation)) and wanted in self._text

    def find(self, quotation: str) -> Iterator[Anchor]:
        """Where a quotation stands, in the order of the text; one without a character stands nowhere."""
        wanted = normal(quotation)
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            (first, begin), (last, end) = self._places[start], self._places[start + len(wanted) - 1]
            yield Anchor(first, begin, last, end + 1)
            start = self._text.find(wanted, start + len(wanted))


def normal(name: str) -> str:
    """What printings of one name share: no white space, quotation marks or marks that nobody sees, one form of signs.

    >>> normal(" “１＋６” 學院")
    '1+6学院'
    """
    return "".join(map(_form, name))


@lru_cache(maxsize=20_000)
def _form(sign: str) -> str:
    """The usual form of a sign, "" of one that does not count; one of several characters stays as it is."""
    if sign.isspace() or sign in _QUOTATION_MARKS or unicodedata.category(sign) in {"Cf", "Cc"}:
        return ""
    usual = unicodedata.normalize("NFKC", sign)
    return simplified(usual) if len(usual) == 1 else sign
