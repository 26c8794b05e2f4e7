"""The way of one file: read, cut, extracted, linked, corrected, as quads."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from itertools import repeat
from pathlib import Path, PurePath

from kg.confidence import sure
from kg.corrections import NOTHING, Corrections, apply, concerned, dated, known_names
from kg.errors import UserError
from kg.extractors import extract_all
from kg.extractors.known_names import KnownNames
from kg.language.anchors import normal
from kg.language.dates import GIVEN, PRINTED, with_dateline
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, ArticleFacts, Text
from kg.packing import Packed, Packing
from kg.rdf import entity_iri, n_quads
from kg.reading import Faults, Piece, read_articles
from kg.reading.files import readable, readable_name
from kg.reading.issue_dates import date_of_path
from kg.reading.sentences import sentences
from kg.sidecars import (
    Cause,
    Mode,
    Refused,
    SaidArticle,
    SaidPage,
    anchored,
    combined,
    is_of,
    matched,
    parsed_page,
    read_json,
    sidecars_of,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What of a build decides on what is read from a file, beside the file.

    That is the least confidence, the corrections, what is made of the facts of its sidecar, and the date of pages that
    tell none (2024-03-31, 2024-03 or 2024).
    """

    min_confidence: Decimal = Decimal(0)
    corrections: Corrections = NOTHING
    facts: Mode = Mode.ONLY
    published: str = ""


DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class StandIn:
    """Of which file another is a copy at hand, by the path that dates are read from, or of which it is a piece."""

    path: PurePath
    piece: Piece | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file gave: its facts, and the number of its articles.

    `kg.packing.unpacked` gives the facts. `faults` tells of records that could not be read, or of a sidecar,
    without which the facts are those of the rules. `verdicts` tell by the key
    of each correction that may concern it what became of that (see `kg.corrections.apply`); `refused` are the facts of
    its sidecar that were not taken, each with the reason, and `said` tells whether that speaks of one of its articles.
    """

    facts: Packed
    articles: int
    verdicts: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    faults: str = ""
    said: bool = False


@dataclass(frozen=True, slots=True)
class ArticleQuads:
    """What an article of a file gave, as N-Quads; the other fields are as those of its file, `names` its things'."""

    quads: bytes
    verdicts: Mapping[str, str]
    names: frozenset[str]
    refused: tuple[Refused, ...]


_Said = tuple[Article, SaidArticle | None]
Spread = Callable[[Callable[[_Said], ArticleQuads], Iterable[_Said]], Iterator[ArticleQuads]]
"""How the articles of a file are read, in their order: as `map` does, or by several processes."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An article's facts, the verdicts on corrections, and the names and IRIs that things had before them."""

    facts: ArticleFacts
    verdicts: Mapping[str, str]
    names: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()


def read_article(article: Article, min_confidence: Decimal = Decimal(0)) -> ArticleFacts:
    """The facts of one article: sentences, tokens, mentions and relations, linked; those that are sure enough."""
    return _read_article(article, "", Options(min_confidence)).facts


def text_of(article: Article, path: str, published: str = "") -> Text:
    """An article of a file cut into sentences and tokens, with the date that it, its file or `published` gives."""
    article = _issued(article, path, published)
    return with_dateline(tokenize(article, sentences(article)))


def read_file(
    path: Path,
    options: Options = DEFAULT,
    scratch: Path | None = None,
    spread: Spread = map,
    stands: StandIn | None = None,
) -> FileFacts:
    """The facts of a file; many of them are put into a file in the folder `scratch`, which is made if need be.

    `spread` reads its articles; `stands` tells which file it stands for, if that is another.

    Raises:
        UserError: it is no page.
        CannotPack: there is no room for its facts.
        OSError: it cannot be read.
    """
    name = (stands.path if stands else path).as_posix()
    verdicts: dict[str, str] = {}
    names: set[str] = set()
    packing, number = Packing(scratch), 0
    refused: list[tuple[Refused, ...]] = []
    faults = Faults()
    said_page, unsaid = _said(path, readable_name(path), options.facts)
    pairs, said = _with_said(read_articles(path, faults, piece=stands.piece if stands else None), said_page)
    for read in spread(partial(_quads_of, name, options), pairs):
        packing.add(read.quads)
        number += 1
        refused.append(read.refused)
        names |= read.names
        for key, verdict in read.verdicts.items():
            verdicts[key] = min(verdict, verdicts.get(key, verdict), key=_weight)
    keys = concerned_by(path, options.corrections, names)
    return FileFacts(
        packing.packed(),
        number,
        {key: verdict for key, verdict in sorted(verdicts.items()) if key in keys or verdict == ""},
        tuple(map(str, _refused(said_page, said, refused))) if said_page else (),
        "; ".join(filter(None, (unsaid, str(faults)))),
        any(each is not None for each in said),
    )


def _quads_of(path: str, options: Options, said: _Said) -> ArticleQuads:
    """What an article of a file gives, with what a sidecar says of it."""
    with _collection_paused():
        return _as_quads(_read_article(said[0], path, options, said[1]))


def _as_quads(read: _Read) -> ArticleQuads:
    """What was read of an article, its facts as N-Quads."""
    return ArticleQuads(n_quads(read.facts), read.verdicts, read.names, read.refused)


def _with_said(
    articles: Iterator[Article], page: SaidPage | None
) -> tuple[Iterable[_Said], Sequence[SaidArticle | None]]:
    """Articles with what the sidecar says of each, and that alone; only where there is one are all held in memory."""
    if page is None:
        return zip(articles, repeat(None), strict=False), ()
    whole = list(articles)
    said = matched(page, whole)
    return zip(whole, said, strict=True), said


def _said(path: Path, name: str, mode: Mode) -> tuple[SaidPage | None, str]:
    """What the sidecar of a page says of it, if it has one, and why nothing can be read of it, if that is so."""
    sidecars = () if mode is Mode.RULES else sidecars_of(path)
    if len(sidecars) > 1:
        names = " and ".join(readable(each.name) for each in sidecars)
        return None, f"it has several files of facts ({names}): keep one"
    try:
        return (_said_in(sidecars[0], name) if sidecars else None), ""
    except UserError as error:
        return None, str(error)


def _said_in(sidecar: Path, name: str) -> SaidPage | None:
    """What a sidecar says of a page; None where it is that of another page beside it.

    Raises:
        UserError: it cannot be read, or names a page that it is not the sidecar of.
    """
    data, called = read_json(sidecar), readable(sidecar.name)
    page = parsed_page(data, name, called)
    if page is None and not is_of(sidecar, data["page"]):
        other = readable(data["page"])[:80]
        raise UserError(f'its facts in {called} are of another page ({other}); mend its "page", or take it out')
    return page


def _refused(
    page: SaidPage, said: Sequence[SaidArticle | None], refused: Sequence[tuple[Refused, ...]]
) -> Iterator[Refused]:
    """What was not taken of a sidecar: of names for all articles, those that no article takes."""
    yield from page.refused
    if page.whole and refused:
        yield from (each for each in dict.fromkeys(refused[0]) if all(each in others for others in refused[1:]))
        return
    yield from (each for of_article in refused for each in of_article)
    for article in page.articles:
        if all(article is not each for each in said):
            title = next(iter(article.titles), article.opening)[:40]
            facts = len(article.things) + len(article.relations) + len(article.numbers)
            yield Refused(
                f"{facts} facts of “{title}”", "no article of the page has this headline or opening", Cause.ARTICLE
            )


def concerned_by(path: Path, corrections: Corrections, names: AbstractSet[str]) -> set[str]:
    """The keys of the corrections that may change what is read from a file, of which the graph has things so named.

    Raises:
        UserError, OSError: as `read_file`.
    """
    if not corrections.entries:
        return set()
    articles = read_articles(path)
    return {key for each in articles for key in concerned(corrections.entries, path.as_posix(), [each], names)}


def _weight(verdict: str) -> tuple[bool, bool, str]:
    """Of a file's verdicts the first to be told: why an entry could not be applied, that it was, that it is silent."""
    return verdict in {"", "-"}, verdict == "-", verdict


def _read_article(article: Article, path: str, options: Options, said: SaidArticle | None = None) -> _Read:
    entries = options.corrections.entries
    article = _issued(article, path, options.published)
    article, of_files = dated(article, path, entries) if entries else (article, {})
    text = with_dateline(tokenize(article, sentences(article)))
    facts, refused = _facts(text, path, options, said)
    if not entries:
        return _Read(_sure(facts, options), {}, refused=refused)
    corrected, verdicts = apply(facts, path, entries)
    return _Read(_sure(corrected, options), of_files | verdicts, _names(facts) | _names(corrected), refused)


def _issued(article: Article, path: str, given: str) -> Article:
    """The article with the day that its page tells, or else its file's name, its folder, or whoever builds."""
    if article.published:
        return replace(article, dated=PRINTED)
    found = date_of_path(PurePath(path)) or ((given, GIVEN) if given else None)
    return replace(article, published=found[0], dated=found[1]) if found else article


def _facts(
    text: Text, path: str, options: Options, said: SaidArticle | None
) -> tuple[ArticleFacts, tuple[Refused, ...]]:
    """The facts of our rules, of a sidecar, or of both."""
    if said is None:
        return _own(text, path, options), ()
    theirs, refused = anchored(said, text)
    if options.facts is Mode.ONLY:
        return theirs, refused
    return combined(_own(text, path, options), theirs, options.facts), refused


def _own(text: Text, path: str, options: Options) -> ArticleFacts:
    known = known_names(options.corrections.entries, path, text.article.headline, text.sentences)
    found = extract_all(text, KnownNames(known, text) if known else None)
    facts = link(text, found)
    found.forget()
    return facts


def _sure(facts: ArticleFacts, options: Options) -> ArticleFacts:
    return sure(facts, options.min_confidence) if options.min_confidence else facts


def _names(facts: ArticleFacts) -> frozenset[str]:
    """All names and IRIs of an article's things."""
    names = {normal(name) for e in facts.entities for name in (e.label, *e.aliases)}
    return frozenset(names | {node.value for e in facts.entities if (node := entity_iri(e))})


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Within it, nothing looks for circles of references, an eighth of the time; after each article it does."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
