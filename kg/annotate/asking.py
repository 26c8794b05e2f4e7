"""The articles of a page as prompts, and what is said of each: from the cache, else from the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.annotate.answers import Answer, Unusable, joined, parsed, said_of
from kg.annotate.cache import Cache, Reply
from kg.annotate.checking import Checked, checked
from kg.annotate.pieces import pieces
from kg.annotate.prompt import Prompt, prompt_of
from kg.annotate.settings import Settings
from kg.errors import UserError
from kg.language.anchors import normal
from kg.model import MODEL, Role, Text
from kg.pipeline import text_of
from kg.reading import Faults, read_articles
from kg.sidecars import Source

OPENING = 20
"""Characters of an article's body by which its facts are known to be its own."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article of a page (`number`, from 1), and what is to be asked of it."""

    number: int
    text: Text
    prompts: tuple[Prompt, ...]

    @property
    def name(self) -> str:
        """The article in a line that tells of it."""
        return self.text.article.headline[:40] or self.opening

    @property
    def opening(self) -> str:
        """How its body begins."""
        body = (s.text for s in self.text.sentences if s.role is Role.BODY)
        return normal("".join(body))[:OPENING]


@dataclass(frozen=True, slots=True)
class Failed:
    """An article of which there is no answer, and why."""

    name: str
    reason: str


def tasks_of(page: Path, settings: Settings, faults: Faults, published: str = "") -> Iterator[Task]:
    """What is to be asked of the articles of a page; records of it that cannot be read are noted in `faults`.

    Raises:
        UserError: it is no page.
        OSError: it cannot be read.
    """
    for number, article in enumerate(read_articles(page, faults), start=1):
        text = text_of(article, page.as_posix(), published)
        parts = list(pieces(text, settings.piece_tokens))
        day = text.article.published
        prompts = tuple(prompt_of(part, day, n, len(parts)) for n, part in enumerate(parts, start=1))
        yield Task(number, text, prompts)


class Answers:
    """The answers to prompts: those kept, else the server's, which are kept if they are of use."""

    def __init__(self, settings: Settings, cache: Cache, ask: Callable[[Prompt], Awaitable[Reply]]) -> None:
        """Nothing is asked before the first prompt."""
        self._settings = settings
        self._cache = cache
        self._ask = ask
        self._waiting: dict[Prompt, asyncio.Task[Answer]] = {}

    async def to(self, prompt: Prompt) -> Answer:
        """The answer to a prompt; what is being asked already, of another article of the same text, is waited for.

        Raises:
            Unusable: there is none, and why.
            UserError: nothing more can be asked, or kept.
        """
        if prompt not in self._waiting:
            asked = self._waiting[prompt] = asyncio.create_task(self._answered(prompt))
            asked.add_done_callback(lambda _: self._waiting.pop(prompt))
        return await self._waiting[prompt]

    async def _answered(self, prompt: Prompt) -> Answer:
        kept = self._cache.get(prompt, self._settings)
        if kept is not None:
            return parsed(kept.content)
        reply = await self._ask(prompt)
        answer = parsed(reply.content)
        self._cache.put(prompt, self._settings, reply)
        return answer


async def read_by_model(task: Task, answers: Answers, model: str) -> Checked | Failed:
    """What a model says of an article, as far as it stands.

    Raises:
        UserError: nothing more can be asked, or kept.
    """
    try:
        return _stands(task, await asyncio.gather(*map(answers.to, task.prompts)), model)
    except Unusable as error:
        return Failed(task.name, str(error))
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - one odd answer must not lose the work on all others
        return Failed(task.name, f"kg failed on the answer ({type(error).__name__}); please report this")


def _stands(task: Task, answers: Sequence[Answer], model: str) -> Checked:
    """What of the answers on an article its text supports."""
    source = Source((f"{MODEL}{model}",))
    return checked(said_of(joined(answers), task.text.article.headline, task.opening, source), task.text)
