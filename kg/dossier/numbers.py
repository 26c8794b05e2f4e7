"""The numbers of a dossier: read, put into series of those that say the same of the same, and compared over years."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.dossier.model import Change, Number, Series, Thing
from kg.language.number_stages import SHARES, Tally, told_as
from kg.vocabulary import GOV, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.dossier.asking import Reader

_COMPARABLE = frozenset({"exact", "about"})
_KINDS = {"level": "level", "growth": "growth", "decrease": "decrease", "from": "change", "to": "change"}
_NEVER = 9999


def numbers_about(reader: Reader, iri: str) -> tuple[Number, ...]:
    """The numbers about a thing; of a place also those of its area and places within it, of a program its counts."""
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in reader.ask("numbers", iri):
        told[row["metric"]][row["says"]].add(row["what"])
    return tuple(sorted((_number(reader, metric, facts) for metric, facts in told.items()), key=_order))


def _number(reader: Reader, iri: str, facts: Mapping[str, set[str]]) -> Number:
    def one(name: str, other: str = "") -> str:
        return min(facts.get(GOV[name].value, ()), default=other)

    passages = reader.in_order(facts.get(GOV.evidence.value, ()))
    value, unit, printed = Decimal(one("value")), one("unit"), one("indicator")
    year, begins, ends = one("year"), one("fromYear"), one("toYear")
    observed, subject, area, upper = one("observes"), one("measures"), one("area"), one("valueTo")
    sentence = reader.passage(passages[0]).text if passages else ""
    written = reader.year(passages[0]) if passages else None
    ahead = written is not None and (year or ends) != "" and int(year or ends) > written
    told = told_as(sentence, value, unit, printed, one("kind", "level"), ahead=ahead)
    return Number(
        iri,
        reader.thing(subject) if subject else None,
        reader.thing(area) if area else None,
        reader.thing(observed).label if observed else printed,
        printed,
        plain(value),
        plain(Decimal(upper)) if upper else None,
        unit,
        one("qualifier", "exact"),
        told.kind,
        told.stage,
        told.tally,
        int(year) if year else None,
        (int(begins), int(ends)) if begins and ends else None,
        passages,
        reader.passage(passages[0]).article if passages else "",
        written,
        counts_program=reader.is_program(reader.thing(observed).label if observed else printed),
    )


def plain(value: Decimal) -> Decimal:
    """A number without the zeros of its fraction and without an exponent.

    >>> [str(plain(Decimal(text))) for text in ("12.500", "1.8E+8", "140000.0")]
    ['12.5', '180000000', '140000']
    """
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def series_of(numbers: Iterable[Number], places: Callable[[Number], frozenset[str]]) -> tuple[Series, ...]:
    """Numbers that say the same of the same, together, each series by area and year.

    `places` gives where the article of a number says that the number's subject runs: it decides whether two numbers
    without an area are comparable.
    """
    groups: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in numbers:
        unit = UNITS[number.unit].value if number.unit in UNITS else number.unit
        told = (_told_of(number), number.indicator or number.iri, unit, _KINDS[number.kind])
        groups[*told, number.stage, number.tally].append(number)
    found = [_series(sorted(group, key=_order), places) for group in groups.values()]
    return tuple(sorted(found, key=lambda series: (*_order(series.numbers[0])[:5], series.stage, series.tally)))


def _told_of(number: Number) -> Thing | None:
    """By what numbers part: their subject, but for how many there are of a program in an area.

    拱墅区建成商务社区17个 may be told of 商务社区, or of 拱墅区: it counts the same.
    """
    subject = number.subject
    if subject and number.counts_program and (subject == number.area or subject.label == number.indicator):
        return None
    return subject


def _series(numbers: list[Number], places: Callable[[Number], frozenset[str]]) -> Series:
    first = numbers[0]
    kind = _KINDS[first.kind]
    subject = first.subject if len({number.subject for number in numbers}) == 1 else None
    changes = _changes(numbers, places) if kind == "level" else ()
    return Series(subject, first.indicator, first.unit, kind, first.stage, first.tally, tuple(numbers), tuple(changes))


def _changes(numbers: Iterable[Number], places: Callable[[Number], frozenset[str]]) -> tuple[Change, ...]:
    """The changes from one year told to the next, of one area, where one value alone is told for each."""
    by_area: dict[Thing | None, dict[int, list[Number]]] = defaultdict(lambda: defaultdict(list))
    for number in numbers:
        if number.year is not None:
            by_area[number.area][number.year].append(number)
    found = []
    for years in by_area.values():
        for (_, before), (_, after) in pairwise(sorted(years.items())):
            change = _change(before, after, places)
            found += [change] if change else []
    return tuple(found)


def _change(before: list[Number], after: list[Number], places: Callable[[Number], frozenset[str]]) -> Change | None:
    """The change between the numbers of two years, unless they are not comparable."""
    if any(len({number.value for number in told}) > 1 for told in (before, after)):
        return None
    earlier, later = min(before, key=_exactness), min(after, key=_exactness)
    exact = {earlier.qualifier, later.qualifier} <= _COMPARABLE and earlier.upper is None and later.upper is None
    if not exact or not _of_one_place(earlier, later, places) or not _counts_the_same(earlier, later):
        return None
    difference = plain(later.value - earlier.value)
    percent = None
    if earlier.value > 0 and earlier.unit not in SHARES:
        percent = plain(round(difference * 100 / earlier.value, 1))
    return Change(earlier, later, difference, percent, "about" in {earlier.qualifier, later.qualifier})


def _of_one_place(one: Number, other: Number, places: Callable[[Number], frozenset[str]]) -> bool:
    """Whether two numbers of one area are of one place too: of a program without area, by where it runs."""
    if one.area is not None or one.subject is None or one.subject.kind != "Program":
        return True
    return bool(places(one) & places(other)) or set(one.passages) == set(other.passages)


def _counts_the_same(one: Number, other: Number) -> bool:
    """Whether two numbers surely count the same: one article tells both, they count a program, or are running totals.

    居民 60 of one report and 居民 630 of another may be those of two estates; 商务社区 17 and 30 are not.
    """
    return one.article == other.article or one.counts_program or one.tally == Tally.CUMULATIVE


def _exactness(number: Number) -> tuple[bool, str]:
    return number.qualifier != "exact", number.iri


def _order(number: Number) -> tuple[str, ...]:
    """By subject, indicator, unit, kind, area and year, those without a year last."""
    subject, area = (thing.label if thing else "" for thing in (number.subject, number.area))
    year = number.year or (number.years[1] if number.years else _NEVER)
    value = f"{number.value:030f}"
    return subject, number.indicator, number.unit, number.kind, area, str(year), value, number.iri
