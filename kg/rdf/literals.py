"""Values of facts as literals: names, numbers, years, days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal

from kg.rdf.text import clean
from kg.vocabulary import XSD


@lru_cache(maxsize=1_000)
def rule(name: str) -> str:
    """The name of a rule, of which there are few."""
    return str(Literal(clean(name)))


@lru_cache(maxsize=101)
def confidence(share: Decimal) -> str:
    """A confidence, of which there are a hundred and one."""
    return str(decimal(share))


def chinese(name: str) -> Literal:
    """A name in Chinese."""
    return Literal(name, language="zh")


def decimal(value: Decimal) -> Literal:
    """A number in the canonical form of xsd:decimal: no exponent, no zero that says nothing."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Literal("0" if text in {"-0", ""} else text, datatype=XSD.decimal)


def year(number: int | None) -> Literal:
    """A year."""
    return Literal(f"{number:04}", datatype=XSD.gYear)


def day(text: str | None) -> Literal | None:
    """A day that is written as ISO 8601 has it; None for anything else."""
    try:
        return Literal(date.fromisoformat(text or "").isoformat(), datatype=XSD.date)
    except ValueError:
        return None
