"""What looks like the name of a body and names none: a kind of body, a post, a dwelling, part of a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language.bodies.bare_levels import COMMUNITY_LEVELS
from kg.language.bodies.endings import Ending, tails
from kg.language.person_names import full_name
from kg.language.wordlists import grammar, word_set, words

if TYPE_CHECKING:
    from kg.language.bodies.companies import Start
    from kg.language.bodies.endings import Tail
    from kg.language.bodies.line import Line

_LENDING = (Ending.COMPANY, Ending.INSTITUTION)

_BODIES = grammar("bodies")
_KIND = _BODIES.compile("^{each}|^{all}{division|town}|[（(]{any-level}[）)]|{former}{party-body}$")
"""What tells that a stretch names a kind of body, or one that is no more: 镇（街道）党校."""

_SEVERAL = _BODIES.compile(
    "(?:(?:^|[^{han}]|{several-leads}){division|town|street|earth}、|[0-9{some-number}]{piece})$"
)
"""What stands before a level where bodies of several are meant: 省、+ 市纪委, 3个 + 镇派出所."""

_COUNTED = _BODIES.compile("[0-9]{1,6}{over-tail}?{any-body-counter}(?:[，。；、]|$)")
"""What behind a stretch counts bodies of that kind: 优秀社区书记工作室 + 6个."""

_LAYERS = re.compile("[+＋]|—(?!—)")
"""What stands between the layers of an organization, of which none is named: 街道党工委 + 社区党总支."""

_DWELLING = _BODIES.compile("{dwelling}|{community}(?!{han}{0,6}{small-office})")
"""What behind the name of a company or an institute makes it that of a place."""

_HONOUR = _BODIES.compile("”{honour}?{title}")
"""What behind a name makes it what somebody is called: “枫桥式公安派出所”称号."""

_WRITER = _BODIES.compile("[（(]{this-text}?{author}{unit-word}?[{author-is}：:]")
"""Begins what is told of who wrote the article, whose body the article does not speak of."""

_ATTENDED = [[word] for word in _BODIES["attended"]]
"""The last word right before a school or a bank that is any: 女儿上 + 幼儿园, 社区与 + 银行."""

_ESTATE = _BODIES.word("estate")
"""Its manager of property is named by no more than that."""

_DIVISION = _BODIES.word("management-office")
"""An office, but behind another body only a division of that."""

_CHAIR = _BODIES.compile("{military}{chairman}")
"""A post that is printed with its body only as a title."""

_OWN = _BODIES.word("own-paper")
"""Before the branch of the paper that writes."""

_POSTS = _BODIES.compile("{organization_words:party-post}(?:、{han}{0,8}?{person_roles})*")
"""A post in a party body, and others that the same person has: 副书记、网格员."""


def is_no_body(line: Line, start: Start, tail: Tail) -> bool:
    """Whether a stretch that ends like the name of a body names none."""
    return (
        bool(_KIND.search(line.text[start.position : tail.end]))
        or _belongs_to_post(line, tail)
        or _is_any_post(line, start, tail)
        or _is_in_address(line, tail)
        or _is_any_of_level(line, start, tail)
        or _is_dwelling(line, tail)
        or (tail.text == _DIVISION and bool(tails(line.text[start.position : tail.start])))
        or _HONOUR.match(line.text, tail.end) is not None
        or _COUNTED.match(line.text, tail.end) is not None
        or _WRITER.match(line.text) is not None
        or (tail.kind in _LENDING and line.words(start.position, tail.start)[-1:] in _ATTENDED)
        or (tail.text in word_set("organization_endings:manager") and line.text.endswith(_ESTATE, 0, tail.start))
        or _CHAIR.match(line.text, tail.end - 2) is not None
        or (tail.kind is Ending.BRANCH and line.text.endswith(_OWN, 0, start.position))
    )


def is_in_title(text: str, position: int) -> bool:
    """Whether a position is inside 《》: the body is part of what a paper is called."""
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


def _belongs_to_post(line: Line, tail: Tail) -> bool:
    """Whether a party body of another is part of a role, so that the other is the body: 经信局 + 党委书记."""
    if tail.text not in word_set("organization_endings:party") or not line.ending_before(tail.start):
        return False
    return line.text.startswith(words("organization_words:party-post"), tail.end)


def _is_any_post(line: Line, start: Start, tail: Tail) -> bool:
    """Whether a community's body is named only for a post that each has, with nobody in it: 由社区党委书记兼任."""
    if start.level not in COMMUNITY_LEVELS:
        return False
    posts = _POSTS.match(line.text, tail.end)
    return posts is not None and not full_name(line.text, line.tokens, posts.end(), introduced=True)


def _is_in_address(line: Line, tail: Tail) -> bool:
    """Whether the office of a street stands for the street before a narrower place: …街道办事处 + 牛咡桥社区."""
    return tail.text in word_set("organization_endings:street") and any(p.start == tail.end for p in line.places)


def _is_any_of_level(line: Line, start: Start, tail: Tail) -> bool:
    """Whether a body of a bare level is any of that level: counted, one of several levels, or a layer."""
    if not start.level:
        return False
    layer = _LAYERS.match(line.text, tail.end) or line.text.endswith(("+", "＋"), 0, start.position)
    return bool(layer) or _SEVERAL.search(line.text, max(0, start.position - 4), start.position) is not None


def _is_dwelling(line: Line, tail: Tail) -> bool:
    """Whether a company or institute only gives its name to where its people live: 南山农科院 + 社区."""
    return tail.kind in _LENDING and _DWELLING.match(line.text, tail.end) is not None
