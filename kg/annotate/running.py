"""Pages to sidecars by a model: what would be asked, and asking it, some requests at a time."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from kg.annotate.answers import Unusable
from kg.annotate.asking import Answers, Failed, Task, read_by_model, tasks_of
from kg.annotate.cache import Cache, Reply
from kg.annotate.checking import Checked
from kg.annotate.client import Client
from kg.annotate.prompt import Prompt
from kg.annotate.settings import Settings
from kg.annotate.sidecar import is_anothers, write
from kg.annotate.tokens import of_answer, tokens
from kg.errors import UserError
from kg.outputs import write_whole
from kg.reading import Faults
from kg.reading.files import listed, readable_name
from kg.sidecars import Cause


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would ask: requests and about how many tokens; `kept` are the answers that are there already.

    `left` and `failed` are as in a report.
    """

    articles: int
    requests: int
    kept: int
    sent: int
    answered: int
    left: tuple[Path, ...]
    failed: tuple[tuple[Path, Failed], ...]


@dataclass(slots=True)
class Report:
    """What a run has done so far: it grows page by page, so that it is right whenever the run is stopped.

    `left` are pages with a sidecar that is another's, `failed` what of the inputs cannot be read and articles without
    an answer, each with the reason; `requests` are the prompts to which it came to an end, `sent` and `answered` the
    tokens that the server counted.
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


def plan(
    inputs: Sequence[Path],
    settings: Settings,
    cache: Cache,
    published: str = "",
    *,
    replace: bool = False,
    prompts: Path | None = None,
) -> Plan:
    """What a run on files and folders would ask; nothing is sent. The prompts are written to a folder, if one is given.

    Raises:
        UserError: an input does not exist, or a prompt cannot be written.
    """
    report = Report()
    asked: set[Prompt] = set()
    kept = 0
    named: Counter[str] = Counter()
    for page in _pages(inputs, report, replace=replace):
        name = readable_name(page)
        named[name] += 1
        name += f"~{named[name]}" if named[name] > 1 else ""  # of another folder
        for task in _tasks(page, settings, published, report):
            report.articles += 1
            for number, prompt in enumerate(task.prompts, start=1):
                if prompts is not None:
                    _keep(prompts / f"{name}.{task.number}-{number}.prompt.txt", prompt)
                if cache.get(prompt, settings) is not None:
                    kept += 1
                else:
                    asked.add(prompt)
    sent = sum(prompt.tokens for prompt in asked)
    answered = sum(of_answer(tokens(prompt.report), settings.answer_tokens) for prompt in asked)
    return Plan(report.articles, len(asked), kept, sent, answered, tuple(report.left), tuple(report.failed))


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
        UserError: an input does not exist, the server answers nobody, or answers cannot be kept; what was answered is.
    """
    cache.prepare()
    pages = _pages(inputs, report, replace=replace)
    try:
        _run(_Run(settings, cache, report, published, progress).all(pages))
    finally:
        report.pages.sort()
        report.failed.sort(key=lambda each: each[0])  # of a page in the order of its articles


def _pages(inputs: Sequence[Path], report: Report, *, replace: bool) -> list[Path]:
    """The pages to be asked of; what else is among the inputs is noted."""
    listing = listed(inputs)
    report.failed += [(path, Failed("", reason)) for path, reason in (*listing.unreadable, *listing.empty)]
    pages = []
    for page in listing.files:
        if not replace and is_anothers(page):
            report.left.append(page)
        elif not os.access(page.parent, os.W_OK):
            report.failed.append((page, Failed("", "a sidecar beside it cannot be written: its folder is read-only")))
        else:
            pages.append(page)
    return pages


def _tasks(page: Path, settings: Settings, published: str, report: Report) -> Iterator[Task]:
    """What is to be asked of a page; what of it cannot be read is noted."""
    faults = Faults()
    told = ""
    try:
        yield from tasks_of(page, settings, faults, published)
    except UserError as error:
        told = str(error)
    except OSError as error:
        told = f"the file cannot be read ({(error.strerror or str(error)).lower()})"
    if faults.first():
        told = f"read in part: {faults}"
    if told:
        report.failed.append((page, Failed("", told)))


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

        async def work(answers: Answers) -> None:
            nonlocal done
            for page in waiting:
                await self._page(page, answers)
                done += 1
                if self.progress:
                    self.progress(done, len(pages))

        async with Client(self.settings) as client:
            answers = Answers(self.settings, self.cache, partial(self._ask, client))
            try:
                async with asyncio.TaskGroup() as group:
                    for _ in range(min(len(pages), self.settings.jobs)):
                        group.create_task(work(answers))
            except BaseExceptionGroup as errors:
                raise errors.exceptions[0] from None

    async def _ask(self, client: Client, prompt: Prompt) -> Reply:
        try:
            reply = await client.ask(prompt)
        except Unusable as error:
            self._count(error.sent, error.answered)
            raise
        self._count(reply.sent, reply.answered)
        return reply

    def _count(self, sent: int, answered: int) -> None:
        self.report.requests += 1
        self.report.sent += sent
        self.report.answered += answered

    async def _page(self, page: Path, answers: Answers) -> None:
        """Ask of a page and write its sidecar; what cannot be read or written costs itself alone."""
        tasks = list(_tasks(page, self.settings, self.published, self.report))
        found = await asyncio.gather(*(read_by_model(task, answers, self.settings.model) for task in tasks))
        self.report.failed += [(page, each) for each in found if isinstance(each, Failed)]
        stands = [each for each in found if isinstance(each, Checked)]
        if not stands:
            return
        try:
            write(page, self.settings.model, stands)
        except UserError as error:
            self.report.failed.append((page, Failed("", str(error))))
            return
        self.report.pages.append(page)
        self.report.articles += len(stands)
        for each in stands:
            self.report.facts += each.facts
            self.report.refused += each.causes()


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Do what waits for answers; in a thread of its own where a loop runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
    else:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, work).result()


def _keep(path: Path, prompt: Prompt) -> None:
    write_whole(path, lambda file: file.write(prompt.written().encode("utf-8", "replace")))
