"""The child process that answers one query: the store cannot be interrupted, a process can be ended.

It reads `{"folder": ..., "query": ..., "seconds": ...}` from standard input and writes to standard output the answer
in the form that SPARQL gives it: results in JSON for SELECT and ASK, N-Triples for CONSTRUCT and DESCRIBE. A query
that is wrong ends it with status 3 and the store's message on standard error.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat

from kg.queries.sparql import SYNTAX_STATUS
from kg.store import open_graph
from kg.vocabulary import PREFIXES


def main() -> int:
    """Answers the query on standard input; the exit status."""
    request = json.load(sys.stdin)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "alarm"):  # ends the process even when whoever started it is gone
        signal.alarm(int(request["seconds"]) + 2)
    try:
        results = open_graph(Path(request["folder"])).query(
            request["query"], prefixes=dict(PREFIXES), use_default_graph_as_union=True
        )
    except SyntaxError as error:
        sys.stderr.write(str(error))
        return SYNTAX_STATUS
    if isinstance(results, QueryTriples):
        sys.stdout.buffer.write(b"T")
        results.serialize(sys.stdout.buffer, format=RdfFormat.N_TRIPLES)
    else:
        sys.stdout.buffer.write(b"R")
        results.serialize(sys.stdout.buffer, format=QueryResultsFormat.JSON)
    return 0


if __name__ == "__main__":
    sys.exit(main())
