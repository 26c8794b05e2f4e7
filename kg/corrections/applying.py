"""Corrections applied to the facts of one article, between linking and quads.

They are applied in a fixed order, whatever theirs in the file: names apart, names together, kinds and new things,
what is wrong, relations, numbers; of each, what holds everywhere before what holds for a file. So the same set of
entries gives the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kg.corrections.drafts import Here, Unfit
from kg.corrections.entries import Apart, Different, Entry, Issued, Named, NoThing, Number, Same, Stated
from kg.corrections.identities import kept_apart, kinds_told, made_one, no_thing, told_apart
from kg.corrections.numbers import with_number
from kg.corrections.relations import with_relation
from kg.corrections.selection import is_for
from kg.extractors.known_names import KnownName
from kg.language.anchors import Anchors
from kg.model import CORRECTION, Article, ArticleFacts, Sentence

FITS = ""
"""The verdict on an entry that was applied."""
SILENT = "-"
"""The verdict on an entry of which an article does not speak; any other text tells why it could not be applied."""

_STEPS: tuple[tuple[type[Entry], Callable[[Here, Any], ArticleFacts]], ...] = (
    (Different, kept_apart),
    (Apart, told_apart),
    (Same, made_one),
    (Named, kinds_told),
    (NoThing, no_thing),
    (Stated, with_relation),
    (Number, with_number),
)
"""What is done with each kind of entry, in the order in which it is done."""


def dated(article: Article, path: str, entries: Iterable[Entry]) -> tuple[Article, dict[str, str]]:
    """The article with the day and the paper that a person gives it."""
    verdicts = {}
    for entry in sorted((e for e in entries if isinstance(e, Issued)), key=lambda e: e.key):
        if is_for(entry, path, article.headline):
            verdicts[entry.key] = FITS
            article = replace(
                article,
                published=entry.published or article.published,
                dated=CORRECTION if entry.published else article.dated,
                paper=entry.paper or article.paper,
                word=entry.word or article.word,
            )
    return article, verdicts


def known_names(entries: Iterable[Entry], path: str, headline: str, sentences: Iterable[Sentence]) -> list[KnownName]:
    """The names that extraction is to recognise in an article."""
    named = [e for e in entries if isinstance(e, Named) and is_for(e, path, headline)]
    quoting = any(e.quote for e in named)
    anchors = Anchors(sentence.text for sentence in sentences) if quoting else None
    found = []
    for entry in sorted(named, key=lambda e: e.key):
        where = None
        if entry.quote and anchors:
            where = frozenset(number for anchor in anchors.find(entry.quote) for number in anchor.sentences)
        found += [KnownName(name, entry.kind, where) for name in entry.names]
    return found


def apply(facts: ArticleFacts, path: str, entries: Iterable[Entry]) -> tuple[ArticleFacts, dict[str, str]]:
    """The facts of an article as a person corrects them, and the verdict on each entry by its key.

    An entry that does not fit leaves the facts as they are.
    """
    verdicts: dict[str, str] = {}
    headline = facts.article.headline
    here = Here(facts, facts.sentences, facts)
    for kind, step in _STEPS:
        mine = (e for e in entries if type(e) is kind and is_for(e, path, headline))
        for entry in sorted(mine, key=lambda e: (e.limits, e.key)):
            try:
                here = replace(here, facts=step(here, entry))
                verdicts[entry.key] = FITS
            except Unfit as unfit:
                verdicts[entry.key] = str(unfit) if unfit.telling else SILENT
    return here.facts, verdicts
