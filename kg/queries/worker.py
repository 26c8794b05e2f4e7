"""The child process that does one task on a graph, within limits.

It reads the task as JSON from standard input: `task` is `text` (ask a question and write the answer, see
`kg.queries.answering`), `terms` (run a query and give its answer as SPARQL writes it) or `protocol` (give it in one of
the forms that a client of the SPARQL protocol accepts). Standard output gets a line of
JSON about the answer, and the answer. Status 3 comes with a message for the user on standard error, and so
does 5 (wrong usage), status 4 with what is wrong with the query.
"""

from __future__ import annotations

import json
import math
import signal
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import UserError, WrongUsage
from kg.processes import end_with_parent
from kg.queries.answering import Asked, answer, protocol, write
from kg.queries.child import MISUSED, REFUSED, WRONG
from kg.queries.saved import read_question
from kg.queries.syntax import SyntaxFault
from kg.store import open_with_union, while_reading
from kg.store.folder import current_generation


def main(how: str) -> int:
    """Does the task on standard input, or with `many` one after the other; the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN if how == "many" else signal.SIG_DFL)
    if how == "many":  # whoever keeps it ends it
        return many()
    request = json.load(sys.stdin)
    end_with_parent(request["parent"])
    if request["megabytes"]:
        limit_memory(request["megabytes"])
    status, told, answered = outcome(request)
    if status:
        sys.stderr.buffer.write(answered)
    else:
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + answered)
    return status


def many() -> int:
    """Does tasks for as long as standard input gives them.

    It begins with a line of JSON, `parent` and `megabytes`; each line after is a task. An answer is a line of JSON, the
    `status`, what is `told` and the `length` of what follows it.
    """
    begin = json.loads(sys.stdin.buffer.readline())
    end_with_parent(begin["parent"])
    if begin["megabytes"]:
        limit_memory(begin["megabytes"])
    for line in sys.stdin.buffer:
        status, told, answered = outcome(json.loads(line))
        head = {"status": status, "told": told, "length": len(answered)}
        sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + answered)
        sys.stdout.buffer.flush()
    return 0


def outcome(request: dict[str, Any]) -> tuple[int, dict[str, Any], bytes]:
    """The status of a task, what is told of its answer, and the answer or what is wrong."""
    if hasattr(signal, "alarm"):  # where the parent does not end it
        signal.alarm(math.ceil(request["seconds"]) + 1)
    try:
        told, answered = do(request)
    except UserError as error:
        return MISUSED if isinstance(error, WrongUsage) else REFUSED, {}, str(error).encode(errors="replace")
    except SyntaxFault as fault:
        return WRONG, {}, json.dumps({"message": fault.message, "excerpt": fault.excerpt}).encode()
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return 0, told, answered


def do(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A task's outcome.

    Raises:
        UserError: the task asks for what cannot be.
        SyntaxFault: its query is no SPARQL.
    """
    folder = Path(request["folder"])
    question = read_question(request["name"], request["query"])
    with while_reading(folder):
        graph = _opened(folder, current_generation(folder).name)
        if request["task"] == "terms":
            return answer(graph, question, request["given"])
        if request["task"] == "protocol":
            return protocol(
                graph,
                question,
                request["results"],
                request["triples"],
                base=request["base"],
                most_rows=request["most_rows"],
            )
        return write(graph, question, request["given"], request["options"])


@lru_cache(1)
def _opened(folder: Path, _generation: str) -> Asked:
    """The graph, opened once a generation."""
    return Asked(*open_with_union(folder))


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
