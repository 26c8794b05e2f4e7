"""Commands and questions in copies of this process, which has all dictionaries: without the second that a start takes.

Whoever forks must have opened no store, whose threads a copy would lack; so graphs are read in copies, too.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from kg.cli import main
from kg.pipeline import read_file
from kg.reading import input_files
from kg.store import open_with_union, read_manifest, verify

ROOT = Path(__file__).parents[2]
FAILED = 99
"""Status of a copy in which something was raised that no command may raise."""


def pages() -> list[Path]:
    return [path for path in input_files([ROOT / "seeds"]) if path.parent.name == "seeds"]


def warm() -> None:
    """Load all that reading a page needs."""
    read_file(pages()[0])


def forked(work: Callable[[], object], log: Path) -> int:
    """Start a copy of this process that does the work, heeds signals and writes to `log`; the copy's number."""
    pid = os.fork()
    if pid:
        return pid
    status = FAILED
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        work()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except KeyboardInterrupt:  # before the command heeds it; Python ends as the system has it then
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException as error:  # noqa: BLE001 - told by the status, and in the log
        os.write(2, f"Traceback {error!r}\n".encode())
    finally:
        os._exit(status)


def kg(log: Path, *arguments: object) -> int:
    """Start `kg ARGUMENTS...` in a copy of this process."""

    def work() -> None:
        sys.argv = ["kg", *map(str, arguments)]
        main()

    return forked(work, log)


def ended(pid: int) -> int:
    """The status that a copy ends with; below zero the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def state(graph: Path) -> str:
    """What a graph says, as one digest, or what is wrong with it."""
    log = graph.with_name("state")

    def work() -> None:
        verify(graph)
        store, union = open_with_union(graph)
        assert union is not None
        quads = list(store)
        assert {str(quad.triple) for quad in quads} == {str(quad.triple) for quad in union}, "the union is another"
        told = [*sorted(map(str, quads)), *(f"{name} {of.digest}" for name, of in read_manifest(graph).sources.items())]
        os.write(1, hashlib.sha256("\n".join(told).encode()).hexdigest()[:16].encode())

    status = ended(forked(work, log))
    return log.read_text(encoding="utf-8") if status == 0 else f"fault: {log.read_text(encoding='utf-8')}"
