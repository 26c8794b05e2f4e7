"""How long a person's name is where its sentence leaves it open: the other places where it stands tell."""

from __future__ import annotations

import re

from kg.language.person_words import FOLLOWER_PATTERN, HAN, ends_well, is_name, surname_at
from kg.language.tokens import is_common


def settled(name: str, text: str) -> str:
    """A name of two or three characters as the whole text has it: where else it stands tells where it ends.

    >>> settled("贺凯算", "贺凯算过账。贺凯说，贺凯笑了。"), settled("徐志", "徐志明说。徐志明笑了。")
    ('贺凯', '徐志明')
    >>> settled("赵岭", "赵岭介绍，岸边种了树。赵岭介绍。")
    '赵岭'
    """
    surname = surname_at(name, 0)
    if len(surname) != 1 or len(name) not in (2, 3):
        return name
    if len(name) == 3:
        short = name[:2]
        others = [m.end() for m in re.finditer(re.escape(short), text) if text[m.end() : m.end() + 1] != name[2]]
        alone = any(ends_well(text, end) and not re.match(f"[{HAN}][，。]", text[end : end + 2]) for end in others)
        return short if text.count(short) > text.count(name) and alone and not is_common(short) else name
    ends = [m.end() for m in re.finditer(re.escape(name), text)]
    nexts = [text[end : end + 1] for end in ends]
    longer = name + nexts[0] if nexts else name
    same = len(nexts) > 1 and len(set(nexts)) == 1 and not any(FOLLOWER_PATTERN.match(text, end) for end in ends)
    return longer if same and is_name(longer, surname, "") else name
