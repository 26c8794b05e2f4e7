"""What a written dossier is made of, whatever its format: sections of tables, lists and charts, and the sentences.

Each cell names the passages that state it; a format shows them by the number of the passage among `sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.dossier.model import Article
    from kg.network import Passage


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, the thing that it names (by IRI, "" for none) and the passages that state it.

    A text that names several has them in `within`: their labels in the order in which it has them, with their IRIs.
    """

    text: str
    passages: tuple[str, ...] = ()
    iri: str = ""
    within: tuple[tuple[str, str], ...] = ()


def references(cell: Cell, numbers: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The passages of a cell that a format shows, in the order of their numbers, and the rest."""
    ordered = sorted(cell.passages, key=numbers.__getitem__)
    return ordered[:MOST_SHOWN], ordered[MOST_SHOWN:]


MOST_SHOWN = 6
"""Sentences of one statement that a document names at once; a page opens the rest, the JSON has them all."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list: each entry is a run of cells."""

    entries: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on how to read what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; `numeric` are the columns that hold numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """A number in a chart, at a year, with what a reader is told of it and the passage that it leads to."""

    year: int
    value: Decimal
    text: str
    passage: str


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one area, by year; neighbours are joined where `joined` has their years."""

    label: str
    points: tuple[Point, ...]
    joined: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Years:
    """A chart of numbers over years, a line an area; the table beside it is the next block."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of the numbers of several areas in one year; the table beside it is the next block."""

    title: str
    bars: tuple[tuple[str, Point], ...]


Block = Items | Note | Table | Years | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A dossier or comparison to be written; `words` are the texts of its language."""

    title: str
    kind: str
    sections: tuple[Section, ...]
    sentences: Mapping[str, Passage]
    sources: Mapping[str, Article]
    language: str
    words: Mapping[str, str]
