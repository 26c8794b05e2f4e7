"""What a network is made of: things, links and figures, the passages that say so, and the articles they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = (
    "Province", "City", "District", "Street", "Community", "Site", "Program", "Organization", "Person", "Document",
)  # fmt: skip
"""Classes of the ontology that are things of the network, the most specific a thing can have."""

PREDICATES = ("within", "implementedIn", "ledBy", "involves", "partOf", "basedIn", "worksFor", "issuedBy")
"""Properties of the ontology that link two things."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article as the graph knows it."""

    iri: str
    file: str
    headline: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article (by IRI) and its span in the source file, in code points."""

    iri: str
    text: str
    start: int
    end: int
    article: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: `names` are its printed forms, the preferred label first; `passages` where it is mentioned.

    `homes` are the places that it lies in, runs in or belongs to by its links, `parent` the least place around all
    of them, `districts` those of them or around them (a district's own among them); `near` are things that may be
    the same; all by IRI.
    """

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    role: str | None = None
    passages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    parent: str | None = None
    homes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    weight: int = 1
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two things; one that only the gazetteer knows has no passages."""

    subject: str
    predicate: str
    object: str
    passages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric: `value` as its decimal is written, `indicator` the text as printed, `series` what joins articles.

    `upper` is the end of a range that begins with `value`.
    """

    iri: str
    subject: str
    indicator: str
    series: str
    value: str
    unit: str
    qualifier: str
    kind: str
    area: str | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    passages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """All of it, sorted by IRI; passages and sources by their IRI."""

    things: tuple[Thing, ...]
    links: tuple[Link, ...]
    figures: tuple[Figure, ...] = ()
    passages: Mapping[str, Passage] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
