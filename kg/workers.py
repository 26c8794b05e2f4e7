"""Processes that work is shared out to."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from kg.errors import UserError
from kg.processes import end_with_parent


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


def _start_worker(parent: int) -> None:
    """What a worker process does first: it ends with its parent, which alone heeds Ctrl-C and ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
