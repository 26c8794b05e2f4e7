"""What stands in quotation marks, and what introduces and follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

PATTERN = re.compile(r"“([^“”‘’]{1,40})”|‘([^‘’]{1,40})’|「([^「」]{1,40})」|『([^『』]{1,40})』|\"([^\"“”]{1,40})\"")
"""The innermost quotations of at most 40 characters; longer ones are speech."""

_NESTING = re.compile(r"“([^“”‘’]*‘[^“”‘’]{1,12}’(?:[^“”‘’]|‘[^“”‘’]{1,12}’)*)”")
"""A quotation with others in it."""

LINKS = grammar("places").set("joint", "as-well-as") | {"", "+", "＋"}
"""What stands between the members of a list of quotations."""

BREAKS = frozenset("，。；：！？,;:!?“”‘’「」『』（）()")
"""The marks that end a clause or a part of one."""
BREAK = re.compile(f"[{''.join(sorted(BREAKS))}]")
ASIDE = re.compile(r"^(?:[（(][^）)]{0,20}[）)])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its surroundings in the sentence.

    `start` and `end` enclose the quoted words without the marks. `before` is the text from the last punctuation mark
    to the opening mark, and `after` that from the closing mark to the next punctuation mark, both taken at the ends
    of the list of quotations that it belongs to: in 深化“甲”“乙”等载体 both have 深化 before and 等载体 after. `first`
    and `last` are where the list's quoted words begin and end, `members` how many quotations it has.
    """

    text: str
    start: int
    end: int
    before: str
    after: str
    first: int
    last: int
    members: int


def quotations(sentence: str) -> Iterator[Quotation]:
    """The quotations of a sentence, in order.

    >>> [(q.text, q.before, q.after) for q in quotations("区里深化“甲队”“乙队”等载体。")]
    [('甲队', '区里深化', '等载体'), ('乙队', '区里深化', '等载体')]
    """
    found = list(PATTERN.finditer(sentence))
    nesting = [[match] for match in _NESTING.finditer(sentence)] if "‘" in sentence else []
    for chain in [*_chains(sentence, found), *nesting]:
        before = BREAK.split(sentence[max(0, chain[0].start() - 60) : chain[0].start()])[-1]
        after = BREAK.split(ASIDE.sub("", sentence[chain[-1].end() : chain[-1].end() + 60]), maxsplit=1)[0]
        for match in chain:
            group = match.lastindex or 1
            start, end = match.span(group)
            first, last = chain[0].start() + 1, chain[-1].end() - 1
            yield Quotation(match[group], start, end, before, after, first, last, len(chain))


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
