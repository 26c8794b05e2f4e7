"""Reads the dossier of a thing out of a graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.dossier.asking import Reader
from kg.dossier.conflicts import conflicts_among
from kg.dossier.model import Conflict, Dossier, Gaps, Match, Number, Relation, Run, Service, Thing
from kg.dossier.numbers import numbers_about, series_of
from kg.dossier.relations import bodies_in, people_of, relations_of, runs_in, runs_of, spread_of
from kg.errors import UserError
from kg.network import PLACES
from kg.queries.names import thing as thing_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.queries.answering import Asked


def dossier_of(graph: Asked, name: str, *, strict_identity: bool = False) -> Dossier:
    """The dossier of the one thing of that name, or IRI.

    With `strict_identity` what may be the same thing is not followed.

    Raises:
        UserError: nothing has the name, or several things do, or what has it is no place, program, body, person or
            document.
    """
    reader = Reader(graph)
    about = found(reader, name)
    place = about.kind in PLACES
    matches = () if strict_identity else _matches(reader, about)
    same = (about, *(match.thing for match in matches))
    relations = relations_of(reader, same)
    runs = runs_in(reader, about) if place else runs_of(reader, relations)
    numbers = _numbers(reader, same)
    bodies = bodies_in(reader, about) if place else ()
    people = people_of(reader, same) if place or about.kind == "Organization" else ()
    conflicts = conflicts_among(reader, numbers)
    first = _mentions(reader, (about,))[:1]
    mentions = _mentions(reader, same)
    articles = tuple(dict.fromkeys(reader.passage(iri).article for iri in mentions))
    told = (first, *_told((*relations, *runs, *bodies, *people, *numbers, *conflicts)))
    passages = {iri: reader.passage(iri) for iri in reader.in_order(iri for each in told for iri in each)}
    quoted = {*articles, *(passage.article for passage in passages.values())}
    return Dossier(
        about,
        reader.names(about.iri),
        reader.roles(about.iri),
        reader.around(about.iri),
        matches,
        first,
        articles,
        dict(sorted(Counter(reader.passage(iri).article for iri in mentions).items())),
        relations,
        runs,
        spread_of(reader, runs) if about.kind == "Program" else (),
        bodies,
        people,
        series_of(numbers, _places_told(reader, runs)),
        conflicts,
        Gaps(
            _silent_years(reader, {*articles, *(number.article for number in numbers if number.article)}),
            tuple(iri for iri in articles if reader.article(iri).year is None),
            sum(number.year is None and number.years is None for number in numbers),
            _untold(about, runs, relations, numbers),
        ),
        passages,
        {iri: reader.article(iri) for iri in sorted(quoted)},
    )


def found(reader: Reader, name: str, kind: str = "thing") -> Thing:
    """The thing of that name; `kind` as `kg.queries.names.thing` has it.

    Raises:
        UserError: nothing has the name, or several things do, or what has it has no dossier.
    """
    about = reader.thing(thing_named(reader.store, name, kind).iri.value)
    if not about.kind:
        hint = "`kg query indicator-series` follows an indicator, `kg info` tells what the graph holds"
        raise UserError(f"{name[:60]!r} is no place, program, body, person or document of the graph; {hint}")
    return about


def _matches(reader: Reader, about: Thing) -> tuple[Match, ...]:
    found = []
    for row in reader.ask("matches", about.iri):
        other = reader.thing(row["other"])
        first_year = reader.first_year(_mentions(reader, (other,)))
        found.append(Match(other, row["reason"], Decimal(row["sure"]), first_year))
    return tuple(sorted(found, key=lambda match: (match.thing, match.reason)))


def _mentions(reader: Reader, things: Iterable[Thing]) -> tuple[str, ...]:
    """The passages that name things, the earliest first."""
    return reader.in_order(row["passage"] for each in things for row in reader.ask("mentions", each.iri))


def _numbers(reader: Reader, same: Iterable[Thing]) -> tuple[Number, ...]:
    """The numbers about things, each once."""
    return tuple({number.iri: number for each in same for number in numbers_about(reader, each.iri)}.values())


def _places_told(reader: Reader, runs: Iterable[Run]) -> Callable[[Number], frozenset[str]]:
    """For a number, where its article says that its subject runs."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for run in runs:
        for iri in run.passages:
            told[run.program.iri, reader.passage(iri).article].add(run.place.iri)

    def places(number: Number) -> frozenset[str]:
        articles = {reader.passage(iri).article for iri in number.passages}
        subject = number.subject.iri if number.subject else ""
        return frozenset(place for article in articles for place in told.get((subject, article), ()))

    return places


def _told(statements: Iterable[Relation | Run | Service | Number | Conflict]) -> Iterator[tuple[str, ...]]:
    """The passages of statements, and of those within them."""
    for each in statements:
        yield each.passages
        if isinstance(each, Run):
            yield from (leader.passages for leader in each.leaders)
        if isinstance(each, Conflict):
            yield each.other_passages


def _silent_years(reader: Reader, articles: Iterable[str]) -> tuple[int, ...]:
    """The years between the first and the last report, or number, that none speaks of."""
    years = {year for iri in articles if (year := reader.article(iri).year) is not None}
    return tuple(year for year in range(min(years), max(years)) if year not in years) if years else ()


def _untold(
    about: Thing, runs: Sequence[Run], relations: Iterable[Relation], numbers: Sequence[Number]
) -> tuple[str, ...]:
    """What no report tells, of what a reader expects: where a program runs, who leads it, numbers."""
    untold = [] if numbers else ["numbers"]
    if about.kind == "Program":
        untold += [] if runs else ["where"]
        untold += [] if any(each.says == "ledBy" for each in relations) else ["leader"]
    return tuple(untold)
