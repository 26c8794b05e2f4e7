"""Values of parameters as RDF terms: numbers and texts by their type, things by any of their printed names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.errors import UserError, WrongUsage
from kg.queries.saved import Question
from kg.queries.sparql import Parameter
from kg.vocabulary import GOV, PREFIXES, RDF, SCHEMA, SKOS, THINGS, XSD, subclasses

_PLACES = frozenset(subclasses(GOV.Place))
_NAMED = frozenset(THINGS)
_WIDER = frozenset({GOV.City, GOV.Province})
"""What may stand for the districts below it."""

_ANY_PLACE = frozenset({"place", "area"})
_SHORTEST_STEM, _LONGEST_TAIL = 2, 2
_LABELLED = f"{{ ?thing {SKOS.prefLabel} ?name }} UNION {{ ?thing {SKOS.altLabel} ?name }}"
"""The labels of things, as SPARQL."""
_MOST_LISTED, _MOST_MEANT = 8, 3
_QUOTES = re.compile(r"[“”‘’\"'「」『』《》]")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph by its name, label and classes."""

    iri: NamedNode
    label: str
    kinds: frozenset[NamedNode]


def terms(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """The values for a question as SPARQL writes them, by variable.

    Raises:
        WrongUsage: a value is missing, of no parameter, of the wrong type, or none of its choices.
        UserError: it names nothing, or several things.
    """
    known = {p.name for p in question.parameters}
    strange = sorted(set(given) - known)
    if strange:
        takes = ", ".join(sorted(known)) or "no parameters"
        raise WrongUsage(f"{question.name} has no parameter {strange[0]!r}; it takes {takes}")
    values = dict(question.defaults) | dict(given)
    for name, allowed in question.choices:
        if values.get(name, allowed[0]) not in allowed:
            raise WrongUsage(f"{name}={values[name][:60]} does not fit: give {' or '.join(allowed)}, or leave it out")
    found = {}
    for parameter in question.parameters:
        if parameter.name in values:
            found[parameter.variable] = str(term(store, parameter, values[parameter.name]))
        elif not parameter.optional:
            raise WrongUsage(f"{question.name} needs a value: add -p {parameter.name}=...")
    return found


def term(store: Store, parameter: Parameter, value: str) -> NamedNode | Literal:
    """A value as the type of its parameter asks.

    Raises:
        WrongUsage: the value does not fit.
        UserError: it names nothing, or several things.
    """
    if parameter.type == "thing":
        return thing(store, value, parameter.name).iri
    made, expected = _MAKERS[parameter.type]
    found = made(value)
    if found is None:
        raise WrongUsage(f"{parameter.name}={value[:60]} does not fit: give {expected}")
    return found


def _integer(value: str) -> Literal | None:
    return Literal(str(int(value)), datatype=XSD.integer) if re.fullmatch(r"[+-]?[0-9]{1,18}", value) else None


def _year(value: str) -> Literal | None:
    return Literal(value, datatype=XSD.gYear) if re.fullmatch(r"[0-9]{4}", value) else None


def _date(value: str) -> Literal | None:
    return Literal(value, datatype=XSD.date) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None


def _decimal(value: str) -> Literal | None:
    return Literal(value, datatype=XSD.decimal) if re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value) else None


def iri_of(value: str) -> NamedNode | None:
    """The IRI that a value spells out: in angle brackets, or beginning with http."""
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if bare == value and not value.startswith(("http://", "https://")):
        return None
    if re.search(r"[\x00-\x20<>\"{}|^`\\]", bare):
        return None
    try:
        return NamedNode(bare)
    except ValueError:
        return None


_MAKERS: Mapping[str, tuple[Callable[[str], NamedNode | Literal | None], str]] = {
    "integer": (_integer, "a whole number"),
    "decimal": (_decimal, "a number"),
    "gYear": (_year, "a year such as 2024"),
    "date": (_date, "a date such as 2024-12-31"),
    "text": (Literal, "any text"),
    "iri": (iri_of, "an IRI such as <https://example.org/1>"),
}
"""How a value becomes a term, by the type of its parameter, and what to give where it cannot."""


def thing(store: Store, value: str, kind: str = "thing") -> Thing:
    """The one thing that a value names, by IRI or by any printed form (上城 for 上城区).

    `kind` is a class of the ontology in small letters (district, program), `place` for any place or anything else
    for any thing. A value may tell its class itself (Program:商务社区), which then counts. Preferred labels come first,
    then alternative ones, then places without the end of their name; a named thing comes before an indicator of the
    same name. Where no district has the name, a city or province stands for all below it.

    Raises:
        WrongUsage: the name is empty.
        UserError: nothing has that name, or several things do.

    """
    if not value.strip():
        raise WrongUsage(f"an empty name is that of no {kind}; name one")
    iri = iri_of(value) or _prefixed(store, value)
    if iri is not None:
        if not _is_held(store, iri):
            raise UserError(f"the graph holds nothing of the name <{iri.value[:200]}>; `kg info` tells what it holds")
        return Thing(iri, iri.value, _kinds(store, iri))
    told, name = _with_class(value)
    wanted = told or _wanted(kind)
    lookups = (
        partial(_labelled, store, name, "prefLabel"),
        partial(_labelled, store, name, "altLabel"),
        cache(partial(_places, store, name)),
    )
    for classes in (wanted, _WIDER) if wanted == {GOV.District} else (wanted,):
        for candidates in lookups:
            things = {t.iri: t for t in candidates() if not classes or t.kinds & classes}
            if named := {t.iri: t for t in things.values() if t.kinds & _NAMED}:
                things = named
            if len(things) == 1:
                return next(iter(things.values()))
            if things:
                raise UserError(_several(store, name, list(things.values())))
    raise UserError(_unknown(store, name, wanted))


def _is_held(store: Store, iri: NamedNode) -> bool:
    """Whether a statement holds the IRI: as a thing, a property or a class."""
    places = ((iri, None, None), (None, None, iri), (None, iri, None))
    return any(next(store.quads_for_pattern(*place), None) is not None for place in places)


def _with_class(value: str) -> tuple[frozenset[NamedNode], str]:
    """The class that a value begins with, if it does, and the name: Program:商务社区, program：商务社区."""
    match = re.match(r"([A-Za-z]+)[:：]\s*(.+)", value, re.DOTALL)
    if match is None:
        return frozenset(), value
    kind, name = match[1].lower(), match[2]
    wanted = _wanted(kind)
    return (wanted, name) if wanted else (frozenset(), value)


def _prefixed(store: Store, value: str) -> NamedNode | None:
    """The thing of the graph whose IRI a value writes with one of the graph's prefixes: place:330102."""
    prefix, colon, local = value.partition(":")
    iri = iri_of(f"<{PREFIXES[prefix]}{local}>") if colon and prefix in PREFIXES else None
    known = iri is not None and next(store.quads_for_pattern(iri, RDF.type, None), None) is not None
    return iri if known else None


def _wanted(kind: str) -> frozenset[NamedNode]:
    """The classes that a parameter's name asks for; none means any."""
    if kind in _ANY_PLACE:
        return _PLACES
    name = kind.capitalize()
    return frozenset({GOV[name]}) if name in GOV else frozenset()


def _kinds(store: Store, iri: NamedNode) -> frozenset[NamedNode]:
    objects = (quad.object for quad in store.quads_for_pattern(iri, RDF.type, None))
    return frozenset(kind for kind in objects if isinstance(kind, NamedNode))


def _labelled(store: Store, value: str, predicate: str) -> Iterator[Thing]:
    """The things with exactly that label, as typed or with width folded and quotation marks taken out."""
    folded = _QUOTES.sub("", unicodedata.normalize("NFKC", value)).strip()
    for form in sorted({value, folded} - {""}):
        for literal in (Literal(form, language="zh"), Literal(form)):
            # Each article states the labels of what it names.
            for iri in {quad.subject for quad in store.quads_for_pattern(None, SKOS[predicate], literal)}:
                if isinstance(iri, NamedNode):
                    yield Thing(iri, label(store, iri), _kinds(store, iri))


def _places(store: Store, value: str) -> list[Thing]:
    """Places whose name is the value and one or two characters more: 上城区 for 上城, 采荷街道 for 采荷."""
    if len(value) < _SHORTEST_STEM:
        return []
    longer = f"STRLEN(?name) > {len(value)} && STRLEN(?name) <= {len(value) + _LONGEST_TAIL}"
    found = _selected(store, "?name ?thing", f"{_LABELLED} FILTER(STRSTARTS(?name, {Literal(value)}) && {longer})")
    things = (Thing(iri, name.value, _kinds(store, iri)) for name, iri in sorted(found, key=str))
    return [each for each in things if each.kinds & _PLACES]


def _selected(store: Store, variables: str, pattern: str) -> set[tuple[Any, ...]]:
    """What fits a pattern: the store looks through its labels several times as fast as we do."""
    rows = store.query(f"SELECT DISTINCT {variables} {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return {tuple(row) for row in rows}


def label(store: Store, iri: NamedNode) -> str:
    """The preferred label of a thing, the headline of an article, else its IRI shortened by the known prefixes."""
    for predicate in (SKOS.prefLabel, SCHEMA.headline):
        names = [q.object.value for q in store.quads_for_pattern(iri, predicate, None) if isinstance(q.object, Literal)]
        if names:
            return min(names)
    return shortened(iri)


def labels(store: Store, nodes: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """What `label` says of each node; one query for all of them was no faster, measured."""
    return {node: label(store, node) for node in nodes}


def shortened(iri: NamedNode) -> str:
    """An IRI with the longest known prefix that fits.

    >>> shortened(GOV.Program)
    'gov:Program'
    """
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.value.startswith(space)]
    if not fitting:
        return iri.value
    length, prefix = max(fitting)
    return f"{prefix}:{iri.value[length:]}"


def _several(store: Store, value: str, things: Sequence[Thing]) -> str:
    rows = sorted(f"{t.label} ({_kind_name(t)}{_inside(store, t)}) <{t.iri.value}>" for t in things)
    more = f" and {len(rows) - _MOST_LISTED} more" if len(rows) > _MOST_LISTED else ""
    kinds = {kind for found in things for kind in found.kinds if kind != GOV.Place}
    classes = sorted(kind.value.rpartition("#")[2] for kind in kinds)
    hint = f"its class ({classes[0]}:{value}) or its IRI" if len(classes) > 1 else "the IRI of the one you mean"
    return f"{value!r} could be {'; '.join(rows[:_MOST_LISTED])}{more}; give {hint}"


def _kind_name(found: Thing) -> str:
    return ", ".join(sorted(kind.value.rpartition("#")[2].rpartition("/")[2] for kind in found.kinds)) or "thing"


def _inside(store: Store, found: Thing) -> str:
    """What tells things of one name apart: where they lie."""
    around = set()
    for predicate in (GOV.within, GOV.basedIn, GOV.worksFor):
        for quad in store.quads_for_pattern(found.iri, predicate, None):
            if isinstance(quad.object, NamedNode):
                around.add(label(store, quad.object))
    return " in " + ", ".join(sorted(around)) if around else ""


def _unknown(store: Store, value: str, wanted: frozenset[NamedNode]) -> str:
    classes = " ".join(sorted(map(str, wanted)))
    held = f"{{ SELECT DISTINCT ?thing {{ VALUES ?kind {{ {classes} }} ?thing {RDF.type} ?kind }} }}" if wanted else ""
    names = sorted({name.value for (name,) in _selected(store, "?name", f"{held} {_LABELLED}")})
    close = [name for name in names if value and (value in name or (len(name) > 1 and name in value))]
    close = sorted(close, key=lambda name: (abs(len(name) - len(value)), name))
    if len(close) < _MOST_MEANT:
        close += [n for n in difflib.get_close_matches(value, names, n=_MOST_MEANT, cutoff=0.4) if n not in close]
    hint = f"did you mean {', '.join(close[:_MOST_MEANT])}?" if close else "`kg info` tells what the graph holds"
    sought = "/".join(sorted(kind.value.rpartition("#")[2] for kind in wanted)) or "thing"
    return f"the graph knows no {sought} named {value[:60]!r}; {hint}"
