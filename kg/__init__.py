"""kg reads Chinese local-governance news into an RDF graph in which every fact leads back to its sentence.

The way of the data, one module or folder a step::

    reading/ -> language/ -> extractors/ -> linking -> rdf -> store -> queries, export, network, view/

`model` holds what flows, `vocabulary` the ontology's terms, `build` composes the way, `cli` is the command line.
"""

__version__ = "0.1.0"
