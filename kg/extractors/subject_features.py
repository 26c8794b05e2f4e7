"""What tells the subject of a number from the other things that the article names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.decision import Feature
from kg.extractors.discourse import Naming
from kg.extractors.things import PLACE, PROGRAM, Thing

_STOPS = frozenset("，；：。")
_JOINS = frozenset("、和与及等")
_CLOSING = frozenset("”’」』》")

_UNKNOWN = Decimal(1)
_BANDS = (Decimal("0.4"), Decimal("0.6"), Decimal("0.8"))
"""Where one is little, fairly, rather or very sure that something is a program."""

LOWEST_RANK = 3
MANY = 3

FAR = 8
"""So many sentences back what was named last is far."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """A place of the text where numbers stand, with what is told around it.

    `sentence` is its number and `text` its text, `clause` the number of the clause; `before` what the sentence names
    before, and `families` what families that is of. `paragraph` is the first sentence of the paragraph, `opening` what
    that leads with. `first` and `latest` give by family, and by sort, what the paragraph names first and the article
    named last. `main` is the place that the article is about.
    """

    sentence: int
    text: str
    clause: int
    before: tuple[Naming, ...]
    families: str
    paragraph: int
    opening: Thing | None
    first: Mapping[str, Thing]
    latest: Mapping[str, Thing]
    main: Thing | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A thing that a number may be about.

    `before` and `after` are its nearest namings in the number's sentence; `last` is the sentence that names it last up
    to the number's, -1 if only later ones do; `times` the number of sentences of the paragraph that name it so far.
    """

    thing: Thing
    around: Surroundings
    before: Naming | None
    after: Naming | None
    last: int
    times: int

    @property
    def near(self) -> Naming | None:
        """Its naming in the number's sentence: before the number, else after."""
        return self.before or self.after


def _where(candidate: Candidate) -> str:
    around, sort = candidate.around, candidate.thing.sort
    if candidate.before:
        gap = around.clause - candidate.before.clause
        return f"{sort}, {('clause', 'clause before')[gap] if gap < 2 else 'sentence'}"
    if candidate.after:
        return f"{sort}, {'after in clause' if candidate.after.clause == around.clause else 'after in sentence'}"
    if candidate.last < 0:
        return f"{sort}, later"
    gap = around.sentence - candidate.last
    if candidate.last >= around.paragraph:
        return f"{sort}, {'sentence before' if gap == 1 else 'paragraph'}"
    return f"{sort}, {'earlier' if gap < FAR else 'far'}"


def _following(candidate: Candidate) -> str:
    naming = candidate.near
    if naming is None:
        return ""
    text, end = candidate.around.text, naming.end
    sign = text[end + 1 : end + 2] if text[end : end + 1] in _CLOSING else text[end : end + 1]
    what = "stop" if not sign or sign in _STOPS else "join" if sign in _JOINS else "of" if sign == "的" else "word"
    return f"{candidate.thing.family}, {what}"


def _rivals(candidate: Candidate) -> str:
    return (
        f"{candidate.thing.family} {'here' if candidate.before else 'away'}, {candidate.around.families or 'nothing'}"
    )


def _foremost(candidate: Candidate) -> str:
    thing = candidate.thing
    if candidate.before is None:
        return ""
    first = next(naming.thing for naming in candidate.around.before if naming.thing.family == thing.family)
    return thing.sort if first is thing else ""


def _sure(candidate: Candidate) -> str:
    if candidate.thing.family != PROGRAM:
        return ""
    sure = max((m.probability or _UNKNOWN for m in candidate.thing.mentions), default=_UNKNOWN)
    return f"{bisect_right(_BANDS, sure)} {'here' if candidate.near else 'away'}"


def _chapter(candidate: Candidate) -> str:
    return f"{candidate.thing.family}, {min(candidate.times, MANY)}" if candidate.times else ""


def _standing(thing: Thing) -> str:
    return f"{thing.family}, {'only' if thing.share == 'only' else min(thing.rank, LOWEST_RANK)}"


def _ending(thing: Thing) -> str:
    return "" if thing.family == PLACE else f"{thing.family}, {thing.first.name[-1]}"


def _is(things: Mapping[str, Thing], key: str, candidate: Candidate) -> str:
    return key if things.get(key) is candidate.thing else ""


OF_THING: tuple[Feature[Thing], ...] = (
    Feature("standing", "its rank by how often the article names it, among all of its family", _standing),
    Feature("share", "how often that is beside the most named of its family", lambda t: f"{t.sort}, {t.share}"),
    Feature("headline", "the headline names it", lambda t: t.headline and t.sort),
    Feature("ending", "the last character of a body's or program's name: 局, 坊", _ending),
    Feature("once", "a single sentence names it", lambda t: len(t.sentences) == 1 and t.family),
)
"""What holds of a thing for all numbers of its article."""

OF_CANDIDATE: tuple[Feature[Candidate], ...] = (
    Feature("where", "where it is named nearest to the number: in its clause, the sentence before, …", _where),
    Feature("main", "the place that the article is about", lambda c: c.around.main is c.thing),
    Feature("opens", "its paragraph leads with it", lambda c: c.around.opening is c.thing and c.thing.sort),
    Feature("first", "its paragraph names none of its family before", lambda c: _is(c.around.first, c.thing.family, c)),
    Feature("latest", "no other of its family was named since", lambda c: _is(c.around.latest, c.thing.family, c)),
    Feature("latest of sort", "no other of its sort was named since", lambda c: _is(c.around.latest, c.thing.sort, c)),
    Feature("chapter", "how many sentences of the paragraph name it so far", _chapter),
    Feature("rivals", "whether the sentence names it before the number, and what families it names there", _rivals),
    Feature("following", "what follows its name: a word, 的, a list, the end of the clause", _following),
    Feature("foremost", "the sentence names none of its family before", _foremost),
    Feature("sure", "a program: how sure it is one, and whether the sentence names it", _sure),
)
"""What tells how a thing stands to a number; a family is program, body or place, the sort of a place its level."""
