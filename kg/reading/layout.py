"""A page's lines to its articles, in reading order.

Pages of newspapers come from optical character recognition: several articles a page, lines broken by columns,
captions and credits amid the text, headline blocks of several lines, pieces out of order. `headlines` finds where
articles begin, `bodies` tells body from headings and captions, `fragments` puts displaced pieces back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.model import Article, Paragraph, Role
from kg.reading.blocks import Head, end_of_byline, main_title
from kg.reading.bodies import Draft, draft
from kg.reading.fragments import reunite
from kg.reading.furniture import furniture
from kg.reading.headlines import heads
from kg.reading.lines import Line
from kg.reading.paragraphs import paragraph
from kg.reading.sheet import Kind, Sheet, sheet

_LONGEST_SUBSTITUTE = 60


def articles(lines: Sequence[Line], source: str) -> tuple[Article, ...]:
    """The articles of a page named `source`.

    Every line ends up in one paragraph of one article, except bylines, dates, sources, editors and picture credits.
    """
    page = sheet(lines)
    blocks = heads(page)
    if not blocks or blocks[0].start > 0:
        blocks = [Head(0, 0), *blocks]
    stops = [block.start for block in blocks[1:]] + [len(page.lines)]
    drafts = [draft(page, block, stop) for block, stop in zip(blocks, stops, strict=True)]
    for made, following in pairwise(drafts):
        if not made.parts:  # titles without a text lead up to the next
            following.titles, made.titles = [*made.titles, *following.titles], []
    drafts = [made for made in drafts if made.titles or made.parts]
    reunite(drafts)
    drafts = [made for made in drafts if made.titles or made.parts]
    issued = _date_of_page(page)
    for made in drafts:
        made.published = made.published or issued
    return tuple(_article(made, source) for made in drafts)


def single_article(
    lines: Sequence[Line],
    source: str,
    titles: Sequence[Line] = (),
    authors: tuple[str, ...] = (),
    published: str | None = None,
) -> tuple[Article, ...]:
    """The one article that the lines hold; none if there are no lines.

    Its title, authors and date are given where the format tells them; else they are looked for in the first lines.
    """
    page = sheet(lines)
    if titles:
        repeated = bool(lines) and lines[0].text == titles[0].text
        block = Head(int(repeated), end_of_byline(page, int(repeated)))
    else:
        block = next((head for head in heads(page) if head.start == 0), Head(0, 0))
    made = draft(page, block, len(page.lines))
    made.titles = [*titles, *made.titles]
    made.authors = dict.fromkeys(authors) or made.authors
    made.published = published or made.published
    if not made.titles and not made.parts:
        return ()
    reunite([made])
    return (_article(made, source),)


def _date_of_page(page: Sheet) -> str | None:
    """The one date that stands above the page's articles or beside its name or number."""
    told = [furniture(line.text) for line, kind in zip(page.lines, page.kinds, strict=True) if kind is Kind.FURNITURE]
    above = next((number for number, kind in enumerate(page.kinds) if kind is not Kind.FURNITURE), 0)
    dates = {
        found.published
        for number, found in enumerate(told)
        if found is not None and found.published and (number < above or found.opens)
    }
    return dates.pop() if len(dates) == 1 else None


def _article(made: Draft, source: str) -> Article:
    titles = [paragraph([line], Role.HEADLINE) for line in made.titles]
    rest = [paragraph(part.lines, part.role) for part in made.parts]
    headline = paragraph([main_title(made.titles)], Role.HEADLINE).text if titles else _substitute(rest)
    return Article(source, headline, (*titles, *rest), tuple(made.authors), made.published)


def _substitute(paragraphs: Sequence[Paragraph]) -> str:
    """The headline of an article that has none: its first heading, else its first sentence, cut."""
    first = next((p.text for p in paragraphs if p.role is Role.HEADING), paragraphs[0].text)
    end = next((n for n, char in enumerate(first) if char in "。！？"), len(first))
    return first[: min(end, _LONGEST_SUBSTITUTE)] or first[:_LONGEST_SUBSTITUTE]
