"""A description of the graph as a data set, for catalogues: DCAT 3 and VoID.

What all graphs have in common stands in `ontology/dataset.ttl`; here the counts are added, by class and by property,
with the years and the provinces, cities and districts that the articles tell of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO

from pyoxigraph import Literal, NamedNode

from kg.export.rdf import USED, triples, turtle_term
from kg.export.source import Source
from kg.resources import folder
from kg.vocabulary import GOV, ID, RDF, XSD

_SPATIAL = frozenset({GOV.Province, GOV.City, GOV.District})


@dataclass(slots=True)
class _Counts:
    """What a pass over the graph finds."""

    subjects: int = 0
    classes: Counter[NamedNode] = field(default_factory=Counter)
    properties: Counter[NamedNode] = field(default_factory=Counter)
    years: set[str] = field(default_factory=set)
    places: list[NamedNode] = field(default_factory=list)


def describe(store: Source, file: IO[bytes]) -> None:
    """Turtle; one pass over the graph, so that memory does not grow with it."""
    file.write((folder("ontology") / "dataset.ttl").read_bytes())
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in USED.items()]
    said = " ;\n    ".join(_said(_counted(store)))
    file.writelines(line.encode() for line in ("\n", *lines, f"\n<{ID}dataset> {said} .\n"))


def _counted(store: Source) -> _Counts:
    counts = _Counts()
    for subject, about in groupby(triples(store), key=lambda triple: triple.subject):
        counts.subjects += 1
        kinds = []
        for triple in about:
            counts.properties[triple.predicate] += 1
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                kinds.append(triple.object)
            elif triple.predicate == GOV.year and isinstance(triple.object, Literal):
                counts.years.add(triple.object.value)
        counts.classes.update(kinds)
        if isinstance(subject, NamedNode) and not _SPATIAL.isdisjoint(kinds):
            counts.places.append(subject)
    return counts


def _said(counts: _Counts) -> Iterator[str]:
    """The counts as properties of the data set."""
    yield f"void:triples {counts.properties.total()}"
    yield f"void:entities {counts.subjects}"
    yield f"void:distinctSubjects {counts.subjects}"
    yield f"void:classes {len(counts.classes)}"
    yield f"void:properties {len(counts.properties)}"
    if counts.years:
        first, last = (turtle_term(Literal(each(counts.years), datatype=XSD.gYear)) for each in (min, max))
        yield f"dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ]"
    if counts.places:
        yield f"dcterms:spatial {', '.join(turtle_term(place) for place in counts.places)}"
    for term in sorted(counts.classes, key=str):
        yield f"void:classPartition [ void:class {turtle_term(term)} ; void:entities {counts.classes[term]} ]"
    for term in sorted(counts.properties, key=str):
        yield f"void:propertyPartition [ void:property {turtle_term(term)} ; void:triples {counts.properties[term]} ]"
