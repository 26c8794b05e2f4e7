"""Lines that are no part of an article: date, source, editors, page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.reading.bylines import names_after_roles, names_alone
from kg.reading.words import PAGES

_LONGEST = 120
_DATE = PAGES.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*[-/.{year}]\s*(?P<m>\d{1,2})\s*[-/.{month}]\s*(?P<d>\d{1,2})(?!\d)\s*{day}?"
)
_TIME = re.compile(r"T?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[+-]\d{2}:?\d{2}|Z)?")
_GAP = r"\s{0,20}+"  # white space, of which no run makes a line slow
_LABEL = PAGES.compile(r"[（(【\[]?" + _GAP + "{furniture-lead}?{furniture}" + _GAP + "[:：]")
_EDITORS = PAGES.compile(r"[（(【\[]?" + _GAP + r"{furniture}\s{1,20}+(?P<names>.+)")
_AT_END = PAGES.compile("{closing-part}")
_NUMBER = "{nth}?" + _GAP + r"[A-Z]?\d{1,3}" + _GAP + "{page-sign}"
_PAGE = PAGES.compile(_NUMBER + r"|{weekday}|{lunar}\S{2,8}")
_PAGE_NAME = PAGES.compile(
    "(?:" + _NUMBER + "?" + _GAP + "[/／|·:：]?" + _GAP + r")?(?:{page_names}[·・\s/／|]*){1,4}"
    "(?:" + _GAP + _NUMBER + "?)?"
)
_PLACE_ON_SITE = PAGES.regex("(?:{page_names}|{page_controls})")
_MENU = re.compile(rf"(?:{_PLACE_ON_SITE}{_GAP}[|｜>＞»]{_GAP}){{1,20}}{_PLACE_ON_SITE}")
_PAPER = PAGES.compile("[\u3400-\u9fff]{2,6}{papers}")
_LONGEST_PAGE_NAME = 14
_LONGEST_CONTROLS = 60
_CONTROL = PAGES.regex(
    "(?:{page_controls}|{furniture}" + _GAP + "[:：]" + _GAP + r"[^\s】\]]+"
    "|{page_counters}" + _GAP + "[:：]?" + _GAP + r"[\d.,]+" + _GAP + "[{ten-thousand}+]*" + _GAP + "{counter-unit}?)"
)
_CONTROLS = re.compile(rf"(?:[【\[（(]?{_GAP}{_CONTROL}{_GAP}[】\]）):：>》»|｜/]*{_GAP})+|[】\]）)]")
_FOOT = PAGES.compile("{page_feet}", re.IGNORECASE)
_EDGES = " \t\u3000|｜（）()[]【】,，/-—"
_AUTHOR = PAGES.compile(r"{page-author}\s*[:：\s]\s*(?P<names>[^:：]{2,40}?)(?=\s+\S{2,5}\s*[:：]|[）)\]】]|$)")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a line beside the article tells of it."""

    published: str | None = None
    authors: tuple[str, ...] = ()
    closes: bool = False
    """Whether the line stands at an article's end (editors), if it does not stand at its beginning."""
    is_control: bool = False
    """Whether it is a button of a web page, which tells nothing."""
    asks: bool = False
    """Whether it is a label alone, whose value stands in the next line."""
    opens: bool = False
    """Whether it is the name of a page or column, below which an article begins."""


def furniture(text: str) -> Furniture | None:
    """What a line of date, source, editors or page number tells; None if the line is none.

    >>> told = furniture("2023-05-06 10:20 来源：东湖日报 作者：沈佳余")
    >>> told.published, told.authors
    ('2023-05-06', ('沈佳余',))
    """
    if len(text) > _LONGEST or "。" in text:
        return None
    if _FOOT.search(text):
        return Furniture(closes=True)
    return _labelled(text) or _known(text) or _dated(text)


def _labelled(text: str) -> Furniture | None:
    """What a line tells that begins with a label: 来源：…, 责任编辑 …."""
    label = _LABEL.match(text)
    if label:
        asks = label.end() == len(text)
        opens = bool(_PAGE.search(text))
        return Furniture(iso_date(text), _authors(text), closes=bool(_AT_END.search(text)), asks=asks, opens=opens)
    editors = _EDITORS.match(text)
    if editors and (names_alone(editors["names"]) or names_after_roles(editors["names"]) or _LABEL.search(text)):
        return Furniture(closes=True)
    return None


def _known(text: str) -> Furniture | None:
    """A web page's buttons and counters, or the name of a page, a column or a paper."""
    if len(text) <= _LONGEST_CONTROLS and (_CONTROLS.fullmatch(text) or _MENU.fullmatch(text)):
        return Furniture(is_control=True)
    if len(text) <= _LONGEST_PAGE_NAME and (_PAGE_NAME.fullmatch(text) or _PAPER.fullmatch(text)):
        return Furniture(opens=True)
    return None


def _dated(text: str) -> Furniture | None:
    """What a line of date, time and page number tells, with at most a label, an author or a paper's name behind."""
    without = _PAGE.sub("", _TIME.sub("", _DATE.sub("", text)))
    if without == text:
        return None
    rest = without.strip(_EDGES)
    opens = bool(_PAGE.search(text) or _PAGE_NAME.fullmatch(rest))
    if not rest or opens or _LABEL.search(rest) or _AUTHOR.search(rest):
        return Furniture(iso_date(text), _authors(rest), opens=opens)
    # A date with a paper's or body's name: 2023年5月6日 东湖日报
    if (opens or _DATE.match(text)) and len(rest) <= 12 and not any(mark in rest for mark in "，,、；：:“”"):
        edited = bool(_EDITORS.match(rest))
        return Furniture(iso_date(text), () if edited else names_alone(rest), closes=edited, opens=opens)
    return None


def iso_date(text: str) -> str | None:
    """The first full date in the text as 2024-12-31.

    >>> iso_date("2023年5月6日 10:00"), iso_date("2023年13月6日")
    ('2023-05-06', None)
    """
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
    except ValueError:
        return None


def _authors(text: str) -> tuple[str, ...]:
    found = _AUTHOR.search(text)
    return names_alone(found["names"]) if found else ()
