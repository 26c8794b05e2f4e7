"""A file to a page: decoded, taken apart by its format, laid out in articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.model import Article, Page
from kg.reading.decoding import Unreadable, decode
from kg.reading.files import NoPlainFile, opened, readable_name
from kg.reading.formats import articles_of
from kg.reading.paragraphs import parts


def read_page(path: Path) -> Page:
    """The page in a file and its articles.

    Raises:
        Unreadable: the file cannot be read, is empty, binary or in no known encoding, has an ending of no known
            format, or breaks its format; the message is one line and says why, without the file's name.
    """
    try:
        with opened(path) as file:
            data = file.read()
    except NoPlainFile as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise Unreadable(f"the file cannot be read ({(error.strerror or 'error').lower()})") from None
    text = decode(data)
    name = readable_name(path)
    articles = tuple(map(_bounded, articles_of(text, path.suffix.lower(), name)))
    if not articles:
        raise Unreadable("the file holds no text")
    return Page(name, text, articles)


def _bounded(article: Article) -> Article:
    """The article without endless paragraphs."""
    return replace(article, paragraphs=tuple(part for whole in article.paragraphs for part in parts(whole)))
