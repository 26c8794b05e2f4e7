"""A file to a page: decoded, taken apart by its format, laid out in articles."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import count
from pathlib import Path

from kg.model import Article, Page
from kg.reading.archives import unpacked
from kg.reading.decoding import Unreadable, decode
from kg.reading.files import NoPlainFile, ending_of, is_records, opened, readable_name, unit_of
from kg.reading.formats import article_of, articles_of
from kg.reading.jsonl import record
from kg.reading.paragraphs import parts
from kg.reading.script import as_printed, is_traditional, simplified

LARGEST_PAGE = 20_000_000
"""Bytes of a page, or of a line of JSON Lines; what is larger is refused, since memory grows with it."""

NO_TEXT = "the file holds no text"
_SAMPLE = 1 << 16
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """That a file holds only some lines of a file of JSON Lines in UTF-8, behind so many lines and characters of it.

    A mark of byte order at the file's beginning is no character.
    """

    lines: int = 0
    characters: int = 0


class Faults:
    """What was wrong with records: the first few in words, and the number of all, which may be millions.

    >>> faults = Faults()
    >>> for number in range(5):
    ...     faults.add(f"line {number} is not a JSON object")
    >>> str(faults)[-40:]
    'is not a JSON object; and 2 records more'
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._told: list[str] = []
        self._number = 0

    def add(self, fault: str) -> None:
        """Note what is wrong with one more."""
        self._number += 1
        if self._number <= _TOLD:
            self._told.append(fault)

    def first(self) -> str:
        """The first of them, or nothing."""
        return next(iter(self._told), "")

    def __str__(self) -> str:
        more = self._number - _TOLD
        return "; ".join([*self._told, *([f"and {more:,} record{'s' * (more > 1)} more"] * (more > 0))])


def read_page(path: Path) -> Page:
    """The page in a file and its articles.

    Raises:
        Unreadable: the file cannot be read, is empty, binary, too large or in no known encoding, has an ending of no
            known format, or breaks its format; the message is one line and says why, without the file's name.
    """
    return _page(path, _contents(path, -1 if is_records(ending_of(path)) else LARGEST_PAGE))


def read_articles(
    path: Path, faults: Faults | None = None, *, around: int | None = None, piece: Piece | None = None
) -> Iterator[Article]:
    """The articles of a file, one after the other, of JSON Lines without more than one in memory.

    A record of JSON Lines that cannot be read costs itself alone, if another can be read: why is put into `faults`.
    So does the end of a compressed file that is cut off. `around` asks for the record alone that holds that position
    of the file's text; `piece` tells that the file is a piece of the one that places and numbers count in.

    Raises:
        Unreadable: as `read_page`.
    """
    unit = unit_of(ending_of(path))
    if not is_records(ending_of(path)):
        yield from _page(path, _contents(path, LARGEST_PAGE)).articles
        return
    name, found, broken = readable_name(path), False, Faults() if faults is None else faults
    with _readable(path) as file:
        utf8 = piece is not None or _is_utf8(path)
        lines = _lines(file, unit, piece or Piece()) if utf8 else _lines_of(decode(_contents(path, LARGEST_PAGE)))
        for number, place, line in lines:
            if around is not None and not (isinstance(line, str) and place <= around < place + len(line)):
                continue
            try:
                if isinstance(line, Unreadable):
                    raise line
                read = record(line, f"{unit} {number}", place)
            except Unreadable as error:
                broken.add(str(error))
                continue
            for article in article_of(read, name) if read else ():
                found = True
                yield _bounded(article)
    if not found:
        raise Unreadable(broken.first() or NO_TEXT)


def _page(path: Path, data: bytes) -> Page:
    text = decode(data)
    name = readable_name(path)
    suffix = ending_of(path)
    if not is_records(suffix) and is_traditional(text):
        articles = [as_printed(article, text.__getitem__) for article in articles_of(simplified(text), suffix, name)]
    else:
        articles = list(articles_of(text, suffix, name))
    if not articles:
        raise Unreadable(NO_TEXT)
    return Page(name, text, tuple(map(_bounded, articles)))


def _contents(path: Path, most: int) -> bytes:
    """The bytes of a file, of which there may be so many; any number where `most` is negative."""
    with _readable(path) as file:
        try:
            data = file.read(most + 1 if most >= 0 else -1)
        except OSError as error:
            raise _unreadable(error) from None
    if len(data) > most >= 0:
        raise Unreadable(f"the file is larger than {most:,} bytes; split it" + _IN_UTF8 * is_records(ending_of(path)))
    return data


_IN_UTF8 = ", or write it in UTF-8"


def _readable(path: Path) -> BufferedReader:
    try:
        return unpacked(opened(path), ending_of(path))
    except NoPlainFile as error:
        raise Unreadable(str(error)) from None
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> Unreadable:
    return Unreadable(f"the file cannot be read ({(error.strerror or 'error').lower()})")


def _is_utf8(path: Path) -> bool:
    """Whether most lines at the beginning of a file are UTF-8 text, as JSON Lines are to be."""
    with _readable(path) as file:
        try:
            sample = file.read1(_SAMPLE)  # no further than that, where a broken file may end
        except OSError as error:
            raise _unreadable(error) from None
    return looks_utf8(sample)


def looks_utf8(sample: bytes) -> bool:
    """Whether most lines of bytes, which may be cut at their end, are UTF-8 text.

    >>> looks_utf8("街道".encode()[:5]), looks_utf8("街道".encode("gb18030"))
    (True, False)
    """
    if not sample.strip() or b"\0" in sample:
        return False
    lines = [line for line in sample.splitlines() if line.strip()]
    return sum(map(_is_text, lines)) * 2 >= len(lines)


def _is_text(line: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)  # which may be cut at its end
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: BufferedReader, unit: str, before: Piece) -> Iterator[tuple[int, int, str | Unreadable]]:
    """The lines of a file in UTF-8, or why one is none, each with its number and its place in the file's text."""
    number, place = before.lines, before.characters
    try:
        while raw := file.readline(LARGEST_PAGE + 1):
            number += 1
            place -= number == 1 and raw.startswith(codecs.BOM_UTF8)
            line, length = _line(raw, file, f"{unit} {number}")
            yield number, place, line
            place += length
    except Unreadable as error:
        yield number + 1, place, Unreadable(f"{error} behind {unit} {number:,}" if number else str(error))


def characters_of(line: bytes) -> int:
    """The places that a line of UTF-8 takes in the text of its file; of one that is too large or no UTF-8 too."""
    return len(line) if len(line) > LARGEST_PAGE else len(line.decode("utf-8", "replace"))


def _line(raw: bytes, file: BufferedReader, called: str) -> tuple[str | Unreadable, int]:
    """A line, or why it is none, and its length; of one that is too large the rest is passed over."""
    if len(raw) > LARGEST_PAGE:
        size = len(raw)
        while not raw.endswith(b"\n") and (raw := file.readline(_SAMPLE)):
            size += len(raw)
        return Unreadable(f"{called} is larger than {LARGEST_PAGE:,} bytes"), size
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = Unreadable(f"{called} is not UTF-8 (byte {error.start} of it)")
        return reason, characters_of(raw)
    return line, len(line)


def _lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines of a text, each with its number and place."""
    place = 0
    for number in count(1):
        end = text.find("\n", place)
        yield number, place, text[place : end if end >= 0 else None]
        if end < 0:
            return
        place = end + 1


def _bounded(article: Article) -> Article:
    """The article without endless paragraphs."""
    return replace(article, paragraphs=tuple(part for whole in article.paragraphs for part in parts(whole)))
