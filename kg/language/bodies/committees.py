"""Committees of the youth league, the consultative conference and the parties beside the Party, by their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.language.wordlists import grammar, table, word_set

_BODIES = grammar("bodies")
_LOCAL = _BODIES.compile("(?P<level>{division}?)(?P<body>{local-body})")
_COMMITTEE = _BODIES.word("committee")
_HEADS = _BODIES.compile("{organization_committee_heads}")


@dataclass(frozen=True, slots=True)
class Head:
    """The body that a committee's name begins with: as printed, and as labels have it."""

    printed: str
    name: str


@lru_cache(maxsize=10_000)
def committee_head(name: str) -> Head | None:
    """The body other than the Party that the name of a committee begins with.

    >>> committee_head("中国民主同盟余杭区委员会").name, committee_head("团省委").name, committee_head("余杭区委")
    ('民盟', '共青团', None)
    """
    match = _HEADS.match(name)
    return Head(match[0], _names()[match[0]]) if match else None


def local_committee(head: Head, place: str, rest: str) -> str | None:
    """The name of a body's committee in a place, by what follows the place in print; None where it is none of a place.

    >>> league, council = Head("共青团", "共青团"), Head("政协", "政协")
    >>> local_committee(league, "余杭区", "委员会"), local_committee(council, "余杭区", "委员会")
    ('共青团余杭区委', '余杭区政协')
    >>> local_committee(league, "余杭区", "教育局委员会")
    """
    match = _LOCAL.fullmatch(rest)
    if match is None:
        return None
    if head.name in word_set("organization_committee_heads:council"):
        return place + head.name
    body = match["body"]
    return head.name + place + (_COMMITTEE if body.startswith(_COMMITTEE) else body)


def body_of(label: str) -> str:
    """The body other than the Party that the label of a committee begins with; "" where it begins with none.

    >>> body_of("共青团余杭区委"), body_of("余杭区委")
    ('共青团', '')
    """
    return max((name for name in _names().values() if label.startswith(name)), key=len, default="")


def level_of(rest: str) -> str:
    """The bare level that stands for a place in what follows the body: 市 in 团市委; "" where there is none.

    >>> level_of("市委"), level_of("委员会")
    ('市', '')
    """
    match = _LOCAL.fullmatch(rest)
    return match["level"] if match else ""


@cache
def _names() -> dict[str, str]:
    """The bodies' names in labels by the forms printed."""
    return {row[0]: row[1] for row in table("organization_committee_heads")}
