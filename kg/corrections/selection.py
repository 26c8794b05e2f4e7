"""Which files an entry is for, and which articles it may concern."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kg.corrections.things import iri_of
from kg.language.anchors import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.corrections.entries import Entry
    from kg.model import Article

SHORTEST_HEADLINE = 4
"""So many characters of the beginning of a headline name an article."""


def is_for(entry: Entry, path: str, headline: str) -> bool:
    """Whether an entry holds for an article: one that names no file or headline holds for all.

    A file is named by its name, by the end of its path (2024/a.txt) or by a pattern (2024-*.txt), an article by its
    headline or the beginning of it.
    """
    if not entry.where:
        return True
    path = path.replace("\\", "/")
    title = normal(headline)
    return any(_names_file(where, path) or _names_article(where, title) for where in entry.where)


def _names_file(where: str, path: str) -> bool:
    pattern = where.strip("/").removeprefix("./")
    tail = "/".join(PurePosixPath(path).parts[-(pattern.count("/") + 1) :])
    return tail == pattern or fnmatchcase(tail, pattern)


def _names_article(where: str, title: str) -> bool:
    wanted = normal(where)
    return title == wanted or (len(wanted) >= SHORTEST_HEADLINE and title.startswith(wanted))


def concerned(entries: Iterable[Entry], path: str, articles: Iterable[Article], labels: Iterable[str]) -> set[str]:
    """The keys of the entries that may change what is read from a file.

    That is those for it whose names or quotations stand in its text, or that speak of a thing of `labels`: the
    names and IRIs of things that the graph has from it.
    """
    entries, articles = list(entries), list(articles)
    if not entries:
        return set()
    texts = [normal(a.headline + "".join(p.text for p in a.paragraphs)) for a in articles]
    known = set(labels)
    found = set()
    for entry in entries:
        mine = [t for a, t in zip(articles, texts, strict=True) if is_for(entry, path, a.headline)]
        if mine and (not (entry.names or entry.quotes) or _stands(entry, mine) or _is_known(entry, known)):
            found.add(entry.key)
    return found


def _stands(entry: Entry, texts: list[str]) -> bool:
    sought = [text for text in (*map(normal, (*entry.names, *entry.quotes)),) if text]
    return any(text in each for text in sought for each in texts)


def _is_known(entry: Entry, known: set[str]) -> bool:
    return any((iri_of(name) or normal(name)) in known for name in entry.names)
