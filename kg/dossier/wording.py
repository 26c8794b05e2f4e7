"""How numbers, years and classes are worded, in the language of the reader."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.dossier.blocks import Cell
from kg.errors import WrongUsage
from kg.vocabulary import GOV, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from kg.dossier.model import Change, Number, Thing

LANGUAGES = ("en", "zh")


@cache
def words(language: str) -> Mapping[str, str]:
    """The texts of a language.

    Raises:
        WrongUsage: there is none of that language.
    """
    if language not in LANGUAGES:
        raise WrongUsage(f"--lang {language}: dossiers speak {' and '.join(LANGUAGES)}")
    texts: dict[str, str] = json.loads(
        (resources.files("kg.dossier") / "text" / f"{language}.json").read_text(encoding="utf-8")
    )
    return texts


def grouped(value: Decimal) -> str:
    """A number with its thousands apart.

    >>> from decimal import Decimal
    >>> grouped(Decimal(140000)), grouped(Decimal("93.5"))
    ('140,000', '93.5')
    """
    return format(value, ",f")


def value_of(number: Number, words: Mapping[str, str]) -> str:
    """A number as a reader is told it: qualifier, value or range, unit."""
    shown = grouped(number.value) + (f"–{grouped(number.upper)}" if number.upper is not None else "")
    return words[number.qualifier].format(_with_unit(shown, number.unit))


def amount(value: Decimal, unit: str, qualifier: str, words: Mapping[str, str]) -> str:
    """A bare value with unit and qualifier."""
    return words[qualifier].format(_with_unit(grouped(value), unit))


def _with_unit(shown: str, unit: str) -> str:
    return shown + unit if unit in {"%", "‰"} or not unit else f"{shown} {unit}"


def year_of(number: Number, words: Mapping[str, str]) -> str:
    """The year or period that a number holds for; where none is told, the year of the report."""
    if number.year is not None:
        return str(number.year)
    if number.years:
        return f"{number.years[0]}–{number.years[1]}"
    return words["notTold"] if number.told_in is None else words["toldIn"].format(number.told_in)


def change_of(change: Change, words: Mapping[str, str]) -> str:
    """A change with its sign, in percent too where that means something."""
    sign = "+" if change.difference > 0 else ""
    unit = words["points"] if change.later.unit == "%" else change.later.unit
    shown = f"{sign}{grouped(change.difference)} {unit}".rstrip()
    if change.percent is not None:
        shown += f" ({'+' if change.percent > 0 else ''}{grouped(change.percent)}%)"
    return words["about"].format(shown) if change.about else shown


def named(thing: Thing | None) -> Cell:
    """The cell of a thing."""
    return Cell(thing.label, iri=thing.iri) if thing else Cell("")


def named_all(things: Iterable[Thing], between: str, passages: tuple[str, ...] = ()) -> Cell:
    """The cell of several things."""
    listed = tuple(things)
    return Cell(between.join(each.label for each in listed), passages, "", tuple((t.label, t.iri) for t in listed))


def class_of(thing: Thing, language: str) -> str:
    """The class of a thing in words."""
    return label(GOV[thing.kind], language)
