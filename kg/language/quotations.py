"""What stands in quotation marks, and what introduces and follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATTERN = re.compile(r"“([^“”‘’]{1,40})”|‘([^‘’]{1,40})’|「([^「」]{1,40})」|『([^『』]{1,40})』|\"([^\"“”]{1,40})\"")
"""The innermost quotations of at most 40 characters; longer ones are speech."""

LINKS = frozenset({"", "、", "和", "与", "及", "以及", "+", "＋"})
"""What stands between the members of a list of quotations."""

BREAK = re.compile(r"[，。；：！？,;:!?“”‘’「」『』（）()]")
ASIDE = re.compile(r"^(?:[（(][^）)]{0,20}[）)])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its surroundings in the sentence.

    `start` and `end` enclose the quoted words without the marks. `before` is the text from the last punctuation mark
    to the opening mark, and `after` that from the closing mark to the next punctuation mark, both taken at the ends
    of the list of quotations that it belongs to: in 深化“甲”“乙”等载体 both have 深化 before and 等载体 after.
    """

    text: str
    start: int
    end: int
    before: str
    after: str


def quotations(sentence: str) -> Iterator[Quotation]:
    """The quotations of a sentence, in order.

    >>> [(q.text, q.before, q.after) for q in quotations("区里深化“甲队”“乙队”等载体。")]
    [('甲队', '区里深化', '等载体'), ('乙队', '区里深化', '等载体')]
    """
    found = list(PATTERN.finditer(sentence))
    for chain in _chains(sentence, found):
        before = BREAK.split(sentence[max(0, chain[0].start() - 60) : chain[0].start()])[-1]
        after = BREAK.split(ASIDE.sub("", sentence[chain[-1].end() : chain[-1].end() + 60]), maxsplit=1)[0]
        for match in chain:
            group = match.lastindex or 1
            yield Quotation(match[group], match.start(group), match.end(group), before, after)


def _chains(sentence: str, found: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Quotations grouped into the lists that they form."""
    chain: list[re.Match[str]] = []
    for match in found:
        if chain and sentence[chain[-1].end() : match.start()] not in LINKS:
            yield chain
            chain = []
        chain.append(match)
    if chain:
        yield chain
