"""What may name a program: quotations, phrases headed by a noun of initiatives, formulas, new words, topics.

Candidates are proposed generously; `programs` decides by their features. One candidate is one name in an article,
whatever generic words stand before or after it, with all the places where a pattern found it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.program_contexts import NONE, WEIGHTY, Occurrence, marks, place_of
from kg.language.occurrences import occurrences
from kg.language.phrases import (
    SHORTEST,
    cannot_open,
    coined_words,
    continues,
    head_at,
    headed_runs,
    returning_phrases,
)
from kg.language.program_names import stem
from kg.language.quotations import Quotation, quotations
from kg.language.tokens import tokens_of
from kg.language.wordlists import either

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extractors.engine import Found
    from kg.model import Text, Token

LONGEST_QUOTED = 24
"""A longer quotation is speech or a motto (code points)."""

MOST = 12
"""So many occurrences of a name are looked at."""

LONGEST_HEAD = 18
"""How far after a quotation its head may end (code points)."""

HEADED = ("headed-phrase", "dotted-name")
"""The patterns of phrases that a noun of initiatives ends."""

_SPOKEN = re.compile("[。！？!?；;]")
"""What ends sentences stands in speech, not in names."""
_FORMULA = re.compile(
    rf"(?<![一二三四五六七八九十百千万第\d省市区县镇乡村])[一二两三四五六七八九十多]"
    rf"{either('program_formula_counters')}{either('program_formula_verbs')}"
)
_AGE = re.compile(r"[\d一二三四五六七八九零]{1,4}后")
_DATE_OR_SHARE = re.compile(r"\d{1,12}(?:\.\d{1,12})?[年月日时点%％‰]")
_MARKS = frozenset('“”‘’「」『』"')


@dataclass(frozen=True, eq=False)
class Candidate:
    """A name in an article with its occurrences; `name` has no generic words before or after.

    `times` is how often the article has it, quoted or not, `rank` its place among the candidates by that; `families`
    are the article's quoted names by their shape.
    """

    name: str
    occurrences: tuple[Occurrence, ...]
    text: Text
    found: Found
    times: int
    rank: int
    families: Mapping[str, Sequence[Candidate]]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words of the name by itself."""
        return tokens_of(self.name)

    @cached_property
    def around(self) -> frozenset[str]:
        """What stands around its first occurrences, by the names that `program_features` explains."""
        return frozenset().union(*(marks(self.text, self.found, at) for at in self.occurrences[:MOST]))

    @cached_property
    def quoted(self) -> bool:
        """Whether it stands in quotation marks somewhere."""
        return any(o.pattern == "quoted" for o in self.occurrences)

    @cached_property
    def family(self) -> tuple[Candidate, ...]:
        """The quoted names that are built like it: the larger of the groups that share a shape with it."""
        groups = [self.families.get(shape, ()) for shape in _shapes(self.name)]
        return tuple(c for c in max(groups, key=len) if c is not self)


def candidates(text: Text, found: Found) -> list[Candidate]:
    """All that may name a program in an article, in the order of first occurrence."""
    plain = "\n".join(s.text for s in text.sentences)
    names: dict[str, list[Occurrence]] = {}
    for occurrence in _occurrences(text, found):
        names.setdefault(stem(occurrence.name), []).append(occurrence)
    names = {name: group for name, group in names.items() if _is_weighty(name, group, text, found, plain)}
    times = {name: max(plain.count(name), len(group)) for name, group in names.items()}
    ranks = {name: n for n, name in enumerate(sorted(names, key=lambda n: -times[n]), 1)}
    families: dict[str, list[Candidate]] = {}
    made = [
        Candidate(name, tuple(group), text, found, times[name], ranks[name], families) for name, group in names.items()
    ]
    for candidate in made:
        if candidate.quoted:
            for shape in _shapes(candidate.name):
                families.setdefault(shape, []).append(candidate)
    return made


def _is_weighty(name: str, group: Sequence[Occurrence], text: Text, found: Found, plain: str) -> bool:
    """Whether a name is worth a look: no date, age group or honour, no phrase that stands once and has no head."""
    if group[0].pattern != "quoted" and _DATE_OR_SHARE.match(name):
        return False
    if len(group) > 1:
        return True
    around = marks(text, found, group[0])
    if not NONE.isdisjoint(around) or _AGE.fullmatch(name):
        return False
    return group[0].pattern != "headed-phrase" or plain.count(name) > 1 or not WEIGHTY.isdisjoint(around)


def _shapes(name: str) -> tuple[str, str]:
    """What names of one family share: length with first or last character."""
    return f"{len(name)}{name[0]}…", f"{len(name)}…{name[-1]}"


def _occurrences(text: Text, found: Found) -> Iterator[Occurrence]:
    marked: list[list[tuple[int, int]]] = []
    for number, sentence in enumerate(text.sentences):
        short = (
            [q for q in quotations(sentence.text) if len(q.text) <= LONGEST_QUOTED and not _SPOKEN.search(q.text)]
            if _MARKS & set(sentence.text)
            else []
        )
        marked.append([(q.start, q.end) for q in short])
        yield from (_quoted(q, number, text.tokens[number]) for q in short if len(q.text) > 1)
        for occurrence in _headed(text, found, number):
            if not _holds(marked[number], occurrence.start, occurrence.end):
                yield occurrence
        for match in _FORMULA.finditer(sentence.text):
            if not _holds(marked[number], *match.span()):
                yield _plain("formula", text, number, *match.span())
    yield from _returning(text, marked)


def _holds(marked: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the quotations holds a span."""
    return any(first <= start and end <= last for first, last in marked)


def _returning(text: Text, marked: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Occurrence]:
    """New words and phrases that return, where they stand outside quotations."""
    names = dict.fromkeys(coined_words(text), "coined-word")
    names |= dict.fromkeys(returning_phrases(text), "returning-phrase")
    for number, start, end, name in occurrences(names, text):
        if not _holds(marked[number], start, end):
            yield _plain(names[name], text, number, start, end)


def _quoted(quotation: Quotation, number: int, tokens: Sequence[Token]) -> Occurrence:
    """A quotation, with the noun that heads it or the list that it belongs to."""
    lead, follow = place_of(tokens, quotation.first - 1) - 1, place_of(tokens, quotation.last + 1)
    link, head, whole = "", "", quotation.end
    place = follow
    if place < len(tokens) and tokens[place].text in {"等", "的"}:
        link, place = tokens[place].text, place + 1
    end = 0
    for at, token in enumerate(tokens[place:], place):
        if token.end - quotation.last - 1 > LONGEST_HEAD or not continues(token):
            break
        kind = head_at(tokens, at)
        if kind:
            head, end = kind, token.end
        elif end:
            break
    if end and not link and quotation.last == quotation.end:
        whole = end
    return Occurrence(
        "quoted", number, quotation.start, quotation.end, quotation.text, lead, follow, whole, head, link,
        quotation.members,
    )  # fmt: skip


def _plain(pattern: str, text: Text, number: int, start: int, end: int) -> Occurrence:
    tokens = text.tokens[number]
    first, follow = place_of(tokens, start), place_of(tokens, end)
    inside = first == len(tokens) or tokens[first].start > start
    head = head_at(tokens, follow - 1) if pattern.endswith(HEADED) else ""
    name = text.sentences[number].text[start:end]
    return Occurrence(pattern, number, start, end, name, first - 1 - inside, follow, end, head)


def _opening(tokens: Sequence[Token], position: int) -> int:
    """Where the phrase begins that follows a position: behind a verb that sets up or runs (某县|实施|迁建工程)."""
    for token in tokens:
        if token.start >= position and not cannot_open(token.text, token.tag):
            return token.start
    return position


def _headed(text: Text, found: Found, number: int) -> Iterator[Occurrence]:
    """The phrases of a sentence without marks that a noun of initiatives heads, a leading place or body left out."""
    sentence, tokens = text.sentences[number].text, text.tokens[number]
    for first, last in headed_runs(tokens):
        start, end = tokens[first].start, tokens[last].end
        if first and tokens[first - 1].text in {"”", "’", "」", "』", '"'}:
            continue
        for mention in found.in_sentence(number):
            if mention.start == start and end - mention.end >= SHORTEST and mention.kind != "Site":
                start = _opening(tokens[first : last + 1], mention.end)
                break
        pattern = "dotted-name" if "·" in sentence[start:end] else "headed-phrase"
        yield _plain(pattern, text, number, start, end)
