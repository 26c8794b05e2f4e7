"""Search of sentences: all of them as one text, which a plain scan goes through faster than any index is asked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.serve.search import folded
from kg.vocabulary import GOV, OA, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

MOST_FOUND = 1000
"""Sentences that one search gives; a scan ends there."""

_BETWEEN = "\n"  # no sentence holds one


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be found: its passage, and its article."""

    iri: str
    article: str


class Sentences:
    """The sentences of a graph, in the order of articles and of their text."""

    def __init__(self, told: Iterable[tuple[Sentence, str]], headings: dict[str, str]) -> None:
        """Keep sentences with their texts; `headings` are what an article is called by, by its IRI."""
        self._sentences: list[Sentence] = []
        self._starts: list[int] = []
        self._headings = {iri: folded(text) for iri, text in headings.items()}
        self._all_headings = _BETWEEN.join(self._headings.values())
        texts, at = [], 0
        for sentence, text in told:
            texts.append(folded(text).replace(_BETWEEN, " "))
            self._sentences.append(sentence)
            self._starts.append(at)
            at += len(texts[-1]) + 1
        self._text = _BETWEEN.join(texts)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._sentences)

    def find(self, text: str) -> list[Sentence]:
        """The first sentences that hold all words of a text; a word may stand in the headline or file name instead."""
        words = sorted({word for each in text.split() if (word := folded(each))}, key=lambda word: (-len(word), word))
        rarest = next((word for word in words if word not in self._all_headings), None)  # a long word is a rare one
        if rarest is None:
            having: Iterable[int] = sorted({number for word in words for number in self._having(word)})
        else:
            having = self._having(rarest)
        fitting = (number for number in having if all(self._tells(number, word) for word in words))
        return [self._sentences[number] for number in islice(fitting, MOST_FOUND)]

    def _having(self, word: str) -> Iterator[int]:
        at = self._text.find(word)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._text.find(word, self._end(number))

    def _tells(self, number: int, word: str) -> bool:
        heading = self._headings.get(self._sentences[number].article, "")
        return word in heading or self._text.find(word, self._starts[number], self._end(number)) >= 0

    def _end(self, number: int) -> int:
        return self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self._text)


def sentences_of(store: Store) -> Sentences:
    """The sentences of a graph; `store` holds its statements."""
    articles = _values(store, OA.hasSource)
    told = [
        (Sentence(iri, articles.get(iri, "")), text)
        for iri, text in _values(store, OA.exact).items()
        if articles.get(iri)
    ]
    told.sort(key=lambda each: (each[0].article, _start(each[0].iri), each[0].iri))
    headings = _values(store, GOV.sourceFile)
    for iri, headline in _values(store, SCHEMA.headline).items():
        headings[iri] = f"{headings.get(iri, '')} {headline}"
    return Sentences(told, headings)


def _values(store: Store, predicate: NamedNode) -> dict[str, str]:
    """The least value of each subject."""
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, predicate, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            value = quad.object.value
            found[quad.subject.value] = min(value, found.get(quad.subject.value, value))
    return found


def _start(iri: str) -> int:
    """Where a passage begins in its file, as its IRI tells (`#char=12,40`)."""
    start = iri.rpartition("#char=")[2].partition(",")[0]
    return int(start) if start.isascii() and start.isdigit() else 0


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """A text in runs, each with whether it is one of the words.

    >>> marked("办起夜谈会8场", ["夜谈会"])
    [('办起', False), ('夜谈会', True), ('8场', False)]
    """
    lowered = text.casefold()
    if len(lowered) != len(text):
        return [(text, False)]
    spans: list[tuple[int, int]] = []
    for word in sorted({word.casefold() for word in words if word}, key=lambda word: (-len(word), word)):
        at = lowered.find(word)
        while at >= 0:
            if all(at >= end or at + len(word) <= start for start, end in spans):
                spans.append((at, at + len(word)))
            at = lowered.find(word, at + len(word))
    runs, before = [], 0
    for start, end in sorted(spans):
        runs += [(text[before:start], False), (text[start:end], True)]
        before = end
    return [(run, is_word) for run, is_word in [*runs, (text[before:], False)] if run]
