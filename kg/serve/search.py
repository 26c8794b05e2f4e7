"""Search over all printed forms of a graph's things, by pinyin and initials too."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.network import KINDS
from kg.view.pinyin import pinyin_keys
from kg.vocabulary import GOV, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

FOUND = (*KINDS, "Indicator", "Article")
"""The classes that are searched, in the order in which they are told."""

_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』《》")
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: a thing, its class, its printed forms (the preferred one first), how often it is named."""

    iri: str
    kind: str
    forms: tuple[str, ...]
    count: int
    keys: tuple[str, ...]
    letters: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The preferred form."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gives: the entries of a class or of all, the best first, and how many there are of each class."""

    entries: tuple[Entry, ...]
    counts: tuple[tuple[str, int], ...]


class Index:
    """All that can be found in a graph."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: (-entry.count, entry.label, entry.iri)))

    def search(self, text: str, kind: str = "") -> Found:
        """The things whose forms fit all words of a text; all things where it has none."""
        words = [folded(word) for word in text.split()]
        ranked = []
        for entry in self.entries:
            ranks = [_rank(entry, word) for word in words if word]
            if None not in ranks:
                ranked.append((max((rank for rank in ranks if rank is not None), default=0), entry))
        counts = Counter(entry.kind for _, entry in ranked)
        chosen = (pair for pair in ranked if kind in {"", pair[1].kind})
        ordered = sorted(chosen, key=lambda pair: (pair[0], -pair[1].count, pair[1].label, pair[1].iri))
        return Found(
            tuple(entry for _, entry in ordered), tuple((name, counts[name]) for name in FOUND if counts[name])
        )

    def most_named(self, kinds: Iterable[str], most: int) -> tuple[Entry, ...]:
        """The things of some classes that are named most often."""
        wanted = frozenset(kinds)
        return tuple(entry for entry in self.entries if entry.kind in wanted)[:most]


def index_of(store: Store) -> Index:
    """The index of a graph; `store` holds its statements."""
    return Index(_entries(store))


def _entries(store: Store) -> Iterator[Entry]:
    forms, counts = _forms(store), _counts(store)
    kinds: dict[NamedNode, str] = {}
    for kind in FOUND:
        for quad in store.quads_for_pattern(None, RDF.type, GOV[kind]):
            if isinstance(quad.subject, NamedNode):
                kinds.setdefault(quad.subject, kind)
    for iri, kind in kinds.items():
        if names := tuple(forms.get(iri, ())):
            yield entry(iri.value, kind, names, counts[iri])


def _forms(store: Store) -> dict[NamedNode, dict[str, None]]:
    """The printed forms of things, the preferred ones first; of articles the headline and the file."""
    forms: dict[NamedNode, dict[str, None]] = defaultdict(dict)
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SCHEMA.headline, GOV.sourceFile, GOV.repeatedIn):
        for quad in sorted(store.quads_for_pattern(None, predicate, None), key=lambda quad: str(quad.object)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                forms[quad.subject].setdefault(quad.object.value)
    return forms


def _counts(store: Store) -> Counter[object]:
    """How many sentences name a thing, and how many numbers tell of an indicator."""
    counts: Counter[object] = Counter(quad.subject for quad in store.quads_for_pattern(None, GOV.mentionedIn, None))
    counts.update(quad.object for quad in store.quads_for_pattern(None, GOV.observes, None))
    return counts


def entry(iri: str, kind: str, names: tuple[str, ...], count: int) -> Entry:
    """An entry with the keys that it is found by; pinyin of names alone, since nobody types that of a headline."""
    letters = () if kind == "Article" else tuple(dict.fromkeys(map(pinyin_keys, names)))
    return Entry(iri, kind, names, count, tuple(map(folded, names)), letters)


def folded(text: str) -> str:
    """A text as it is searched: without quotation marks, wide signs as narrow ones, small letters."""
    return unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()


def _rank(entry: Entry, word: str) -> int | None:
    """How well a word fits an entry, 0 best; None where it does not."""
    keys, letters = entry.keys, entry.letters if word.isascii() and len(word) >= _LEAST_LETTERS else ()
    fits = (
        word in keys,
        any(key.startswith(word) for key in keys),
        any(word in key for key in keys),
        any(word in pair for pair in letters),
        any(key.startswith(word) for pair in letters for key in pair),
        any(word in whole for _, whole in letters),
    )
    return next((rank for rank, fit in enumerate(fits) if fit), None)
