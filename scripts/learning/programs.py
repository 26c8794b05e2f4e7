"""Candidates for programs with their labels: whether a careful reader takes the name for a core program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluate.matching import NOT, alike, fold
from kg.extractors.program.candidates import Candidate, candidates
from kg.extractors.program.features import features, table_of
from scripts.learning.fit import Example
from scripts.learning.sources import Source, each_text, found_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.evaluate.gold import GoldThing

WORTH = {"programs_quoted": 0.4, "programs_plain": 0.4}
"""A name is taken where more than this share of its like are right: half the F1 that is reached (.38), and a little
more, since some right ones are second names of a program that has been found. Cross-validated on 710 reports, .4 to .5
give nearly the same for names without marks; of those the least, since relations and subjects hang on names found."""

STRENGTH = 0.25
"""Names are many, so weights may be large."""

ALIKE = (
    "before",
    "after",
    "governor",
    "first-word",
    "last-word",
    "word",
    "phrase-after",
    "character",
    "last-character",
)
"""Features of words, of which those weigh alike that are used alike."""

NAMES = ("programs_quoted", "programs_plain")


def examples(source: Source) -> dict[str, list[Example]]:
    """One example a name of the source; names of borderline programs teach nothing."""
    made: dict[str, list[Example]] = {name: [] for name in NAMES}
    for text in each_text(source):
        proposed = candidates(text, found_before(text, "programs"))
        for candidate, right in zip(proposed, labels(proposed, source.gold.things["programs"]), strict=True):
            if right is not None:
                made[table_of(candidate)].append(Example(source.name, features(candidate), right, name=candidate.name))
    return made


def labels(proposed: list[Candidate], gold: tuple[GoldThing, ...]) -> list[float | None]:
    """1 for the names of core programs, 0 for no program's, None for what counts neither way.

    Where one candidate has a program's very name, others that hold or share most of it count neither way.
    """
    forms = [frozenset(map(fold, _printed(candidate))) for candidate in proposed]
    found: list[float | None] = [0.0] * len(proposed)
    for thing in sorted(gold, key=lambda g: g.core):
        grades = [alike(form, thing.names, partly=True) for form in forms]
        best = max(grades, default=NOT)
        for n, grade in enumerate(grades):
            if grade == best != NOT:
                found[n] = 1.0 if thing.core else None
            elif grade != NOT and not found[n]:
                found[n] = None
    return found


def _printed(candidate: Candidate) -> Iterator[str]:
    """The forms of a candidate, those with the noun that heads them among them (“家门口” + 就业服务站)."""
    yield candidate.name
    for at in candidate.occurrences:
        yield at.name
        yield candidate.text.sentences[at.sentence].text[at.start : at.whole]
