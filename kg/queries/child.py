"""Work on a graph in a child process within limits: the store cannot be interrupted, a process can be ended."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kg.errors import UserError, WrongUsage

DEFAULT_SECONDS = 60.0
"""How long a query may take unless the user says otherwise."""

DEFAULT_MEGABYTES = 2048
"""How much memory it may take; most questions on a million quads stay below 200."""

REFUSED, WRONG, MISUSED = 3, 4, 5
"""Exit statuses of the child for what the user can mend, for a query that is no SPARQL, and for wrong usage."""

_OUT_OF_MEMORY = ("memory allocation", "MemoryError", "bad_alloc", "system_error")  # of Rust, Python, C++, its threads
_START = "import sys; sys.path[:] = sys.argv[2:]; from kg.queries import worker; sys.exit(worker.main(sys.argv[1]))"


class QuerySyntaxError(WrongUsage):
    """A query that is no SPARQL; `excerpt` is its line with a caret under the place, or empty."""

    def __init__(self, message: str, excerpt: str = "") -> None:
        """Keep the excerpt beside the message."""
        super().__init__(message)
        self.excerpt = excerpt


class LimitReached(UserError):  # noqa: N818 - says what it is
    """A query that took more time or memory than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: `seconds` of time and `megabytes` of memory (None: what the machine has)."""

    seconds: float = DEFAULT_SECONDS
    megabytes: int | None = DEFAULT_MEGABYTES


class Work(Protocol):
    """What has a child do a task, as `work` does."""

    def __call__(self, task: str, folder: Path, limits: Limits, **details: Any) -> tuple[dict[str, Any], bytes]:
        """What the child tells of its answer, and the answer."""


def work(task: str, folder: Path, limits: Limits, **details: Any) -> tuple[dict[str, Any], bytes]:
    """What `kg.queries.worker` makes of a task on the graph in `folder`: what it tells of the answer, and the answer.

    Raises:
        UserError: the worker refuses the task, or the graph is damaged.
        LimitReached: it takes too long, or too much memory.
        QuerySyntaxError: the query is no SPARQL.
    """
    import subprocess  # noqa: PLC0415 - the child comes by here too, and starts nothing

    request = {"task": task, "folder": str(folder), "seconds": limits.seconds, "megabytes": limits.megabytes}
    request["parent"] = os.getpid()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the query goes in as data
            command("one"),
            input=json.dumps(request | details).encode(),
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_slow(limits) from None
    if done.returncode:
        if done.returncode not in {REFUSED, WRONG, MISUSED}:
            from kg.store import verify  # noqa: PLC0415 - where all is well, who waits for the child needs no store

            verify(folder)  # a damaged store asks for any amount of memory
        raise fault(done.returncode, done.stderr.decode(errors="replace"), limits)
    told, _, answer = done.stdout.partition(b"\n")
    return json.loads(told), answer


def command(how: str) -> list[str]:
    """What starts a child that does one task (`one`) or task after task (`many`)."""
    # The child finds this very program, wherever it was started from.
    return [sys.executable, "-c", _START, how, *(path or str(Path.cwd()) for path in sys.path)]


def too_slow(limits: Limits) -> LimitReached:
    """What is told of a child that was ended for its time."""
    return LimitReached(f"the query took longer than {limits.seconds:g} s; narrow it, or give it longer with --timeout")


def fault(status: int, message: str, limits: Limits) -> UserError:
    """What ended the child, as an error for the user."""
    if status == REFUSED:
        return UserError(message)
    if status == MISUSED:
        return WrongUsage(message)
    if status == WRONG:
        told = json.loads(message)
        return QuerySyntaxError(told["message"], told["excerpt"])
    lines = message.strip().splitlines() or [f"status {status}"]
    if any(word in line for line in lines for word in _OUT_OF_MEMORY):
        return LimitReached(
            f"the query needs more than {limits.megabytes} MB of memory; narrow it, or allow more with --memory"
        )
    if status in {-signal.SIGSEGV, -signal.SIGABRT}:
        return UserError("the query made the store fail; it may be nested too deeply: simplify it")
    return UserError(f"the query could not be answered: {lines[-1]}")
