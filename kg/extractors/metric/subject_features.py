"""What tells the subject of a number from the other things that the article names."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache

from kg.decision import Feature
from kg.extractors.context.things import PLACE, PROGRAM
from kg.extractors.metric.subject_candidates import CLOSING, OTHERS, Candidate, Seen, Standing
from kg.language.wordlists import grammar

_STOPS = frozenset("，；：。")
_METRICS = grammar("metrics")
_JOINS = _METRICS.set("joint")
_LEADING = _METRICS.set("leading") | set("，。；“《（：")

_UNKNOWN = Decimal(1)
_BANDS = (Decimal("0.4"), Decimal("0.6"), Decimal("0.8"))
"""Where one is little, fairly, rather or very sure that something is a program."""

SHARED = 2
"""From so many pairs of characters on it is all one how many more a clause shares with a name."""

GAP = 3
"""So many characters more or less between a name and the number's clause are alike."""

LONGEST_GAP = 6
"""So many such steps and more are alike."""


def _following(candidate: Candidate) -> str:
    naming = candidate.near
    if naming is None:
        return ""
    if naming.introduces:
        return f"{candidate.thing.family}, chain"
    if naming.inside:
        return f"{candidate.thing.family}, inside"
    text, end = candidate.around.text, naming.end
    sign = text[end + 1 : end + 2] if text[end : end + 1] in CLOSING else text[end : end + 1]
    return f"{candidate.thing.family}, {_kind_of(sign)}"


def _kind_of(sign: str) -> str:
    """What a sign behind a name tells: a stop, a list, others of its kind (甲等4个), 的, or a word."""
    if not sign or sign in _STOPS:
        return "stop"
    return "join" if sign in _JOINS else "others" if sign == OTHERS else "of" if sign in _METRICS["of"] else "word"


def _preceding(candidate: Candidate) -> str:
    naming = candidate.before
    if naming is None:
        return ""
    if any(other.introduces and other.end == naming.start for other in candidate.around.before):
        return f"{candidate.thing.family}, chain"
    sign = candidate.around.text[max(0, naming.start - 1) : naming.start]
    return f"{candidate.thing.family}, {sign if sign in _LEADING else 'word'}" if sign else candidate.thing.family


def _gap(candidate: Candidate) -> str:
    if candidate.before is None:
        return ""
    gap = max(0, candidate.around.start - candidate.before.end)
    return f"{candidate.thing.sort}, {min(LONGEST_GAP, gap // GAP)}"


def _wording(candidate: Candidate) -> str:
    family = candidate.thing.family
    if family == PLACE:
        return ""
    if candidate.near:
        return f"{family}, named"
    return f"{family}, {min(SHARED, repeats(candidate))}"


def repeats(candidate: Candidate) -> int:
    """How many pairs of neighbouring characters of a thing's name the number's clause repeats."""
    wording = candidate.around.wording
    return len([pair for pair in _pairs(candidate.thing.first.name) if pair in wording])


@lru_cache(maxsize=10_000)
def _pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a name."""
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _sure(seen: Seen) -> str:
    if seen.thing.family != PROGRAM:
        return ""
    sure = max((m.probability or _UNKNOWN for m in seen.thing.mentions), default=_UNKNOWN)
    return f"{bisect_right(_BANDS, sure)} {'here' if seen.here else 'away'}"


def _ending(seen: Seen) -> str:
    thing = seen.thing
    return "" if thing.family == PLACE else f"{thing.family}, {thing.first.name[-1]}"


OF_THING: tuple[Feature[Seen], ...] = (
    Feature(
        "share",
        "how often that is beside the most named of its family",
        lambda s: f"{s.thing.sort}, {s.thing.share}",
    ),
    Feature("headline", "the headline names it", lambda s: s.thing.headline and s.thing.sort),
    Feature("ending", "the last character of a body's or program's name: 局, 坊", _ending),
    Feature("sure", "a program: how sure it is one, and whether the sentence names it", _sure),
)
"""What holds of a thing for all numbers of its article, those whose sentences name it and those whose do not."""

OF_STANDING: tuple[Feature[Standing], ...] = (
    Feature(
        "where",
        "where it is named nearest to the number: in its clause, the sentence before, …",
        lambda s: f"{s.sort}, {s.where}",
    ),
    Feature(
        "prominent",
        "that, and its rank by how often the article names it among all of its family",
        lambda s: f"{s.family}, {s.where}, {s.rank}",
    ),
    Feature(
        "told", "that, and what families its paragraph names", lambda s: f"{s.family}, {s.where}, {s.told or 'nothing'}"
    ),
    Feature(
        "rivals",
        "whether the sentence names it before the number, and what families it names there",
        lambda s: f"{s.family} {s.here}, {s.families or 'nothing'}",
    ),
    Feature("opens", "its paragraph leads with it", lambda s: s.opens and s.sort),
    Feature("first", "its paragraph names none of its family before", lambda s: s.first and s.family),
    Feature("latest", "no other of its family was named since", lambda s: s.latest and s.family),
    Feature("latest of sort", "no other of its sort was named since", lambda s: s.latest_of_sort and s.sort),
)
"""What holds alike of all things that stand so to a number."""

OF_CANDIDATE: tuple[Feature[Candidate], ...] = (
    Feature("following", "what follows its name: a word, 的, 等, a list, a stop, more of a name", _following),
    Feature("preceding", "what stands before its name: 在, 由, a word, the sentence's beginning", _preceding),
    Feature(
        "sign before",
        "whether the sentence names it before the number, and the sign before its name: 过 of 通过",
        lambda c: c.signs is not None and f"{c.thing.family}, {c.where}, {c.signs[0]}",
    ),
    Feature(
        "sign after",
        "whether the sentence names it before the number, and the sign after its name: 已, 建",
        lambda c: c.signs is not None and f"{c.thing.family}, {c.where}, {c.signs[1]}",
    ),
    Feature("gap", "how far before the number's clause its name stands", _gap),
    Feature(
        "result",
        "the sentence sums up results (累计, 已), and whether it names the thing before",
        lambda c: c.around.sums_up and f"{c.thing.family}, {c.where}",
    ),
    Feature("wording", "how much of a body's or program's name the clause repeats: 食堂 of 爱心食堂", _wording),
)
"""What tells how a thing stands to a number; a family is program, body or place, the sort of a place its level."""
