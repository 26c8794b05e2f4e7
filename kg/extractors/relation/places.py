"""Where a program runs: each mention tells a place, and the place told with most weight is it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extractors.context.actors import actors, enumerated
from kg.extractors.engine import PLACES, Found, Scope
from kg.extractors.relation.rules import programs
from kg.extractors.relation.scenes import BESIDE_IT
from kg.language.frame import Frame
from kg.language.main_places import main_name
from kg.language.place_meanings import resolve
from kg.language.wordlists import grammar
from kg.model import Level, Mention, Role, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True)
class PlaceRule:
    """A named rule that tells where a program runs, with the weight of its word among several."""

    name: str
    weight: int


BESIDE = PlaceRule("place-beside-program", 5)
SETTLED = PlaceRule("program-settled-in-place", 4)
SAME_CLAUSE = PlaceRule("acting-place-in-clause", 3)
SAME_SENTENCE = PlaceRule("acting-place-in-sentence", 2)
EARLIER = PlaceRule("acting-place-in-paragraph", 1)
MAIN = PlaceRule("main-place-of-article", 0)
NAMED = PlaceRule("place-named-with-program", 0)
PLACE_RULES = (BESIDE, SETTLED, SAME_CLAUSE, SAME_SENTENCE, EARLIER, MAIN, NAMED)

_RELATIONS = grammar("relations")
_SETTLE = _RELATIONS.compile("[^，。；]{0,10}{relation_phrases:stands-in}")


@dataclass(frozen=True)
class Vote:
    """A place where a mention says that its program runs."""

    rule: PlaceRule
    program: Mention
    places: tuple[Mention, ...]


def votes(text: Text, found: Found, main: Mention | None) -> Iterator[Vote]:
    """What each mention of a program tells of where it runs; `main` is the article's place."""
    for number in range(len(text.sentences)):
        for program in programs(Scope(text, number, found)):
            vote = _vote(program, text, found, main)
            if vote:
                yield vote


def weightiest(group: Sequence[Vote], keys: Mapping[Mention, str]) -> Vote:
    """The first vote for the places that all votes for a program give most weight; `keys` tell places apart."""
    # What only stands before a mention counts where nothing stands beside any.
    group = [v for v in group if v.rule.weight > 1] or [v for v in group if v.rule is EARLIER] or group
    weights: dict[tuple[str, ...], int] = defaultdict(int)
    for vote in group:
        weights[tuple(keys[place] for place in vote.places)] += vote.rule.weight
    best = max(weights.values())
    return next(v for v in group if weights[tuple(keys[place] for place in v.places)] == best)


def _vote(program: Mention, text: Text, found: Found, main: Mention | None) -> Vote | None:
    """Where one mention says that its program runs."""
    sentence = text.sentences[program.sentence].text
    after = [p for p in found.places_in(program.sentence) if p.start >= program.end]
    settled = after and _SETTLE.fullmatch(sentence, program.end, after[0].start)
    if settled and sentence[_chain_end(after).end : _chain_end(after).end + 1] != "、":
        return Vote(SETTLED, program, (_chain_end(after),))
    here = [a for a in actors(text, found, program.sentence) if a.end <= program.start and _may_run(a.place, main)]
    if here:
        between = sentence[here[-1].end : program.start]
        places = enumerated(here, sentence)
        if BESIDE_IT.fullmatch(between):
            return Vote(BESIDE, program, places)
        acting = here[: len(here) - len(places)]
        if len(places) > 1 and sentence.startswith(_RELATIONS["and-so-on"], here[-1].end):
            places = (acting[-1].place,) if acting else (main,) if main else places  # 在甲、乙等街道: by way of example
        if len(places) > 1 and acting and sentence[acting[-1].end : here[len(acting)].start].endswith(_RELATIONS["at"]):
            places = (acting[-1].place,)  # 某县在甲、乙、丙三镇推出: the county acts
        return Vote(SAME_SENTENCE if re.search(r"[，；：]", between) else SAME_CLAUSE, program, places)
    paragraph = text.sentences[program.sentence].paragraph
    for number in range(program.sentence - 1, -1, -1):
        if text.sentences[number].paragraph != paragraph:
            break
        earlier = [a for a in actors(text, found, number) if _may_run(a.place, main)]
        if earlier:
            return Vote(EARLIER, program, (earlier[-1].place,))
    return Vote(MAIN, program, (main,)) if main else None


def _may_run(place: Mention, main: Mention | None) -> bool:
    """A province is but a measure (全省首个, 成为…省试点) in an article that is about a place within one."""
    return place.kind != Level.PROVINCE or main is None or main.kind == Level.PROVINCE


def _chain_end(places: Sequence[Mention]) -> Mention:
    """The narrowest of the places that follow each other without a gap from the first on."""
    last = places[0]
    for place in places[1:]:
        if place.start == last.end:
            last = place
    return last


def main_place(text: Text, found: Found, frame: Frame) -> Mention | None:
    """The place that an article is about: its headline's, else its main street, its district or city, or the first."""
    named = [m for m in found.mentions if m.kind in PLACES and m.kind != Level.SITE]
    headline = [m for m in named if text.sentences[m.sentence].role is Role.HEADLINE]
    if headline:
        return max(headline, key=lambda m: tuple(Level).index(Level(m.kind)))
    street = main_name((m.name, m.sentence) for m in named if m.kind == Level.STREET)
    if street:
        return next(m for m in named if m.name == street)
    for division in (frame.district, frame.city):
        of_frame = [m for m in named if division and resolve(m, frame) == division]
        if of_frame:
            return of_frame[0]
    return named[0] if named else None
