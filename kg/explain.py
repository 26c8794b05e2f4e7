"""Why facts were taken and others not: the candidates of learned decisions with what each feature weighs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.decision import Judged, decisions, in_genre
from kg.errors import UserError, WrongUsage
from kg.extractors.engine import Found, extractors
from kg.language.tokens import tokenize
from kg.language.work_reports import genre_of
from kg.model import Fact, Text
from kg.reading import Faults, Unreadable, read_articles
from kg.reading.files import readable
from kg.reading.sentences import sentences


def judged(text: Text) -> Iterator[Judged]:
    """The candidates of an article's learned decisions, by decision, as the extractors weigh them in their order."""
    with in_genre(genre_of(text)):
        yield from list(_judged(text))


def _judged(text: Text) -> Iterator[Judged]:
    facts: list[Fact] = []
    for extractor in extractors().values():
        found = Found.of(facts)
        weigh = getattr(extractor, "judged", None)
        if weigh is not None:
            yield from weigh(text, found)
        facts += extractor.extract(text, found)


def explained(path: Path, decision: str | None = None, *, taken: bool = False) -> Iterator[str]:
    """The lines that `kg explain` prints of a file: an article, its sentences, their candidates, the surest first.

    A candidate's line holds `+` where it was taken, its decision, its score (the sum of the weights), the share of
    candidates of that score that were right, the candidate, and the weights that are not nought.

    Raises:
        WrongUsage: no decision has that name.
        UserError: the file or a record of it cannot be read, of which all others are told before.
    """
    if decision and decision not in decisions():
        raise WrongUsage(f"no decision is called {decision}; there are {', '.join(decisions())}")
    try:
        yield from _told(path, decision, taken=taken)
    except UserError as error:
        raise Unreadable(f"{readable(str(path))}: {error}") from None


def _told(path: Path, decision: str | None, *, taken: bool) -> Iterator[str]:
    faults = Faults()
    for article in read_articles(path, faults):
        text = tokenize(article, sentences(article))
        shown = [j for j in judged(text) if decision in {None, j.decision} and (j.accepted or not taken)]
        yield f"# {article.headline}"
        for number in sorted({j.sentence for j in shown}):
            yield f"  {text.sentences[number].text}"
            here = sorted((j for j in shown if j.sentence == number), key=lambda j: (j.decision, -j.score, j.candidate))
            yield from map(_line, here)
    if told := str(faults):
        raise Unreadable(told)


def _line(judged: Judged) -> str:
    weights = " ".join(f"{feature}:{weight:+d}" for feature, weight in judged.weights if weight)
    mark = "+" if judged.accepted else "-"
    of = judged.group.partition(" ")[2]  # what the candidates compete for: the label of a number
    told = f"{judged.candidate} of {of}" if of else judged.candidate
    return f"    {mark} {judged.decision} {judged.score:+d} ({judged.probability}) {told}: {weights}"
