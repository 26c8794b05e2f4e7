"""HTML to lines: the text of block elements, each character with its place in the source.

The scanner is our own because `html.parser` is quadratic on unclosed comments and tags and tells no place for a
character reference.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.reading.bylines import names_alone
from kg.reading.furniture import furniture, iso_date
from kg.reading.lines import Line, Mark, trimmed

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
_LONGEST_TAG = 20_000
_SHORTEST_OF_A_FORM = 20
_ATTRIBUTE = re.compile(r"([A-Za-z:_.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-(?=[^-]{2,15}$)")

_RAW = frozenset({"script", "style", "textarea", "noscript", "template", "svg", "iframe"})
_SKIPPED = frozenset({"nav", "footer", "aside", "button", "select", "head"})
_OF_BODIES = frozenset(
    {"p", "div", "article", "section", "main", "h1", "h2", "h3", "table", "ul", "ol", "form", "center"}
)
"""Elements that cannot stand in a head, so that one begins the body where tags were left out."""
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
    }
    | {"label", "mark", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"}
    | {"time", "tt", "u", "var", "wbr"}
)
_ITEMS = frozenset({"li", "dt", "dd", "td", "th"})
_HEADINGS = {"h1": Mark.TITLE} | {f"h{level}": Mark.HEADING for level in range(2, 7)} | {"figcaption": Mark.CAPTION}
_AUTHOR_NAMES = frozenset({"author", "article:author", "dc.creator", "contentauthor"})
_DATE_NAMES = frozenset(
    {"article:published_time", "pubdate", "publishdate", "publish_date", "publication_date", "date", "dc.date"}
    | {"dc.date.issued", "datepublished", "og:published_time"}
)


@dataclass(slots=True)
class Document:
    """What a page of HTML holds: its title, its lines from there, and what it says of author and date."""

    titles: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: str | None = None


def html_document(text: str) -> Document:
    """Reads HTML. The title is the first h1, else the <title> without the site's name.

    What stands before the h1, and navigation, scripts, forms to fill in and footers, is no part of the article.
    """
    reader = _Reader()
    for start, end, tag in _pieces(text):
        if tag is None:
            reader.read_text(text, start, end)
        else:
            reader.read_tag(tag)
    reader.end_line()
    return _document(reader)


def _document(reader: _Reader) -> Document:
    found = Document(authors=reader.authors, published=reader.published)
    first = next((n for n, line in enumerate(reader.lines) if line.mark is Mark.TITLE), None)
    if first is None:
        if reader.title is not None:
            found.titles = [reader.title.part(0, _title_length(reader.title.text))]
        found.lines = reader.lines
        return found
    for line in reader.lines[:first]:
        if told := furniture(line.text):
            found.published = found.published or told.published
            found.authors = found.authors or told.authors
    found.titles, found.lines = [reader.lines[first]], reader.lines[first + 1 :]
    return found


def _title_length(title: str) -> int:
    site = _SITE.search(title, 4)
    return site.start() if site else len(title)


class _Reader:
    """Gathers the characters between block elements to lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.title: Line | None = None
        self.authors: tuple[str, ...] = ()
        self.published: str | None = None
        self._characters: list[str] = []
        self._offsets: list[int] = []
        self._mark = Mark.TEXT
        self._item = False
        self._in_title = False
        self._skipped: list[str] = []
        self._form: int | None = None

    def read_text(self, text: str, start: int, end: int) -> None:
        """Adds the characters of the source from `start` to `end`, character references resolved."""
        if self._skipped and not self._in_title:
            return
        for reference in _REFERENCE.finditer(text, start, end):
            self._extend(text, start, reference.start())
            for char in html.unescape(reference[0]).replace("\ufffd", ""):  # a reference to no character
                self._characters.append(char)
                self._offsets.append(reference.start())
            start = reference.end()
        self._extend(text, start, end)

    def read_tag(self, tag: re.Match[str]) -> None:
        """Ends the line at block elements; remembers what the element means."""
        name, closing = tag["name"].lower(), bool(tag["close"])
        if name == "meta":
            self._read_meta(tag["rest"])
        if name == "time" and not closing:
            self._set_date(dict(_attributes(tag["rest"])).get("datetime", ""))
        if name in _INLINE:
            return
        self.end_line()
        if name == "body" or (name in _OF_BODIES and self._skipped == ["head"]):
            self._skipped.clear()
        if name == "title":
            self._in_title = not closing and self.title is None
        elif name in _SKIPPED:
            self._skip(name, closing=closing)
        elif name == "form":
            self._read_form(closing=closing)
        elif name in _HEADINGS:
            self._mark = Mark.TEXT if closing else _HEADINGS[name]
        elif name in _ITEMS:
            self._item = not closing

    def end_line(self) -> None:
        """Makes a line of what was gathered."""
        line = trimmed("".join(self._characters), self._offsets, len(self.lines), 0, self._mark)
        self._characters, self._offsets = [], []
        if line is None:
            return
        if self._in_title:
            self.title = line
        elif self._item and line.mark is Mark.TEXT:
            self.lines.append(replace(line, mark=Mark.ITEM))
        else:
            self.lines.append(line)

    def _extend(self, text: str, start: int, end: int) -> None:
        self._characters.extend(text[start:end])
        self._offsets.extend(range(start, end))

    def _skip(self, name: str, *, closing: bool) -> None:
        if not closing:
            self._skipped.append(name)
        elif name in self._skipped:
            while self._skipped.pop() != name:
                pass

    def _read_form(self, *, closing: bool) -> None:
        """Drops the lines of a form that holds no text; where a page stands in one, it has paragraphs or a title."""
        if not closing:
            self._form = len(self.lines)
        elif self._form is not None:
            if all(
                line.mark is Mark.TEXT and len(line.text) < _SHORTEST_OF_A_FORM for line in self.lines[self._form :]
            ):
                del self.lines[self._form :]
            self._form = None

    def _read_meta(self, rest: str) -> None:
        attributes = dict(_attributes(rest))
        name = (attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or "").lower()
        content = attributes.get("content", "")
        if name in _AUTHOR_NAMES and not self.authors:
            self.authors = names_alone(content)
        elif name in _DATE_NAMES:
            self._set_date(content)

    def _set_date(self, text: str) -> None:
        self.published = self.published or iso_date(text)


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    for name, *values in _ATTRIBUTE.findall(rest):
        yield name.lower(), html.unescape("".join(values)).strip()


def _pieces(text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The source in order: text (start, end, None) and tags (start, end, match); comments and scripts left out."""
    position = start = 0
    gone: set[str] = set()  # ends that do not come any more, so that they are sought once
    while (opened := text.find("<", position)) >= 0:
        tag = _TAG.match(text, opened, opened + _LONGEST_TAG)
        if tag:
            end = tag.end()
        elif text.startswith("<!--", opened):
            end = _behind(text, "-->", opened + 4, gone)
        elif text.startswith(("<!", "<?"), opened):
            end = _behind(text, ">", opened + 2, gone)
        else:
            position = opened + 1
            continue
        if end < 0:
            position = opened + 1
            continue
        if start < opened:
            yield start, opened, None
        if tag:
            yield opened, end, tag
            name = tag["name"].lower()
            if name in _RAW and not tag["close"] and not tag["rest"].endswith("/"):
                closing = _behind(text, f"</{name}", end, gone)
                end = len(text) if closing < 0 else closing - len(name) - 2
        position = start = end
    if start < len(text):
        yield start, len(text), None


def _behind(text: str, end: str, position: int, gone: set[str]) -> int:
    """The place behind the next `end`, -1 if there is none."""
    if end in gone:
        return -1
    found = re.compile(re.escape(end), re.IGNORECASE).search(text, position)
    if found is None:
        gone.add(end)
        return -1
    return found.end()
