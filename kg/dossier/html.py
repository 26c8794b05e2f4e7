"""A dossier as one HTML file that opens offline, without script: sections, tables, charts, and the sentences.

Every text of the data is escaped, and a Content-Security-Policy lets nothing run or load: no newspaper's text can
become code.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from kg.dossier.blocks import Bars, Cell, Document, Items, Note, Section, Table, Years, references
from kg.dossier.charts import chart, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.dossier.blocks import Block
    from kg.dossier.model import Article
    from kg.network import Passage


def html(document: Document) -> str:
    """The document as a page of its own."""
    style = _read("style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    parts = {
        "language": safe(document.language),
        "policy": safe(policy),
        "title": safe(document.title),
        "kind": safe(document.kind),
        "contents": safe(document.words["contents"]),
        "style": style,
        "nav": "".join(_contents(document)),
        "body": "\n".join(_body(document)),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _read("template.html"))


def fragment(document: Document, link: Callable[[str], str]) -> str:
    """What stands between head and foot of a page of somebody else's: things, articles and passages lead somewhere.

    `link` gives the address of what an IRI names. The style is that of `style`.
    """
    contents = f'<nav aria-label="{safe(document.words["contents"])}"><ul>{"".join(_contents(document))}</ul></nav>'
    return "\n".join([contents, *_body(document, link)])


def figure(block: Years | Bars, numbers: Mapping[str, int], caption: str) -> str:
    """A chart with its caption and key; each point leads to `#s` and the number of its passage."""
    shown = f"<figcaption>{safe(caption)}</figcaption>" if caption else ""
    return f"<figure>{shown}{chart(block, numbers)}{_key(block)}</figure>"


def style() -> str:
    """The style of such pages."""
    return _read("style.css")


def _read(name: str) -> str:
    text = (resources.files("kg.dossier") / "page" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _contents(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield f'<li><a href="#{safe(section.key)}">{safe(section.title)}</a></li>'
    yield f'<li><a href="#sentences">{safe(document.words["sources"])}</a></li>'


def _body(document: Document, link: Callable[[str], str] | None = None) -> Iterator[str]:
    numbers = {iri: place for place, iri in enumerate(document.sentences, 1)}
    page = _Page(numbers, document.sentences, document.words, link)
    for section in document.sections:
        yield from page.section(section, 2)
    yield f'<section id="sentences"><h2>{safe(document.words["sources"])}</h2>'
    yield f'<p class="note">{safe(document.words["sourcesNote"])}</p>'
    for article, passages in groupby(document.sentences.values(), key=lambda passage: passage.article):
        yield from page.source(document.sources[article], tuple(passages))
    yield "</section>"


class _Page:
    """Writes the blocks of one document; `numbers` are those of its sentences, `link` tells where an IRI leads."""

    def __init__(
        self,
        numbers: Mapping[str, int],
        sentences: Mapping[str, Passage],
        words: Mapping[str, str],
        link: Callable[[str], str] | None = None,
    ) -> None:
        self._numbers, self._sentences, self._words, self._link = numbers, sentences, words, link

    def section(self, section: Section, level: int) -> Iterator[str]:
        name = f' id="{safe(section.key)}"' if section.key else ""
        yield f"<section{name}><h{level}>{safe(section.title)}</h{level}>"
        blocks = iter(section.blocks)
        for block in blocks:
            if isinstance(block, Years | Bars):
                caption = "" if block.title == section.title else block.title
                yield f'<div class="pair">{figure(block, self._numbers, caption)}'
                yield from self._block(next(blocks))  # its table
                yield "</div>"
            else:
                yield from self._block(block)
        for part in section.parts:
            yield from self.section(part, level + 1)
        yield "</section>"

    def source(self, source: Article, passages: tuple[Passage, ...]) -> Iterator[str]:
        """An article and the sentences quoted from it."""
        year = str(source.year) if source.year is not None else ""
        told = " · ".join(filter(None, [source.file, year, source.published, "、".join(source.authors)]))
        headline = self._linked(source.iri, f"<bdi>{safe(source.headline)}</bdi>")
        yield f'<h3>{headline}</h3><p class="source">{safe(told)}</p><ol class="said">'
        for passage in passages:
            number = self._numbers[passage.iri]
            where = self._linked(passage.iri, f"{safe(self._words['characters'])} {passage.start}–{passage.end}")
            said = f'<span><bdi>{safe(passage.text)}</bdi> <span class="where">({where})</span></span>'
            yield f'<li id="s{number}"><span class="n">{number}</span>{said}</li>'
        yield "</ol>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Note():
                yield f'<p class="note">{safe(block.text)}</p>'
            case Items():
                yield f'<ul class="items">{"".join(map(self._entry, block.entries))}</ul>'
            case Table():
                yield from self._table(block)

    def _entry(self, cells: tuple[Cell, ...]) -> str:
        *heads, last = cells
        return f"<li>{''.join(f'<b>{safe(head.text)}</b>' for head in heads)}{self._cell(last)}</li>"

    def _table(self, table: Table) -> Iterator[str]:
        label = safe(table.caption)
        yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><caption>{label}</caption>'
        heads = (
            f'<th{self._kind(table, column)} scope="col">{safe(name)}</th>' for column, name in enumerate(table.head)
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead><tbody>"
        for row in table.rows:
            cells = (f"<td{self._kind(table, column)}>{self._cell(cell)}</td>" for column, cell in enumerate(row))
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody></table></div>"

    @staticmethod
    def _kind(table: Table, column: int) -> str:
        return ' class="number"' if column in table.numeric else ""

    def _cell(self, cell: Cell) -> str:
        passages, rest = references(cell, self._numbers)
        shown = " ".join(map(self._reference, passages))
        if rest:
            more = safe(self._words["more"].format(len(rest)))
            shown += f' <details class="more"><summary>{more}</summary>{" ".join(map(self._reference, rest))}</details>'
        return " ".join(filter(None, (self._text(cell), shown)))

    def _text(self, cell: Cell) -> str:
        """The text of a cell, all that it names leading there."""
        if not cell.text:
            return ""
        if not cell.within:
            return self._linked(cell.iri, f"<bdi>{safe(cell.text)}</bdi>")
        shown, rest = "", cell.text
        for name, iri in cell.within:
            before, _, rest = rest.partition(name)
            shown += _between(before) + self._linked(iri, f"<bdi>{safe(name)}</bdi>")
        return shown + _between(rest)

    def _linked(self, iri: str, shown: str) -> str:
        return f'<a href="{safe(self._link(iri))}">{shown}</a>' if self._link and iri else shown

    def _reference(self, iri: str) -> str:
        number = self._numbers[iri]
        said = safe(self._sentences[iri].text)
        name = f"{safe(self._words['sentence'])} {number}"
        return f'<a class="ref" href="#s{number}" title="{said}" aria-label="{name}">{number}</a>'


def _between(text: str) -> str:
    """What stands between names, with the spaces at its ends."""
    first, last = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{first}<bdi>{safe(text)}</bdi>{last}" if text else ""


def _key(block: Years | Bars) -> str:
    """What the colours stand for, where there are several."""
    if isinstance(block, Bars) or len(block.lines) < 2:
        return ""
    mark = '<svg viewBox="0 0 10 10" aria-hidden="true"><circle class="c{}" cx="5" cy="5" r="4.5"/></svg>'
    entries = (f"<li>{mark.format(place)}{safe(line.label or '—')}</li>" for place, line in enumerate(block.lines))
    return f'<ul class="key">{"".join(entries)}</ul>'
