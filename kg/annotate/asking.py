"""The articles of a page as prompts, and what is said of each: from the cache, else from the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.annotate.answers import Item, Unusable, joined, parsed, said_of
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


def tasks_of(page: Path, settings: Settings, published: str = "") -> Iterator[Task]:
    """What is to be asked of the articles of a page.

    Raises:
        UserError: it is no page, or records of it cannot be read.
        OSError: it cannot be read.
    """
    for number, article in enumerate(read_articles(page, Faults()), start=1):
        text = text_of(article, page.as_posix(), published)
        parts = list(pieces(text, settings.piece_tokens))
        day = text.article.published
        prompts = tuple(prompt_of(part, day, n, len(parts)) for n, part in enumerate(parts, start=1))
        yield Task(number, text, prompts)


async def read_by_model(
    task: Task, settings: Settings, cache: Cache, ask: Callable[[Prompt], Awaitable[Reply]]
) -> Checked | Failed:
    """What a model says of an article, as far as it stands; answers that are of use are kept.

    Raises:
        UserError: nothing more can be asked, or kept.
    """

    async def one(prompt: Prompt) -> dict[str, list[Item]]:
        kept = cache.get(prompt, settings)
        if kept is not None:
            return parsed(kept.content)
        reply = await ask(prompt)
        answer = parsed(reply.content)
        cache.put(prompt, settings, reply)
        return answer

    try:
        answers = await asyncio.gather(*map(one, task.prompts))
        return _stands(task, answers, settings.model)
    except Unusable as error:
        return Failed(task.name, str(error))
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001 - one odd answer must not lose the work on all others
        return Failed(task.name, f"kg failed on the answer ({type(error).__name__}); please report this")


def _stands(task: Task, answers: Sequence[dict[str, list[Item]]], model: str) -> Checked:
    """What of the answers on an article its text supports."""
    source = Source((f"{MODEL}{model}",))
    return checked(said_of(joined(answers), task.text.article.headline, task.opening, source), task.text)
