"""Who asks next: so many queries run at a time, and clients take turns, however many each has waiting."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Busy(Exception):  # noqa: N818 - says what is so
    """So many wait already that another would wait too long."""


class Turns:
    """At most `at_once` queries run and `most_waiting` wait.

    No client runs all: one place is left for others. Where too many wait, whoever has most waiting is told, so that
    no client keeps others from waiting either.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._at_once, self._most_waiting = at_once, most_waiting
        self._each = max(1, at_once - 1)
        self._running: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}  # who waited longest for a turn comes first

    @property
    def idle(self) -> bool:
        """Whether nobody asks and nobody waits."""
        return not self._running and not self._waiting

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Wait for a turn of this client, and have it for the time of the block.

        Raises:
            Busy: too many wait.
        """
        ready = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(ready)
        self._give()
        self._refuse()
        try:
            await ready
        except asyncio.CancelledError:
            if ready.cancelled():
                self._forget(client, ready)
            elif ready.exception() is None:
                self._end(client)
            raise
        try:
            yield
        finally:
            self._end(client)

    def _give(self) -> None:
        """Turns to those who wait, as far as there are any."""
        while self._running.total() < self._at_once:
            client = next((name for name in self._waiting if self._running[name] < self._each), None)
            if client is None:
                return
            queue = self._waiting.pop(client)
            ready = queue.popleft()
            if queue:
                self._waiting[client] = queue  # behind all others
            if not ready.done():
                self._running[client] += 1
                ready.set_result(None)

    def _refuse(self) -> None:
        """Tell the last of those who wait too many, of the client with most of them and the least waited."""
        while sum(map(len, self._waiting.values())) > self._most_waiting:
            client = max(reversed(self._waiting), key=lambda name: len(self._waiting[name]))
            ready = self._waiting[client][-1]
            self._forget(client, ready)
            if not ready.done():
                ready.set_exception(Busy())

    def _end(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._give()

    def _forget(self, client: str, ready: asyncio.Future[None]) -> None:
        queue = self._waiting.get(client, deque())
        if ready in queue:
            queue.remove(ready)
            if not queue:
                del self._waiting[client]
