"""The places that act in a sentence, or in which it plays: named, or taken up by 该区, 全县, 街道.

Shared by the extractors that ask where something happens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.language.wordlists import grammar, table
from kg.model import Level, Mention, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extractors.engine import Found

_RELATIONS = grammar("relations")
LEVELS = {ending: Level(kind) for ending, kind in table("division_endings")}

_AGAIN = _RELATIONS.compile(
    "{place_stand_ins}(?P<whole>{full-place})(?!{han}?{whole-compound})"
    "|(?:^|(?<=[，；。：“]))(?P<bare>{street}|{community})(?={han})"
    "|(?<={subject-leads})(?P<named>{street}|{community})(?={han})"
)
_OURS = _RELATIONS.set("ours")
_RANKED = _RELATIONS.compile("{relation_phrases:rank}|{rank-lead}[0-9]")
_COMPANION = _RELATIONS.compile("(?:{relation_phrases:companion}|{companion-sign})$")
_GUIDE = _RELATIONS.compile("{of}?{relation_phrases:backing}")
_SCENE = _RELATIONS.compile("(?:{within}|{place-sign})[^，。；]{0,2}$")
_LIST = _RELATIONS.compile("{joint}|{as-well-as}")


_ASIDE = re.compile("[（(][^（）()。]{1,24}[）)]")
"""What is said by the way of a place: 彭浦街道（原属闸北区）."""


def is_denied(place: Mention, sentence: str) -> bool:
    """Whether what stands right behind a place says that it does not set up or run something: 柳园街道没有开设."""
    return _denied().match(sentence, place.end) is not None


@cache
def _denied() -> re.Pattern[str]:
    verbs = "{relation_leading_verbs|program_running_verbs|program_founding_verbs}"
    return _RELATIONS.compile("[^，。；]{0,2}{relation_denials}" + verbs)


@dataclass(frozen=True, slots=True)
class Actor:
    """A place and where the sentence names it or takes it up."""

    place: Mention
    start: int
    end: int


def actors(text: Text, found: Found, number: int) -> tuple[Actor, ...]:
    """The acting places of a sentence by position, of a chain (上城区紫阳街道) the narrowest alone.

    Places within the names of programs and documents are none; the place that a body's name begins with acts.
    """
    return found.kept(_actors, text, number)


def _actors(text: Text, found: Found, number: int) -> tuple[Actor, ...]:
    sentence = text.sentences[number].text
    others = found.in_sentence(number, "Organization", "Program", "Document")
    asides = [match.span() for match in _ASIDE.finditer(sentence)] if found.places_in(number) else []
    places = [
        p
        for p in found.places_in(number)
        if not any(_hides(other, p, sentence) for other in others)
        and not any(a < p.start < b for a, b in asides)
        and not is_denied(p, sentence)
    ]
    named = [
        Actor(p, p.start, p.end) for p in places if not any(q.start == p.end for q in places) and _acts(p, sentence)
    ]
    return tuple(sorted([*named, *taken_up(text, found, number)], key=lambda a: (a.start, a.end)))


def _hides(other: Mention, place: Mention, sentence: str) -> bool:
    """Whether a place is but a word within another name."""
    if not (other.start <= place.start and place.end <= other.end):
        return False
    if other.kind == "Organization":
        if _COMPANION.search(sentence[: other.start]) or _GUIDE.match(sentence, other.end):
            return True
        return place.start > other.start and place.kind in {Level.PROVINCE, Level.CITY, Level.SITE}
    return (other.start, other.end) != (place.start, place.end)


def _acts(place: Mention, sentence: str) -> bool:
    """Sites count where the text puts the action there (在…小区); what measures a rank (全市首个) never does."""
    if _RANKED.match(sentence, place.end):
        return False
    if place.kind != Level.SITE:
        return True
    return _SCENE.search(sentence, max(0, place.start - 4), place.start) is not None


def taken_up(text: Text, found: Found, number: int) -> tuple[Actor, ...]:
    """What 该区, 全县, 街道 stand for: the last place of that level named before."""
    return found.kept(_taken_up, text, number)


def _taken_up(text: Text, found: Found, number: int) -> tuple[Actor, ...]:
    taken = []
    for match in _AGAIN.finditer(text.sentences[number].text):
        word = match["whole"] or match["bare"] or match["named"]
        if match["bare"] and not _is_subject(text, number, match.end()):
            continue
        if _RANKED.match(match.string, match.end()):
            continue  # 居全市第三位
        if match[0][0] in _OURS and any(place.start == match.start() for place in found.places_in(number)):
            continue  # 我省 is the article's own, whichever was named last
        for at in range(number, max(-1, number - 40), -1):
            earlier = [
                p for p in found.places_in(at) if p.kind == LEVELS[word] and (at < number or p.end <= match.start())
            ]
            if earlier:
                taken.append(Actor(earlier[-1], match.start(), match.end()))
                break
    return tuple(taken)


def _is_subject(text: Text, number: int, end: int) -> bool:
    """Whether what follows the bare word 街道 says what it does."""
    after = next((t for t in text.tokens[number] if t.start >= end), None)
    return after is not None and after.tag[0] in "vdpca" and after.tag != "vn"


def enumerated(here: Sequence[Actor], sentence: str) -> tuple[Mention, ...]:
    """The last place of a sequence with those that an enumeration joins to it: 甲村、乙村、丙村."""
    chosen = [here[-1]]
    for actor in reversed(here[:-1]):
        if _LIST.fullmatch(sentence[actor.end : chosen[0].start]) and actor.place.kind == chosen[0].place.kind:
            chosen.insert(0, actor)
        else:
            break
    return tuple(actor.place for actor in chosen)
