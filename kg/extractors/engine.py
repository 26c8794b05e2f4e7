"""Runs the extractors over an article in the order of their needs, and rules over its sentences."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field, replace
from functools import cache
from graphlib import TopologicalSorter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import kg.extractors
from kg.decision import in_genre
from kg.frozen import frozen
from kg.language.work_reports import genre_of
from kg.model import Fact, Level, Mention, Metric, Relation, Sentence, Text, Token

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from kg.extractors.known_names import KnownNames

PLACES = frozenset(Level)
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Found:
    """The facts found so far in an article, in the order of the text."""

    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    metrics: tuple[Metric, ...] = ()
    _by_sentence: dict[int, tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)
    _of_kinds: dict[tuple[str, ...], tuple[Mention, ...]] = field(default_factory=dict, repr=False, compare=False)
    _kept: dict[tuple[Callable[..., Any], int], Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Found:
        """Facts, sorted by their place in the text."""
        return cls().grown(facts)

    def grown(self, facts: Iterable[Fact]) -> Found:
        """These with further facts of the article; without new mentions what was worked out before is kept."""
        facts = list(facts)
        relations = (*self.relations, *(f for f in facts if isinstance(f, Relation)))
        metrics = (*self.metrics, *(f for f in facts if isinstance(f, Metric)))
        named = [f for f in facts if isinstance(f, Mention)]
        if not named:
            return replace(self, relations=relations, metrics=metrics)
        self.forget()
        mentions = sorted([*self.mentions, *named], key=lambda m: (m.sentence, m.start, -m.end, m.kind, m.name))
        by_sentence = {number: tuple(group) for number, group in groupby(mentions, key=attrgetter("sentence"))}
        return Found(tuple(mentions), relations, metrics, by_sentence)

    def forget(self) -> None:
        """Let go of what was worked out, which holds these facts in turn: memory is then free without a collection."""
        self._kept.clear()

    def in_sentence(self, number: int, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of a sentence by position, of the given kinds or of all."""
        found = self._by_sentence.get(number, ())
        return tuple([m for m in found if m.kind in kinds]) if found and kinds else found

    def places_in(self, number: int) -> tuple[Mention, ...]:
        """The places that a sentence names, by position."""
        return tuple([m for m in self._by_sentence.get(number, ()) if m.kind in PLACES])

    def kept(self, work: Callable[[Text, Found, int], Kept], text: Text, number: int) -> Kept:
        """What some work on the mentions of a sentence (or with number 0 of all) gives, done once: many ask for it."""
        key = work, number
        if key in self._kept:
            kept: Kept = self._kept[key]
        else:
            kept = self._kept[key] = work(text, self, number)
        return kept

    def of_kind(self, *kinds: str) -> tuple[Mention, ...]:
        """The article's mentions of the given kinds, by position."""
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = tuple([m for m in self.mentions if m.kind in kinds])
        return self._of_kinds[kinds]


@frozen
class Scope:
    """Where a rule matched: the sentence, its number, its tokens, the article, and what was found before."""

    text: Text
    number: int
    found: Found

    @property
    def sentence(self) -> Sentence:
        """The sentence at hand."""
        return self.text.sentences[self.number]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens."""
        return self.text.tokens[self.number]


@dataclass(frozen=True)
class Rule:
    """A named rule: where `pattern` matches a sentence, `produce` gives the facts, or none.

    The name says what it catches and ends up in the graph (`gov:rule`), so it is lower case with hyphens.
    """

    name: str
    pattern: re.Pattern[str]
    produce: Callable[[re.Match[str], Scope], Iterable[Fact]]


class NamedRule(Protocol):
    """Whatever else a rule is, it has a name."""

    @property
    def name(self) -> str:
        """The name that ends up in the graph."""


class Extractor(Protocol):
    """What a module of this folder offers."""

    NEEDS: tuple[str, ...]
    RULES: tuple[NamedRule, ...]

    def extract(self, text: Text, found: Found) -> Iterable[Fact]:
        """The facts of one article."""


def apply(rules: Iterable[Rule], text: Text, found: Found) -> Iterator[Fact]:
    """The facts that the rules give on every sentence, sentence by sentence, rule by rule."""
    searched = [(rule.pattern.finditer, rule.produce) for rule in rules]
    for number, sentence in enumerate(text.sentences):
        scope, line = Scope(text, number, found), sentence.text
        for matches, produce in searched:
            for match in matches(line):
                yield from produce(match, scope)


@cache
def extractors() -> dict[str, Extractor]:
    """The extractors by name, each after those it needs; independent of the order of files.

    Raises:
        graphlib.CycleError: extractors need each other.
    """
    modules: dict[str, Extractor] = {}
    for info in pkgutil.iter_modules(kg.extractors.__path__):
        module = importlib.import_module(f"kg.extractors.{info.name}")
        if hasattr(module, "RULES"):
            modules[info.name] = cast("Extractor", module)
    order = TopologicalSorter({name: sorted(modules[name].NEEDS) for name in sorted(modules)})
    return {name: modules[name] for name in order.static_order()}


def facts_by_extractor(text: Text) -> dict[str, tuple[Fact, ...]]:
    """The facts of an article by the extractor that found them: each runs on what the earlier ones found."""
    return _read(text)[0]


def extract_all(text: Text, known: KnownNames | None = None) -> Found:
    """All facts of an article, the names that the reader knows among them."""
    return _read(text, known)[1]


def _read(text: Text, known: KnownNames | None = None) -> tuple[dict[str, tuple[Fact, ...]], Found]:
    with in_genre(genre_of(text)):
        return _read_on(text, known)


def _read_on(text: Text, known: KnownNames | None) -> tuple[dict[str, tuple[Fact, ...]], Found]:
    facts: dict[str, tuple[Fact, ...]] = {}
    found = Found()
    for name, extractor in extractors().items():
        facts[name] = tuple(extractor.extract(text, found))
        if known is not None:
            facts[name] = tuple(known.put_in(name, facts[name], found))
        found = found.grown(facts[name])
    return facts, found
