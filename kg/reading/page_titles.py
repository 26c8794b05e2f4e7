"""The headline of a page of HTML: its first h1, else what its `<title>` says, else what its first lines tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.lines import Line, Mark
from kg.reading.words import PAGES

_SITE = re.compile(r"(?<!\s)\s*+[_|｜]\s*+|(?<!\s)\s++[-–—]++\s++|-(?=[^-]{2,15}$)")
_NO_HEADLINE = PAGES.compile("[^，。：、“”！？]{0,14}{papers|site_titles}|{empty_titles}", re.IGNORECASE)
_SHORTEST = 4
_MARKS = "_|｜-–—·"


def headline_line(lines: Sequence[Line], title: Line | None) -> int | None:
    """Which of a page's lines is its headline: its first h1, or above all sentences the one that `<title>` repeats."""
    first = next((number for number, line in enumerate(lines) if line.mark is Mark.TITLE), None)
    if first is not None or title is None:
        return first
    above = next((number for number, line in enumerate(lines) if "。" in line.text), len(lines))
    repeating = [n for n, line in enumerate(lines[:above]) if line.mark is not Mark.ITEM and _is_part(line, title)]
    return max(repeating, key=lambda number: len(lines[number].text), default=None)


def of_the_article(title: Line) -> Line | None:
    """What the `<title>` of a page says of its article, without the site's name; None where it says that alone."""
    site = _SITE.search(title.text, 4)
    found = title.part(0, site.start() if site else len(title.text))
    return None if _NO_HEADLINE.fullmatch(found.text) else found


def _is_part(line: Line, title: Line) -> bool:
    """Whether a line is what a title says at its beginning or its end, with nothing or a mark on its other side."""
    text, told = _plain(line.text), _plain(title.text)
    if len(text) < _SHORTEST or not (told.startswith(text) or told.endswith(text)):
        return False
    rest = told.removeprefix(text) if told.startswith(text) else told.removesuffix(text)[::-1]
    return not rest or rest[0] in _MARKS


def _plain(text: str) -> str:
    return "".join(text.split())
