"""The formats of pages, by the ending of the file's name."""

from __future__ import annotations

from kg.model import Article
from kg.reading.decoding import Unreadable
from kg.reading.layout import articles
from kg.reading.lines import plain_lines


def articles_of(text: str, suffix: str, name: str) -> tuple[Article, ...]:
    """The articles of a decoded file with the given ending (`.txt`) and name.

    Raises:
        Unreadable: the ending is of no known format, or the text breaks its format.
    """
    match suffix:
        case ".txt":
            return articles(plain_lines(text), name)
        case _:
            raise Unreadable(f"the ending {suffix or 'none'} is not one of .txt .md .html .htm .jsonl")
