"""The way of one file: read, cut, extracted, linked, corrected, as quads."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.confidence import sure
from kg.corrections import NOTHING, Corrections, apply, concerned, dated, known_names
from kg.extractors import extract_all
from kg.extractors.known_names import KnownNames
from kg.language.anchors import normal
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, ArticleFacts
from kg.rdf import entity_iri, quads
from kg.reading import read_page
from kg.reading.sentences import sentences


@dataclass(frozen=True, slots=True)
class Options:
    """What of a build decides on what is read from a file, beside the file: the least confidence, and corrections."""

    min_confidence: Decimal = Decimal(0)
    corrections: Corrections = NOTHING


DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file gave: its facts in N-Quads and the number of its articles.

    `verdicts` tell by the key of each correction that may concern it what became of that (see `kg.corrections.apply`).
    """

    facts: bytes
    articles: int
    verdicts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """An article's facts, the verdicts on corrections, and the names and IRIs that things had before them."""

    facts: ArticleFacts
    verdicts: Mapping[str, str]
    names: frozenset[str] = frozenset()


def read_article(article: Article, min_confidence: Decimal = Decimal(0)) -> ArticleFacts:
    """The facts of one article: sentences, tokens, mentions and relations, linked; those that are sure enough."""
    return _read_article(article, "", Options(min_confidence)).facts


def read_file(path: Path, options: Options = DEFAULT) -> FileFacts:
    """The facts of a file.

    Raises:
        UserError: it is no page.
        OSError: it cannot be read.
    """
    page = read_page(path)
    name = path.as_posix()
    verdicts: dict[str, str] = {}
    names: set[str] = set()
    found: list[Quad] = []
    with _collection_paused():
        for article in page.articles:
            read = _read_article(article, name, options)
            found += quads(read.facts)
            names |= read.names
            for key, verdict in read.verdicts.items():
                verdicts[key] = min(verdict, verdicts.get(key, verdict), key=_weight)
    keys = concerned(options.corrections.entries, name, page.articles, names)
    return FileFacts(
        serialize(found, format=RdfFormat.N_QUADS) or b"",
        len(page.articles),
        {key: verdict for key, verdict in sorted(verdicts.items()) if key in keys or verdict == ""},
    )


def concerned_by(path: Path, corrections: Corrections, names: frozenset[str]) -> set[str]:
    """The keys of the corrections that may change what is read from a file, of which the graph has things so named.

    Raises:
        UserError, OSError: as `read_file`.
    """
    return concerned(corrections.entries, path.as_posix(), read_page(path).articles, names)


def _weight(verdict: str) -> tuple[bool, bool, str]:
    """Of a file's verdicts the first to be told: why an entry could not be applied, that it was, that it is silent."""
    return verdict in {"", "-"}, verdict == "-", verdict


def _read_article(article: Article, path: str, options: Options) -> _Read:
    entries = options.corrections.entries
    if not entries:
        text = tokenize(article, sentences(article))
        facts = link(text, extract_all(text))
        return _Read(sure(facts, options.min_confidence) if options.min_confidence else facts, {})
    article, of_files = dated(article, path, entries)
    cut = sentences(article)
    text = tokenize(article, cut)
    known = known_names(entries, path, article.headline, cut)
    facts = link(text, extract_all(text, KnownNames(known, text) if known else None))
    corrected, verdicts = apply(facts, path, entries)
    names = _names(facts) | _names(corrected)
    if options.min_confidence:
        corrected = sure(corrected, options.min_confidence)
    return _Read(corrected, of_files | verdicts, names)


def _names(facts: ArticleFacts) -> frozenset[str]:
    """All names and IRIs of an article's things."""
    names = {normal(name) for e in facts.entities for name in (e.label, *e.aliases)}
    return frozenset(names | {node.value for e in facts.entities if (node := entity_iri(e))})


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Within it, nothing looks for circles of references, an eighth of the time; after each file it does."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
