"""Saved and ad-hoc SPARQL questions: their text, the values bound to them, running them, and the answers' forms.

`saved` reads `queries/*.rq`, `sparql` knows a query's tokens and binds parameters, `names` turns values into RDF
terms, `running` asks the graph in a child process (`worker`), `output` writes the answer.
"""
