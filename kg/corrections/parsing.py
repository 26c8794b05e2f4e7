"""The text of `corrections.toml` to entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from kg.corrections.entries import Apart, Different, Entry, Issued, Named, NoThing, Number, Same, Stands, Stated
from kg.corrections.fields import LONGEST_NAME, Fault, Fields
from kg.corrections.things import ANY_PLACE, scope_of
from kg.errors import UserError, UserErrors
from kg.model import Level, Measure, Qualifier
from kg.vocabulary import relations

KINDS = {kind.lower(): kind for kind in (*Level, "Organization", "Program", "Person", "Document")}
PREDICATES = {term.value.rpartition("#")[2]: term.value.rpartition("#")[2] for term in relations()}
ACCEPTED, DECLINED, OPEN = "yes", "no", "open"
"""What `accept` says of an entry that `kg review` has written: applied, refused for good, or still to be decided."""

MOST_BYTES = 20_000_000
MOST_FAULTS = 20
SHORTEST = 2
"""So many characters at least has a name that is recognised wherever it stands."""
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*\"?([\w-]+)\"?[ \t]*\]\]", re.MULTILINE)

_PLACE = re.compile(r"at line (\d+)")
_BARE = re.compile(r"^[ \t]*+([\w-]{1,40})[ \t]*+=[ \t]*+[^\s\"'#{\[]")
_DATES = frozenset({"published", "on"})

_QUOTED = re.compile('"[^"]*"')
"""What an entry has, in the message on it: two mistakes are alike but for it."""

Common = Mapping[str, Any]


def parse(text: str, file: str) -> Iterator[tuple[Entry, str]]:
    """The entries of a file's text, each with what `accept` says of it; `file` is what messages call it.

    Raises:
        UserError: the text is no TOML, or an entry is none; the message says which and what to write, a line for each
            kind of mistake.
    """
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UserError(f"{file} is no TOML: {_reason(error, text)}") from None
    numbers = _lines(text, tables)
    faults: dict[str, list[str]] = {}
    for table, items in tables.items():
        if table not in _TABLES:
            known = ", ".join(f"[[{name}]]" for name in _TABLES)
            faults[table] = [f"{file}: [[{table[:40]}]] is no kind of correction; there are {known}"]
            continue
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            faults[table] = [f"{file}: [{table}] needs two brackets on each side: [[{table}]]"]
            continue
        for number, item in enumerate(items, start=1):
            stands = Stands(file, table, number, numbers.get((table, number), 0))
            try:
                yield _entry(stands, item)
            except Fault as fault:
                faults.setdefault(_QUOTED.sub("", str(fault)), []).append(f"{stands}: {fault}")
    if faults:
        raise UserErrors(list(_told(list(faults.values()))))


def _reason(error: Exception, text: str) -> str:
    """Why a text is no TOML, and what to write where a value stands without quotation marks."""
    if isinstance(error, RecursionError):
        return "too deeply nested"
    reason = " ".join(str(error).split())[:200]
    place = _PLACE.search(reason)
    bare = _BARE.match(text.split("\n")[int(place[1]) - 1]) if place else None
    if bare is None:
        return reason
    hint = 'a date is written 2024-03-31, "2024-03" or "2024"' if bare[1] in _DATES else "put text in quotation marks"
    return f"{reason}; {hint}"


def _told(faults: list[list[str]]) -> Iterator[str]:
    """A line for each kind of mistake, as many as are read at once."""
    for first, *others in faults[:MOST_FAULTS]:
        yield first + (f" (and {len(others)} more like it)" if others else "")
    if len(faults) > MOST_FAULTS:
        yield f"and {len(faults) - MOST_FAULTS} more mistakes; mend these first"


def _lines(text: str, tables: Mapping[str, Any]) -> dict[tuple[str, int], int]:
    """The line of each entry, where the headers that a pattern finds are as many as there are entries."""
    found: dict[str, list[int]] = {}
    for match in _HEADER.finditer(text):
        found.setdefault(match[1], []).append(text.count("\n", 0, match.start(1)) + 1)
    return {
        (table, number): line
        for table, lines in found.items()
        if isinstance(tables.get(table), list) and len(tables[table]) == len(lines)
        for number, line in enumerate(lines, start=1)
    }


def _entry(stands: Stands, item: Mapping[str, Any]) -> tuple[Entry, str]:
    fields = Fields(item)
    accept = fields.one_of("accept", {ACCEPTED: ACCEPTED, DECLINED: DECLINED, OPEN: OPEN}) or ACCEPTED
    common = {
        "stands": stands,
        "where": fields.texts("in"),
        "by": fields.text("by", LONGEST_NAME),
        "on": fields.day("on"),
        "why": fields.text("why"),
    }
    entry = _TABLES[stands.table](fields, common)
    fields.end()
    return entry, accept


def _same(fields: Fields, common: Common) -> Entry:
    return Same(
        called=fields.texts("names", 2),
        kind=_kind(fields),
        place=_place(fields),
        **common,
    )


def _different(fields: Fields, common: Common) -> Entry:
    if fields.has("names"):
        return Different(called=fields.texts("names", 2), kind=_kind(fields), **common)
    if not fields.has("name"):
        raise Fault('it needs names = ["…", "…"], or a name with what tells one of its things from the others')
    entry = Apart(
        thing=fields.name("name"),
        kind=_kind(fields),
        quote=fields.text("quote"),
        label=fields.text("label", LONGEST_NAME),
        place=_place(fields),
        **common,
    )
    if not entry.quote and not entry.where:
        raise Fault("it needs a quote or in = …, the sentence or file that speaks of the other thing")
    if not entry.label and not entry.place:
        raise Fault("it needs a label or a place, by which the other thing is known")
    return entry


def _name(fields: Fields, common: Common) -> Entry:
    entry = Named(
        kind=fields.one_of("kind", KINDS, needed=True),
        name=fields.name("name"),
        aliases=fields.texts("aliases"),
        place=_place(fields),
        **common,
    )
    short = next((name for name in entry.names if len(name) < SHORTEST), None)
    if short:
        raise Fault(f"{short} stands in too many words to be recognised; give the whole name, or use [[missing]]")
    return entry


def _wrong(fields: Fields, common: Common) -> Entry:
    if fields.has("subject", "predicate", "object"):
        return _relation(fields, common, holds=False)
    if fields.has("quote"):
        value, unit = fields.number("value"), fields.told("unit")
        return Number(quote=fields.needed("quote"), does="drop", value=value, unit=unit, **common)
    if fields.has("thing"):
        return NoThing(thing=fields.name("thing"), kind=_kind(fields), **common)
    raise Fault("it needs a thing, a relation (subject, predicate, object) or the quote of a number")


def _missing(fields: Fields, common: Common) -> Entry:
    if fields.has("subject", "predicate", "object") and not fields.has("value"):
        return _relation(fields, common, holds=True)
    if fields.has("value"):
        return _number(fields, common, "add")
    if not fields.has("thing"):
        raise Fault("it needs a thing, a relation (subject, predicate, object) or a value, each with its quote")
    return Named(
        name=fields.name("thing"),
        kind=fields.one_of("kind", KINDS, needed=True),
        aliases=fields.texts("aliases"),
        place=_place(fields),
        quote=fields.needed("quote"),
        role=fields.text("role", LONGEST_NAME),
        **common,
    )


def _relation(fields: Fields, common: Common, *, holds: bool) -> Entry:
    return Stated(
        subject=fields.name("subject"),
        predicate=fields.one_of("predicate", PREDICATES, needed=True),
        object=fields.name("object"),
        holds=holds,
        quote=fields.needed("quote") if holds else fields.text("quote"),
        **common,
    )


def _changed(fields: Fields, common: Common) -> Entry:
    return _number(fields, common, "change")


def _number(fields: Fields, common: Common, does: str) -> Entry:
    first, last = fields.year("fromYear"), fields.year("toYear")
    if (first is None) is not (last is None) or (first and last and first > last):
        raise Fault("a period needs fromYear and toYear, the first and the last")
    entry = Number(
        quote=fields.needed("quote"),
        does=does,
        value=fields.number("value", needed=does == "add"),
        unit=fields.told("unit"),
        indicator=fields.told("indicator"),
        subject=fields.told("subject"),
        area=fields.told("area"),
        year=fields.year("year"),
        years=(first, last) if first and last else None,
        qualifier=fields.one_of("qualifier", {q.value: q.value for q in Qualifier}) or None,
        kind=fields.one_of("kind", {m.value: m.value for m in Measure}) or None,
        upper=fields.number("valueTo"),
        **common,
    )
    said = (entry.indicator, entry.subject, entry.area, entry.year, entry.years, entry.qualifier, entry.kind)
    if does == "change" and all(each is None for each in said):
        raise Fault("it needs what is to be changed: subject, area, indicator, year, qualifier or kind")
    return entry


def _file(fields: Fields, common: Common) -> Entry:
    entry = Issued(published=fields.day("published"), paper=fields.text("paper", LONGEST_NAME), **common)
    if not entry.where:
        raise Fault('it needs in = "…", the file')
    if not entry.published and not entry.paper:
        raise Fault("it needs published = 2024-03-31 or paper = …")
    return entry


def _place(fields: Fields) -> str:
    return scope_of(fields.text("place", LONGEST_NAME))


def _kind(fields: Fields) -> str:
    return fields.one_of("kind", KINDS | {ANY_PLACE.lower(): ANY_PLACE})


_TABLES: Mapping[str, Callable[[Fields, Common], Entry]] = {
    "same": _same,
    "different": _different,
    "name": _name,
    "wrong": _wrong,
    "missing": _missing,
    "number": _changed,
    "file": _file,
}
