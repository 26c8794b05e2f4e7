"""What relations tell: of a thing, of where programs run and spread, of the bodies and people of a place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.dossier.model import Relation, Run, Service, Spread, Thing
from kg.vocabulary import GOV

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.dossier.asking import Reader

_SPACE = GOV.Program.value.removesuffix("Program")


def relations_of(reader: Reader, same: Iterable[Thing]) -> tuple[Relation, ...]:
    """The relations of things, from them and to them, by property, year of the first report and label."""
    told: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for each in same:
        for row in reader.ask("claims", each.iri):
            told[row["subject"], row["says"].removeprefix(_SPACE), row["object"]].append(row["passage"])
    found = [_relation(reader, *key, passages) for key, passages in told.items()]
    return tuple(sorted(found, key=lambda each: (each.says, *_by_year(each.first_year), each.subject, each.object)))


def _relation(reader: Reader, subject: str, says: str, target: str, passages: Iterable[str]) -> Relation:
    ordered = reader.in_order(passages)
    return Relation(reader.thing(subject), says, reader.thing(target), reader.first_year(ordered), ordered)


def _by_year(year: int | None) -> tuple[bool, int]:
    return year is None, year or 0


def runs_of(reader: Reader, relations: Iterable[Relation]) -> tuple[Run, ...]:
    """Where a program runs, by the year of the first report, and who leads it there."""
    told = [(each.subject.iri, each.object.iri, each.passages) for each in relations if each.says == "implementedIn"]
    leads = [(each.subject.iri, each.object.iri, each.passages) for each in relations if each.says == "ledBy"]
    return _runs(reader, told, leads)


def runs_in(reader: Reader, place: Thing) -> tuple[Run, ...]:
    """The programs that run in a place or within it, by the year of the first report, and who leads them there."""
    told = [(row["program"], row["place"], (row["passage"],)) for row in reader.ask("programs", place.iri)]
    leads = [(row["program"], row["leader"], (row["passage"],)) for row in reader.ask("leaders", place.iri)]
    return _runs(reader, told, leads)


def _runs(
    reader: Reader,
    told: Iterable[tuple[str, str, tuple[str, ...]]],
    leads: Iterable[tuple[str, str, tuple[str, ...]]],
) -> tuple[Run, ...]:
    """Programs in places; a leader is told with a place where one article tells both."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for program, place, passages in told:
        places[program, place] += passages
    leaders: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for program, leader, passages in leads:
        leaders[program][leader] += passages
    found = []
    for (program, place), said in places.items():
        ordered = reader.in_order(said)
        articles = {reader.passage(iri).article for iri in ordered}
        with_place = [
            _relation(reader, program, "ledBy", leader, here)
            for leader, told_of in leaders[program].items()
            if (here := [iri for iri in told_of if reader.passage(iri).article in articles])
        ]
        found.append(
            Run(
                reader.thing(program),
                reader.thing(place),
                reader.around(place),
                reader.first_year(ordered),
                tuple(sorted(with_place, key=lambda each: each.object)),
                ordered,
            )
        )
    return tuple(sorted(found, key=lambda run: (*_by_year(run.first_year), run.program, run.place)))


def spread_of(reader: Reader, runs: Iterable[Run]) -> tuple[Spread, ...]:
    """The districts that a program is reported from, as the saved question `diffusion` has them."""
    told: dict[Thing, list[Run]] = defaultdict(list)
    for run in runs:
        for around in (run.place, *run.within):
            if around.kind == "District":
                told[around].append(run)
    found = []
    for district, here in told.items():
        passages = reader.in_order(iri for run in here for iri in run.passages)
        programs = tuple(sorted({run.program for run in here}))
        found.append(Spread(district, reader.around(district.iri), reader.first_year(passages), programs, passages))
    return tuple(sorted(found, key=lambda each: (*_by_year(each.first_year), each.district)))


def bodies_in(reader: Reader, place: Thing) -> tuple[Relation, ...]:
    """The bodies with their seat in a place or within it, those of the place itself first."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in reader.ask("bodies", place.iri):
        told[row["body"], row["place"]].append(row["passage"])
    found = [_relation(reader, body, "basedIn", where, passages) for (body, where), passages in told.items()]
    return tuple(sorted(found, key=lambda each: (each.object != place, each.object, each.subject)))


def people_of(reader: Reader, same: Iterable[Thing]) -> tuple[Service, ...]:
    """The people who serve bodies, or places, places within them and bodies of these."""
    told: dict[tuple[str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for each in same:
        for row in reader.ask("people", each.iri):
            roles, said = told[row["person"], row["serves"]]
            roles.update({row["role"]} - {""})
            said.add(row["passage"])
    found = [
        Service(reader.thing(person), tuple(sorted(roles)), reader.thing(serves), reader.in_order(said))
        for (person, serves), (roles, said) in told.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.serves, each.person)))
