"""Short forms of bodies that an article introduces right behind their names: …公共管理学院（以下简称公管学院）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language.wordlists import grammar
from kg.model import Mention, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BODIES = grammar("bodies")
_SHORT = _BODIES.compile('[（(]{below}?{called-short}[：:{called-as}]?[“"]?([{han}A-Za-z]{2,12})[”"]?[）)]')
"""The short form of a body, introduced right behind its name."""

_BRACKETED = _BODIES.compile('[（(][“"]?([{han}A-Za-z]{3,8})[”"]?[）)]')
"""The same without a word that introduces it: 杭州公共管理学院（公管学院）."""


def short_forms(text: Text, bodies: Iterable[Mention]) -> dict[str, str]:
    """The full name of each short form that the text introduces: …公共管理学院（以下简称公管学院） or （公管学院）."""
    found = {}
    for body in bodies:
        behind = text.sentences[body.sentence].text, body.end
        match, bracketed = _SHORT.match(*behind), _BRACKETED.match(*behind)
        if match:
            found[match[1]] = body.name
        elif bracketed and is_left_of(bracketed[1], body.name):
            found.setdefault(bracketed[1], body.name)
    return found


def is_left_of(short: str, name: str) -> bool:
    """Whether a name is another with signs left out, the last sign kept.

    >>> is_left_of("公管学院", "杭州公共管理学院"), is_left_of("东校区", "杭州公共管理学院")
    (True, False)
    """
    rest = iter(name)
    return len(short) < len(name) and short[-1] == name[-1] and all(sign in rest for sign in short)


def shortened(text: Text, full: dict[str, str]) -> Iterator[Mention]:
    """Where the short forms of bodies stand, which `short_forms` gives with their full names."""
    if full:
        pattern = re.compile("|".join(map(re.escape, sorted(full, key=lambda short: (-len(short), short)))))
        for number, sentence in enumerate(text.sentences):
            for match in pattern.finditer(sentence.text):
                yield Mention("Organization", match[0], number, match.start(), match.end(), "short-form")
