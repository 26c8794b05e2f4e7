"""Accounts that a whole place gives of itself: what its government reports to its congress, its yearly statistics.

Nearly every number of such a text is the place's own, whatever programs, bodies and towns its sentences name; only what
a number's own clause says it of is another's.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kg.extractors.context.actors import LEVELS
from kg.extractors.context.things import PLACE, PROGRAM, things
from kg.extractors.metric.subject_candidates import CLOSING, OTHERS
from kg.extractors.relation.places import main_place
from kg.language.wordlists import grammar, word_set
from kg.language.work_reports import genre_of
from kg.model import Level, Role

if TYPE_CHECKING:
    from kg.extractors.context.things import Thing
    from kg.extractors.engine import Found
    from kg.extractors.metric.subject_candidates import Candidate
    from kg.model import Mention, Text

_METRICS = grammar("metrics")
_TITLE = _METRICS.compile("{account-title}(?:[（(][^（）()]{0,60}[）)]|[—-]{1,2}.{0,60})?$")
_LOCAL_THING = _METRICS.compile("{local-thing}")
_ALONE = re.compile("[0-9][0-9.]{0,9}[^，。；、0-9]{0,3}[，。；、]")
"""A number with nothing but its unit, so that it is that of the name right before it: 其中甲市4个、乙市1个."""

_JOINTS = "".join(_METRICS["joint"])
_LISTED = "、"
_OFTEN = 2
"""So often at least a text says 全市 that is about a city."""

_NEAR = 6
"""So many characters at most a number takes that what it counts stands right behind."""


def account_place(text: Text, found: Found) -> Thing | None:
    """The place that gives account of itself in a text: XX省政府工作报告. None in any other text."""
    return found.kept(_account_place, text, 0)


def _account_place(text: Text, found: Found, _number: int) -> Thing | None:
    headline = [number for number, sentence in enumerate(text.sentences) if sentence.role is Role.HEADLINE]
    if not genre_of(text) and not any(_TITLE.search(text.sentences[number].text) for number in headline):
        return None
    named = things(text, found)
    titled = any(found.places_in(number) for number in headline)
    place = main_place(text, found, named.frame) if titled else own_place(text, found)
    return named.of[place] if place else None


def own_place(text: Text, found: Found) -> Mention | None:
    """The place that a text means by 全市 and the like: of the level that it says so oftenest, the most named."""
    said: Counter[Level] = Counter()
    whole = "\n".join(sentence.text for sentence in text.sentences)
    for word in word_set("metric_whole_areas"):
        said[LEVELS[word[1:]]] += whole.count(word)
    level, often = max(said.items(), key=lambda item: (item[1], item[0]), default=(Level.CITY, 0))
    stand_ins = word_set("metric_whole_areas")
    named_so = [place for place in found.of_kind(level) if place.name not in stand_ins]
    if not named_so or often < _OFTEN:
        return None
    named = Counter(place.name for place in named_so)
    return max(named_so, key=lambda place: named[place.name])


def is_told_of(candidate: Candidate, position: int) -> bool:
    """Whether the clause of a number at a position of an account says the number of something else than the place."""
    around, before, after = candidate.around, candidate.before, candidate.after
    here = before is not None and before.clause == around.clause
    counted = after is not None and after.clause == around.clause
    family = candidate.thing.family
    if family == PROGRAM:
        return here or counted
    if family == PLACE:
        return here and _has_itself(candidate, position)
    return _leads(candidate) or (counted and after is not None and _is_counted(around.text[position : after.start]))


def _leads(candidate: Candidate) -> bool:
    """Whether the clause begins with a thing, or with a list of places that it ends."""
    around, before = candidate.around, candidate.before
    if before is None or before.clause != around.clause:
        return False
    lead = around.text[around.start : before.start]
    for naming in around.before:
        if naming.clause == around.clause and naming.thing.family == PLACE:
            lead = lead.replace(around.text[naming.start : naming.end], "")
    return not lead.strip(_JOINTS + CLOSING + "“‘")


def _is_counted(between: str) -> bool:
    """Whether what stands from a number on to a name is but the number: 5个|国家技术创新中心."""
    return len(between) <= _NEAR and not any(sign in between for sign in _JOINTS)


def _has_itself(candidate: Candidate, position: int) -> bool:
    """Whether a number is said of a place before it in its clause: not of its airport, nor of those that it counts."""
    text, before = candidate.around.text, candidate.before
    if before is None or before.whole:
        return False
    between = text[before.end : position]
    if between:
        lists = between.endswith(OTHERS) or _LISTED in between
        return _leads(candidate) and not lists and not _LOCAL_THING.search(between)
    listed = text[max(0, before.start - 1) : before.start] in _JOINTS and any(
        naming.end == before.start - 1 for naming in candidate.around.before
    )
    return not listed and _ALONE.match(text, position) is not None
