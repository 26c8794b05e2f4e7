"""The sections of a comparison, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dossier.blocks import Block, Cell, Document, Items, Note, Section, Table
from kg.dossier.wording import named, value_of, words, year_of
from kg.language.number_stages import Stage, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.dossier.model import Beside, Comparison, Number, Run

_ABSENT = "—"
_NEVER = 9999


def comparison_document(comparison: Comparison, language: str = "en") -> Document:
    """A comparison as sections in a language of `LANGUAGES`.

    Raises:
        UserError: there are no texts in that language.
    """
    texts = words(language)
    sections = (
        _overview(comparison, texts),
        _programs(comparison, texts),
        _indicators(comparison, texts),
    )
    title = " · ".join(place.label for place in comparison.places)
    return Document(title, texts["comparison"], sections, comparison.passages, comparison.sources, language, texts)


def _overview(comparison: Comparison, texts: Mapping[str, str]) -> Section:
    rows = []
    for place in comparison.places:
        shared = sum(place.iri in each.runs for each in comparison.shared)
        own = len({run.program for run in comparison.own[place.iri]})
        counts = (comparison.articles[place.iri], shared + own, shared, own)
        rows.append((named(place), *(Cell(str(count)) for count in counts)))
    keys = ("place", "reportsCount", "programsCount", "sharedCount", "ownCount")
    blocks: tuple[Block, ...] = (
        Table(texts["overview"], tuple(texts[key] for key in keys), tuple(rows), frozenset({1, 2, 3, 4})),
    )
    if comparison.enclosing:
        lines = (texts["enclosed"].format(one.label, other.label) for one, other in comparison.enclosing)
        blocks = (Items(tuple((Cell(line),) for line in lines)), *blocks)
    return Section("overview", texts["overview"], blocks)


def _programs(comparison: Comparison, texts: Mapping[str, str]) -> Section:
    """All programs in one table: those of several places, then those of each alone."""
    rows = []
    for each in comparison.shared:
        label = " / ".join(program.label for program in (each.program, *each.matches))
        cells = (_run(each.runs.get(place.iri, ()), comparison.passages, texts) for place in comparison.places)
        rows.append((Cell(label, (), each.program.iri), *cells))
    for place in comparison.places:
        for program in dict.fromkeys(run.program for run in comparison.own[place.iri]):
            here = [run for run in comparison.own[place.iri] if run.program == program]
            cells = (_run(here if other == place else (), comparison.passages, texts) for other in comparison.places)
            rows.append((named(program), *cells))
    head = (texts["program"], *(place.label for place in comparison.places))
    table = Table(texts["sharedPrograms"], head, tuple(rows))
    blocks: tuple[Block, ...] = (Note(texts["years"]), table) if rows else (Note(texts["none"]),)
    return Section("programs", texts["sharedPrograms"], blocks)


def _run(runs: Iterable[Run], order: Iterable[str], texts: Mapping[str, str]) -> Cell:
    """The first year in which a program is reported of a place, with the passages."""
    runs = tuple(runs)
    if not runs:
        return Cell(_ABSENT)
    years = [run.first_year for run in runs if run.first_year is not None]
    told = {iri for run in runs for iri in run.passages}
    passages = tuple(iri for iri in order if iri in told)
    return Cell(str(min(years)) if years else texts["notTold"], passages)


def _indicators(comparison: Comparison, texts: Mapping[str, str]) -> Section:
    """A row an indicator and year, so that numbers of one year stand beside each other."""
    rows = []
    for each in comparison.indicators:
        for year in sorted({_when(number) for numbers in each.numbers.values() for number in numbers}):
            told = [
                tuple(number for number in each.numbers.get(place.iri, ()) if _when(number) == year)
                for place in comparison.places
            ]
            first = next(number for numbers in told for number in numbers)
            cells = (_numbers(numbers, texts) for numbers in told)
            rows.append((Cell(_name(each, texts)), Cell(year_of(first, texts)), *cells))
    head = (texts["indicator"], texts["year"], *(place.label for place in comparison.places))
    table = Table(texts["sharedIndicators"], head, tuple(rows))
    return Section("indicators", texts["sharedIndicators"], (table,) if rows else (Note(texts["none"]),))


def _when(number: Number) -> tuple[int, int]:
    """The years that a number holds for, as they are sorted: those without a year last."""
    first, last = number.years or (number.year or _NEVER, number.year or _NEVER)
    return last, first


def _name(beside: Beside, texts: Mapping[str, str]) -> str:
    label = beside.subject.label if beside.subject else beside.indicator
    subject = f"{label}：" if label != beside.indicator else ""
    unit = f" ({beside.unit})" if beside.unit else ""
    kinds = {beside.kind: beside.kind != "level"}
    kinds |= {str(beside.tally): beside.tally is not Tally.PLAIN, "target": beside.stage is Stage.TARGET}
    told = (texts[kind] for kind, holds in kinds.items() if holds)
    return " · ".join([f"{subject}{beside.indicator}{unit}", *told])


def _numbers(numbers: tuple[Number, ...], texts: Mapping[str, str]) -> Cell:
    """The numbers of one place for one year."""
    if not numbers:
        return Cell(_ABSENT)
    told = dict.fromkeys(value_of(number, texts) for number in numbers)
    return Cell("; ".join(told), tuple(dict.fromkeys(iri for number in numbers for iri in number.passages)))
