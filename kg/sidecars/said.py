"""What a sidecar says of a page: things, relations and numbers, not yet found in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kg.model import ANNOTATION, Word


class Cause(StrEnum):
    """Of what kind the reason is for which a fact was refused."""

    FORM = "not of the form"
    QUOTE = "its quotation stands nowhere in the text"
    NAME = "none of its names stands in the text"
    NUMBER = "its quotation prints no such number"
    LABEL = "what it counts stands nowhere in the text"
    END = "an end of it is no thing that is known there, or could be several"
    ARTICLE = "no article is so called"


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that was not taken: which, and why; `of` is what was said, where that could be read."""

    fact: str
    reason: str
    cause: Cause = Cause.FORM
    of: SaidThing | SaidRelation | SaidNumber | None = None

    def __str__(self) -> str:
        return f"{self.fact}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the page, and where they begin in the file, if that is told."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: its rules (annotation where none is named), how sure it is, and who stands for it."""

    rules: tuple[str, ...] = (ANNOTATION,)
    sure: Decimal | None = None
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class SaidThing:
    """A thing by its names; by `id` too, its IRI, where the sidecar is our own."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    within: str = ""
    role: tuple[str, ...] = ()
    id: str = ""
    quotes: tuple[Quote, ...] = ()
    source: Source = field(default_factory=Source)

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class SaidRelation:
    """A relation between things by their names or IRIs."""

    subject: str
    predicate: str
    object: str
    quotes: tuple[Quote, ...] = ()
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number with its quotation; `of` are the names or IRIs of what it may be about, best first.

    `dated` tells that the sidecar says for which time it holds, be it none.
    """

    value: Decimal
    unit: str
    indicator: str
    quote: Quote
    qualifier: str = "exact"
    kind: str = "level"
    of: tuple[str, ...] = ()
    area: str = ""
    upper: Decimal | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    dated: bool = False
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class SaidArticle:
    """What is said of one article, by which title or opening it is known, and what could not be read of it."""

    titles: tuple[str, ...]
    opening: str = ""
    year: int | None = None
    year_rule: str = ""
    year_quotes: tuple[Quote, ...] = ()
    published: str = ""
    paper: str = ""
    things: tuple[SaidThing, ...] = ()
    relations: tuple[SaidRelation, ...] = ()
    numbers: tuple[SaidNumber, ...] = ()
    refused: tuple[Refused, ...] = ()
    source: Source = field(default_factory=Source)


@dataclass(frozen=True, slots=True)
class SaidPage:
    """What a sidecar says; `whole` tells that it says nothing of single articles, only names for all of them."""

    articles: tuple[SaidArticle, ...]
    whole: bool = False
    refused: tuple[Refused, ...] = ()
