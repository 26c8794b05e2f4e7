"""Programs: named initiatives, quoted or not.

`program.candidates` proposes names generously; a learned sum over their features (`program.features`) decides, by one
table for names that stand in quotation marks and one for those that do not. Of names that hold each other the surer
is kept. Where a name was found once, its other occurrences are too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.decision import weights
from kg.extractors.program.candidates import Candidate, candidates
from kg.extractors.program.features import features, table_of
from kg.extractors.program.scores import score_of
from kg.language.occurrences import occurrences
from kg.language.program_names import short_form
from kg.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kg.decision import Judged
    from kg.extractors.engine import Found
    from kg.model import Text

KIND = "Program"

NEEDS = ("places", "organizations")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What proposed a name."""

    name: str


RULES = tuple(
    map(
        Pattern,
        (
            "quoted",
            "headed-phrase",
            "governed-phrase",
            "whole-object",
            "listed-scheme",
            "dotted-name",
            "formula",
            "coined-word",
            "returning-phrase",
            "program-short-form",
            "named-again",
        ),
    )
)

_MARKS = re.compile('[“”‘’「」『』"]')
SHORTEST_NAME = 3
"""A shorter name is one only with its head: “三心”工作法."""


def extract(text: Text, found: Found) -> Iterator[Mention]:
    """The programs that an article names."""
    accepted = [(c, p) for c, score, p in _scored(candidates(text, found)) if score > 0]
    first = [m for candidate, probability in accepted for m in _mentions(candidate, text, probability)]
    yield from _distinct([*first, *_short_forms(text, first), *_again(text, first)])


def judged(text: Text, found: Found) -> Iterator[Judged]:
    """Every candidate of an article with its features and what they weigh."""
    proposed = candidates(text, found)
    kept = {c.name for c, score, _ in _scored(proposed) if score > 0}
    for candidate in proposed:
        first = candidate.occurrences[0]
        yield weights(table_of(candidate)).judged(
            candidate.name, first.sentence, features(candidate), accepted=candidate.name in kept
        )


def _scored(proposed: Sequence[Candidate]) -> list[tuple[Candidate, int, Decimal]]:
    """Candidates that are taken, with score and probability; of unquoted names that hold others the surer."""
    scored = []
    for candidate in proposed:
        score = score_of(candidate)
        if score > 0:
            scored.append((candidate, score, weights(table_of(candidate)).probability(score)))
    kept: list[tuple[Candidate, int, Decimal]] = []
    for one in sorted(scored, key=lambda s: (not s[0].quoted, -s[1])):
        if one[0].quoted or not any(_is_nested(one[0].name, other.name) for other, _, _ in kept):
            kept.append(one)
    return kept


def _is_nested(one: str, other: str) -> bool:
    """Whether one of two names holds the other, which is a name without its head."""
    return min(len(one), len(other)) >= SHORTEST_NAME and (one in other or other in one)


def _mentions(candidate: Candidate, text: Text, probability: Decimal) -> Iterator[Mention]:
    """A name where patterns found it, with the longer form where a head follows; both begin at the same place."""
    for at in candidate.occurrences:
        sentence = text.sentences[at.sentence].text
        if len(at.name) >= SHORTEST_NAME:
            yield Mention(KIND, at.name, at.sentence, at.start, at.end, at.pattern, probability=probability)
        if at.whole > at.end:
            name = _MARKS.sub("", sentence[at.start : at.whole])
            yield Mention(KIND, name, at.sentence, at.start, at.whole, at.pattern, probability=probability)


def _short_forms(text: Text, first: list[Mention]) -> Iterator[Mention]:
    """The short forms that names introduce behind them, wherever they stand: “两问三答”机制（以下简称“问答”机制）."""
    for mention in first:
        match = short_form(text, mention)
        if match is None:
            continue
        head = match["head"] if match["head"] and len(match["core"]) < SHORTEST_NAME else ""
        printed = re.compile(re.escape(match["core"]) + (f"[”’」』]?{re.escape(head)}" if head else ""))
        for number, sentence in enumerate(text.sentences):
            for found in printed.finditer(sentence.text):
                name = _MARKS.sub("", found[0])
                yield Mention(KIND, name, number, *found.span(), "program-short-form", probability=mention.probability)


def _again(text: Text, first: list[Mention]) -> Iterator[Mention]:
    """Other occurrences of the names found, where no longer name holds them."""
    sure = {m.name: m.probability for m in first if len(m.name) >= SHORTEST_NAME and not m.name.isdigit()}
    taken = {(m.sentence, m.start) for m in first}
    for number, start, end, name in occurrences(sure, text):
        if (number, start) not in taken:
            yield Mention(KIND, name, number, start, end, "named-again", probability=sure[name])


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention a name and place, the pattern that comes first in the table kept."""
    order = {pattern.name: n for n, pattern in enumerate(RULES)}
    kept: dict[tuple[int, int, int], Mention] = {}
    for mention in sorted(mentions, key=lambda m: order[m.rule]):
        kept.setdefault((mention.sentence, mention.start, mention.end), mention)
    return sorted(kept.values(), key=lambda m: (m.sentence, m.start, m.end))
