"""Programs: named initiatives, quoted or not.

A quotation is a name when what introduces it, what follows it, its own form or its return tell so (`QuotationRule`s);
speech, slogans, honours and figures of speech are not. Without quotation marks, a phrase is a name when a founding
verb governs it and a noun of initiatives heads it, when it is built like a formula (三方协同), when it is a new word
that returns, or when the headline makes it the topic. Where a name was found once, its other occurrences are too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extractors.engine import Found, NamedRule, apply
from kg.extractors.program_phrases import ARTICLE, PHRASES, ArticleRule
from kg.extractors.program_quotations import KIND, QUOTED, quoted
from kg.model import Mention, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS = ("places", "organizations")

NAMED_AGAIN = ArticleRule("named-again", lambda _: ())

RULES: tuple[NamedRule, ...] = (*QUOTED, *PHRASES, *ARTICLE, NAMED_AGAIN)


def extract(text: Text, found: Found) -> Iterator[Mention]:
    """The programs that an article names."""
    first = [*quoted(text), *(m for m in apply(PHRASES, text, found) if isinstance(m, Mention))]
    for rule in ARTICLE:
        for name in rule.names(text):
            first.extend(_occurrences(name, text, rule.name))
    first = [m for m in first if not _is_other_thing(m, found)]
    yield from _distinct([*first, *_again(text, first)])


def _occurrences(name: str, text: Text, rule: str) -> Iterator[Mention]:
    for number, sentence in enumerate(text.sentences):
        for match in re.finditer(re.escape(name), sentence.text):
            yield Mention(KIND, name, number, match.start(), match.end(), rule)


def _is_other_thing(mention: Mention, found: Found) -> bool:
    """Whether an organization or a place stands in the very same words."""
    return any(
        other.start <= mention.start and mention.end <= other.end for other in found.in_sentence(mention.sentence)
    ) and mention.rule not in {r.name for r in QUOTED}


def _again(text: Text, first: list[Mention]) -> Iterator[Mention]:
    """Other occurrences of the names found, where no longer name holds them."""
    names = sorted({m.name for m in first if len(m.name) > 2 and not m.name.isdigit()}, key=lambda n: (-len(n), n))
    if not names:
        return
    pattern = re.compile("|".join(map(re.escape, names)))
    taken = {(m.sentence, m.start) for m in first}
    for number, sentence in enumerate(text.sentences):
        for match in pattern.finditer(sentence.text):
            if (number, match.start()) not in taken:
                yield Mention(KIND, match[0], number, match.start(), match.end(), NAMED_AGAIN.name)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention a name and place, the rule that comes first in the table kept."""
    order = {rule.name: n for n, rule in enumerate(RULES)}
    kept: dict[tuple[int, int, int], Mention] = {}
    for mention in sorted(mentions, key=lambda m: order[m.rule]):
        kept.setdefault((mention.sentence, mention.start, mention.end), mention)
    return sorted(kept.values(), key=lambda m: (m.sentence, m.start, m.end))
