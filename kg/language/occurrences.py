"""Where the names that an article has given once stand in it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Text


def occurrences(names: Iterable[str], text: Text) -> Iterator[tuple[int, int, int, str]]:
    """The places of names in the sentences of an article, leftmost and longest: sentence, start, end and name.

    >>> from kg.language.tokens import tokenize
    >>> from kg.model import Article, Paragraph
    >>> from kg.reading.sentences import sentences
    >>> article = Article("a.txt", "", (Paragraph("三方协同议事会成立。三方协同。", tuple(range(15))),))
    >>> list(occurrences(["三方协同", "三方协同议事会"], tokenize(article, sentences(article))))
    [(0, 0, 7, '三方协同议事会'), (1, 0, 4, '三方协同')]
    """
    known = sorted(names)
    if not known:
        return
    finder = AhoCorasick(known, MatchKind.LeftmostLongest, implementation=Implementation.NoncontiguousNFA)
    for number, sentence in enumerate(text.sentences):
        for which, start, end in finder.find_matches_as_indexes(sentence.text):
            yield number, start, end, known[which]
