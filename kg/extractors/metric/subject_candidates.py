"""The candidates for the subject of a number, and how each stands to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.extractors.context.discourse import Naming
from kg.extractors.context.things import Thing
from kg.language.wordlists import grammar

_METRICS = grammar("metrics")
OTHERS = _METRICS.word("and-so-on")
"""What tells that a name is one of several: 甲等4个."""

_ADDRESS = _METRICS.compile("(?:{compass}{address-road})?[0-9０-９]{1,4}(?:-[0-9]{1,4})?{house-number}")

CLOSING = "”’」』》"
_OPENING = "“‘「『《"
_LOWEST_RANK = 2

_FAR = 8
"""So many sentences back what was named last is far."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A place of the text where numbers stand, with what is told around it.

    `sentence` is its number and `text` its text, `clause` the number of the clause, `start` where that begins and
    `wording` its text; `before` is what the sentence names before, and `families` what families that is of; `told` are
    those that the paragraph names up to the sentence's end. `paragraph` is the first sentence of the paragraph,
    `opening` what that leads with. `first` and `latest` give by family, and by sort, what the paragraph names first and
    the article named last; `sums_up` tells that the sentence tells results (累计).
    """

    sentence: int
    text: str
    clause: int
    start: int
    wording: str
    before: tuple[Naming, ...]
    families: str
    told: str
    paragraph: int
    opening: Thing | None
    first: Mapping[str, Thing]
    latest: Mapping[str, Thing]
    sums_up: bool


class Candidate(NamedTuple):
    """A thing that a number may be about.

    `before` and `after` are its nearest namings in the number's sentence; `last` is the sentence that names it last up
    to the number's, -1 if only later ones do.
    """

    thing: Thing
    around: Surroundings
    before: Naming | None
    after: Naming | None
    last: int

    @property
    def near(self) -> Naming | None:
        """Its naming in the number's sentence: before the number, else after."""
        return self.before or self.after

    @property
    def where(self) -> str:
        """Whether the number's sentence names it before the number, after it, or only others do."""
        return "here" if self.before else "after" if self.after else "away"

    @property
    def signs(self) -> tuple[str, str] | None:
        """The signs before and after its naming in the number's sentence, quotation marks aside; "" for none."""
        naming, text = self.near, self.around.text
        if naming is None:
            return None
        before = text[max(0, naming.start - 2) : naming.start].rstrip(_OPENING)
        return before[-1:], text[naming.end : naming.end + 2].lstrip(CLOSING)[:1]

    @property
    def seen(self) -> Seen:
        """The thing, and whether the number's sentence names it."""
        return Seen(self.thing, self.near is not None)

    @property
    def is_example(self) -> bool:
        """Whether it is named as one of what is counted: 甲协会等4个组织."""
        end = self.before.end if self.before else 0
        text = self.around.text
        return end > 0 and text[end : end + 1] == OTHERS and text[end + 1 : end + 2].isnumeric()

    @property
    def is_aside(self) -> bool:
        """Whether it is named only to compare another with (比甲区多4个) or as the address of one (甲路4号)."""
        if self.before is None:
            return False
        return self.before.compared or _ADDRESS.match(self.around.text, self.before.end) is not None

    @property
    def standing(self) -> Standing:
        """How it stands to the number, as far as other things of the article may stand alike."""
        thing, around = self.thing, self.around
        return Standing(
            thing.family,
            thing.sort,
            min(thing.rank, _LOWEST_RANK),
            _stand(self),
            "here" if self.before else "away",
            around.told,
            around.families,
            around.opening is thing,
            around.first.get(thing.family) is thing,
            around.latest.get(thing.family) is thing,
            around.latest.get(thing.sort) is thing,
        )


class Seen(NamedTuple):
    """A thing, and whether the number's sentence names it."""

    thing: Thing
    here: bool


class Standing(NamedTuple):
    """What is alike of many candidates, so that it is weighed once.

    `where` the thing is named nearest to the number, `here` or away: whether before it in its sentence; `told` and
    `families` as of `Surroundings`. `opens` tells that its paragraph leads with it, `first` that that names none of
    its family before, `latest` and `latest_of_sort` that no other of its family or sort was named since.
    """

    family: str
    sort: str
    rank: int
    where: str
    here: str
    told: str
    families: str
    opens: bool
    first: bool
    latest: bool
    latest_of_sort: bool


def _stand(candidate: Candidate) -> str:
    around = candidate.around
    if candidate.before:
        gap = around.clause - candidate.before.clause
        return ("clause", "clause before")[gap] if gap < 2 else "sentence"
    if candidate.after:
        return "after in clause" if candidate.after.clause == around.clause else "after in sentence"
    if candidate.last < 0:
        return "later"
    gap = around.sentence - candidate.last
    if candidate.last >= around.paragraph:
        return "sentence before" if gap == 1 else "paragraph"
    return "earlier" if gap < _FAR else "far"
