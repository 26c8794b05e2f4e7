"""What tells the subject of a number from the other things that the article names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kg.decision import Feature
from kg.extractors.discourse import Naming
from kg.extractors.things import PLACE, PROGRAM, Thing

_STOPS = frozenset("，；：。")
_JOINS = frozenset("、和与及")
_OTHERS = "等"
_CLOSING = frozenset("”’」』》")
_LEADING = frozenset("在由为对向从以据到与和等的，。；“《（：")

_UNKNOWN = Decimal(1)
_BANDS = (Decimal("0.4"), Decimal("0.6"), Decimal("0.8"))
"""Where one is little, fairly, rather or very sure that something is a program."""

LOWEST_RANK = 2
SHARED = 2
"""From so many pairs of characters on it is all one how many more a clause shares with a name."""

FAR = 8
"""So many sentences back what was named last is far."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A place of the text where numbers stand, with what is told around it.

    `sentence` is its number and `text` its text, `clause` the number of the clause and `wording` its text; `before`
    what the sentence names before, and `families` what families that is of; `told` are the families that the paragraph
    names up to the sentence's end. `paragraph` is the first sentence of the paragraph, `opening` what that leads with.
    `first` and `latest` give by family, and by sort, what the paragraph names first and the article named last.
    """

    sentence: int
    text: str
    clause: int
    wording: str
    before: tuple[Naming, ...]
    families: str
    told: str
    paragraph: int
    opening: Thing | None
    first: Mapping[str, Thing]
    latest: Mapping[str, Thing]


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
    def seen(self) -> Seen:
        """The thing, and whether the number's sentence names it."""
        return Seen(self.thing, self.near is not None)

    @property
    def is_example(self) -> bool:
        """Whether it is named as one of what is counted: 甲协会等4个组织."""
        end = self.before.end if self.before else 0
        text = self.around.text
        return end > 0 and text[end : end + 1] == _OTHERS and text[end + 1 : end + 2].isnumeric()

    @property
    def standing(self) -> Standing:
        """How it stands to the number, as far as other things of the article may stand alike."""
        thing, around = self.thing, self.around
        return Standing(
            thing.family,
            thing.sort,
            min(thing.rank, LOWEST_RANK),
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
    return "earlier" if gap < FAR else "far"


def _following(candidate: Candidate) -> str:
    naming = candidate.near
    if naming is None:
        return ""
    if naming.introduces:
        return f"{candidate.thing.family}, chain"
    if naming.inside:
        return f"{candidate.thing.family}, inside"
    text, end = candidate.around.text, naming.end
    sign = text[end + 1 : end + 2] if text[end : end + 1] in _CLOSING else text[end : end + 1]
    return f"{candidate.thing.family}, {_kind_of(sign)}"


def _kind_of(sign: str) -> str:
    """What a sign behind a name tells: a stop, a list, others of its kind (甲等4个), 的, or a word."""
    if not sign or sign in _STOPS:
        return "stop"
    return "join" if sign in _JOINS else "others" if sign == _OTHERS else "of" if sign == "的" else "word"


def _preceding(candidate: Candidate) -> str:
    naming = candidate.before
    if naming is None:
        return ""
    if any(other.introduces and other.end == naming.start for other in candidate.around.before):
        return f"{candidate.thing.family}, chain"
    sign = candidate.around.text[max(0, naming.start - 1) : naming.start]
    return f"{candidate.thing.family}, {sign if sign in _LEADING else 'word'}" if sign else candidate.thing.family


def _wording(candidate: Candidate) -> str:
    family = candidate.thing.family
    if family == PLACE:
        return ""
    if candidate.near:
        return f"{family}, named"
    return f"{family}, {min(SHARED, repeats(candidate))}"


def repeats(candidate: Candidate) -> int:
    """How many pairs of neighbouring characters of a thing's name the number's clause repeats."""
    wording = candidate.around.wording
    return len([pair for pair in _pairs(candidate.thing.first.name) if pair in wording])


@lru_cache(maxsize=10_000)
def _pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a name."""
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _sure(seen: Seen) -> str:
    if seen.thing.family != PROGRAM:
        return ""
    sure = max((m.probability or _UNKNOWN for m in seen.thing.mentions), default=_UNKNOWN)
    return f"{bisect_right(_BANDS, sure)} {'here' if seen.here else 'away'}"


def _ending(seen: Seen) -> str:
    thing = seen.thing
    return "" if thing.family == PLACE else f"{thing.family}, {thing.first.name[-1]}"


OF_THING: tuple[Feature[Seen], ...] = (
    Feature(
        "share",
        "how often that is beside the most named of its family",
        lambda s: f"{s.thing.sort}, {s.thing.share}",
    ),
    Feature("headline", "the headline names it", lambda s: s.thing.headline and s.thing.sort),
    Feature("ending", "the last character of a body's or program's name: 局, 坊", _ending),
    Feature("sure", "a program: how sure it is one, and whether the sentence names it", _sure),
)
"""What holds of a thing for all numbers of its article, those whose sentences name it and those whose do not."""

OF_STANDING: tuple[Feature[Standing], ...] = (
    Feature(
        "where",
        "where it is named nearest to the number: in its clause, the sentence before, …",
        lambda s: f"{s.sort}, {s.where}",
    ),
    Feature(
        "prominent",
        "that, and its rank by how often the article names it among all of its family",
        lambda s: f"{s.family}, {s.where}, {s.rank}",
    ),
    Feature(
        "told", "that, and what families its paragraph names", lambda s: f"{s.family}, {s.where}, {s.told or 'nothing'}"
    ),
    Feature(
        "rivals",
        "whether the sentence names it before the number, and what families it names there",
        lambda s: f"{s.family} {s.here}, {s.families or 'nothing'}",
    ),
    Feature("opens", "its paragraph leads with it", lambda s: s.opens and s.sort),
    Feature("first", "its paragraph names none of its family before", lambda s: s.first and s.family),
    Feature("latest", "no other of its family was named since", lambda s: s.latest and s.family),
    Feature("latest of sort", "no other of its sort was named since", lambda s: s.latest_of_sort and s.sort),
)
"""What holds alike of all things that stand so to a number."""

OF_CANDIDATE: tuple[Feature[Candidate], ...] = (
    Feature("following", "what follows its name: a word, 的, 等, a list, a stop, more of a name", _following),
    Feature("preceding", "what stands before its name: 在, 由, a word, the sentence's beginning", _preceding),
    Feature("wording", "how much of a body's or program's name the clause repeats: 食堂 of 爱心食堂", _wording),
)
"""What tells how a thing stands to a number; a family is program, body or place, the sort of a place its level."""
