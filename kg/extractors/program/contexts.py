"""What stands around a name where it occurs: what introduces it, what follows it, where in the article it is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.phrases import continues, verb_of
from kg.language.quotations import BREAK, BREAKS
from kg.language.tokens import START
from kg.language.wordlists import grammar, word_set
from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extractors.engine import Found
    from kg.model import Text, Token

NONE = frozenset({"title-after"})
"""What tells that a name is none: an honour (“…”称号)."""

REACH = 14
"""How far before a name the verb that governs it may stand (code points)."""

_NEAR = 20
_WORDS = 8
"""So many words before a name its verb may stand."""
_PHRASE = 5
"""So many words at most of the noun phrase that follows a name tell what it is."""

_BETWEEN = 2
"""A mark and 的 may stand between a body and what it does."""

_PROGRAMS = grammar("programs")
_FOLLOWING = (
    ("title-after", _PROGRAMS.compile("{and-so-on|of}?{honour}?{honour-noun}")),
    ("slogan-after", _PROGRAMS.compile("{slogan-lead}?[^，。、{of}]{0,4}?{program_slogan_heads}")),
    ("figured-after", _PROGRAMS.compile("{figured}|{adverb-sign}(?!{place})")),
    ("launched", _PROGRAMS.compile("[^，。{of}]{0,5}?{program_launch_verbs}")),
    ("counted-after", _PROGRAMS.compile(r"\d{1,9}{over-tail}?{venue-counter}")),
)
"""What may follow a name in its clause."""

_SLOT = _PROGRAMS.set("slot")


@frozen
class Occurrence:
    """Where a pattern found a name.

    `lead` is the number of the last token before what stands there (before the list of quotations, if it belongs to
    one), `follow` that of the first after it. `whole` is where the noun that heads it ends (“共富”工坊), or its own
    end; `head` the kind of that noun, `link` what stands between (等, 的); `members` counts the quotations of its list.
    """

    pattern: str
    sentence: int
    start: int
    end: int
    name: str
    lead: int
    follow: int
    whole: int
    head: str = ""
    link: str = ""
    members: int = 1


def place_of(tokens: Sequence[Token], position: int) -> int:
    """The number of the first token that begins at a position or after it."""
    return bisect_left(tokens, position, key=START)


@cache
def _verbs() -> dict[str, str]:
    """The kinds of verbs that introduce names, by verb."""
    kinds = ("figure", "running", "founding", "naming")
    return {verb: kind for kind in kinds for verb in word_set(f"program_{kind}_verbs")}


def governor(tokens: Sequence[Token], lead: int) -> tuple[str, bool]:
    """The kind of the nearest verb that introduces what follows a token, and whether nothing stands between.

    >>> from kg.language.tokens import tokens_of
    >>> governor(tokens_of("街道推出了"), 2), governor(tokens_of("街道推出一批"), 2)
    (('founding', True), ('founding', False))
    """
    verbs, near = _verbs(), True
    end = tokens[lead].end if lead >= 0 else 0
    for place in range(lead, -1, -1):
        token = tokens[place]
        if end - token.end > REACH or token.text[0] in BREAKS:
            break
        kind = verbs.get(verb_of(token.text))
        if kind:
            return kind, near
        if token.tag[0] != "u":
            near = False
    return "", False


def _nearest_verb(tokens: Sequence[Token], lead: int) -> str:
    """The nearest verb before a name in its clause, or ""."""
    for place in range(lead, max(-1, lead - _WORDS), -1):
        token = tokens[place]
        if token.text[0] in BREAKS:
            break
        if token.tag[0] == "v":
            return token.text
    return ""


def marks(text: Text, found: Found, at: Occurrence) -> frozenset[str]:
    """What stands around an occurrence, by the names that `features` explains."""
    placed = found.kept(_placed, text, at.sentence)
    return placed.union(_before(text, at), _after(text, at), _named(found, at))


def nested(groups: Mapping[str, Sequence[Occurrence]], times: Mapping[str, int]) -> dict[str, frozenset[str]]:
    """How each name stands to the longer and shorter ones that were found at the same places.

    `groups` are the occurrences of each name, `times` how often the article has it; the names of the marks are those
    that `features` explains.
    """
    spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for name, group in groups.items():
        for at in group:
            spans[at.sentence].append((at.start, -at.end, name))
    marked: dict[str, set[str]] = defaultdict(set)
    within: Counter[str] = Counter()
    for each in spans.values():
        open_spans: list[tuple[int, int, str]] = []
        for start, end, name in sorted(each):
            open_spans = [outer for outer in open_spans if -outer[1] > start]
            holders = [outer for outer in open_spans if outer[1] <= end and outer[2] != name]
            within[name] += bool(holders)
            for first, last, longer in holders:
                marked[longer].add("holds-another")
                marked[name].add("held")
                if first == start:
                    marked[name].add("held-first")
                if last == end:
                    marked[name].add("held-last")
                if times[longer] >= times[name]:
                    marked[name].add("held-as-often")
            open_spans.append((start, end, name))
    return {n: frozenset({*marked[n], "alone"} if within[n] < len(group) else marked[n]) for n, group in groups.items()}


def is_none(text: Text, at: Occurrence) -> bool:
    """Whether what follows an occurrence tells that the name is none: an honour (“…”称号), things (建成食堂45个)."""
    clause = _following(text, at)
    return any(pattern.match(clause) for name, pattern in _FOLLOWING if name in NONE)


def _following(text: Text, at: Occurrence) -> str:
    """The text from the first word after an occurrence to the end of its clause, as much as matters."""
    tokens = text.tokens[at.sentence]
    if at.follow == len(tokens):
        return ""
    start = tokens[at.follow].start
    after = text.sentences[at.sentence].text[start : start + _NEAR]
    end = BREAK.search(after)
    return after[: end.start()] if end else after


def _before(text: Text, at: Occurrence) -> Iterator[str]:
    tokens = text.tokens[at.sentence]
    kind, near = governor(tokens, at.lead)
    if kind:
        yield f"{kind}-verb"
        if near:
            yield f"{kind}-verb-directly"
    if at.members > 1:
        yield "listed"
    if at.lead < 0:
        yield "opens-sentence"
    else:
        yield from _lead(tokens, at.lead)


def _lead(tokens: Sequence[Token], place: int) -> Iterator[str]:
    """What the words tell that end with the one before a name."""
    before, verb = tokens[place], _nearest_verb(tokens, place)
    if before.tag != "m":
        yield f"before={before.text}"
    if verb:
        yield f"governor={verb}"
    if before.tag[0] in "mq" or (place and tokens[place - 1].tag == "m" and len(before.text) == 1):
        yield "counted-before"
    if before.tag == "v":
        yield "verb-before"
    if before.text in _SLOT:
        yield "slot-before"
    if before.text == "、":
        yield "item"


def _after(text: Text, at: Occurrence) -> Iterator[str]:
    tokens = text.tokens[at.sentence]
    if at.head:
        yield f"head={at.head}"
    if at.link:
        yield f"link={at.link}"
    if at.follow == len(tokens):
        yield "ends-clause"
        return
    following = tokens[at.follow]
    yield f"after={following.text}"
    clause = _following(text, at)
    if not clause:
        yield "ends-clause"
    yield from (name for name, pattern in _FOLLOWING if pattern.match(clause))
    noun = _phrase_end(tokens, at.follow)
    if noun:
        yield f"phrase-after={noun}"
    if following.tag[0] == "v":
        yield "verb-after"
    elif following.tag[0] in "nbmq" and not at.link:
        yield "noun-after"
    if following.text == "、":
        yield "item"


def _phrase_end(tokens: Sequence[Token], first: int) -> str:
    """The last word of the noun phrase that begins with a token, or ""."""
    last = ""
    for token in tokens[first : first + _PHRASE]:
        if not continues(token):
            break
        last = token.text
    return last


def _placed(text: Text, found: Found, number: int) -> frozenset[str]:
    """What holds of all names of a sentence: where in the article it is, and what else it names."""
    sentence = text.sentences[number]
    placed = {f"beside={mention.kind}" for mention in found.in_sentence(number)}
    if sentence.role is Role.HEADLINE:
        placed.add("headline")
    elif sentence.role is Role.BODY:
        if number == 0 or text.sentences[number - 1].paragraph != sentence.paragraph:
            placed.add("opens-paragraph")
        if sentence.paragraph == found.kept(_lead_paragraph, text, 0):
            placed.add("lead")
    return frozenset(placed)


def _lead_paragraph(text: Text, _found: Found, _number: int) -> int:
    """The number of the first paragraph of the body."""
    return next(sentence.paragraph for sentence in text.sentences if sentence.role is Role.BODY)


def _named(found: Found, at: Occurrence) -> Iterator[str]:
    for mention in found.in_sentence(at.sentence):
        if mention.start <= at.start and at.end <= mention.end:
            yield "within-name"
        elif at.start <= mention.start and mention.end <= at.end:
            yield "holds-name"
        elif 0 <= at.start - mention.end <= _BETWEEN:
            yield "name-before"
