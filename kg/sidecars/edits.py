"""What a person has changed in a sidecar of ours, where the IRI beside it still tells what stood there before."""

from __future__ import annotations

from dataclasses import replace

from kg.corrections.things import PLACES, identity_of
from kg.language import gazetteer
from kg.language.anchors import normal
from kg.sidecars.said import SaidArticle, SaidThing


def reference(name: str, iri: str) -> str:
    """How a fact's end is known: by its IRI, unless a name beside it tells of another thing.

    >>> reference("红茶议事会", "program:红茶议事会"), reference("绿茶议事会", "program:红茶议事会")
    ('program:红茶议事会', '绿茶议事会')
    """
    return iri if not name or (iri and _is_of(name, iri)) else name or iri


def as_edited(said: SaidArticle) -> SaidArticle:
    """The facts with things whose name or list was changed known by their name, as new ones are."""
    changed = {thing.id: thing.name for thing in said.things if thing.id and _is_changed(thing)}
    if not changed:
        return said
    return replace(
        said,
        things=tuple(replace(thing, id="") if thing.id in changed else thing for thing in said.things),
        relations=tuple(
            replace(r, subject=changed.get(r.subject, r.subject), object=changed.get(r.object, r.object))
            for r in said.relations
        ),
        numbers=tuple(
            replace(n, of=tuple(changed.get(name, name) for name in n.of), area=changed.get(n.area, n.area))
            for n in said.numbers
        ),
    )


def _is_changed(thing: SaidThing) -> bool:
    to = identity_of(thing.id)
    if to is None:
        return False
    kind = thing.kind in PLACES if not to.kind or to.kind in PLACES else thing.kind == to.kind
    return not kind or not _is_of(thing.name, thing.id)


def _is_of(name: str, iri: str) -> bool:
    """Whether an IRI is that of a thing so called; of a division by any of its names."""
    to = identity_of(iri)
    if to is None:
        return True
    if to.code is not None and any(division.code == to.code for division in gazetteer.named(name)):
        return True
    return normal(to.label) == normal(name)
