"""Names that one article reads and another does not, though they stand in it: is it the same thing there?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.errors import UserError
from kg.language.anchors import normal
from kg.model import Article
from kg.network import Thing
from kg.rdf import article_iri
from kg.reading import read_articles
from kg.reading.sentences import sentences
from kg.review.holdings import Holdings
from kg.review.suggestion import Suggestion

SORT = "unread"
SHORTEST = 3
"""Names of so many characters, numerals aside, are told from ordinary words."""

KINDS = frozenset({"Program", "Organization", "Person", "Site", "Community", "Document"})


def unread(held: Holdings) -> Iterator[Suggestion]:
    """Names of things that stand in the text of articles whose facts do not hold them.

    The surer a name is and the more articles read it, the more a decision on those that do not is worth.
    """
    bearers: dict[str, list[Thing]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)  # by article, all that is read there
    for thing in held.network.things:
        for name in filter(None, map(normal, thing.names)):
            bearers[name].append(thing)
            for article in thing.articles:
                names[article].add(name)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    search = AhoCorasick(sorted(bearers), matchkind=MatchKind.LeftmostLongest) if bearers else None
    for file, page in _articles(held.files):
        here = names.get(article_iri(page).value, set())
        for sentence in sentences(page):
            text = normal(sentence.text)
            for _, start, end in search.find_matches_as_indexes(text) if search else ():
                name = text[start:end]
                if name not in here and _is_told(name, bearers[name], here):
                    found[name].append((file, sentence.text))
    for name, places in found.items():
        (kind,) = {thing.kind for thing in bearers[name]}
        read_in = len({article for thing in bearers[name] for article in thing.articles})
        articles = len({file for file, _ in places})
        sure = max(held.confidences.get(thing.iri, Decimal(1)) for thing in bearers[name])
        first, told = places[0]
        label = bearers[name][0].label if normal(bearers[name][0].label) == name else name
        yield Suggestion(
            SORT, sure * articles * read_in, f"{label} is a {kind.lower()} wherever it stands",
            f"read in {read_in} articles, stands unread in {articles} files", told, first,
            "name", {"name": label, "kind": kind.lower()}, frozenset(thing.iri for thing in bearers[name]),
        )  # fmt: skip


def _is_told(name: str, bearers: Iterable[Thing], here: set[str]) -> bool:
    """Whether a name is long enough and of one kind, and no part of a name that the article does have."""
    kinds = {thing.kind for thing in bearers}
    letters = [sign for sign in name if not sign.isnumeric()]
    fit = len(letters) >= SHORTEST and len(kinds) == 1 and kinds <= KINDS
    return fit and not any(name in other or other in name for other in here if len(other) >= SHORTEST)


def _articles(files: Iterable[Path]) -> Iterator[tuple[str, Article]]:
    """The articles of the files that are still there to be read."""
    for path in files:
        with suppress(UserError, OSError):
            yield from ((path.name, article) for article in read_articles(path))
