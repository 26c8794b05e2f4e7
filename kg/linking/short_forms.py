"""Short forms of bodies in an article: which longer name each stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.bodies.committees import body_of
from kg.language.bodies.official import official
from kg.language.wordlists import grammar, table
from kg.linking.levels import LEVEL_WORDS

if TYPE_CHECKING:
    from kg.model import Mention

_BODIES = grammar("bodies")
_SAME_BODY = _BODIES["same-body"]
"""What may follow the short form of a body in its full one: 政法委 + 员会, 纪律检查委员会 + 监察委员会."""

SHORTEST_TAIL = 4
"""A printed form of so many characters that ends one longer name of the article alone is short for it."""


def unshortened(labels: dict[Mention, str], own: dict[str, str], seats: dict[str, str]) -> dict[Mention, str]:
    """Labels by mention, a short one replaced where it ends, or abbreviates, one longer label alone.

    `own` are the labels of bodies by their names without the place (拱墅区三方办 by 三方办), `seats` the places of
    labels, by which those of one place are known.
    """
    known = sorted(set(labels.values()))
    stems = {label: (seat, _stem(label, seat)) for label, seat in seats.items()}
    heads = {label: body_of(label) for label in known}
    long_of: dict[str, str] = {}
    for short in known:
        longer = [
            k
            for k in known
            if k != short
            and heads[k] in ("", heads[short])  # 余杭区委 is the Party's, not 共青团余杭区委
            and (own.get(short) == k or _is_short_for(short, k) or _is_left(stems, short, k))
        ]
        if len(longer) == 1:
            long_of[short] = longer[0]
    return {mention: long_of.get(label, label) for mention, label in labels.items()}


def _stem(label: str, seat: str) -> str:
    """What follows the place in a label, without the committee above a department: 潍坊 + 老年大学, 县委 + 政法委."""
    label = label.removeprefix(body_of(label))
    begun = next((form for form in (seat, seat[:-1]) if form and label.startswith(form)), "")
    stem = label.removeprefix(begun).replace(_BODIES.word("party-work-committee"), _BODIES.word("work-committee"))
    return stem.removeprefix(_BODIES.word("committee")) if len(stem) > SHORTEST_TAIL else stem


def _is_left(stems: dict[str, tuple[str, str]], short: str, name: str) -> bool:
    """Whether two labels are of one place, the first with fewer signs of the same name: 综合执法队, 综合行政执法队."""
    if short not in stems or name not in stems or stems[short][0] != stems[name][0]:
        return False
    less, more = stems[short][1], stems[name][1]
    if less == more:
        return len(short) < len(name)
    if _BODIES.word("nth") in more or more.startswith(less):
        return more.removeprefix(less) in _SAME_BODY
    ends = less[-1:] == more.removesuffix(_BODIES.word("committee-tail"))[-1:] or less[-1:] == more[-1:]
    whole = less[:1] == more[:1] or len(less) >= SHORTEST_TAIL
    return ends and whole and len(less) < len(more) and _is_subsequence(less, more)


def _is_short_for(short: str, name: str) -> bool:
    """轨道公用中心 for …局轨道公用中心; 甲乙集团 for 甲乙环境科技集团有限公司."""
    if len(short) >= len(name):
        return False
    if len(short) >= SHORTEST_TAIL and name.endswith((short, official(short))):
        return True
    if _is_court_of(short, name):
        return True
    company = name.endswith(_BODIES["company"]) and name[:3] == short[:3] and len(short) >= SHORTEST_TAIL
    return company and _is_subsequence(short, name)


def _is_court_of(short: str, name: str) -> bool:
    """Whether a short form is that of a court or procuratorate: 下城法院 and 下城区法院 for 下城区人民法院."""
    return any(
        short.endswith(form) and name in {short.removesuffix(form) + level + full for level in ("", *LEVEL_WORDS)}
        for form, full in table("organization_court_forms")
    )


def _is_subsequence(short: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in short)
