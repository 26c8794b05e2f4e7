"""Ends of processes: a child ends with its parent, however that ends, and a stopped command cleans up."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SET_SIGNAL_AT_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG of Linux's prctl
_EVERY = 0.5


class Stopped(BaseException):
    """The process was asked to end, by a signal of that number; not an `Exception`, so that nothing holds it up."""

    def __init__(self, number: int) -> None:
        """Keep the signal's number."""
        super().__init__(number)
        self.number = number


def end_with_parent(parent: int) -> None:
    """End this process as soon as `parent`, the process that started it, has ended, by whatever signal."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - children alone need it

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL, 0, 0, 0)
    elif os.name == "posix":
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.name == "posix" and os.getppid() != parent:  # it ended before
        os._exit(1)


class TooSlow(BaseException):
    """Work has taken its processor time; not an `Exception`, so that nothing on the way takes it for one."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Within the block `TooSlow` is raised when it has taken so much processor time.

    Only where the system has such timers, and in a process's main thread; elsewhere there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within the block, what asks this process to end (SIGTERM, SIGHUP) raises `Stopped`, so that all is cleaned up.

    A signal that whoever started the process ignores, as nohup does, stays ignored.
    """

    def stop(number: int, _frame: object) -> None:
        raise Stopped(number)

    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os._exit(1)
