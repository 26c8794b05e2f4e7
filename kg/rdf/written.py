"""The ontology's terms as N-Quads write them: `gov.rule` is `<https://w3id.org/govkg/ontology#rule>`."""

from __future__ import annotations

from kg.vocabulary import GOV, OA, QUDT, RDF, SCHEMA, SKOS, Namespace


class Written:
    """The terms of a namespace, each written once.

    >>> Written(GOV).rule
    '<https://w3id.org/govkg/ontology#rule>'
    """

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> str:
        """A term; asked for again, it is an attribute.

        Raises:
            AttributeError, KeyError: the ontology has no such term.
        """
        written = str(getattr(self._namespace, name))
        setattr(self, name, written)
        return written


gov, oa, qudt, rdf, schema, skos = map(Written, (GOV, OA, QUDT, RDF, SCHEMA, SKOS))
