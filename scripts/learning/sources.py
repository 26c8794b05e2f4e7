"""Texts with their gold facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.evaluate.gold import GoldPage, read_gold
from kg.extractors.engine import Found, extractors
from kg.language.tokens import tokenize
from kg.language.work_reports import genre_of
from kg.model import Text
from kg.reading import read_page
from kg.reading.sentences import sentences

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A page with its gold facts, and how much they count in learning; `written` if it is an article of our own."""

    path: Path
    gold_path: Path
    weight: float = 1.0
    written: bool = False

    @property
    def name(self) -> str:
        """The page's name."""
        return self.path.stem

    @cached_property
    def gold(self) -> GoldPage:
        """What a careful reader takes from the page."""
        return read_gold(self.gold_path)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The page's articles, cut into sentences and words."""
        return tuple(tokenize(article, sentences(article)) for article in read_page(self.path).articles)

    @property
    def genre(self) -> str:
        """The genre of the page's articles."""
        return max(map(genre_of, self.texts), default="")


def sources(folders: Iterable[str | Path]) -> list[Source]:
    """The pages of folders that each hold `gold/`, by name, the texts in `text/` or beside it.

    Those of `FOLDER=3` count threefold.
    """
    found = []
    for named in folders:
        name, _, weight = str(named).partition("=")
        folder = Path(name)
        texts = folder / "text" if (folder / "text").is_dir() else folder
        pages = {p.stem: p for p in sorted(texts.iterdir()) if p.is_file() and p.name != "README.md"}
        golds = sorted((folder / "gold").glob("*.json"))
        written = folder.resolve().is_relative_to(PROJECT)
        found += [Source(pages[g.stem], g, float(weight or 1), written) for g in golds if g.stem in pages]
    return sorted(found, key=lambda s: s.name)


def found_before(text: Text, extractor: str) -> Found:
    """What the extractors before one have found in a text."""
    found = Found()
    for name, each in extractors().items():
        if name == extractor:
            break
        found = found.grown(each.extract(text, found))
    return found


def each_text(source: Source) -> Iterator[Text]:
    """The texts of a source."""
    yield from source.texts
