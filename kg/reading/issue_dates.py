"""Dates in the names of files and folders, and in fields: 2024-01-12, 20240112, 2024年1月12日, 2024-03 第5版."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import PurePath

from kg.reading.words import PAGES

FILE_NAME, FOLDER = "date-in-file-name", "date-in-folder-name"
"""The rules of dates that are told by a path."""

_YEAR = r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})"
_TIME = r"(?:[T_ -]?[0-2][0-9]:?[0-5][0-9](?::?[0-5][0-9])?)?"
_FORMS = (
    re.compile(_YEAR + r"(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])" + _TIME + r"(?![0-9])"),
    re.compile(_YEAR + r"(?P<s>[-._/ ])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"),
    PAGES.compile(_YEAR + " ?{year} ?(?P<m>1[0-2]|0?[1-9]) ?{month} ?(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"),
    PAGES.compile(_YEAR + " ?{year} ?(?P<m>1[0-2]|0?[1-9]) ?{month}(?! ?[0-9])"),
    re.compile(_YEAR + r"[-._/](?P<m>1[0-2]|0[1-9])(?![-._/]?[0-9])"),
)
"""How names write a date, the fullest form first; the last two a month."""

_YEAR_ALONE = PAGES.compile("(?P<y>(?:19|20)[0-9]{2}){year}?")
_MONTH = PAGES.compile("(?P<m>1[0-2]|0?[1-9]){month}?")
_DAY = PAGES.compile("(?P<d>3[01]|[12][0-9]|0?[1-9]){day-word}?")
_MONTH_AND_DAY = PAGES.compile(
    "(?P<m>1[0-2]|0[1-9])[-._]?(?P<d>3[01]|[12][0-9]|0[1-9])"
    "|(?P<m2>1[0-2]|[1-9]){month}(?P<d2>3[01]|[12][0-9]|0?[1-9]){day}?"
)
_EDITION = PAGES.compile("[ _-]{0,9}(?:{nth}?[0-9A-Za-z{ten-numeral}]{1,3}{page-sign}|{weekday-lead}{weekday-sign})")
MOST_FOLDERS = 5
"""So many folders above a file may tell its date."""


def date_in(text: str) -> str | None:
    """The day or month that a name or field tells, as 2024-01-12 or 2024-01; None where it tells none, or several.

    >>> date_in("晚报20240112第5版"), date_in("2024年1月12日"), date_in("2024-03 第5版"), date_in("2020-2024规划")
    ('2024-01-12', '2024-01-12', '2024-03', None)
    """
    text = unicodedata.normalize("NFKC", text)
    for form in _FORMS:
        found = {iso for match in form.finditer(text) if (iso := _iso(match.groupdict()))}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def date_of_path(path: PurePath) -> tuple[str, str] | None:
    """The date that a file's name tells, or else its folders (2024/03/05), with the rule that found it.

    A folder counts if its name is nothing but a date, or a number of an edition beside it.

    >>> date_of_path(PurePath("news/2024/03/05/a.txt"))
    ('2024-03-05', 'date-in-folder-name')
    """
    if found := date_in(path.stem):
        return found, FILE_NAME
    folders = [unicodedata.normalize("NFKC", _EDITION.sub("", part)) for part in reversed(path.parts[:-1])]
    for place in range(min(MOST_FOLDERS, len(folders))):
        if found := _of_folders(folders[place : place + 3]):
            return found, FOLDER
    return None


def _of_folders(names: list[str]) -> str | None:
    """The date that folders tell, the innermost first: a date, or a day in a month in a year."""
    whole = next((m for form in _FORMS if (m := form.fullmatch(names[0].rstrip(PAGES.word("day"))))), None)
    if whole:
        return _iso(whole.groupdict())
    ways = ((_YEAR_ALONE,), (_MONTH_AND_DAY, _YEAR_ALONE), (_MONTH, _YEAR_ALONE), (_DAY, _MONTH, _YEAR_ALONE))
    for way in ways:
        matches = [form.fullmatch(name) for form, name in zip(way, names, strict=False)]
        if len(matches) == len(way) and all(matches):
            return _iso({key: value for match in matches if match for key, value in match.groupdict().items() if value})
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    """A date by its parts; None for a day that no calendar has."""
    year, month, day = parts.get("y"), parts.get("m") or parts.get("m2"), parts.get("d") or parts.get("d2")
    try:
        date(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
