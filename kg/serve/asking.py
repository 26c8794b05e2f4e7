"""Queries of the site: each in a child process within limits, in turn with those of other clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from starlette.concurrency import run_in_threadpool

from kg.queries.asking import ask
from kg.queries.pool import Pool
from kg.serve.clients import client_of
from kg.serve.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from kg.queries.saved import Question
    from kg.serve.settings import Settings

Made = TypeVar("Made")


class Asking:
    """Asks the graph in a folder."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder, self._settings = folder, settings
        self._turns = Turns(settings.at_once, settings.most_waiting)
        self._pool = Pool(settings.at_once)

    def end(self) -> None:
        """End the children."""
        self._pool.end()

    async def saved(self, request: Request, question: Question, given: Mapping[str, str], **options: Any) -> str:
        """The answer to a question as text; `options` are those of `kg.queries.asking.ask`.

        Raises:
            UserError: as `ask`.
            Busy: too many wait.
        """
        limits, most = self._settings.limits, self._settings.most_rows
        async with self._turns.turn(client_of(request.scope)):
            text, _ = await run_in_threadpool(
                ask, self._folder, question, given, limits=limits, most_rows=most, work=self._pool.work, **options
            )
        return text

    async def aside(self, request: Request, work: Callable[[], Made]) -> Made:
        """What some bounded work of this process makes, in turn with the queries.

        Raises:
            Busy: too many wait.
        """
        async with self._turns.turn(client_of(request.scope)):
            return await run_in_threadpool(work)

    async def protocol(self, request: Request, query: str, results: str, triples: str, base: str) -> tuple[str, bytes]:
        """The answer to a query and its media type, as `kg.queries.answering.protocol` gives it.

        Raises:
            UserError: the query is refused, wrong, or reaches a limit.
            Busy: too many wait.
        """
        async with self._turns.turn(client_of(request.scope)):
            told, answer = await run_in_threadpool(
                self._pool.work, "protocol", self._folder, self._settings.limits,
                name="query", query=query, results=results, triples=triples, base=base,
                most_rows=self._settings.most_rows,
            )  # fmt: skip
        return told["type"], answer
