"""The sections of a dossier, whatever its format."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from kg.dossier.blocks import Block, Cell, Document, Items, Line, Note, Point, Section, Table, Years
from kg.dossier.figures import number_section
from kg.dossier.wording import amount, class_of, named, named_all, words
from kg.network import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.dossier.model import Dossier, Relation, Spread, Thing

_OUTWARD = ("ledBy", "involves", "partOf", "basedIn", "worksFor", "issuedBy")
_INWARD = ("partOf", "ledBy", "involves", "issuedBy")


def document_of(dossier: Dossier, language: str = "en") -> Document:
    """A dossier as sections in a language of `LANGUAGES`.

    Raises:
        UserError: there are no texts in that language.
    """
    texts = words(language)
    sections: tuple[Section | None, ...] = (
        _identity(dossier, texts, language),
        _runs(dossier, texts),
        _spread(dossier, texts),
        *_relations(dossier, texts),
        *_numbers(dossier, texts),
        _conflicts(dossier, texts),
        _bodies(dossier, texts),
        _people(dossier, texts),
        _gaps(dossier, texts),
        _reports(dossier, texts),
    )
    kept = tuple(section for section in sections if section)
    return Document(dossier.thing.label, texts["dossier"], kept, dossier.passages, dossier.sources, language, texts)


def year_cell(year: int | None, texts: Mapping[str, str]) -> Cell:
    """The year of a first report."""
    return Cell(str(year) if year is not None else texts["notTold"])


def _identity(dossier: Dossier, texts: Mapping[str, str], language: str) -> Section:
    lines: list[tuple[str, Cell]] = [("class", Cell(class_of(dossier.thing, language)))]
    lines += [("also", Cell("、".join(dossier.names)))] * bool(dossier.names)
    lines += [("role", Cell("、".join(dossier.roles)))] * bool(dossier.roles)
    lines += [("within", _within(dossier.within))] * bool(dossier.within)
    if dossier.first:
        article = dossier.sources[dossier.passages[dossier.first[0]].article]
        by = f" — {texts['by']} {'、'.join(article.authors)}" if article.authors else ""
        told = f"{article.year}: " if article.year is not None else ""
        where = ", ".join(filter(None, [*article.papers, article.published, article.file]))
        shown = f"{told}{article.headline} ({where}){by}"
        key = "first" if article.year is not None else "firstWithoutYear"
        lines.append((key, Cell(shown, dossier.first, within=((article.headline, article.iri),))))
    for match in dossier.matches:
        told = f"{texts['firstYear']}: {year_cell(match.first_year, texts).text}"
        why = texts.get(f"reason:{match.reason}", match.reason)
        sure = f"{match.thing.label} ({class_of(match.thing, language)}; {told}; {why}, {match.confidence})"
        lines.append(("match", Cell(sure, within=((match.thing.label, match.thing.iri),))))
    return Section("identity", texts["identity"], (Items(tuple((Cell(texts[key]), cell) for key, cell in lines)),))


def _runs(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    if not dossier.runs:
        return None
    place = dossier.thing.kind in PLACES
    others = {run.program for run in dossier.runs} != {dossier.thing}
    rows = []
    for run in dossier.runs:
        told_of = tuple(dict.fromkeys(iri for leader in run.leaders for iri in leader.passages))
        leaders = named_all((leader.object for leader in run.leaders), "、", told_of)
        around = () if run.place == dossier.thing else run.within  # what encloses the place itself stands above
        where = (named(run.place), _within(around, dossier.thing))
        told = (year_cell(run.first_year, texts), leaders, Cell("", run.passages))
        rows.append((*((named(run.program),) if others else ()), *where, *told))
    head = (*((texts["program"],) if others else ()), texts["place"], texts["within"], texts["firstYear"])
    head = (*head, texts["ledThere"], texts["sentences"])
    key = "programs" if place else "runs"
    return Section(key, texts[key], (Note(texts["years"]), Table(texts[key], head, tuple(rows))))


def _within(places: Iterable[Thing], about: Thing | None = None) -> Cell:
    """The places around a place, the nearest first, as far as the place that the dossier is of."""
    return named_all(takewhile(lambda place: place != about, places), " · ")


def _spread(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    if not dossier.spread:
        return None
    others = any(each.programs != (dossier.thing,) for each in dossier.spread)
    rows = []
    for each in dossier.spread:
        row = [named(each.district), _within(each.within), year_cell(each.first_year, texts)]
        row += [named_all(each.programs, "、")] * others
        rows.append((*row, Cell("", each.passages)))
    head = (
        texts["district"],
        texts["within"],
        texts["firstYear"],
        *((texts["toldAs"],) if others else ()),
        texts["sentences"],
    )
    blocks: tuple[Block, ...] = (Note(texts["spreadNote"]), *_spread_chart(dossier, texts))
    return Section("spread", texts["spread"], (*blocks, Table(texts["spread"], head, tuple(rows))))


def _spread_chart(dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Years]:
    """How many districts have had a report by each year, where there are several years."""
    told: dict[int, list[Spread]] = defaultdict(list)
    for each in dossier.spread:
        if each.first_year is not None:
            told[each.first_year].append(each)
    points, count = [], 0
    for year, new in sorted(told.items()):
        count += len(new)
        names = "、".join(each.district.label for each in new)
        points.append(Point(year, Decimal(count), f"{year}: {count} (+ {names})", new[0].passages[0]))
    if len(points) > 1:
        steps = frozenset((one.year, other.year) for one, other in pairwise(points))
        yield Years(texts["spreadChart"], (Line("", tuple(points), steps),))


def _relations(dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Section]:
    """What the relations of the thing and its matches tell, a section a property and direction."""
    same = {dossier.thing, *(match.thing for match in dossier.matches)}
    groups: dict[str, list[tuple[Thing, Thing, Relation]]] = defaultdict(list)
    for relation in dossier.relations:
        if relation.subject in same and relation.says in _OUTWARD:
            groups[f"out:{relation.says}"].append((relation.subject, relation.object, relation))
        if relation.object in same and relation.says in _INWARD:
            groups[f"in:{relation.says}"].append((relation.object, relation.subject, relation))
    for key in (*(f"out:{says}" for says in _OUTWARD), *(f"in:{says}" for says in _INWARD)):
        if key not in groups:
            continue
        others = any(told_of != dossier.thing for told_of, _, _ in groups[key])
        rows = []
        for told_of, other, relation in groups[key]:
            row = [named(other), year_cell(relation.first_year, texts)]
            row += [named(told_of)] if others else []
            rows.append((*row, Cell("", relation.passages)))
        head = ("name", "firstYear", *(("toldAs",) if others else ()), "sentences")
        table = Table(texts[key], tuple(texts[name] for name in head), tuple(rows))
        yield Section(key.replace(":", "-"), texts[key], (table,))


def _numbers(dossier: Dossier, texts: Mapping[str, str]) -> Iterator[Section | None]:
    """The numbers of the thing; apart those of programs and bodies in a place, and those that count a program."""
    same = {dossier.thing, *(match.thing for match in dossier.matches)}
    own = [series for series in dossier.series if series.subject is None or series.subject in same]
    others = [series for series in dossier.series if series not in own]
    sections = [("numbers", own), ("numbersOthers", others)]
    if dossier.thing.kind not in PLACES:  # how many there are is what a reader asks first, whoever's number it is
        names = {*dossier.names, *(each.label for each in same)}
        counted = [series for series in dossier.series if series in others or series.indicator in names]
        sections = [("counted", counted), ("numbers", [series for series in own if series not in counted])]
    for key, series in sections:
        yield number_section(key, series, dossier.thing, texts)


def _conflicts(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    if not dossier.conflicts:
        return None
    rows = []
    for each in dossier.conflicts:
        period = [str(year) for year in each.years or (each.year,) if year is not None]
        year = Cell("–".join(period) or texts["notTold"])
        low = Cell(amount(each.lowest, each.unit, each.qualifier, texts), each.passages)
        high = Cell(amount(each.highest, each.unit, each.other_qualifier, texts), each.other_passages)
        about = (Cell(texts[each.verdict]), named(each.subject), Cell(each.indicator), named(each.area), year)
        rows.append((*about, low, high))
    head = tuple(texts[key] for key in ("verdict", "subject", "indicator", "area", "year", "lowest", "highest"))
    quoted = (iri for each in dossier.conflicts for iri in (*each.passages, *each.other_passages))
    said = Items(tuple((Cell(f"“{dossier.passages[iri].text}”", (iri,)),) for iri in dict.fromkeys(quoted)))
    table = Table(texts["conflicts"], head, tuple(rows), frozenset({5, 6}))
    return Section("conflicts", texts["conflicts"], (table, said))


def _bodies(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    rows = tuple((named(each.subject), named(each.object), Cell("", each.passages)) for each in dossier.bodies)
    return _listing("bodies", ("body", "place", "sentences"), rows, texts)


def _people(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    rows = tuple(
        (named(each.person), Cell("、".join(each.roles)), named(each.serves), Cell("", each.passages))
        for each in dossier.people
    )
    return _listing("people", ("person", "role", "serves", "sentences"), rows, texts)


def _listing(
    key: str, columns: Iterable[str], rows: tuple[tuple[Cell, ...], ...], texts: Mapping[str, str]
) -> Section | None:
    if not rows:
        return None
    return Section(key, texts[key], (Table(texts[key], tuple(texts[column] for column in columns), rows),))


def _gaps(dossier: Dossier, texts: Mapping[str, str]) -> Section:
    gaps = dossier.gaps
    numbers = sum(len(series.numbers) for series in dossier.series)
    say: Callable[..., str] = lambda key, *values: texts[key].format(*values)  # noqa: E731 - three words long
    lines = [say("silent", texts["separator"].join(map(str, gaps.silent_years)))] * bool(gaps.silent_years)
    lines += [say("undated", len(gaps.undated_articles), len(dossier.articles))] * bool(gaps.undated_articles)
    lines += [say("undatedNumbers", gaps.undated_numbers, numbers)] * bool(gaps.undated_numbers)
    lines += [texts[f"untold:{what}"] for what in gaps.untold]
    blocks: tuple[Block, ...] = (Items(tuple((Cell(line),) for line in lines or [texts["complete"]])),)
    return Section("gaps", texts["gaps"], blocks)


def _reports(dossier: Dossier, texts: Mapping[str, str]) -> Section | None:
    rows = []
    for iri in dossier.articles:
        article = dossier.sources[iri]
        told = ("、".join(article.authors), article.file, str(dossier.mentions[iri]))
        headline = Cell(article.headline, (), iri)
        rows.append((year_cell(article.year, texts), Cell(article.published), headline, *map(Cell, told)))
    keys = ("year", "published", "headline", "authors", "file", "named")
    return _listing("reports", keys, tuple(rows), texts)
