"""Numbers that a sentence shares out, one each, among the places or bodies that it lists before 分别."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractors.engine import PLACES
from kg.language.quantities import quantities
from kg.language.wordlists import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extractors.engine import Found
    from kg.model import Mention, Text

_METRICS = grammar("metrics")
_EACH = _METRICS.word("severally")
_LINKS = _METRICS.set("joint")
_BETWEEN = _METRICS.set("listed-adverb") | {""}
"""What may stand between the list and 分别."""


def share_of(text: Text, found: Found, number: int, position: int) -> Mention | None:
    """Whose the number at a position of a sentence is by its place in the row of them.

    甲市、乙市分别建成5个和6个: the second number is that of 乙市. None where no list shares the numbers out.
    """
    return found.kept(_shares, text, number).get(position)


def _shares(text: Text, found: Found, number: int) -> Mapping[int, Mention]:
    sentence = text.sentences[number].text
    at = sentence.find(_EACH)
    if at < 0:
        return {}
    listed = _listed(found.in_sentence(number, *PLACES, "Organization", "Program"), sentence, at)
    following = [q for q in quantities(sentence) if q.start > at and q.kind != "duration"]
    row = following[: len(listed)]
    if len(listed) < 2 or len(row) < len(listed) or len({quantity.kind for quantity in row}) > 1:
        return {}
    whole = following if len(following) % len(listed) == 0 else row
    return {quantity.start: listed[nth % len(listed)] for nth, quantity in enumerate(whole)}


def _listed(mentions: tuple[Mention, ...], sentence: str, end: int) -> list[Mention]:
    """The names of a list that ends at a position, in order, of a chain of places the last."""
    listed: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.end, m.start)):
        between = sentence[mention.end : end]
        if between not in (_LINKS if listed else _BETWEEN):
            continue
        listed.insert(0, mention)
        end = _chain_begins(mention, mentions)
    return listed


def _chain_begins(mention: Mention, mentions: tuple[Mention, ...]) -> int:
    """Where a name begins, the places before it in its chain included: 甲市 of 甲市乙区."""
    before = next((m for m in mentions if m.end == mention.start and m.kind in PLACES), None)
    return _chain_begins(before, mentions) if before else mention.start
