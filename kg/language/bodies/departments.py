"""Departments by their fields: 文旅局, 文化旅游局 and 文化和旅游局 are one office, whichever an article prints."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.language.wordlists import grammar, table

_BODIES = grammar("bodies")
ENDINGS = _BODIES.regex("{department}")
"""What the name of a department ends with behind its fields."""

_BEGUN = _BODIES.compile("(?:^|{before-department})$")
"""What stands before a department whose first field is shortened to one character (区 + 教 + 体 + 局)."""

_SUPERVISION = _BODIES.compile("{supervision}$")
"""How the supervisory commission's name ends, whatever stands before it: 德阳市 + 监委."""

_AND = _BODIES.compile("{joint}")


@lru_cache(maxsize=10_000)
def department(name: str) -> str | None:
    """A department's name with its fields spelt out, or None where its name is not of fields.

    >>> department("拱墅区教体局"), department("拱墅区教育体育局"), department("省林草局"), department("德阳市监委")
    ('拱墅区教育和体育局', '拱墅区教育和体育局', '省林业和草原局', None)
    """
    match = _department().search(name)
    if match is None or _SUPERVISION.search(name):
        return None
    parts = [part for part in _field().findall(match["fields"]) if not _AND.fullmatch(part)]
    before = name[: match.start()]
    if len(parts[0]) == 1 and not _BEGUN.search(before):
        return None
    fields = [_fields()[part] for part in parts]
    ending = _BODIES.word("full-committee") if match["ending"] in _BODIES["committee"] else match["ending"]
    known = _official().get(_key("".join(fields)) + ending)
    return before + (known or _joined(fields) + ending)


def _joined(fields: list[str]) -> str:
    """Fields as an official name has them: 发展改革 + 和 + 经济信息化; one alone keeps its own 和."""
    *first, last = fields
    return f"{_key(''.join(first))}{_BODIES['conjunction'][0]}{_key(last)}" if first else last


def _key(name: str) -> str:
    """A name without what joins its fields."""
    return _AND.sub("", name)


@cache
def _fields() -> dict[str, str]:
    """The full field by each of its forms."""
    rows = table("organization_fields")
    return {_key(full): full for _, full in rows} | {form: full for row in rows for form, full in (row, (row[1],) * 2)}


@cache
def _field() -> re.Pattern[str]:
    forms = sorted(_fields(), key=lambda form: (-len(form), form))
    return re.compile(f"{'|'.join(forms)}|{_AND.pattern}")


@cache
def _department() -> re.Pattern[str]:
    forms = "|".join(sorted(_fields(), key=lambda form: (-len(form), form)))
    joined = f"(?:{forms})(?:{_AND.pattern}?(?:{forms})){{0,5}}"
    return re.compile(f"(?P<fields>{joined})(?P<ending>{ENDINGS})$")


@cache
def _official() -> dict[str, str]:
    """Official names that are not as their fields would have it, by those fields and the ending."""
    rows = (*table("organization_official_endings"), *table("organization_abbreviations"))
    return {_key(full): full for _, full in rows if re.search(f"(?:{ENDINGS})$", full)} | {
        _key(short): full for short, full in rows
    }
