"""Pages to sidecars by a model: what would be asked, and asking it, some requests at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg.annotate.asking import Failed, read_by_model, tasks_of
from kg.annotate.cache import Cache, Reply
from kg.annotate.checking import Checked
from kg.annotate.client import Client
from kg.annotate.prompt import Prompt
from kg.annotate.settings import Settings
from kg.annotate.sidecar import is_anothers, write
from kg.annotate.tokens import of_answer, tokens
from kg.errors import UserError
from kg.outputs import write_whole
from kg.reading.files import listed, readable_name
from kg.sidecars import Cause


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask: requests and about how many tokens; `kept` are the answers that are there already."""

    articles: int
    requests: int
    kept: int
    sent: int
    answered: int


@dataclass(slots=True)
class Report:
    """What a run has done so far: it grows page by page, so that it is right whenever the run is stopped.

    `left` are pages with a sidecar that is another's, `failed` those that cannot be read and articles without an
    answer, each with the reason; `sent` and `answered` the tokens that the server counted.
    """

    pages: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    failed: list[tuple[Path, Failed]] = field(default_factory=list)
    articles: int = 0
    facts: int = 0
    refused: Counter[Cause] = field(default_factory=Counter)
    requests: int = 0
    sent: int = 0
    answered: int = 0


def plan(inputs: Sequence[Path], settings: Settings, cache: Cache, published: str, prompts: Path | None = None) -> Plan:
    """What a run on files and folders would ask; nothing is sent. The prompts are written to a folder, if one is given.

    Raises:
        UserError: an input does not exist or is no page, or a prompt cannot be written.
    """
    articles = requests = kept = sent = answered = 0
    for page in listed(inputs).files:
        for task in tasks_of(page, settings, published):
            articles += 1
            for number, prompt in enumerate(task.prompts, start=1):
                if prompts is not None:
                    _keep(prompts / f"{readable_name(page)}.{task.number}-{number}.prompt.txt", prompt)
                if cache.get(prompt, settings) is not None:
                    kept += 1
                    continue
                requests += 1
                sent += prompt.tokens
                answered += of_answer(tokens(prompt.report), settings.answer_tokens)
    return Plan(articles, requests, kept, sent, answered)


def annotate(
    inputs: Sequence[Path],
    settings: Settings,
    cache: Cache,
    report: Report,
    *,
    published: str = "",
    replace: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write a sidecar beside each page with what a model says of it; `report` tells what was done.

    A page whose sidecar a person or another program has written or changed is left alone, unless `replace` is set.

    Raises:
        UserError: an input does not exist, or the server answers nobody; what was answered is kept.
    """
    pages = listed(inputs).files
    mine = [page for page in pages if replace or not is_anothers(page)]
    report.left += sorted(set(pages) - set(mine))
    asyncio.run(_Run(settings, cache, report, published, progress).all(mine))


@dataclass(frozen=True, slots=True)
class _Run:
    """A run; its methods add to the report."""

    settings: Settings
    cache: Cache
    report: Report
    published: str
    progress: Callable[[int, int], None] | None

    async def all(self, pages: Sequence[Path]) -> None:
        """Read pages, so many at a time as requests may be made."""
        waiting = iter(pages)
        done = 0

        async def work(ask: Callable[[Prompt], Awaitable[Reply]]) -> None:
            nonlocal done
            for page in waiting:
                await self._page(page, ask)
                done += 1
                if self.progress:
                    self.progress(done, len(pages))

        async with Client(self.settings) as client:
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(len(pages), self.settings.jobs)):
                        group.create_task(work(partial(self._ask, client)))
            except BaseExceptionGroup as errors:
                raise errors.exceptions[0] from None

    async def _ask(self, client: Client, prompt: Prompt) -> Reply:
        reply = await client.ask(prompt)
        self.report.requests += 1
        self.report.sent += reply.sent
        self.report.answered += reply.answered
        return reply

    async def _page(self, page: Path, ask: Callable[[Prompt], Awaitable[Reply]]) -> None:
        """Ask of a page and write its sidecar; what cannot be read costs itself alone."""
        try:
            tasks = list(tasks_of(page, self.settings, self.published))
        except (OSError, UserError) as error:
            told = str(error)
            if isinstance(error, OSError):
                told = f"the file cannot be read ({(error.strerror or told).lower()})"
            self.report.failed.append((page, Failed("", told)))
            return
        found = await asyncio.gather(*(read_by_model(task, self.settings, self.cache, ask) for task in tasks))
        self.report.failed += [(page, each) for each in found if isinstance(each, Failed)]
        stands = [each for each in found if isinstance(each, Checked)]
        if not stands:
            return
        write(page, self.settings.model, stands)
        self.report.pages.append(page)
        self.report.articles += len(stands)
        for each in stands:
            self.report.facts += each.facts
            self.report.refused += each.causes()


def _keep(path: Path, prompt: Prompt) -> None:
    write_whole(path, lambda file: file.write(prompt.written().encode("utf-8", "replace")))
