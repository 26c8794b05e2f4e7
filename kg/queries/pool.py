"""Children that stay: each answers one task after the other within limits, so that none pays for another start.

A child that takes too long is ended, one that fails ends by itself; another takes its place.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from kg.queries.child import Limits, command, fault, too_slow

if TYPE_CHECKING:
    from pathlib import Path

_MOST_TASKS = 200
"""Tasks of one child, whose memory grows by what it cannot give back."""

_MOST_SECONDS = 1.0
"""A child that took longer for a task is not kept."""


class Pool:
    """Children that are kept between tasks; any thread may give it work, and each task has a child to itself."""

    def __init__(self, most_idle: int) -> None:
        self._most_idle = most_idle
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        # A child ends with the thread that started it (Linux), so one thread that stays starts them all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="kg-pool")

    def work(self, task: str, folder: Path, limits: Limits, **details: Any) -> tuple[dict[str, Any], bytes]:
        """As `kg.queries.child.work`, by a child that may have done other tasks before; files are not verified.

        Raises:
            UserError, LimitReached, QuerySyntaxError: as there.
        """
        request = {"task": task, "folder": str(folder), "seconds": limits.seconds, **details}
        child = self._child(limits)
        try:
            answer = child.ask(request, limits)
        except BaseException:
            if not child.at_rest:
                child.end()
            raise
        finally:
            if child.at_rest:
                self._keep(child)
        return answer

    def end(self) -> None:
        """End all children that wait for work."""
        with self._lock:
            self._most_idle = 0
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()
        self._starter.shutdown(wait=False)

    def _child(self, limits: Limits) -> _Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.alive and child.megabytes == limits.megabytes:
                    return child
                child.end()
        return self._starter.submit(_Child, limits.megabytes).result()

    def _keep(self, child: _Child) -> None:
        with self._lock:
            if child.worth_keeping and len(self._idle) < self._most_idle:
                self._idle.append(child)
                return
        child.end()


class _Child:
    """A process of `kg.queries.worker` that answers task after task."""

    def __init__(self, megabytes: int | None) -> None:
        self.megabytes = megabytes
        self.at_rest = True
        """Whether it has answered all that it was asked."""
        self._tasks = 0
        self._slow = False
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command("many"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._send({"parent": os.getpid(), "megabytes": megabytes})

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def worth_keeping(self) -> bool:
        return self.alive and not self._slow and self._tasks < _MOST_TASKS

    def ask(self, request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
        self.at_rest = False
        self._tasks += 1
        late, slow = threading.Event(), threading.Event()
        timers = threading.Timer(limits.seconds, self._stop, (late,)), threading.Timer(_MOST_SECONDS, slow.set)
        for timer in timers:
            timer.start()
        try:
            answer = self._answer(request)
        finally:
            for timer in timers:
                timer.cancel()
        self._slow = slow.is_set()
        if answer is None:
            raise too_slow(limits) if late.is_set() else fault(self._process.wait(), self._said(), limits)
        self.at_rest = True
        head, body = answer
        if head["status"]:
            raise fault(head["status"], body.decode(errors="replace"), limits)
        return head["told"], body

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes] | None:
        """What the child answers; None where it ended instead."""
        assert self._process.stdout is not None
        try:
            self._send(request)
            line = self._process.stdout.readline()
            head: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
            body = self._process.stdout.read(head.get("length", 0))
        except OSError:
            return None
        return (head, body) if head and len(body) == head["length"] else None

    def _send(self, told: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        self._process.stdin.flush()

    def _said(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().decode(errors="replace")
