"""What a model is asked: the rules of `prompt.md`, and an article between lines that bear a mark it cannot know."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.annotate.tokens import tokens

MARK = 12
"""Digits of the mark: of a digest of the text, so that no text holds its own."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent of one piece of an article: the rules, which are the same for all, and the piece."""

    rules: str
    report: str

    @property
    def tokens(self) -> int:
        """About how many tokens both are."""
        return tokens(self.rules) + tokens(self.report)

    def messages(self) -> list[dict[str, str]]:
        """The messages of the protocol."""
        return [{"role": "system", "content": self.rules}, {"role": "user", "content": self.report}]

    def written(self) -> str:
        """Both as one text, to be read, kept or answered by hand."""
        return f"{self.rules}\n# The report\n\n{self.report}\n"


def prompt_of(piece: str, published: str | None, number: int = 1, of: int = 1) -> Prompt:
    """The prompt for a piece of an article (`number` of `of`), which was published on that day, if known.

    >>> print(prompt_of("石桥社区有了车棚。", "2024-05").report)
    Date of the report: 2024-05
    [f0c1b29a5ac8]
    石桥社区有了车棚。
    [/f0c1b29a5ac8]
    """
    mark = hashlib.sha256(piece.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]
    head = f"Date of the report: {published or 'not known'}\n"
    head += f"Part {number} of {of}; list what this part tells.\n" if of > 1 else ""
    return Prompt(_text("prompt.md"), f"{head}[{mark}]\n{piece}\n[/{mark}]")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    found: dict[str, Any] = json.loads(_text("answer.schema.json"))
    return found


@cache
def _text(name: str) -> str:
    return (resources.files("kg.annotate") / name).read_text(encoding="utf-8")
