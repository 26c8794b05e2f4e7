"""What the graph says of one page, read from the named graphs of the page's articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.evaluate.matching import fold
from kg.vocabulary import GOV, RDF, SCHEMA, SKOS

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all graphs together say of places: the enclosing ones, and everything's labels."""

    within: dict[str, set[str]]
    labels: dict[str, set[str]]

    def around(self, place: str) -> set[str]:
        """The places that enclose a place, near and far."""
        seen: set[str] = set()
        todo = [place]
        while todo:
            new = self.within.get(todo.pop(), set()) - seen
            seen |= new
            todo += new
        return seen


class FoundPage:
    """The articles of a page and their facts: labels folded, types and values by the ontology's local names.

    A value that two articles give stands twice in `values`, as in the two named graphs.
    """

    def __init__(self, store: Store, articles: Iterable[str]) -> None:
        """Reads the named graphs of the articles."""
        self.articles = sorted(articles)
        self.headlines: dict[str, list[str]] = defaultdict(list)
        self.labels: dict[str, set[str]] = defaultdict(set)
        self.types: dict[str, set[str]] = defaultdict(set)
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.rules: dict[Triple, set[str]] = defaultdict(set)
        self.confidences: dict[Triple, float] = {}
        claims: dict[str, dict[str, str]] = defaultdict(dict)
        for article in self.articles:
            for quad in store.quads_for_pattern(None, None, None, NamedNode(article)):
                self._take(quad, claims)
        for claim, parts in claims.items():
            if {"subject", "predicate", "object"} <= parts.keys():
                relation = (parts["subject"], parts["predicate"].removeprefix(GOV.iri), parts["object"])
                self.rules[relation] |= set(self.values[claim]["rule"])
                self.confidences[relation] = max(self.confidence(claim), self.confidences.get(relation, 0.0))

    def _take(self, quad: Quad, claims: dict[str, dict[str, str]]) -> None:
        subject, predicate, value = text_of(quad.subject), quad.predicate, text_of(quad.object)
        if predicate in (SKOS.prefLabel, SKOS.altLabel):
            self.labels[subject].add(fold(value))
        elif predicate == RDF.type:
            self.types[subject].add(value.removeprefix(GOV.iri))
        elif predicate == SCHEMA.headline:
            self.headlines[subject].append(value)
        elif predicate.value.startswith(GOV.iri):
            self.values[subject][predicate.value.removeprefix(GOV.iri)].append(value)
        elif predicate in (RDF.subject, RDF.predicate, RDF.object):
            claims[subject][predicate.value.removeprefix(RDF.iri)] = value

    def of_type(self, *names: str) -> list[str]:
        """The things of any of these classes, by name."""
        return sorted(node for node, types in self.types.items() if not types.isdisjoint(names))

    def said(self, node: str, term: str) -> list[str]:
        """The values that a thing has for a property of the ontology."""
        return self.values[node][term] if node in self.values else []

    def confidence(self, node: str) -> float:
        """How sure the graph is of a fact, 0 where it does not say."""
        return max(map(float, self.said(node, "confidence")), default=0.0)


def text_of(term: object) -> str:
    """The IRI or the text of a term."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def articles_by_file(store: Store) -> dict[str, set[str]]:
    """The articles that come from a file of that name, or stand in it too."""
    found: dict[str, set[str]] = defaultdict(set)
    for predicate in (GOV.sourceFile, GOV.repeatedIn):
        for quad in store.quads_for_pattern(None, predicate, None):
            found[PurePath(text_of(quad.object)).name].add(text_of(quad.subject))
    return found


def surroundings(store: Store) -> Surroundings:
    """What all graphs say of enclosing places and labels."""
    within: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, GOV.within, None):
        within[text_of(quad.subject)].add(text_of(quad.object))
    labels: dict[str, set[str]] = defaultdict(set)
    for node, name in _labels(store):
        labels[node].add(fold(name))
    return Surroundings(dict(within), dict(labels))


def _labels(store: Store) -> Iterator[tuple[str, str]]:
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for quad in store.quads_for_pattern(None, predicate, None):
            yield text_of(quad.subject), text_of(quad.object)
