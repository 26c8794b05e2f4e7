"""Programs taken up again by a noun: 工作室 for “巷里法官工作室”, 该平台, 这一机制.

Shared by the extractors that ask what a passage is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.language.tokens import tokens_of
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extractors.engine import Found
    from kg.model import Mention, Text

_BODIES = grammar("bodies")
_POINTING = _BODIES.compile("{pointing-back}$")
PARTICLES = _BODIES.set("glued-before")
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
    for head in _strong_heads() if name.endswith(_strong_heads()) else ():
        if name.endswith(head) and len(name) > len(head):
            return head
    last = tokens_of(name)[-1]
    if len(last.text) < 2 or last.text == name or not last.tag.startswith("n"):
        return ""
    return last.text


@cache
def _strong_heads() -> tuple[str, ...]:
    """The nouns by which names are always taken up, the longest first."""
    return tuple(sorted(word_set("program_heads_strong"), key=lambda head: (-len(head), head)))


def resumptions(text: Text, found: Found, number: int) -> tuple[Resumption, ...]:
    """Where a sentence takes up programs named in the sentences before it, or earlier in itself.

    A noun that heads measures of all sorts (计划, 机制) needs a pointing word; 工坊 or 客厅 stand by themselves.
    """
    return found.kept(_resumptions, text, number)


def _resumptions(text: Text, found: Found, number: int) -> tuple[Resumption, ...]:
    sentence, heads = text.sentences[number].text, found.kept(_heads, text, 0)
    if not any(head in sentence for head in heads):
        return ()
    tokens, named = text.tokens[number], found.in_sentence(number)
    resumed = []
    for place, token in enumerate(tokens):
        # Word-cutting may glue a particle to the noun: 自工坊.
        glued = len(token.text) > 2 and token.text[0] in PARTICLES
        start, head = (token.start + 1, token.text[1:]) if glued else (token.start, token.text)
        if head not in heads or any(m.start < token.end and token.start < m.end for m in named):
            continue
        pointed = _POINTING.search(sentence[:start])
        before = tokens[place - 1] if place else None
        free = head in word_set("program_resuming_heads") or head not in word_set("program_heads")
        if pointed or (free and (glued or before is None or before.tag[0] in "xpvcdr")):
            program = _last_headed(found, head, heads[head], number, start)
            if program:
                resumed.append(Resumption(program, start, token.end))
    return tuple(resumed)


def _heads(_text: Text, found: Found, _number: int) -> dict[str, list[int]]:
    """The sentences of the article in which programs under each head are named, the last first."""
    heads: dict[str, list[int]] = {}
    for number, head in dict.fromkeys((m.sentence, _head_of(m.name)) for m in reversed(found.of_kind("Program"))):
        if len(head) > 1:
            heads.setdefault(head, []).append(number)
    return heads


def _last_headed(found: Found, head: str, sentences: Sequence[int], number: int, position: int) -> Mention | None:
    """The program under a head that was named last before a position, by its shortest form."""
    for earlier in sentences:
        if not number - REACH < earlier <= number:
            continue
        every = found.in_sentence(earlier, "Program")
        for program in reversed(every):
            if earlier == number and program.end > position:
                continue
            nested = any(o.start < program.start and program.end <= o.end for o in every)
            if not nested and _head_of(program.name) == head:
                return min((p for p in every if p.start == program.start), key=lambda p: p.end)
    return None


_head_of = lru_cache(maxsize=10_000)(head_of)
