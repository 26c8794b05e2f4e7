"""What may name a program: quotations, phrases headed by a noun of initiatives, formulas, new words, topics.

Candidates are proposed generously; `programs` decides by their features. One candidate is one name in an article,
whatever generic words stand before or after it, with all the places where a pattern found it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.extractors.program.contexts import Occurrence, is_none, marks, nested, place_of
from kg.language.bodies.stops import CONJUNCTIONS
from kg.language.occurrences import occurrences
from kg.language.phrases import (
    LONGEST_GOVERNED,
    SHORTEST,
    cannot_open,
    clings,
    continues,
    governed_runs,
    head_at,
    headed_runs,
)
from kg.language.program_names import PERIOD, stem
from kg.language.quotations import Quotation, quotations
from kg.language.returning_phrases import coined_words, returning_phrases
from kg.language.tokens import tokens_of
from kg.language.wordlists import grammar, word_set
from kg.language.work_phrases import listed_schemes, whole_objects

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

HEADED = ("headed-phrase", "dotted-name", "whole-object")
"""The patterns of phrases that a noun of initiatives ends."""

_SPOKEN = re.compile("[。！？!?；;]")
"""What ends sentences stands in speech, not in names."""
_PROGRAMS = grammar("programs")
_FORMULA = _PROGRAMS.compile(
    r"(?<![{before-formula}\d]){formula-numeral}{program_formula_counters}{program_formula_verbs}"
    "|(?<!{one}){one}{han}{one}{program_formula_each}|{han}{program_formula_calls}|{han}{fair}"
)
_AGE = _PROGRAMS.compile(r"[\d{age-digit}]{1,4}{after}")
_DATE_OR_SHARE = _PROGRAMS.compile(r"\d{1,12}(?:\.\d{1,12})?[{time-or-share}%％‰]")
_DAY = re.compile(r"(?:1[0-2]|[1-9])[·•.](?:3[01]|[12]?\d)")
_COUNTED = _PROGRAMS.compile(r"\d{1,12}{over-tail}?{thing-counter}")
_UNFINISHED = _PROGRAMS.compile(r"[{few-numeral}{some}\d]{unfinished-counter}")
"""A phrase cut behind a measure word: 群众评议三项."""
_QUALIFYING = _PROGRAMS["qualifying"]
"""What ends quoted words that only qualify the noun behind them: “文化型”网格."""
_MARKS = frozenset('“”‘’「」『』"')
_UNMARKED = str.maketrans("", "", "“”")
_CLOSING = frozenset('”’」』"')


@dataclass(frozen=True, eq=False)
class Candidate:
    """A name in an article with its occurrences; `name` has no generic words before or after.

    `quoted` tells whether it stands in quotation marks somewhere, `times` how often the article has it, quoted or not,
    `rank` is its place by that among the quoted candidates or among the others; `family` tells how many quoted names
    share a shape with it, itself among them, `quotations` how many there are; `nested` tells how it stands to the
    longer and shorter names at the same places.
    """

    name: str
    occurrences: tuple[Occurrence, ...]
    text: Text
    found: Found
    quoted: bool
    times: int
    rank: int
    family: int
    quotations: int
    nested: frozenset[str]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """The words of the name by itself."""
        return tokens_of(self.name)

    @cached_property
    def around(self) -> frozenset[str]:
        """What stands around its first occurrences, by the names that `features` explains."""
        return frozenset().union(*[marks(self.text, self.found, at) for at in self.occurrences[:MOST]])


def candidates(text: Text, found: Found) -> list[Candidate]:
    """All that may name a program in an article, in the order of first occurrence."""
    plain = "\n".join(s.text for s in text.sentences)
    names: dict[str, list[Occurrence]] = {}
    for occurrence in _occurrences(text, found):
        names.setdefault(stem(occurrence.name), []).append(occurrence)
    names = {name: group for name, group in names.items() if _may_name(name, group, text, found)}
    times = {name: max(plain.count(name), len(group)) for name, group in names.items()}
    quoted = {name: _is_quoted(group) for name, group in names.items()}
    ranks = _ranks(quoted, times)
    shapes = Counter(shape for name in names if quoted[name] for shape in _shapes(name))
    many, within = sum(quoted.values()), nested(names, times)
    return [
        Candidate(
            name,
            tuple(group),
            text,
            found,
            quoted[name],
            times[name],
            ranks[name],
            max(shapes[shape] for shape in _shapes(name)),
            many,
            within[name],
        )
        for name, group in names.items()
    ]


def _ranks(quoted: Mapping[str, bool], times: Mapping[str, int]) -> dict[str, int]:
    """The rank of each name by how often the article has it, among the quoted ones or among the others."""
    ranked = sorted(quoted, key=lambda name: -times[name])
    kinds = ([name for name in ranked if quoted[name]], [name for name in ranked if not quoted[name]])
    return {name: n for kind in kinds for n, name in enumerate(kind, 1)}


def _is_quoted(group: Sequence[Occurrence]) -> bool:
    return any(o.pattern == "quoted" for o in group)


def _may_name(name: str, group: Sequence[Occurrence], text: Text, found: Found) -> bool:
    """Whether a name may be one: no doctrine, date, period, share or body, no age or honour that stands once."""
    if name in word_set("program_doctrines") or _DAY.fullmatch(name):
        return False  # “11·9”
    if group[0].pattern != "quoted" and (
        _DATE_OR_SHARE.match(name)
        or _COUNTED.match(name)
        or _UNFINISHED.fullmatch(name, max(0, len(name) - 2))
        or any(_is_known(name, o, found) for o in group)
    ):
        return False
    if PERIOD.fullmatch(name):
        return False
    return len(group) > 1 or not (_AGE.fullmatch(name) or is_none(text, group[0]))


def _is_known(name: str, at: Occurrence, found: Found) -> bool:
    """Whether a body or a place, or a chain of places, has been read from the very same words (but a generic tail)."""
    start = at.start + max(0, at.name.find(name))
    end, last = start, start + len(name)
    for mention in found.in_sentence(at.sentence):
        if mention.start == end and mention.end <= last and (mention.kind in PLACES or mention.end == last):
            end = mention.end
    return end == last


def _shapes(name: str) -> tuple[str, str]:
    """What names of one family share: length with first or last character."""
    return f"{len(name)}{name[0]}…", f"{len(name)}…{name[-1]}"


def _occurrences(text: Text, found: Found) -> Iterator[Occurrence]:
    marked: list[list[tuple[int, int]]] = []
    for number, sentence in enumerate(text.sentences):
        short = (
            [q for q in quotations(sentence.text) if len(q.text) <= LONGEST_QUOTED and not _SPOKEN.search(q.text)]
            if not _MARKS.isdisjoint(sentence.text)
            else []
        )
        marked.append([(q.start, q.end) for q in short])
        yield from (_quoted(q, number, sentence.text, text.tokens[number]) for q in short if len(q.text) > 1)
        yield from (o for o in _phrases(text, found, number) if not _holds(marked[number], o.start, o.end))
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


def _quoted(quotation: Quotation, number: int, sentence: str, tokens: Sequence[Token]) -> Occurrence:
    """A quotation, with the noun that heads it or the list that it belongs to."""
    lead, follow = place_of(tokens, quotation.first - 1) - 1, place_of(tokens, quotation.last + 1)
    link, head, whole = "", "", quotation.end
    place = follow
    if place < len(tokens) and tokens[place].text in _PROGRAMS.set("and-so-on", "of"):
        link, place = tokens[place].text, place + 1
    end = 0
    for at, token in enumerate(tokens[place:], place):
        headlined = at == place and token.text in word_set("name_clause_words:headline")
        if token.end - quotation.last - 1 > LONGEST_HEAD or not continues(token) or headlined or _ends_names(token):
            break
        kind = head_at(tokens, at)
        if kind:
            head, end = kind, token.end
        elif end:
            break
    if end and not link and quotation.last == quotation.end:
        whole = end
    name, end = quotation.text, quotation.end
    if whole > end and (name.endswith(_QUALIFYING) or PERIOD.fullmatch(name)):
        name, end = name + sentence[end + 1 : whole], whole
    return Occurrence("quoted", number, quotation.start, end, name, lead, follow, whole, head, link, quotation.members)


def _ends_names(token: Token) -> bool:
    """Whether a word behind a quotation begins a clause or another name: 成为, 面向, 以及, 这支."""
    clause = token.text in word_set("name_clause_words:clause") or token.text in word_set("program_clause_words:behind")
    return clause or (token.tag[0] in "cpr" and token.text not in CONJUNCTIONS)


def _plain(pattern: str, text: Text, number: int, start: int, end: int) -> Occurrence:
    tokens = text.tokens[number]
    first, follow = place_of(tokens, start), place_of(tokens, end)
    inside = first == len(tokens) or tokens[first].start > start
    head = head_at(tokens, follow - 1) if pattern.endswith(HEADED) else ""
    name = text.sentences[number].text[start:end].translate(_UNMARKED)
    return Occurrence(pattern, number, start, end, name, first - 1 - inside, follow, end, head)


def _opening(tokens: Sequence[Token], position: int) -> int:
    """Where the phrase begins that follows a position: behind a verb that sets up or runs (某县|实施|迁建工程)."""
    for token in tokens:
        if token.start >= position and not cannot_open(token.text, token.tag):
            return token.start
    return position


def _phrases(text: Text, found: Found, number: int) -> Iterator[Occurrence]:
    """The phrases of a sentence without marks that a noun of initiatives heads or a verb governs, each span once."""
    tokens = text.tokens[number]
    headed = list(headed_runs(tokens))
    parts = [run for run in headed if not _is_tail(tokens, run)]
    parts += [part for run in headed for part in _behind_verbs(tokens, *run)]
    spans = dict.fromkeys((_span(text, found, number, *part) for part in parts), "headed-phrase")
    for run in governed_runs(tokens):
        start, end = _span(text, found, number, *run)
        if SHORTEST <= end - start <= LONGEST_GOVERNED:
            spans.setdefault((start, end), "headed-phrase" if head_at(tokens, run[1]) else "governed-phrase")
    sentence = text.sentences[number].text
    for start, end in whole_objects(sentence, tokens):
        spans.setdefault((start, end), "whole-object")
    for start, end in listed_schemes(sentence, tokens):
        spans.setdefault((start, end), "listed-scheme")
    for (start, end), pattern in spans.items():
        dotted = pattern == "headed-phrase" and "·" in sentence[start:end]
        yield _plain("dotted-name" if dotted else pattern, text, number, start, end)


def _behind_verbs(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The ends of a phrase behind each verb in it, which may govern rather than qualify: 设置|社区专员."""
    for place in range(first, last - 1):
        if tokens[place].tag == "v" and tokens[last].end - tokens[place].end >= SHORTEST:
            yield place + 1, last


def _is_tail(tokens: Sequence[Token], run: tuple[int, int]) -> bool:
    """Whether a phrase follows a quotation, whose head it is."""
    return run[0] > 0 and tokens[run[0] - 1].text in _CLOSING


def _span(text: Text, found: Found, number: int, first: int, last: int) -> tuple[int, int]:
    """Where a phrase stands, a leading place or body left out."""
    tokens = text.tokens[number]
    start, end = tokens[first].start + clings(tokens, first), tokens[last].end
    for mention in found.in_sentence(number):
        if mention.start == start and end - mention.end >= SHORTEST and mention.kind != "Site":
            return _opening(tokens[first : last + 1], mention.end), end
    return start, end
