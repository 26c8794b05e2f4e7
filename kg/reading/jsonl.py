"""JSON Lines to articles: one article a line, each character of its text with its place in the source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from kg.reading.bylines import names_after_roles, names_alone
from kg.reading.decoding import Unreadable
from kg.reading.furniture import iso_date
from kg.reading.issue_dates import date_in
from kg.reading.lines import Line, Mark, trimmed

_HEADLINES = ("headline", "title")
TEXTS = ("text", "content", "body")
_AUTHORS = ("authors", "author", "byline")
_DATES = ("date", "published", "datePublished", "date_published", "publish_date", "pubdate", "time")
KEYS = frozenset((*_HEADLINES, *TEXTS, *_AUTHORS, *_DATES))
"""The keys of an object that articles are made of."""

_MARK = "\ufeff"
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the file: one article."""

    titles: list[Line]
    lines: list[Line]
    authors: tuple[str, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the line's object and where it stands in the source."""

    value: Any
    start: int
    end: int


def records(text: str, unit: str = "line") -> Iterator[Record]:
    """The articles of a file, as `record` reads them; `unit` is what a line is called.

    Raises:
        Unreadable: a line is not a JSON object or has no text; the message has its number.
    """
    place = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if found := record(line, f"{unit} {number}", place):
            yield found
        place += len(line) + 1


def record(line: str, called: str, place: int = 0) -> Record | None:
    """The article of a line, `called` so (line 7), which begins at `place` in its file; None where the line is empty.

    A line is an object with `text` (or `content`, `body`), and if known `headline` (or `title`), `authors` (or
    `author`, `byline`: text or a list) and `date` (or `published` ...). Other keys are passed
    over, and so are objects whose text is empty.

    Raises:
        Unreadable: the line is not a JSON object or has no text; the message tells what it is called.
    """
    begins = len(line) - len(line.lstrip(_MARK))  # where files with byte order marks were joined
    if not line[begins:].strip():
        return None
    try:
        fields = dict(_fields(line, begins, len(line)))
    except (ValueError, RecursionError):
        raise Unreadable(f"{called} is not a JSON object") from None
    return None if _is_empty(fields) else _record(line, fields, called, place)


def _record(source: str, fields: dict[str, _Value], called: str, place: int) -> Record:
    body, headline = _first(fields, TEXTS), _first(fields, _HEADLINES)
    if body is None:
        raise Unreadable(f"{called} has no text (a key {', '.join(TEXTS)} with a string)")
    if _has_odd_characters(body.value) or (headline and _has_odd_characters(headline.value)):
        raise Unreadable(f"{called} escapes half a character or NUL")
    titles = [line for line in _lines(source, headline, place) if line] if headline else []
    authors = next((fields[key].value for key in _AUTHORS if key in fields), ())
    dates = next((fields[key].value for key in _DATES if key in fields), "")
    return Record(
        titles[:1], list(_lines(source, body, place)), _names(authors), iso_date(str(dates)) or date_in(str(dates))
    )


def _is_empty(fields: dict[str, _Value]) -> bool:
    """Whether a record has a text with nothing in it: a picture, say."""
    texts = [fields[key].value for key in TEXTS if key in fields]
    return bool(texts) and all(isinstance(text, str) and not text.strip() for text in texts)


def _has_odd_characters(text: str) -> bool:
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text)


def _first(fields: dict[str, _Value], keys: tuple[str, ...]) -> _Value | None:
    """The first of the keys that has a string with something in it."""
    return next(
        (
            fields[key]
            for key in keys
            if key in fields and isinstance(fields[key].value, str) and fields[key].value.strip()
        ),
        None,
    )


def _names(authors: object) -> tuple[str, ...]:
    if isinstance(authors, str):
        return names_alone(authors) or names_after_roles(authors)
    if isinstance(authors, list):
        names = [names_alone(name) or (name.strip(),) for name in authors if isinstance(name, str) and name.strip()]
        return tuple(dict.fromkeys(name for group in names for name in group))
    return ()


def _fields(source: str, start: int, end: int) -> Iterator[tuple[str, _Value]]:
    """The keys and values of the object that a line holds.

    Raises:
        ValueError: it holds none.
    """
    position = _after(source, start, "{")
    while True:
        position = _skip(source, position)
        if source.startswith("}", position):
            break
        key, position = scanstring(source, _after(source, position, '"'), True)
        position = _skip(source, _after(source, position, ":"))
        value, stop = _DECODER.raw_decode(source, position)
        yield key, _Value(value, position, stop)
        position = _skip(source, stop)
        if not source.startswith("}", position):
            position = _after(source, position, ",")
            if source.startswith("}", _skip(source, position)):
                raise ValueError("a comma before the end")
    if position + 1 > end or source[position + 1 : end].strip():
        raise ValueError("more than one object")


def _skip(source: str, position: int) -> int:
    found = _SPACE.match(source, position)
    return found.end() if found else position


def _after(source: str, position: int, mark: str) -> int:
    position = _skip(source, position)
    if not source.startswith(mark, position):
        raise ValueError(f"{mark} is missing")
    return position + len(mark)


def _lines(source: str, found: _Value, place: int) -> Iterator[Line]:
    """The lines of a string value in a source that begins at a place of its file."""
    text: str = found.value
    offsets = [place + offset for offset in _offsets(source, found.start + 1, found.end - 1)]
    start = number = gap = 0
    for line_break in (*_BREAK.finditer(text), None):
        end = line_break.start() if line_break else len(text)
        line = trimmed(text[start:end], offsets[start:end], number, gap, Mark.TEXT)
        if line is None:
            gap += 1
        else:
            yield line
            number, gap = number + 1, 0
        start = line_break.end() if line_break else end


def _offsets(source: str, start: int, end: int) -> list[int]:
    """The place of each character of a string between its quotation marks, escapes counted as one."""
    places: list[int] = []
    for escape in _ESCAPE.finditer(source, start, end):
        places.extend(range(start, escape.start()))
        places.append(escape.start())
        start = escape.end()
    places.extend(range(start, end))
    return places
