"""Reads the network out of a store, one property at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph

from kg.network.containment import Containment, containment
from kg.network.things import KINDS, PREDICATES, Figure, Link, Network, Passage, Source, Thing
from kg.vocabulary import GOV, OA, RDF, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class _Reader:
    """Values of one property at a time; named graphs do not matter to a network."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    def pairs(self, predicate: pyoxigraph.NamedNode) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(None, predicate, None, None):
            if not isinstance(quad.subject, pyoxigraph.Triple) and not isinstance(quad.object, pyoxigraph.Triple):
                yield quad.subject.value, quad.object.value

    def all(self, predicate: pyoxigraph.NamedNode) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, value in self.pairs(predicate):
            found[subject].add(value)
        return {subject: tuple(sorted(values)) for subject, values in found.items()}

    def one(self, predicate: pyoxigraph.NamedNode) -> dict[str, str]:
        """The least value where several are stated, so that the answer does not depend on the store's order."""
        found: dict[str, str] = {}
        for subject, value in self.pairs(predicate):
            found[subject] = min(value, found.get(subject, value))
        return found


def read_network(store: pyoxigraph.Store, *, matches: bool = True) -> Network:
    """Read every thing that an article mentions or a link reaches, with its links, numbers and evidence.

    With `matches` each thing has those that may be the same.
    """
    reader = _Reader(store)
    sources = _sources(reader)
    passages = _passages(reader, sources)
    mentioned = reader.all(GOV.mentionedIn)
    evidence = reader.all(GOV.evidence)
    near = reader.all(SKOS.closeMatch) if matches else {}
    things = _things(reader, mentioned, passages, near)
    links = _links(reader, things, evidence, passages)
    figures = _figures(reader, things, evidence, passages)
    used = {iri for thing in things.values() if thing.passages for iri in (thing.iri,)}
    used |= _reached(used | {figure.subject for figure in figures}, links)
    links = [link for link in links if link.subject in used and link.object in used]
    where = containment(things, links)
    weights = _weights(things, links, figures)
    kept = [_placed(things[iri], things, where, weights[iri]) for iri in sorted(used)]
    return Network(tuple(kept), tuple(links), tuple(figures), passages, sources)


def _number(text: str | None) -> int | None:
    """A year or position; None for what is not a whole number."""
    return int(text) if text and text.lstrip("-").isdecimal() else None


def _sources(reader: _Reader) -> dict[str, Source]:
    headlines, authors = reader.one(SCHEMA.headline), reader.all(SCHEMA.author)
    published, years = reader.one(SCHEMA.datePublished), reader.one(GOV.year)
    return {
        iri: Source(
            iri, file, headlines.get(iri, file), authors.get(iri, ()), published.get(iri), _number(years.get(iri))
        )
        for iri, file in sorted(reader.one(GOV.sourceFile).items())
    }


def _passages(reader: _Reader, sources: Mapping[str, Source]) -> dict[str, Passage]:
    articles, starts, ends = reader.one(OA.hasSource), reader.one(OA.start), reader.one(OA.end)
    return {
        iri: Passage(iri, text, _number(starts.get(iri)) or 0, _number(ends.get(iri)) or 0, articles[iri])
        for iri, text in sorted(reader.one(OA.exact).items())
        if articles.get(iri) in sources
    }


def _known(iris: Iterable[str], passages: Mapping[str, Passage]) -> tuple[str, ...]:
    """Passages in the order of their articles and of the text."""
    found = {iri for iri in iris if iri in passages}
    return tuple(sorted(found, key=lambda iri: (passages[iri].article, passages[iri].start, iri)))


def _articles(iris: Iterable[str], passages: Mapping[str, Passage]) -> tuple[str, ...]:
    return tuple(sorted({passages[iri].article for iri in iris}))


def _things(
    reader: _Reader,
    mentioned: Mapping[str, tuple[str, ...]],
    passages: Mapping[str, Passage],
    near: Mapping[str, tuple[str, ...]],
) -> dict[str, Thing]:
    kinds = {GOV[kind].value: kind for kind in KINDS}
    labels, others, roles = reader.one(SKOS.prefLabel), reader.all(SKOS.altLabel), reader.one(GOV.role)
    found: dict[str, Thing] = {}
    for iri, types in reader.all(RDF.type).items():
        kind = next((kinds[name] for name in types if name in kinds), None)
        if kind is None or iri not in labels:
            continue
        names = (labels[iri], *(name for name in others.get(iri, ()) if name != labels[iri]))
        known = _known(mentioned.get(iri, ()), passages)
        articles = _articles(known, passages)
        found[iri] = Thing(iri, kind, labels[iri], names, roles.get(iri), known, articles, near=near.get(iri, ()))
    return found


def _links(
    reader: _Reader,
    things: Mapping[str, Thing],
    evidence: Mapping[str, tuple[str, ...]],
    passages: Mapping[str, Passage],
) -> list[Link]:
    said: dict[tuple[str, str, str], set[str]] = {}
    for predicate in PREDICATES:
        for subject, target in reader.pairs(GOV[predicate]):
            if subject in things and target in things and subject != target:
                said.setdefault((subject, predicate, target), set())
    names = {GOV[predicate].value: predicate for predicate in PREDICATES}
    subjects, objects = reader.one(RDF.subject), reader.one(RDF.object)
    for claim, iri in reader.one(RDF.predicate).items():
        key = (subjects.get(claim, ""), names.get(iri, ""), objects.get(claim, ""))
        if key in said:
            said[key].update(evidence.get(claim, ()))
    links = []
    for (subject, predicate, target), iris in sorted(said.items()):
        known = _known(iris, passages)
        links.append(Link(subject, predicate, target, known, _articles(known, passages)))
    return links


def _figures(
    reader: _Reader,
    things: Mapping[str, Thing],
    evidence: Mapping[str, tuple[str, ...]],
    passages: Mapping[str, Passage],
) -> list[Figure]:
    subjects, areas, values = reader.one(GOV.measures), reader.one(GOV.area), reader.one(GOV.value)
    units, qualifiers, kinds = reader.one(GOV.unit), reader.one(GOV.qualifier), reader.one(GOV.kind)
    indicators, observed, labels = reader.one(GOV.indicator), reader.one(GOV.observes), reader.one(SKOS.prefLabel)
    years, first, last = reader.one(GOV.year), reader.one(GOV.fromYear), reader.one(GOV.toYear)
    uppers = reader.one(GOV.valueTo)
    figures = []
    for iri, value in sorted(values.items()):
        subject = subjects.get(iri) or areas.get(iri)
        if subject not in things or subject is None:
            continue
        known = _known(evidence.get(iri, ()), passages)
        indicator = indicators.get(iri, "")
        start, end = _number(first.get(iri)), _number(last.get(iri))
        figures.append(
            Figure(
                iri,
                subject,
                indicator,
                labels.get(observed.get(iri, ""), indicator),
                value,
                units.get(iri, ""),
                qualifiers.get(iri, "exact"),
                kinds.get(iri, "level"),
                areas.get(iri),
                _number(years.get(iri)),
                (start, end) if start is not None and end is not None else None,
                known,
                _articles(known, passages),
                uppers.get(iri),
            )
        )
    return figures


def _reached(start: set[str], links: Iterable[Link]) -> set[str]:
    """What the links of `start` lead to, however far: a street mentioned brings its district and city."""
    onward: dict[str, list[str]] = defaultdict(list)
    for link in links:
        onward[link.subject].append(link.object)
    reached, waiting = set(start), sorted(start)
    while waiting:
        for iri in onward[waiting.pop()]:
            if iri not in reached:
                reached.add(iri)
                waiting.append(iri)
    return reached


def _placed(thing: Thing, things: Mapping[str, Thing], where: Containment, weight: int) -> Thing:
    """A thing with what encloses it, its districts and its weight."""
    around = {thing.iri, *where.places(thing.iri)}
    districts = tuple(sorted(iri for iri in around if things[iri].kind == "District"))
    return replace(
        thing, parent=where.parents.get(thing.iri), homes=where.homes[thing.iri], districts=districts, weight=weight
    )


def _weights(things: Mapping[str, Thing], links: Iterable[Link], figures: Iterable[Figure]) -> dict[str, int]:
    """How much the articles say of a thing: its sentences, its links (each article once more) and its numbers."""
    weights = {iri: 1 + len(thing.passages) for iri, thing in things.items()}
    for link in links:
        for iri in (link.subject, link.object):
            weights[iri] += max(1, len(link.articles))
    for figure in figures:
        weights[figure.subject] += 1
    return weights
