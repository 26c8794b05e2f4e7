"""What the gazetteer alone knows of the places that articles name, in a named graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, Quad

from kg.rdf import literals
from kg.rdf.names import place_iri
from kg.rdf.text import label
from kg.vocabulary import GAZETTEER, GOV, RDF, SKOS


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
        yield Quad(place, SKOS.prefLabel, literals.chinese(label(division.name)), GAZETTEER)
        yield Quad(place, GOV.divisionCode, Literal(code), GAZETTEER)
        if division.parent:
            yield Quad(place, GOV.within, place_iri(division.parent), GAZETTEER)
        if division.until:
            yield Quad(place, GOV.until, literals.year(division.until), GAZETTEER)


def division_of(path: tuple[str, ...]) -> str | None:
    """The code of the division at the end of a path of names (浙江省, 杭州市, 上城区), or of the nearest one above."""
    from kg.language import gazetteer  # noqa: PLC0415 - as above

    if not path:
        return None
    for division in gazetteer.named(path[-1]):
        if {each.name for each in gazetteer.ancestors(division)}.issuperset(path[:-1]):
            return division.code
    above = division_of(path[:-1])
    within = gazetteer.children(above) if above else ()
    return next((division.code for division in within if division.name == path[-1]), above)
