"""Names that the reader knows: recognised wherever they stand, as what the reader says they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.anchors import Anchors, normal
from kg.model import CORRECTION, Level, Mention, Metric, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extractors.engine import Found
    from kg.model import Fact, Text

EXTRACTORS = {level.value: "places" for level in Level} | {
    "Organization": "organizations",
    "Program": "programs",
    "Person": "people",
    "Document": "documents",
}
"""The extractor behind which known names of a kind come in, so that what is read later builds on them."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a thing of a kind, wherever it stands, or in some sentences only."""

    name: str
    kind: str
    sentences: frozenset[int] | None = None

    def holds_in(self, sentence: int) -> bool:
        """Whether the name is known in a sentence."""
        return self.sentences is None or sentence in self.sentences


class KnownNames:
    """The known names of one article."""

    def __init__(self, names: Iterable[KnownName], text: Text) -> None:
        self._by_name: dict[str, list[KnownName]] = defaultdict(list)
        for known in names:
            self._by_name[normal(known.name)].append(known)
        self._by_name.pop("", None)
        anchors = Anchors(sentence.text for sentence in text.sentences)
        self._mentions: dict[str, list[Mention]] = defaultdict(list)
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by sentence, those of longer names
        for name in sorted(self._by_name, key=lambda name: (-len(name), name)):
            for anchor in anchors.find(name):
                number, start, end = anchor.first, anchor.start, anchor.end
                if anchor.last != number or any(s < end and start < e for s, e in spans[number]):
                    continue
                for known in self._by_name[name]:
                    if known.holds_in(number):
                        mention = Mention(known.kind, known.name, number, start, end, CORRECTION)
                        self._mentions[EXTRACTORS[known.kind]].append(mention)
                        spans[number].append((start, end))
                        break

    def put_in(self, extractor: str, facts: Iterable[Fact], before: Found) -> Iterator[Fact]:
        """What an extractor found, without other readings of known names, and with those of its kinds."""
        facts = list(facts)
        mine = self._mentions.get(extractor, ())
        spans = {(m.sentence, m.start, m.end) for m in mine}
        dropped = {
            m for m in facts if isinstance(m, Mention) and (self._is_other(m) or (m.sentence, m.start, m.end) in spans)
        }
        others = [m for m in before.mentions if m.kind not in {known.kind for known in mine}]
        yield from (fact for fact in facts if fact not in dropped and dropped.isdisjoint(_parts(fact)))
        yield from (m for m in mine if not any(_within(m, other) for other in others if other.sentence == m.sentence))

    def _is_other(self, mention: Mention) -> bool:
        """Whether a mention takes a known name for something else than it is."""
        known = [k for k in self._by_name.get(normal(mention.name), ()) if k.holds_in(mention.sentence)]
        return bool(known) and all(mention.kind != k.kind for k in known)


def _parts(fact: Fact) -> tuple[Mention, ...]:
    """The mentions that a fact is about."""
    if isinstance(fact, Relation):
        return fact.subject, fact.object
    return tuple(m for m in (fact.subject, fact.area) if m) if isinstance(fact, Metric) else ()


def _within(mention: Mention, other: Mention) -> bool:
    """Whether a mention is only part of a longer name."""
    return other.start <= mention.start and mention.end <= other.end and len(other.name) > len(mention.name)
