"""The child process that does one task on a graph, within limits.

It reads the task as JSON from standard input: `task` is `text` (ask a question and write the answer, see
`kg.queries.answering`), `terms` (run a query and give its answer as SPARQL writes it) or `protocol` (give it in one of
the forms that a client of the SPARQL protocol accepts). Standard output gets a line of
JSON about the answer, and the answer. Status 3 comes with a message for the user on standard error, status 4 with what
is wrong with the query.
"""

from __future__ import annotations

import json
import math
import signal
import sys
from pathlib import Path
from typing import Any

from kg.errors import UserError
from kg.processes import end_with_parent
from kg.queries.answering import Asked, answer, protocol, write
from kg.queries.child import REFUSED, WRONG
from kg.queries.saved import read_question
from kg.queries.syntax import SyntaxFault
from kg.store import open_with_union, while_reading


def main() -> int:
    """Does the task on standard input; the exit status."""
    request = json.load(sys.stdin)
    end_with_parent(request["parent"])
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "alarm"):  # where neither does it
        signal.alarm(math.ceil(request["seconds"]) + 1)
    if request["megabytes"]:
        limit_memory(request["megabytes"])
    try:
        told, answered = do(request)
    except UserError as error:
        sys.stderr.write(str(error))
        return REFUSED
    except SyntaxFault as fault:
        json.dump({"message": fault.message, "excerpt": fault.excerpt}, sys.stderr)
        return WRONG
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + answered)
    return 0


def do(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A task's outcome.

    Raises:
        UserError: the task asks for what cannot be.
        SyntaxFault: its query is no SPARQL.
    """
    folder = Path(request["folder"])
    question = read_question(request["name"], request["query"])
    with while_reading(folder):
        graph = Asked(*open_with_union(folder))
        if request["task"] == "terms":
            return answer(graph, question, request["given"])
        if request["task"] == "protocol":
            return protocol(graph, question, request["results"], request["triples"], request["most_rows"])
        return write(graph, question, request["given"], request["options"])


def limit_memory(megabytes: int) -> None:
    """Holds this process to so much memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    # Libraries reserve far more addresses than they use; Linux can count what is written to.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    wanted = megabytes << 20
    resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


if __name__ == "__main__":
    sys.exit(main())
