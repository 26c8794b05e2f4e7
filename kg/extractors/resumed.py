"""Programs taken up again by a noun: 工作室 for “巷里法官工作室”, 该平台, 这一机制.

Shared by the extractors that ask what a passage is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.tokens import tokens_of
from kg.language.wordlists import word_set

if TYPE_CHECKING:
    from kg.extractors.engine import Found
    from kg.model import Mention, Text

_POINTING = re.compile(r"(?:该|这一|这个|这项|此)$")
REACH = 30
"""How many sentences back a noun may reach."""


@dataclass(frozen=True, slots=True)
class Resumption:
    """A program and where a noun takes it up."""

    program: Mention
    start: int
    end: int


def head_of(name: str) -> str:
    """The noun that heads a program's name, by which a text may take it up; "" where the last word is too short.

    >>> head_of("巷里法官工作室"), head_of("长乐餐坊"), head_of("一网统管")
    ('工作室', '餐坊', '')
    """
    for head in sorted(word_set("program_heads_strong"), key=lambda h: (-len(h), h)):
        if name.endswith(head) and len(name) > len(head):
            return head
    last = tokens_of(name)[-1]
    if len(last.text) < 2 or last.text == name or not last.tag.startswith("n"):
        return ""
    return last.text


def resumptions(text: Text, found: Found, number: int) -> tuple[Resumption, ...]:
    """Where a sentence takes up programs named in the sentences before it, or earlier in itself."""
    heads: dict[str, Mention] = {}
    for mention in found.of_kind("Program"):
        if number - REACH <= mention.sentence < number:
            head = head_of(mention.name)
            if head:
                heads[head] = mention
    if not heads:
        return ()
    tokens = text.tokens[number]
    named = found.in_sentence(number)
    resumed = []
    for place, token in enumerate(tokens):
        program = heads.get(token.text)
        if program is None or any(m.start < token.end and token.start < m.end for m in named):
            continue
        before = tokens[place - 1] if place else None
        pointed = _POINTING.search(text.sentences[number].text[: token.start])
        if pointed or before is None or before.tag[0] in "xpvcdr":
            resumed.append(Resumption(program, token.start, token.end))
    return tuple(resumed)
