"""Measures whether names that are one thing get one node, on `pairs.tsv`: `python -m tests.linking.pairs [--misses]`.

Each name stands in a small article on its place, where mentions of places are found and the name's own is given: what
is measured is linking, not reading.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.extractors import extract_all
from kg.extractors.engine import PLACES, Found
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, ArticleFacts, Entity, Fact, Mention, Paragraph, Property, Relation, Text
from kg.rdf import entity_iri
from kg.reading.sentences import sentences

PAIRS = Path(__file__).with_name("pairs.tsv")
SAME = "="
NEIGHBOURHOOD = re.compile("(?:社区|街道|[区县镇乡村])$")
INTRODUCED = re.compile("（(?:以下)?(?:简称)?[“《]?[^（）]+[”》]?）$")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two printed names, the places that their articles are about, and whether a reader calls them one thing."""

    half: str
    one: bool
    kind: str
    place: str
    name: str
    other_place: str
    other: str

    @property
    def is_of_one_article(self) -> bool:
        """Whether both names stand in the same article."""
        return self.other_place == SAME


@dataclass(frozen=True, slots=True)
class Figures:
    """How pairs were judged: rightly one, wrongly one, wrongly two."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of pairs with one node that are one thing."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of pairs that are one thing with one node."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def pairs() -> list[Pair]:
    """All pairs of the file."""
    rows = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines() if line[:1] not in {"", "#"}]
    return [Pair(half, verdict == "one", *rest) for half, verdict, *rest in rows]


def figures(judged: Iterable[tuple[Pair, bool]]) -> Figures:
    """Counts of what was judged: pairs, and whether they got one node."""
    found = [(pair.one, merged) for pair, merged in judged]
    return Figures(found.count((True, True)), found.count((False, True)), found.count((True, False)))


def is_one_node(pair: Pair) -> bool:
    """Whether the two names get the same node."""
    one, other = nodes(pair)
    return one is not None and one == other


def nodes(pair: Pair) -> tuple[NamedNode | None, NamedNode | None]:
    """The nodes of the two names."""
    first = (pair.kind, pair.name, pair.is_of_one_article)
    if pair.is_of_one_article:
        (one, other), _ = named(pair.place, first, (pair.kind, pair.other, False))
    else:
        (one,), _ = named(pair.place, first)
        (other,), _ = named(pair.other_place, (pair.kind, pair.other, False))
    return entity_iri(one), entity_iri(other)


def named(place: str, *names: tuple[str, str, bool]) -> tuple[list[Entity], ArticleFacts]:
    """The things that names (class, name, whether with a short form behind it) are in an article on a place."""
    printed = [_sentence(kind, name) for kind, name, _ in names]
    paragraph = "".join([f"{place}出台新办法。", *printed])
    article = Article("example.txt", "", (Paragraph(paragraph, tuple(range(len(paragraph)))),))
    text = tokenize(article, sentences(article))
    places = [m for m in extract_all(text).mentions if m.kind in PLACES]
    facts: list[Fact] = []
    wanted = []
    for number, name in enumerate(names, start=1):
        given = list(_given(name, number, text, places))
        wanted.append(given[0])
        facts += given
    mentions = [f for f in facts if isinstance(f, Mention)]
    facts += [p for p in places if not any(_covers(m, p) for m in mentions)]
    linked = link(text, Found.of(facts))
    return [_thing(linked, mention) for mention in wanted if isinstance(mention, Mention)], linked


def _sentence(kind: str, name: str) -> str:
    body, _, rest = name.partition("|")
    shown = body + rest.replace("|", "")
    return (
        f"《{shown.replace('（以下', '》（以下', 1)}印发。"
        if "（以下" in shown and kind == "Document"
        else (f"《{shown}》印发。" if kind == "Document" else f"{shown}在做这件事。")
    )


def _given(given: tuple[str, str, bool], number: int, text: Text, places: list[Mention]) -> Iterator[Fact]:
    """The mention of a name, and of a person's body."""
    kind, name, introduced = given
    start = text.sentences[number].text.index("《") + 1 if kind == "Document" else 0
    if kind == "Person":
        body, post, person = name.split("|")
        at = len(body) + len(post)
        found = Mention(kind, person, number, at, at + len(person), "given", (Property("role", post),))
        yield found
        if body:
            of = (
                ""
                if not NEIGHBOURHOOD.search(body)
                else next(
                    (p.kind for p in places if (p.sentence, p.start, p.end) == (number, 0, len(body))), "Community"
                )
            )
            employer = Mention(of or "Organization", body, number, 0, len(body), "given")
            yield employer
            yield Relation(found, "worksFor", employer, number, "given")
        return
    full = INTRODUCED.sub("", name) if introduced else name
    printed = text.sentences[number].text[start : start + len(full)]
    yield Mention(kind, re.sub("[“”]", "", printed), number, start, start + len(full), "given")


def _covers(given: Mention, place: Mention) -> bool:
    """Whether a mention that the article finds is the given one, or cuts into it."""
    if given.sentence != place.sentence or place.start >= given.end or place.end <= given.start:
        return False
    whole = (place.start, place.end) == (given.start, given.end)
    return given.kind == "Program" or whole or place.end > given.end or given.kind in PLACES


def _thing(facts: ArticleFacts, mention: Mention) -> Entity:
    """The thing that a mention became: the one of its class, or any, with that printed form in its sentence."""
    here = [e for e in facts.entities if mention.sentence in e.sentences]
    found = [e for e in here if mention.name in {e.label, *e.aliases}] or [e for e in here if e.kind == mention.kind]
    found.sort(key=lambda e: (e.kind != mention.kind, e.label))
    return found[0]


def main() -> None:
    """Prints the figures of each half, and with `--misses` what is judged wrongly."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="list what is judged wrongly in the open half")
    options.add_argument("--all", action="store_true", help="in both halves")
    given = options.parse_args()
    judged = [(pair, is_one_node(pair)) for pair in pairs()]
    for half in ("open", "aside"):
        of = [(pair, merged) for pair, merged in judged if pair.half == half]
        for kind in ("", *sorted({pair.kind for pair, _ in of})):
            result = figures((pair, merged) for pair, merged in of if kind in {"", pair.kind})
            print(f"{half:6} {kind:13} P {result.precision:.3f} R {result.recall:.3f}  {result}")  # noqa: T201
    if given.misses or given.all:
        for pair, merged in judged:
            if merged != pair.one and (given.all or pair.half == "open"):
                one, other = nodes(pair)
                print("\t".join([pair.half, "one" if pair.one else "two", pair.name, pair.other]), one, other)  # noqa: T201


if __name__ == "__main__":
    main()
