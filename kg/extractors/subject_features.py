"""What tells the subject of a number from the other things that the article names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.decision import Feature
from kg.extractors.discourse import Naming
from kg.extractors.things import Thing

_STOPS = frozenset("，；：。")
_JOINS = frozenset("、和与及等")
_CLOSING = frozenset("”’」』》")

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


def _where(candidate: Candidate) -> str:
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
    text, end = candidate.around.text, naming.end
    sign = text[end + 1 : end + 2] if text[end : end + 1] in _CLOSING else text[end : end + 1]
    what = "stop" if not sign or sign in _STOPS else "join" if sign in _JOINS else "of" if sign == "的" else "word"
    return f"{candidate.thing.family}, {what}"


def _rivals(candidate: Candidate) -> str:
    return (
        f"{candidate.thing.family} {'here' if candidate.before else 'away'}, {candidate.around.families or 'nothing'}"
    )


def _chapter(candidate: Candidate) -> str:
    around = candidate.around
    here = sum(1 for n in candidate.thing.sentences if around.paragraph <= n <= around.sentence)
    return f"{candidate.thing.family}, {min(here, MANY)}" if here else ""


def _standing(thing: Thing) -> str:
    return f"{thing.family}, {'only' if thing.share == 'only' else min(thing.rank, LOWEST_RANK)}"


def _is(things: Mapping[str, Thing], key: str, candidate: Candidate) -> str:
    return key if things.get(key) is candidate.thing else ""


OF_THING: tuple[Feature[Thing], ...] = (
    Feature("standing", "its rank by how often the article names it, among all of its family", _standing),
    Feature("share", "how often that is beside the most named of its family", lambda t: f"{t.sort}, {t.share}"),
    Feature("headline", "the headline names it", lambda t: t.headline and t.sort),
    Feature("once", "a single sentence names it", lambda t: len(t.sentences) == 1 and t.family),
)
"""What holds of a thing for all numbers of its article."""

OF_CANDIDATE: tuple[Feature[Candidate], ...] = (
    Feature("where", "where it is named nearest to the number: its clause, the sentence before, …", _where),
    Feature("sort where", "the same by what it is", lambda c: f"{c.thing.sort}, {_where(c)}"),
    Feature("main", "the place that the article is about", lambda c: c.around.main is c.thing),
    Feature("opens", "its paragraph leads with it", lambda c: c.around.opening is c.thing and c.thing.sort),
    Feature("first", "its paragraph names none of its family before", lambda c: _is(c.around.first, c.thing.family, c)),
    Feature("first of sort", "the same among those of its sort", lambda c: _is(c.around.first, c.thing.sort, c)),
    Feature("latest", "no other of its family was named since", lambda c: _is(c.around.latest, c.thing.family, c)),
    Feature("latest of sort", "no other of its sort was named since", lambda c: _is(c.around.latest, c.thing.sort, c)),
    Feature("chapter", "how many sentences of the paragraph name it so far", _chapter),
    Feature("rivals", "whether the sentence names it before the number, and what families it names there", _rivals),
    Feature("following", "what follows its name: a word, 的, a list, the end of the clause", _following),
    Feature(
        "inside",
        "a larger name covers it: 甲区 in 甲区总工会",
        lambda c: bool(c.near and c.near.inside) and c.thing.sort,
    ),
)
"""What tells how a thing stands to a number; a family is program, body or place, the sort of a place its level."""
