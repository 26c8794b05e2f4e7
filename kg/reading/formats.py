"""The formats of pages, by the ending of the file's name."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Article
from kg.reading.decoding import Unreadable
from kg.reading.files import unit_of
from kg.reading.html import html_document
from kg.reading.jsonl import Record, records
from kg.reading.layout import articles, single_article
from kg.reading.lines import plain_lines
from kg.reading.markdown import markdown_document
from kg.reading.script import as_printed, is_traditional, simplified


def article_of(record: Record, name: str) -> tuple[Article, ...]:
    """The article of a record of JSON Lines, or none."""
    lines = [*record.titles, *record.lines]
    if not is_traditional("".join(line.text for line in lines)):
        return single_article(record.lines, name, record.titles, record.authors, record.published)
    printed = {place: sign for line in lines for place, sign in zip(line.offsets, line.text, strict=True)}
    plain = [replace(line, text=simplified(line.text)) for line in lines]
    titles, body = plain[: len(record.titles)], plain[len(record.titles) :]
    found = single_article(body, name, titles, record.authors, record.published)
    return tuple(as_printed(article, lambda place: printed.get(place, " ")) for article in found)


def articles_of(text: str, suffix: str, name: str) -> tuple[Article, ...]:
    """The articles of a decoded file with the given ending (`.txt`) and name.

    Text and Markdown are taken apart into their articles; a page of HTML is one article, and so is a line of JSON.

    Raises:
        Unreadable: the ending is of no known format, or the text breaks its format.
    """
    match suffix:
        case ".txt":
            return articles(plain_lines(text), name)
        case ".md":
            page = markdown_document(text)
            if page.titles:
                return single_article(page.lines, name, page.titles, page.authors, page.published)
            return articles(page.lines, name)
        case ".html" | ".htm":
            document = html_document(text)
            return single_article(document.lines, name, document.titles, document.authors, document.published)
        case ".jsonl" | ".jsonl.gz" | ".jsonl.zst" | ".parquet":
            return tuple(article for record in records(text, unit_of(suffix)) for article in article_of(record, name))
        case _:
            known = ".txt .md .html .htm .jsonl .jsonl.gz .jsonl.zst .parquet"
            raise Unreadable(f"the ending {suffix or 'none'} is not one of {known}")
