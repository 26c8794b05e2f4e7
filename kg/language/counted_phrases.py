"""The phrase behind a number that names what it counts: where it begins, which words go on with it, where it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.enclosed_words import closing_of, goes_on, quoted_after
from kg.language.labels import is_agent, says
from kg.language.predicates import ends_clause, is_negated
from kg.language.wordlists import grammar, word_set
from kg.language.wordlists import words as words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.surroundings import Word

_DESCRIBING = frozenset("abz")
"""How the tags of words begin that describe the noun after 的."""
_METRICS = grammar("metrics")
_DESCRIPTIVE = _METRICS.set("descriptive")
"""How such words end."""
JOINTS = _METRICS.set("joint", "or")
"""Signs and words that join the things of a list."""
BOUNDS = _METRICS.set("or-more")
_IDIOMS = frozenset({"i", "l"})
"""Tags of idioms, the second also of fixed names (供水系统)."""
_LONG_IDIOM = 4
"""So many characters at least has an idiom that may be a clause."""
_ALL_AT_ONCE = _METRICS["one"]
"""How idioms of an action begin: 一字排开, 一声令下."""
MOST_WORDS = 9
"""So many words at most make a label."""


def phrase(words: Sequence[Word], here: int) -> tuple[list[Word], int]:
    """The words of a noun phrase from a place on, and where it ends."""
    found: list[Word] = []
    while here < len(words) and len(found) < MOST_WORDS:
        word = words[here]
        if word.part == "open":
            here = closing_of(words, here)
        elif word.part == "mark":
            if found and not goes_on(words, here):
                return _with_name(words, here, found)
            if not found:
                found, here = quoted_after(words, here)
        elif word.text == "、" and len(found) == 1 and _both_ranks(words, here):
            found = []  # 300名市、区机关干部
        elif _continues(words, here, found):
            found.append(replace(word, part="noun") if _is_noun(words, here, found) else word)
        else:
            break
        here += 1
    return found, here


def _is_noun(words: Sequence[Word], here: int, found: list[Word]) -> bool:
    """Whether a word that the segmentation takes for a verb ends a noun phrase, or is one alone: 13处违建及."""
    if words[here].part != "verb":
        return False
    if found:
        return _is_head(words, here)
    return words[here - 1].part != "of" and not says(words[here].text) and ends_clause(words, here)


def _with_name(words: Sequence[Word], here: int, found: list[Word]) -> tuple[list[Word], int]:
    """A phrase with the name in quotation marks that ends it, and where it ends: 22个党建“微网格”."""
    inside, closing = quoted_after(words, here)
    names = len(inside) > 1 and inside[-1].tag.startswith("n")
    return ([*found, *inside], closing + 1) if names else (found, here)


def listed(words: Sequence[Word], here: int, found: list[Word]) -> tuple[list[Word], int]:
    """A phrase with what a list goes on with that one number counts, and where it ends: 200名街道和社区干部."""
    while here < len(words) and words[here].text in JOINTS:
        rest = _joint(words, here) or _rest(words, here, found)
        if not rest:
            break
        here += len(rest)
        of = max((n for n, word in enumerate(rest) if word.part == "of"), default=None)
        found = [*found, *rest] if of is None else rest[of + 1 :]
    return found, here


def _joint(words: Sequence[Word], here: int) -> list[Word]:
    """The rest of a list that one number counts, from its link on; [] where something else begins there."""
    rest: list[Word] = []
    for place in range(here + 1, min(here + MOST_WORDS, len(words))):
        if words[place].part == "verb" or not _continues(words, place, rest):
            break
        rest.append(words[place])
    ends = here + 1 + len(rest)
    numbered = ends < len(words) and words[ends].part in {"number", "single", "time"}
    if not rest or numbered or not rest[-1].tag.startswith(("n", "l", "q")):
        return []
    person = len(rest) == 1 and rest[0].tag == "nr" and words[here].text != "、"
    return [] if person or rest[0].tag == "ns" else [words[here], *rest]


def _rest(words: Sequence[Word], here: int, found: list[Word]) -> list[Word]:
    """The rest of a list of what people or things are like: 空巢、独居老人, 身体好、热心肠的党员, 老旧、无物业小区."""
    rest: list[Word] = []
    for word in words[here : here + MOST_WORDS]:
        acts = word.part == "verb" and bool(rest) and is_agent(rest[-1])
        if acts or (word.part not in {"noun", "verb", "of"} and word.text not in JOINTS) or says(word.text):
            break
        rest.append(word)
    while rest and not (rest[-1].part == "noun" and rest[-1].tag.startswith(("n", "l"))):
        rest.pop()
    describes = found[-1].tag[:1] in _DESCRIBING | {"v"}
    goes_on = not is_agent(found[-1]) or (words[here].text == "、" and bool(rest) and is_agent(rest[-1]))
    return rest if rest and goes_on and (describes or is_agent(rest[-1])) else []


def noun_begins(words: Sequence[Word], here: int) -> int:
    """Where the noun of a number begins, what only tells which is passed over: 60岁以上, 的, 各."""
    while here < len(words) and words[here].part in {"time", "single"}:
        here += 1  # 300名60岁以上老人, 20名一类服务对象
    if here < len(words) and words[here].text in word_set("metric_determiners"):
        here += 1
    return here + 1 if here < len(words) and words[here].part == "of" else here


def _continues(words: Sequence[Word], here: int, found: list[Word]) -> bool:
    """Whether a word goes on with the label that `found` begins."""
    word = words[here]
    if sum(len(each.text) for each in found) > 1 and _says_so(words, here):
        return False
    if found and word.part in {"noun", "verb"} and _begins_compound(words, here):
        return True
    match word.part:
        case "stop":
            bound = bool(found) and word.text in BOUNDS
            return bound and here + 1 < len(words) and words[here + 1].part == "noun"  # 二级以上医院
        case "of":
            goes_on = here + 1 < len(words) and words[here + 1].part in {"noun", "mark", "verb"}
            return goes_on and bool(found) and (found[-1].tag[:1] in _DESCRIBING or found[-1].text[-1] in _DESCRIPTIVE)
        case "verb":
            return not found or not (says(word.text) or is_negated(word)) or _is_head(words, here)
        case part:
            return part == "noun" and not (found and _ends_noun(words, here))


def _ends_noun(words: Sequence[Word], here: int) -> bool:
    """Whether a noun no longer belongs to the phrase before it: it says, shares out or leads on."""
    text = words[here].text
    if text in word_set("metric_plain_verbs") and not _is_head(words, here):
        return True
    return any(text in word_set(name) for name in ("metric_predicates", "metric_distributions", "metric_leading"))


def _says_so(words: Sequence[Word], here: int) -> bool:
    """Whether a word behind the counted things says something of them, though it may also stand in a name.

    That is a verb with what completes it (48个孩子|生活在镇上, 9个组|联合起来), or an idiom that no noun follows
    (30名市民|各抒己见).
    """
    word, following = words[here], words[here + 1] if here + 1 < len(words) else None
    if word.text in word_set("metric_totals"):
        return True  # 173个街道共计
    if word.tag.startswith("v"):
        return following is not None and following.text in word_set("metric_completions")
    if len(word.text) < _LONG_IDIOM or word.tag not in _IDIOMS or following is None:
        return False
    if word.text.endswith(words_of("metric_completions")):
        return True  # 整理出来
    if word.tag == "i" or word.text.startswith(_ALL_AT_ONCE):
        return following.part not in {"noun", "of"}
    return says(following.text)


def _begins_compound(words: Sequence[Word], here: int) -> bool:
    """Whether a verb amid a phrase is part of the noun behind it, which alone names no thing: 健康|促进|中心."""
    joins = words[here].text in word_set("metric_compound_verbs") and here + 1 < len(words)
    return joins and words[here + 1].part == "noun" and words[here + 1].text in word_set("metric_compound_heads")


def _both_ranks(words: Sequence[Word], here: int) -> bool:
    """Whether a list of administrative ranks goes on at `words[here]`: 市、区机关."""
    ranks = word_set("metric_ranks")
    return here + 1 < len(words) and words[here - 1].text in ranks and words[here + 1].text[:1] in ranks


def _is_head(words: Sequence[Word], here: int) -> bool:
    """Whether a word that can be verb and noun ends a noun phrase: 4个国际创新组织、."""
    ends = ends_clause(words, here) or words[here + 1].part == "open"
    ends = ends or words[here + 1].text in word_set("metric_predicates")
    return ends and words[here].text not in word_set("metric_predicates")
