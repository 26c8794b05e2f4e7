"""What a dossier and a comparison hold: things, what is said of them, their numbers, and the passages that say so.

Statements name their passages by IRI; `passages` and `articles` of the whole give these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.language.number_stages import Stage, Tally
    from kg.network import Passage


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A thing of the graph: its name, its preferred label, and its class (Program, District)."""

    label: str
    iri: str
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: `year` is the year that it speaks of, `published` its date, each where it tells one."""

    iri: str
    headline: str
    file: str
    year: int | None = None
    published: str = ""
    authors: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that may be the same, the reason, how often such pairs were one, and the year of its first report."""

    thing: Thing
    reason: str
    confidence: Decimal
    first_year: int | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation by its property (`ledBy`), the year of its first report, and the passages that state it."""

    subject: Thing
    says: str
    object: Thing
    first_year: int | None
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A place where a program runs, and who leads it as told by an article that tells of it there.

    `program` is the one told of, which may be a close match; `within` are the places around the place, the nearest
    first.
    """

    program: Thing
    place: Thing
    within: tuple[Thing, ...]
    first_year: int | None
    leaders: tuple[Relation, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """A district that a program is reported from, and the year of the first report that tells its year."""

    district: Thing
    within: tuple[Thing, ...]
    first_year: int | None
    programs: tuple[Thing, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as an article reports it; `upper` is the higher end of a range, `years` a period.

    `kind` is that of the graph, but of a change by a number it tells growth from decrease.
    `told_in` is the year that its article speaks of; `counts_program` tells that the indicator is the name of a
    program, so that the number counts its members.
    """

    iri: str
    subject: Thing | None
    area: Thing | None
    indicator: str
    printed: str
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifier: str
    kind: str
    stage: Stage
    tally: Tally
    year: int | None
    years: tuple[int, int] | None
    passages: tuple[str, ...]
    article: str
    told_in: int | None
    counts_program: bool


@dataclass(frozen=True, slots=True)
class Change:
    """How a number changed: from one year to a later one, by so much, and in percent where that means something.

    `about` tells that one of the two is printed as such.
    """

    earlier: Number
    later: Number
    difference: Decimal
    percent: Decimal | None
    about: bool


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that say the same of the same: one subject, indicator, unit, kind, stage and tally, by area and year.

    `subject` is None where there is none, or where they count a program, some told of the program, some of an area.
    `kind` is level, growth, decrease, or change for the ends (from, to) of a change that a sentence tells.
    """

    subject: Thing | None
    indicator: str
    unit: str
    kind: str
    stage: Stage
    tally: Tally
    numbers: tuple[Number, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two reports of one number that differ: `verdict` is conflict, or rounding where both can be true as printed.

    Of a number over a period `years` has its first and last year.
    """

    verdict: str
    subject: Thing
    indicator: str
    unit: str
    area: Thing | None
    year: int | None
    lowest: Decimal
    highest: Decimal
    qualifier: str
    other_qualifier: str
    passages: tuple[str, ...]
    other_passages: tuple[str, ...]
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A person, the roles told of, and the body or place served."""

    person: Thing
    roles: tuple[str, ...]
    serves: Thing
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the reports leave open: years between the first and last without one, what tells no year or no place."""

    silent_years: tuple[int, ...]
    undated_articles: tuple[str, ...]
    undated_numbers: int
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a graph holds of a thing; `within` are the places around a place, the nearest first.

    `first` is the passage that names the thing first, in the earliest report; `articles` are those that name it or one
    of its `matches`, the earliest first, and `mentions` how many sentences of each do. What is told of matches is told
    with their names. `sources` has the articles of all `passages`.
    """

    thing: Thing
    names: tuple[str, ...]
    roles: tuple[str, ...]
    within: tuple[Thing, ...]
    matches: tuple[Match, ...]
    first: tuple[str, ...]
    articles: tuple[str, ...]
    mentions: Mapping[str, int]
    relations: tuple[Relation, ...]
    runs: tuple[Run, ...]
    spread: tuple[Spread, ...]
    bodies: tuple[Relation, ...]
    people: tuple[Service, ...]
    series: tuple[Series, ...]
    conflicts: tuple[Conflict, ...]
    gaps: Gaps
    passages: Mapping[str, Passage] = field(default_factory=dict)
    sources: Mapping[str, Article] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shared:
    """A program of several places: for each place, by its IRI, how it runs there."""

    program: Thing
    matches: tuple[Thing, ...]
    runs: Mapping[str, tuple[Run, ...]]


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator that several places report of themselves, or of one `subject`: each place's numbers, by its IRI."""

    subject: Thing | None
    indicator: str
    unit: str
    kind: str
    stage: Stage
    tally: Tally
    numbers: Mapping[str, tuple[Number, ...]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places side by side: programs of several, programs of one alone, and indicators that several report."""

    places: tuple[Thing, ...]
    enclosing: tuple[tuple[Thing, Thing], ...]
    articles: Mapping[str, int]
    shared: tuple[Shared, ...]
    own: Mapping[str, tuple[Run, ...]]
    indicators: tuple[Beside, ...]
    passages: Mapping[str, Passage] = field(default_factory=dict)
    sources: Mapping[str, Article] = field(default_factory=dict)
