"""Processes that work is shared out to."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from kg.errors import UserError
from kg.processes import end_with_parent, time_limit

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

_BATCH = 16
"""Items that are handed over at a time: handing over costs little beside reading so many articles."""
_AHEAD = 48
"""Items a process that are under way or done and waiting for those before them: what waits takes memory."""


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes to share out work to; they end with the block, at once where it ends by an exception.

    Raises:
        UserError: one of them was ended.
    """
    # Processes start afresh: a fork would copy the store's threads in the middle of their work.
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        yield pool
    except BrokenProcessPool:
        raise UserError("a worker process was ended, perhaps for lack of memory; try again with --jobs 1") from None
    except BaseException:  # nobody waits for what they are at
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - public from Python 3.14
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def in_order(
    pool: ProcessPoolExecutor,
    work: Callable[[_Item], _Made],
    items: Iterable[_Item],
    *,
    workers: int,
    seconds: float | None = None,
    batch: int = _BATCH,
) -> Iterator[_Made]:
    """What `work` makes of each item, in the items' order, of which only some for each worker are held at a time.

    Items are handed over `batch` at a time.

    Raises:
        TooSlow: a batch of items took more than so many seconds of processor time, if these are bounded here.
        BrokenProcessPool: a process was ended.
        What `work` and `items` raise.
    """
    items = iter(items)
    waiting: deque[Future[list[_Made]]] = deque()
    try:
        while some := list(islice(items, batch)):
            waiting.append(pool.submit(_made_of, work, some, seconds))
            if len(waiting) * batch >= _AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _made_of(work: Callable[[_Item], _Made], batch: list[_Item], seconds: float | None) -> list[_Made]:
    with nullcontext() if seconds is None else time_limit(seconds):
        return [work(item) for item in batch]


def _start_worker(parent: int) -> None:
    """What a worker process does first: it ends with its parent, which alone heeds Ctrl-C and ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
