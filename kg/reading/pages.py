"""A file to a page: decoded, taken apart by its format, laid out in articles."""

from __future__ import annotations

from pathlib import Path

from kg.model import Page
from kg.reading.decoding import Unreadable, decode
from kg.reading.formats import articles_of


def read_page(path: Path) -> Page:
    """The page in a file and its articles.

    Raises:
        Unreadable: the file cannot be read, is empty, binary or in no known encoding, has an ending of no known
            format, or breaks its format; the message is one line and says why, without the file's name.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the file cannot be read ({(error.strerror or 'error').lower()})") from None
    text = decode(data)
    articles = articles_of(text, path.suffix.lower(), path.name)
    if not articles:
        raise Unreadable("the file holds no text")
    return Page(path.name, text, articles)
