"""A dossier as Markdown: tables whose columns align in a terminal, wide characters included, and numbered sentences."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kg.dossier.blocks import Bars, Cell, Document, Items, Note, Section, Table, Years, references
from kg.queries.text import visible, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.dossier.blocks import Block

_MARKUP = re.compile(r"([\\`*\[\]<|~&]|(?<!\w)_|_(?!\w))")
"""Signs that are markup anywhere; an underscore within a word is none."""
_OPENING = re.compile(r"^([#>+=-]|\d+(?=[.)]))")
"""What is markup where a line or an entry of a list begins with it."""


def markdown(document: Document) -> str:
    """The document as Markdown that ends with a line end; charts are left to the tables beside them."""
    return "\n".join(_lines(document)).rstrip("\n") + "\n"


def _lines(document: Document) -> Iterator[str]:
    numbers = {iri: place for place, iri in enumerate(document.sentences, 1)}
    yield from (f"# {_plain(document.title)} · {document.kind}", "")
    for section in document.sections:
        yield from _section(section, 2, numbers, document.words)
    yield from (f"## {document.words['sources']}", "", document.words["sourcesNote"], "")
    for article, passages in groupby(document.sentences.values(), key=lambda passage: passage.article):
        source = document.sources[article]
        told = [
            source.file,
            str(source.year) if source.year is not None else "",
            source.published,
            "、".join(source.authors),
        ]
        yield from (f"### {_plain(source.headline)}", "", _plain(" · ".join(filter(None, told))), "")
        for passage in passages:
            where = f"{passage.start}–{passage.end}"
            yield f"- [{numbers[passage.iri]}] {_plain(passage.text)} ({document.words['characters']} {where})"
        yield ""


def _section(section: Section, level: int, numbers: Mapping[str, int], words: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{'#' * level} {_plain(section.title)}", "")
    for block in section.blocks:
        yield from _block(block, numbers, words)
    for part in section.parts:
        yield from _section(part, level + 1, numbers, words)


def _block(block: Block, numbers: Mapping[str, int], words: Mapping[str, str]) -> Iterator[str]:
    match block:
        case Note():
            yield from (_plain(block.text), "")
        case Items():
            for entry in block.entries:
                yield f"- {': '.join(_cell(cell, numbers, words) for cell in entry)}"
            yield ""
        case Table():
            rows = [[_cell(cell, numbers, words) for cell in row] for row in block.rows]
            yield from table([_plain(name) for name in block.head], rows, block.numeric)
            yield ""
        case Years() | Bars():
            return


def table(head: list[str], rows: list[list[str]], numeric: Iterable[int] = ()) -> Iterator[str]:
    """The lines of a table of cells that are Markdown already: columns as wide as their widest cell, numbers right.

    >>> for line in table(["name", "n"], [["拱墅区", "17"], ["x", "3"]], [1]): print(line)
    | name   |   n |
    | ------ | --: |
    | 拱墅区 |  17 |
    | x      |   3 |
    """
    right = set(numeric)
    widths = [max(3, *(width(row[column]) for row in (head, *rows))) for column in range(len(head))]
    marks = ["-" * (size - 1) + ":" if column in right else "-" * size for column, size in enumerate(widths)]
    for row in (head, marks, *rows):
        padded = [
            " " * (size - width(cell)) + cell if column in right else cell + " " * (size - width(cell))
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"| {' | '.join(padded)} |"


def _cell(cell: Cell, numbers: Mapping[str, int], words: Mapping[str, str]) -> str:
    passages, more = references(cell, numbers)
    shown = "".join(f"[{numbers[iri]}]" for iri in passages)
    if more:
        shown += f" {words['more'].format(len(more))}"
    return " ".join(filter(None, (_plain(cell.text), shown)))


def _plain(text: str) -> str:
    """A text on one line in which nothing is Markdown or HTML."""
    return _OPENING.sub(_at_start, _MARKUP.sub(r"\\\1", " ".join(visible(text).split())))


def _at_start(match: re.Match[str]) -> str:
    """An opening sign with a backslash; behind digits, before the dot that makes them one."""
    return match[0] + "\\" if match[0].isdigit() else "\\" + match[0]
