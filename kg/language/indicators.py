"""Indicators: from the words around a quantity, a short label for what is counted.

`after` and `before` read the label on one side of a number, out of the words that `surroundings` lays out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.counted_phrases import BOUNDS, JOINTS, MOST_WORDS, listed, noun_begins, phrase
from kg.language.enclosed_words import CLOSING_QUOTES, opening_of, quoted_before
from kg.language.labels import AND_SO_ON, Label, bared, is_agent, is_generic, is_vague, label_of, says
from kg.language.predicates import predicate, without_partner
from kg.language.surroundings import PUNCTUATION, Word
from kg.language.wordlists import grammar, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

_METRICS = grammar("metrics")
_ARRIVING = _METRICS.compile("{arrived-at}{arrival-noun}?")
_ACTING = frozenset({"people", "households"})
"""What numbers count that can do what a verb says."""
_LONGEST_QUOTED = 8
"""So many characters at most has a quotation within a label."""


def after(words: Sequence[Word], place: int) -> Label | None:
    """The label that follows the number at `words[place]`: 94条街道权力清单 gives 街道权力清单."""
    here = noun_begins(words, place + 1)
    if here < len(words) and words[here].part == "number":
        return after(words, here)
    found, here = phrase(words, here)
    if verb := predicate(words, place, found, here):
        return label_of(found[:verb])
    if found and here < len(words) and words[here].text in JOINTS:
        found, here = listed(words, here, found)
        described = here < len(words) and words[here].part == "of" and not is_agent(found[-1])
        head = after(words, here) if described else None  # 身体好、热心肠的党员
        if head and head.agents:
            return head
    if words[place].counted in _ACTING:
        found = _doers(found, words[here] if here < len(words) else None)
    ended = here == len(words) or words[here].part == "number" or words[here].text in PUNCTUATION
    return _beyond(words, here, found) or label_of(_trimmed(found, keep_verbs=ended))


def _doers(found: list[Word], following: Word | None) -> list[Word]:
    """The words of a phrase that counts people up to the last of them, what they do left out: 党员|集体|请战."""
    last = max((n for n, word in enumerate(found) if is_agent(word)), default=len(found))
    acts = following is not None and following.part == "verb" and (says(following.text) or following.tag == "v")
    return found[: last + 1] if acts or any(word.tag == "v" for word in found[last + 1 :]) else found


def _beyond(words: Sequence[Word], here: int, found: list[Word]) -> Label | None:
    """What a second number describes together with the first: 两支规模各1亿元的基金 counts 基金."""
    if found and not is_generic(found[-1].text):
        return None
    if here < len(words) and words[here].text in word_set("metric_bridges"):
        here += 1
    if here + 1 < len(words) and words[here].part == "number" and words[here + 1].part == "of":
        return after(words, here)
    return None


def _trimmed(found: list[Word], *, keep_verbs: bool) -> list[Word]:
    """The words up to the last noun, or to the end where the phrase ends too; without a noun, the first verb."""
    while found and found[-1].part == "of":
        found.pop()
    if not any(word.part == "noun" for word in found):
        return found[:1]
    while found[-1].part != "noun" and not keep_verbs:
        found.pop()
    return found


def before(words: Sequence[Word], place: int) -> Label | None:
    """The label that ends before `words[place]`: 累计建成停放点976处 gives 停放点."""
    here = skip_bridges(words, place - 1)
    adjacent = here == place - 1
    if here > 0 and words[here].part == "of" and words[here + 1].text in _METRICS["has-so-many"]:
        here -= 1  # 组建业委会的有141个
    found = _made_noun(words, here)
    here -= len(found)
    quoted: int | None = None  # how many words stand behind the quotation that the label has entered
    while here >= 0 and len(found) < MOST_WORDS:
        taken = _taken(words, here, found)
        if taken is not None:
            found, here = taken
        elif words[here].part != "mark":
            break
        elif found:
            quoted = len(found) if quoted is None else None
        here -= 1
    found = _whole(found, quoted)
    if found and len(found[-1].text) == 1 and here >= 0 and words[here].text.isdigit():
        found.pop()  # the 月 of a date, the 组 of 7组
    if adjacent and here >= 0 and words[here].part == "number":
        found = _shared_out(found)
    whole = without_partner(words, bared(found[::-1]))
    return label_of([*whole, *_portion(words, place)] if whole else whole)


def _portion(words: Sequence[Word], place: int) -> list[Word]:
    """The word that makes a share of what stands before it, amid the bridges to a number: 党员|占比|达 52%."""
    here = place - 1
    while here >= 0 and words[here].text in word_set("metric_bridges"):
        if words[here].text in _METRICS["share-label"]:
            return [replace(words[here], part="noun")]
        here -= 1
    return []


def _made_noun(words: Sequence[Word], here: int) -> list[Word]:
    """A word that 的 makes a noun before a number, though the segmentation takes it for an adverb: 各种形式的|互动."""
    word = words[here] if here > 0 else None
    made = word and word.tag == "d" and len(word.text) > 1 and words[here - 1].part == "of"
    return [replace(word, part="noun")] if word and made else []


def _taken(words: Sequence[Word], here: int, found: list[Word]) -> tuple[list[Word], int] | None:
    """A label's words, from the last, with what stands at a place, and where that begins; None if nothing goes on."""
    word = words[here]
    if word.part == "close" and not found:
        return found, opening_of(words, here)
    if word.part == "mark":
        return _quoted_within(words, here, found) if found else quoted_before(words, here)
    if word.part == "of" and _is_described(words, here, found):
        return [*found, word, words[here - 1]], here - 1
    if _precedes(word, found) or _ends_a_noun(word, found) or _is_within_noun(words, here, found):
        return [*found, word], here
    return None


def _is_described(words: Sequence[Word], here: int, found: list[Word]) -> bool:
    """Whether a verb before 的 tells which of the things that one noun names are counted: 参与|的|企业."""
    verb = words[here - 1] if here else None
    if verb is None or len(found) != 1 or found[0].part != "noun" or len(found[0].text) == 1:
        return False
    return verb.tag == "v" and len(verb.text) > 1 and verb.text not in word_set("metric_plain_verbs")


def _quoted_within(words: Sequence[Word], here: int, found: list[Word]) -> tuple[list[Word], int] | None:
    """A label's words with the quotation that a mark closes before its nouns, and where it opens: “专精特新”企业."""
    if words[here].text not in CLOSING_QUOTES or any(word.part != "noun" or word.tag[:1] == "v" for word in found):
        return None
    inside, opens = quoted_before(words, here)
    text = "".join(word.text for word in inside)
    named = 0 < len(text) <= _LONGEST_QUOTED and not any(char.isdigit() for char in text)
    return ([*found, *inside], opens) if named and words[opens].text not in CLOSING_QUOTES else None


def _whole(found: list[Word], quoted: int | None) -> list[Word]:
    """The words of a label, from the last, without part of a quotation: 项目 of “大好高”项目, where only 高 is read."""
    if quoted is not None and sum(len(word.text) for word in found[:quoted]) > 1:
        return found[:quoted]
    return found


def before_position(words: Sequence[Word], position: int) -> Label | None:
    """The label that ends before a position of the text, a word that runs over it cut there (警情由 in 警|情由)."""
    place = next(n for n, word in enumerate(words) if word.end > position)
    word = words[place]
    if word.start >= position or word.part in {"number", "time", "single"}:
        return before(words, place)
    piece = replace(word, text=word.text[: position - word.start], end=position, part="noun")
    return before([*words[:place], piece, word], place + 1)


def _precedes(word: Word, found: list[Word]) -> bool:
    """Whether a word goes before the label that `found` holds from its end."""
    if word.part == "of":
        text = "".join(later.text for later in reversed(found))
        return is_generic(text) or is_vague(text)
    if word.text == AND_SO_ON:
        return len(found) == 1 and is_vague(found[0].text)  # 防盗门更换等问题
    if word.text in word_set("metric_plain_verbs"):
        return False
    adjoins = bool(found) and word.end == found[-1].start
    if adjoins and word.text in _METRICS["arriving"] and _ARRIVING.fullmatch(found[-1].text):
        return True  # 到|会率
    return word.part == "noun" or (word.part == "verb" and word.text not in word_set("metric_bridges"))


def _is_within_noun(words: Sequence[Word], here: int, found: list[Word]) -> bool:
    """Whether a word that mostly ends a label stands amid a noun: 规模以上工业, 社区建设资金, 村落保护利用项目."""
    word, before = words[here], words[here - 1] if here else None
    if not found or before is None:
        return False
    after_noun = before.part == "noun" and before.tag.startswith("n")
    if word.text in BOUNDS:
        return after_noun
    if word.tag not in {"vn", "n"} or len(found) != 1:
        return False
    if is_vague(found[0].text):
        return before.part in {"noun", "verb"} and before.text not in word_set("metric_plain_verbs", "metric_bridges")
    return after_noun and word.tag == "vn" and found[0].text in word_set("metric_sums")


def _ends_a_noun(word: Word, found: list[Word]) -> bool:
    """Whether the one character found so far ends a noun that a verb begins: 投放|箱, 实现|率."""
    suffix = len(found) == 1 and len(found[0].text) == 1 and found[0].part == "noun"
    return suffix and word.end == found[0].start and len(word.text) > 1 and word.tag.startswith("v")


def _shared_out(found: list[Word]) -> list[Word]:
    """Of the words between two numbers, from the last: those from 户均 on.

    The others belong to the first number, as 国家 in 19个国家1000余人. Without it, those from the last verb on that has
    an object (三个镇发放积分1000分).
    """
    for nth, word in enumerate(found):
        if word.text in word_set("metric_distributions"):
            return found[: nth + 1]
    verb = next((nth for nth, word in enumerate(found) if word.part == "verb"), 0)
    return found[: verb + 1] if verb > 0 and found[0].part == "noun" else []


def skip_bridges(words: Sequence[Word], here: int) -> int:
    """The nearest place from `here` leftwards that is no bridge such as 达到, 共 or 约."""
    begins = here
    while here >= 0 and words[here].text in word_set("metric_bridges"):
        here -= 1
    if 0 <= here < begins and words[here].text + words[here + 1].text in word_set("metric_bridge_pairs"):
        return skip_bridges(words, here - 1)  # 都在4万元以上
    if here < begins and words[here].text in _METRICS["will"]:
        return skip_bridges(words, here - 1)  # 总数将达到325处
    if here > 0 and words[here].text in _METRICS["ratio"] and words[here - 1].text in _METRICS["makes-up"]:
        return skip_bridges(words, here - 2)
    if here > 0 and words[here].part == "time" and words[here - 1].text in word_set("metric_lasting"):
        return skip_bridges(words, here - 2)  # 连续三年保持在96%
    if here > 0 and words[here].part == "time" and words[here - 1].text in word_set("metric_distributions"):
        return here - 1  # 每亩一年800元
    return here
