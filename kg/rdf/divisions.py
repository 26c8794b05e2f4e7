"""What the gazetteer alone knows of the places that articles name, in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad

from kg.rdf.names import place_iri
from kg.rdf.text import label
from kg.vocabulary import GAZETTEER, GOV, RDF, SKOS, XSD


def gazetteer_quads(codes: Iterable[str]) -> Iterator[Quad]:
    """Types, labels, codes and enclosing places of divisions and of all that enclose them; unknown codes give none."""
    # Readers of the store come by here without need of the gazetteer's tables.
    from kg.language import gazetteer  # noqa: PLC0415

    found = {}
    for code in sorted(set(codes)):
        division = gazetteer.by_code(code)
        if division:
            for each in (division, *gazetteer.ancestors(division)):
                found[each.code] = each
    for code in sorted(found):
        division, place = found[code], place_iri(code)
        yield Quad(place, RDF.type, GOV.Place, GAZETTEER)
        yield Quad(place, RDF.type, GOV[division.level], GAZETTEER)
        yield Quad(place, SKOS.prefLabel, Literal(label(division.name), language="zh"), GAZETTEER)
        yield Quad(place, GOV.divisionCode, Literal(code), GAZETTEER)
        if division.parent:
            yield Quad(place, GOV.within, place_iri(division.parent), GAZETTEER)
        if division.until:
            yield Quad(place, GOV.until, Literal(f"{division.until:04}", datatype=XSD.gYear), GAZETTEER)
