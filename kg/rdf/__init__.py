"""The only place where facts become RDF: names of things, literals, and the quads of articles and of the gazetteer."""

from __future__ import annotations

from kg.rdf.articles import n_quads
from kg.rdf.divisions import gazetteer_quads
from kg.rdf.lines import named_in
from kg.rdf.names import article_iri, code_of, entity_iri, indicator_iri

__all__ = ["article_iri", "code_of", "entity_iri", "gazetteer_quads", "indicator_iri", "n_quads", "named_in"]
