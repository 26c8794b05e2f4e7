"""Noun phrases that may name an initiative, found by their head, their newness or their place in the headline."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.tokens import dictionary_entry
from kg.language.wordlists import either, word_set
from kg.model import Role, Text, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOMINAL = ("n", "v", "a", "b", "j", "l", "i", "f", "s", "m", "q", "e", "k", "g", "z", "c", "t")
_STOP = frozenset("和与及的了是为在被把将")
_SOFT_TAIL = re.compile(r"(?<=.{4})工作$")
_HEAD_END = re.compile(rf".*{either('program_heads', 'program_heads_strong')}", re.DOTALL)
_HEADS_END = re.compile(rf"{either('program_heads', 'program_heads_strong')}$")
_WHOLE_HEAD = re.compile(rf"{either('program_whole_heads')}$")
_BEARER = re.compile(rf"{either('program_bearers')}$")
LONGEST = 24
"""No name is longer than this, so no search goes further (code points)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase and its span in the sentence; `distinctive` if more than everybody's words make it up."""

    text: str
    start: int
    end: int
    distinctive: bool = True


def headed_phrases(sentence: str, tokens: Sequence[Token], start: int) -> Iterator[Phrase]:
    """The noun phrases from `start` on that a noun of initiatives heads, over an enumeration by 、."""
    run: list[Token] = []
    for token in tokens:
        if token.start < start:
            continue
        if token.text == "的" or token.text in {"、", "和", "与", "及"}:
            phrase = _to_head(sentence, run)
            if phrase:
                yield phrase
            elif token.text in {"和", "与", "及"} and run:
                run.append(token)
                continue
            if token.text != "的" and not phrase:
                return
            run = []
        elif _continues(token) and token.end - start <= LONGEST * 2:
            run.append(token)
        else:
            break
    phrase = _to_head(sentence, run)
    if phrase:
        yield phrase


def phrase_before(sentence: str, tokens: Sequence[Token], end: int) -> Phrase | None:
    """The noun phrase, headed by a noun of initiatives, that ends at `end` or one word (工作, 申报) before it."""
    run: list[Token] = []
    for token in reversed(tokens):
        if token.end > end or (not run and token.tag == "d"):
            continue
        if not _continues(token) or token.tag[0] in "ct" or end - token.start > LONGEST:
            break
        run.insert(0, token)
    phrase = _to_head(sentence, run)
    return phrase if phrase and end - phrase.end <= 4 else None


def _continues(token: Token) -> bool:
    """Whether a token can stand within a noun phrase."""
    if token.text == "之":
        return True
    if token.tag[0] not in _NOMINAL or token.text in _STOP:
        return False
    verbs = word_set("program_founding_verbs") | word_set("program_running_verbs")
    return token.text not in verbs or token.text in word_set("program_nominal_verbs") or token.tag.startswith("n")


def _to_head(sentence: str, run: list[Token]) -> Phrase | None:
    """The run of tokens up to its last head, if a name can be so."""
    while run and (run[0].tag[0] in "mq" or run[0].tag == "c"):
        run = run[1:]
    for last in range(len(run), 0, -1):
        start, end = run[0].start, run[last - 1].end
        text = sentence[start:end]
        match = _HEAD_END.fullmatch(text)
        if match and 4 <= len(text) <= LONGEST:
            distinctive = _WHOLE_HEAD.search(text) is not None or is_distinctive(run[:last])
            text = _SOFT_TAIL.sub("", text)
            return Phrase(text, start, start + len(text), distinctive)
    return None


def is_distinctive(tokens: Sequence[Token]) -> bool:
    """Whether a phrase holds a word, its last one aside, that is not in everybody's mouth (基层治理体系 has none)."""
    common = word_set("program_generic_modifiers") | word_set("program_heads")
    rest = [t.text for t in tokens[:-1] if t.text not in common and t.tag[0] not in "mqcft"]
    # The tagger may take modifier and head for one word: 蜜梨工坊.
    head = _HEADS_END.search(tokens[-1].text)
    if head and tokens[-1].text not in common:
        rest.append(tokens[-1].text[: head.start()])
    return sum(map(len, rest)) > 1


def coined_words(text: Text) -> list[str]:
    """Words of three to five characters, unknown to the dictionary, that return at least three times in an article."""
    counts = Counter(
        token.text
        for group in text.tokens
        for token in group
        if 3 <= len(token.text) <= 5 and token.tag in {"n", "nz", "x", "l", "v", "vn"} and token.text.isalpha()
    )
    return sorted(word for word, times in counts.items() if times > 2 and dictionary_entry(word) is None)


def topics(text: Text) -> list[str]:
    """Noun phrases of the headline that the body takes up as work that is done.

    A phrase is taken up three times, once as 工作 or 试点; or twice, once governed by a verb such as 推进.

    >>> from kg.language.tokens import tokenize
    >>> from kg.model import Article, Paragraph
    >>> from kg.reading.sentences import sentences
    >>> body = "回迁安置工作加快。回迁安置了百户。回迁安置有方。"
    >>> lines = (Paragraph("回迁安置增效", tuple(range(6)), Role.HEADLINE), Paragraph(body, tuple(range(len(body)))))
    >>> article = Article("a.txt", "回迁安置增效", lines)
    >>> topics(tokenize(article, sentences(article)))
    ['回迁安置']
    """
    body = "\n".join(s.text for s in text.sentences if s.role is not Role.HEADLINE)
    found: set[str] = set()
    for sentence, tokens in zip(text.sentences, text.tokens, strict=True):
        if sentence.role is Role.HEADLINE:
            found.update(phrase for phrase in _spans_of(sentence.text, tokens) if _is_topic(phrase, body))
    return sorted(phrase for phrase in found if not any(phrase != other and phrase in other for other in found))


def _is_topic(phrase: str, body: str) -> bool:
    if _BEARER.search(phrase):
        return False
    times = body.count(phrase)
    named_work = times > 2 and re.search(re.escape(phrase) + either("program_topic_tails"), body)
    governed = times > 1 and re.search(either("program_topic_verbs") + re.escape(phrase), body)
    return bool(named_work or governed)


def _spans_of(sentence: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Runs of two to four words of a sentence, four to eight characters long, that are not of common words alone."""
    for first in range(len(tokens)):
        for last in range(first + 2, min(first + 5, len(tokens) + 1)):
            run = tokens[first:last]
            phrase = sentence[run[0].start : run[-1].end]
            if 4 <= len(phrase) <= 8 and all(_continues(t) for t in run) and is_distinctive([*run, run[-1]]):
                yield phrase
