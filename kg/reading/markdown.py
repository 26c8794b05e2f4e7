"""Markdown to lines: headings marked, inline markup taken out, front matter read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.reading.bylines import names_after_roles, names_alone
from kg.reading.furniture import iso_date
from kg.reading.issue_dates import date_in
from kg.reading.lines import Line, Mark, plain_lines, trimmed
from kg.reading.raised import LONGEST_UNIT, is_note

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>(?:(?!---).*\r?\n){0,50}?)---[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(
    r"^(title|headline|author|authors|date|published)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_QUOTES = re.compile(r"^[\"'\[]+|[\"'\]]+$")
_UNDERLINE = re.compile(r"(?:=+|-{3,}|\*{3,}|_{3,})")
_ITEM = re.compile(r"(?:[-*+]|>{1,20})\s+")
_INLINE = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)"  # an image
    r"|\[(?P<link>[^\[\]\n]{1,300})\]\([^()\n]{0,1000}\)"
    r"|<sup(?:\s[^<>\n]{0,300})?>(?:<a\s[^<>\n]{0,300}>)?(?P<raised>[^<>\n]{1,40})(?:</a>)?</sup>"
    r"|\[\^[^\[\]\s]{1,20}\](?!:)"  # the mark of a note
    r"|</?(?:a|b|br|center|div|em|font|i|p|span|strong|sub|sup|u)(?:\s[^<>\n]{0,300})?/?>"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|>-])"
    r"|\*{1,3}|_{2,3}|`+|~~"
)


@dataclass(slots=True)
class Markdown:
    """What a page of Markdown holds; the title, authors and date are those of its front matter."""

    lines: list[Line]
    titles: list[Line] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: str | None = None


def markdown_document(text: str) -> Markdown:
    """Reads Markdown."""
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    lines: list[Line] = []
    for line in plain_lines(text, start=body):
        if line.text.startswith("```") or _is_table_rule(line.text):
            continue
        if _UNDERLINE.fullmatch(line.text):
            if lines and line.text[0] in "=-" and line.gap == 0 and lines[-1].mark is Mark.TEXT:
                lines[-1] = replace(lines[-1], mark=Mark.TITLE if line.text[0] == "=" else Mark.HEADING)
            continue
        plain = _without_markup(line)
        if plain is not None:
            lines.append(plain)
    found = Markdown(lines)
    if front:
        _read_front_matter(found, text, front)
    return found


def _is_table_rule(text: str) -> bool:
    """Whether the line parts a table's head from its rows: |---|:--|."""
    return "|" in text and "-" in text and not text.strip("|:- ")


def _read_front_matter(found: Markdown, text: str, front: re.Match[str]) -> None:
    for entry in _FIELD.finditer(text, front.start("fields"), front.end("fields")):
        name, start, end = entry[1].lower(), entry.start(2), entry.end(2)
        value = _QUOTES.sub("", entry[2])
        if name in {"title", "headline"}:
            start += max(0, entry[2].find(value))
            line = trimmed(text[start : start + len(value)], range(start, start + len(value)), mark=Mark.TITLE)
            found.titles = [line] if line else []
        elif name in {"author", "authors"}:
            found.authors = names_alone(value) or names_after_roles(value)
        else:
            found.published = iso_date(text[start:end]) or date_in(text[start:end])


def _without_markup(line: Line) -> Line | None:
    """The line without list marks, emphasis, images and the addresses of links; the rest keeps its place."""
    item = _ITEM.match(line.text)
    done = item.end() if item else 0
    kept: list[range] = []
    for markup in _INLINE.finditer(line.text, done):
        kept.append(range(done, markup.start()))
        group = markup.lastgroup
        before = line.text[max(0, markup.start() - LONGEST_UNIT) : markup.start()]
        if group and not (group == "raised" and is_note(markup[group], before)):
            kept.append(range(markup.start(group), markup.end(group)))
        done = markup.end()
    kept.append(range(done, len(line.text)))
    places = [place for run in kept for place in run]
    if len(places) == len(line.text):
        return line
    text, offsets = "".join(line.text[n] for n in places), [line.offsets[n] for n in places]
    plain = trimmed(text, offsets, line.number, line.gap, line.mark)
    return replace(plain, mark=Mark.ITEM) if plain and item and item[0][0] != ">" else plain
