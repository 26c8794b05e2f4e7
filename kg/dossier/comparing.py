"""Places side by side: the programs of several and of one alone, and the indicators that several report."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

from kg.dossier.asking import Reader
from kg.dossier.model import Beside, Comparison, Number, Run, Shared, Thing
from kg.dossier.numbers import numbers_about
from kg.dossier.reading import found
from kg.dossier.relations import runs_in
from kg.errors import UserError, WrongUsage
from kg.network import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.queries.answering import Asked

FEWEST, MOST = 2, 6
"""Places that are set side by side."""


def comparison_of(graph: Asked, names: Sequence[str], *, strict_identity: bool = False) -> Comparison:
    """The places of these names (or IRIs) side by side.

    Programs that may be one are set in one row, unless `strict_identity` is set.

    Raises:
        WrongUsage: there are fewer than two names or more than six.
        UserError: one names nothing or several things, what it names is no place, or two name one place.
    """
    reader = Reader(graph)
    places = _places(reader, names)
    runs = {place: runs_in(reader, place) for place in places}
    groups = _groups(reader, runs.values(), strict_identity=strict_identity)
    shared, own = _programs(places, runs, groups)
    indicators = _indicators(reader, places)
    mentions = {
        place: {reader.passage(row["passage"]).article for row in reader.ask("mentions", place.iri)} for place in places
    }
    told = [run.passages for each in runs.values() for run in each]
    told += [number.passages for each in indicators for numbers in each.numbers.values() for number in numbers]
    passages = {iri: reader.passage(iri) for iri in reader.in_order(iri for each in told for iri in each)}
    return Comparison(
        places,
        tuple(pair for pair in permutations(places, 2) if pair[1] in reader.around(pair[0].iri)),
        {place.iri: len(articles) for place, articles in mentions.items()},
        shared,
        own,
        indicators,
        passages,
        {iri: reader.article(iri) for iri in sorted({passage.article for passage in passages.values()})},
    )


def _places(reader: Reader, names: Sequence[str]) -> tuple[Thing, ...]:
    if not FEWEST <= len(names) <= MOST:
        raise WrongUsage(
            f"{len(names)} place{'s' * (len(names) != 1)} to compare; name {FEWEST} to {MOST}: kg compare 拱墅 上城"
        )
    places: list[Thing] = []
    for name in names:
        place = found(reader, name, "place")
        if place.kind not in PLACES:
            raise UserError(
                f"{name[:60]!r} is no place but a {place.kind.lower()}; kg compare sets places side by side"
            )
        if place in places:
            raise UserError(f"{name[:60]!r} is named twice; name different places")
        places.append(place)
    return tuple(places)


def _groups(
    reader: Reader, runs: Iterable[tuple[Run, ...]], *, strict_identity: bool
) -> Mapping[Thing, tuple[Thing, ...]]:
    """For each program the programs of its row: itself, and those of the places that may be the same."""
    programs = {run.program for each in runs for run in each}
    groups = {program: {program} for program in programs}
    if not strict_identity:
        for program in sorted(programs):
            for other in reader.matched(program.iri):
                if other in programs:
                    merged = groups[program] | groups[other]
                    for each in merged:
                        groups[each] = merged
    return {program: tuple(sorted(group)) for program, group in groups.items()}


def _programs(
    places: tuple[Thing, ...], runs: Mapping[Thing, tuple[Run, ...]], groups: Mapping[Thing, tuple[Thing, ...]]
) -> tuple[tuple[Shared, ...], Mapping[str, tuple[Run, ...]]]:
    """The programs of several places, those of most places first; and for each place those that it alone has.

    Of those that may be one, the one that most sentences tell of gives its name.
    """
    rows: dict[tuple[Thing, ...], dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        for run in runs[place]:
            rows[groups[run.program]][place.iri].append(run)
    shared = []
    for group, told in rows.items():
        if len(told) > 1:
            said = Counter(run.program for here in told.values() for run in here for _ in run.passages)
            first, *others = sorted(group, key=lambda program: (-said[program], program))
            shared.append(Shared(first, tuple(others), {p.iri: tuple(told[p.iri]) for p in places if p.iri in told}))
    alone = {run.program for told in rows.values() if len(told) == 1 for here in told.values() for run in here}
    own = {place.iri: tuple(run for run in runs[place] if run.program in alone) for place in places}
    return tuple(sorted(shared, key=lambda each: (-len(each.runs), each.program))), own


def _indicators(reader: Reader, places: tuple[Thing, ...]) -> tuple[Beside, ...]:
    """What several places report of themselves, or of one program, for their whole area."""
    rows: dict[tuple[str, ...], dict[str, list[Number]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        for number in numbers_about(reader, place.iri):
            whole = place in {number.subject, number.area}
            if whole and number.indicator and number.kind in {"level", "growth", "decrease"}:
                rows[_row(number, place)][place.iri].append(number)
    beside = []
    for key, told in sorted(rows.items()):
        if len(told) > 1:
            first = next(iter(told.values()))[0]
            subject = first.subject if key[0] else None
            numbers = {place.iri: tuple(told[place.iri]) for place in places if place.iri in told}
            beside.append(Beside(subject, first.indicator, first.unit, first.kind, first.stage, first.tally, numbers))
    return tuple(sorted(beside, key=lambda each: -len(each.numbers)))


def _row(number: Number, place: Thing) -> tuple[str, ...]:
    """What two numbers must share to stand in one row; a place's own numbers are those of the place."""
    subject = "" if number.subject in {None, place} else number.subject.iri if number.subject else ""
    return subject, number.indicator, number.unit, number.kind, number.stage, number.tally
