"""HTML to lines: the text of block elements, each character with its place in the source."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from kg.reading.bylines import names_alone
from kg.reading.dropped import UNSHOWN, Dropped, is_round_the_article, is_struck_or_hidden, tells_of_itself
from kg.reading.furniture import furniture, iso_date
from kg.reading.issue_dates import date_in
from kg.reading.lines import Line, Mark, trimmed
from kg.reading.markup import INLINE, attributes, pieces
from kg.reading.page_titles import headline_line, of_the_article
from kg.reading.raised import LONGEST_UNIT, is_note
from kg.reading.tables import Table, listed

_SHORTEST_OF_A_FORM = 20
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_LONGEST_LINK = 60
_FEWEST_LINKS = 3

_SKIPPED = frozenset({"nav", "footer", "aside", "button", "select", "head"})
_OF_BODIES = frozenset(
    {"p", "div", "article", "section", "main", "h1", "h2", "h3", "table", "ul", "ol", "form", "center"}
)
"""Elements that cannot stand in a head, so that one begins the body where tags were left out."""
_ITEMS = frozenset({"li", "dt", "dd"})
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
    """Reads HTML. The title is the first h1, else the line that <title> repeats, else that without the site's name.

    What stands before the title is no part of the article, nor are navigation, scripts, forms to fill in, footers,
    lists of links, what is hidden or struck out, and what says by its class that it stands round the article, unless
    that is most of the page.
    """
    reader = _read(text)
    if reader.passed_over > reader.kept:
        reader = _read(text, by_class=False)
    if all(line.mark in _HEADINGS.values() for line in reader.lines):  # a script shows what is hidden at first
        reader = _read(text, by_class=False, hidden=False)
    return _document(reader)


def _read(text: str, *, by_class: bool = True, hidden: bool = True) -> _Reader:
    reader = _Reader(by_class=by_class, hidden=hidden)
    for start, end, tag in pieces(text):
        if tag is None:
            reader.read_text(text, start, end)
        else:
            reader.read_tag(tag)
    reader.end()
    return reader


def _document(reader: _Reader) -> Document:
    found = Document(authors=reader.authors, published=reader.published)
    first = headline_line(reader.lines, reader.title)
    if first is None:
        told = of_the_article(reader.title) if reader.title else None
        found.titles, found.lines = [told] if told else [], reader.lines
        return found
    for line in reader.lines[:first]:
        if told_above := furniture(line.text):
            found.published = found.published or told_above.published
            found.authors = found.authors or told_above.authors
    found.titles, found.lines = [reader.lines[first]], reader.lines[first + 1 :]
    return found


class _Reader:
    """Gathers the characters between block elements to lines."""

    def __init__(self, *, by_class: bool, hidden: bool) -> None:
        self.lines: list[Line] = []
        self.kept = self.passed_over = 0  # characters of the page, and of elements passed over by their class
        self.title: Line | None = None
        self.authors: tuple[str, ...] = ()
        self.published: str | None = None
        self._characters: list[str] = []
        self._offsets: list[int] = []
        self._mark = Mark.TEXT
        self._item = False
        self._in_title = False
        self._skipped: list[str] = []
        self._open: Counter[str] = Counter()  # of what is skipped
        self._form: int | None = None
        self._by_class, self._hidden = by_class, hidden
        self._dropped: Dropped | None = None
        self._dropped_by_class = False
        self._link = False
        self._outside_links = 0  # characters of the line that stand in no link
        self._links = 0  # lines at the end that are links
        self._table: Table | None = None
        self._raised: int | None = None  # where in the line something raised begins

    def read_text(self, text: str, start: int, end: int) -> None:
        """Adds the characters of the source from `start` to `end`, character references resolved."""
        if self._dropped is not None:
            self.passed_over += self._dropped_by_class * (end - start)
            return
        if self._skipped and not self._in_title:
            return
        self.kept += end - start
        for reference in _REFERENCE.finditer(text, start, end):
            self._extend(text, start, reference.start())
            for char in html.unescape(reference[0]).replace("\ufffd", ""):  # a reference to no character
                self._characters.append(char)
                self._offsets.append(reference.start())
                self._outside_links += not self._link and not char.isspace()
            start = reference.end()
        self._extend(text, start, end)

    def read_tag(self, tag: re.Match[str]) -> None:
        """Ends the line at block elements; remembers what the element means."""
        name, closing = tag["name"].lower(), bool(tag["close"])
        if self._passes_over(name, tag["rest"], closing=closing):
            return
        if name == "meta":
            self._read_meta(tag["rest"])
        elif name == "time" and not closing:
            self._set_date(dict(attributes(tag["rest"])).get("datetime", ""))
        elif name == "a":
            self._link = not closing
        elif name == "sup":
            self._read_raised(closing=closing)
        if name not in INLINE:
            self.end_line()
            self._read_block(name, closing=closing)
            self._read_table(name, closing=closing)

    def _read_block(self, name: str, *, closing: bool) -> None:
        if name == "body" or (name in _OF_BODIES and self._skipped == ["head"]):
            self._skipped.clear()
            self._open.clear()
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

    def end(self) -> None:
        """Ends the page."""
        self.end_line()
        self._end_links()
        self._end_table()

    def end_line(self) -> None:
        """Makes a line of what was gathered."""
        gap = int(bool(self.lines) and self.lines[-1].mark is Mark.ITEM and not self._item)  # a list has ended
        line = trimmed("".join(self._characters), self._offsets, len(self.lines), gap, self._mark)
        linked, self._outside_links = self._outside_links == 0, 0
        self._characters, self._offsets, self._raised = [], [], None
        if line is None:
            return
        if self._in_title:
            self.title = line
            return
        if self._item and line.mark is Mark.TEXT:
            line = replace(line, mark=Mark.ITEM)
        if self._table and self._table.rows and self._table.rows[-1]:
            self._table.rows[-1][-1].append(line)
        if linked and line.mark in {Mark.TEXT, Mark.ITEM} and len(line.text) <= _LONGEST_LINK:
            self._links += 1
        else:
            self._end_links()
        self.lines.append(line)

    def _end_links(self) -> None:
        """Drops the lines at the end that are links alone, where they are several: a list of other articles."""
        if self._links >= _FEWEST_LINKS:
            del self.lines[-self._links :]
        self._links = 0

    def _passes_over(self, name: str, rest: str, *, closing: bool) -> bool:
        """Whether a tag belongs to an element that is passed over, or begins one."""
        if self._dropped is not None:
            ended = self._dropped.ends_at(name, closing=closing, inline=name in INLINE)
            if ended is not None:
                self._dropped = None
            if ended is not False:
                return True
        if closing or not (name in UNSHOWN or tells_of_itself(rest)):
            return False
        told = dict(attributes(rest))
        unseen = self._hidden and is_struck_or_hidden(name, told)
        by_class = not unseen and self._by_class and is_round_the_article(name, told)
        if unseen or by_class:
            self._dropped, self._dropped_by_class = Dropped(name), by_class
            if name not in INLINE:
                self.end_line()
        return unseen or by_class

    def _read_table(self, name: str, *, closing: bool) -> None:
        """Keeps account of a table's rows and cells; one that holds another, or paragraphs, lays out a page."""
        if name == "table":
            if self._table and not closing:
                self._table.plain = False
            elif closing:
                self._end_table()
            else:
                self._end_links()
                self._table = Table(len(self.lines))
        elif self._table is None or closing:
            return
        elif name == "tr":
            self._table.rows.append([])
        elif name in {"td", "th"}:
            self._table.rows = self._table.rows or [[]]
            self._table.rows[-1].append([])
        elif name in _HEADINGS:
            self._table.plain = False

    def _end_table(self) -> None:
        """Puts the lines of a table of figures in the place of its cells."""
        table, self._table = self._table, None
        if table is None or not table.plain:
            return
        in_cells = sum(len(cell) for row in table.rows for cell in row)
        told = listed(table)
        if told is None or in_cells != len(self.lines) - table.start:
            return
        self._links = 0
        self.lines[table.start :] = [replace(line, number=table.start + n) for n, line in enumerate(told)]

    def _extend(self, text: str, start: int, end: int) -> None:
        self._characters.extend(text[start:end])
        self._offsets.extend(range(start, end))
        if not self._link and not self._outside_links:
            self._outside_links = len(text[start:end].strip())

    def _read_raised(self, *, closing: bool) -> None:
        """Drops what is raised from the line, if it is the mark of a note."""
        start = self._raised
        if closing and start is not None:
            before = "".join(self._characters[max(0, start - LONGEST_UNIT) : start])
            if is_note("".join(self._characters[start:]), before):
                del self._characters[start:], self._offsets[start:]
        self._raised = None if closing else len(self._characters)

    def _skip(self, name: str, *, closing: bool) -> None:
        if not closing:
            self._skipped.append(name)
            self._open[name] += 1
        elif self._open[name]:
            while (ended := self._skipped.pop()) != name:
                self._open[ended] -= 1
            self._open[name] -= 1

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
        told = dict(attributes(rest))
        name = (told.get("name") or told.get("property") or told.get("itemprop") or "").lower()
        content = told.get("content", "")
        if name in _AUTHOR_NAMES and not self.authors:
            self.authors = names_alone(content)
        elif name in _DATE_NAMES:
            self._set_date(content)

    def _set_date(self, text: str) -> None:
        self.published = self.published or iso_date(text) or date_in(text)
