"""What an article talks about, sentence by sentence: the things that each names or takes up again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.context.actors import taken_up
from kg.extractors.context.resumed import resumptions
from kg.extractors.context.things import Thing, things
from kg.extractors.engine import PLACES
from kg.language.clauses import Clause, clauses, told_by
from kg.language.tokens import START
from kg.language.wordlists import grammar, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extractors.engine import Found
    from kg.model import Mention, Text


_COMPARED = grammar("metrics").compile("(?<![{ends-in-than}{makes-up}0-9]){than}(?!{ratio-noun})[^，。；：0-9]{0,8}$")
_LONGEST_COMPARISON = 10


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """A place of a sentence that names a thing or takes it up again (该项目, 全县).

    `mention` names the thing, here or, where it is taken up again, before. `clause` is the number of the clause;
    `inside` tells that a larger name covers it, `introduces` that it is the beginning of a chain of places, `telling`
    that it belongs to the naming of who speaks, `compared` that another is only compared with it (比甲区多),
    `whole` that it takes up a place as a whole (全区).
    """

    thing: Thing
    mention: Mention
    start: int
    end: int
    clause: int
    inside: bool
    introduces: bool
    telling: bool
    compared: bool
    whole: bool


class Discourse:
    """An article's things, and the namings of each sentence."""

    def __init__(self, text: Text, found: Found) -> None:
        self._text, self._found = text, found
        self._sentences: dict[int, tuple[Naming, ...]] = {}
        self.things = things(text, found)

    def clauses(self, number: int) -> tuple[Clause, ...]:
        """The clauses of a sentence."""
        return self._found.kept(_clauses, self._text, number)

    def clause_at(self, number: int, position: int) -> int:
        """The number of the clause of a sentence that a position stands in."""
        return max(0, bisect_right(self.clauses(number), position, key=START) - 1)

    def namings(self, number: int) -> tuple[Naming, ...]:
        """The things that a sentence names or takes up again, by position."""
        if number not in self._sentences:
            named = sorted(self._named(number), key=lambda n: (n.start, -n.end, n.mention.kind, n.mention.name))
            self._sentences[number] = tuple(named)
        return self._sentences[number]

    def _named(self, number: int) -> Iterator[Naming]:
        mentions = [m for m in self._found.in_sentence(number) if m in self.things.of]
        again = [(r.program, r.start, r.end) for r in resumptions(self._text, self._found, number)]
        again += [(a.place, a.start, a.end) for a in taken_up(self._text, self._found, number)]
        if not mentions and not again:
            return
        sentence = self._text.sentences[number].text
        teller = told_by(sentence)
        starts = {m.start for m in mentions if m.kind in PLACES}
        for mention, start, end in [*((m, m.start, m.end) for m in mentions), *again]:
            inside = any(m.start <= start and end <= m.end and (m.start, m.end) != (start, end) for m in mentions)
            telling = teller[0] <= start < teller[1]
            introduces = mention.kind in PLACES and end in starts
            clause = self.clause_at(number, start)
            yield Naming(
                self.things.of[mention],
                mention,
                start,
                end,
                clause,
                inside,
                introduces,
                telling,
                is_compared(sentence, start),
                _is_whole(sentence, mention, start),
            )


def _is_whole(sentence: str, mention: Mention, position: int) -> bool:
    return mention.kind in PLACES and sentence.startswith(words("metric_whole_areas"), position)


def is_compared(sentence: str, position: int) -> bool:
    """Whether a name at a position is only what another is compared with: 比甲市乙区多4个."""
    return _COMPARED.search(sentence, max(0, position - _LONGEST_COMPARISON), position) is not None


def discourse(text: Text, found: Found) -> Discourse:
    """The account of an article: the same for all who ask with the same facts."""
    return found.kept(_discourse, text, 0)


def _discourse(text: Text, found: Found, _number: int) -> Discourse:
    return Discourse(text, found)


def _clauses(text: Text, _found: Found, number: int) -> tuple[Clause, ...]:
    return clauses(text.sentences[number].text)
