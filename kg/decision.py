"""Decisions that are learned: a sum of whole-number weights over named features, and what it says of being right.

A candidate's features are names (`quoted`, `tail=generic`). The table `weights/DECISION.tsv` gives each a whole number;
their sum is the candidate's score, so that every machine decides alike. `weights/DECISION.probability.tsv` tells how
often candidates of a score were right in articles that had been kept aside. `scripts/learning` makes both from gold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Generic, TypeVar

Candidate = TypeVar("Candidate")

ALWAYS = "always"
"""The feature that every candidate has: its weight is the decision's leaning."""

_folder: ContextVar[Path | None] = ContextVar("weights", default=None)
_genre: ContextVar[str] = ContextVar("genre", default="")


@dataclass(frozen=True, slots=True, eq=False)  # alike only to itself: tables of features are looked up often
class Feature(Generic[Candidate]):
    """Something that a decision looks at.

    `meaning` says in one line what it tells, with an example. `of` gives for a candidate whether it has the feature, or
    which value of it (`""` for none); `tail` with the value `generic` is the feature `tail=generic` of the weights.
    """

    name: str
    meaning: str
    of: Callable[[Candidate], bool | str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with what each of its features weighs, for people who ask why.

    `group` is the same for candidates of which one is chosen, else "".
    """

    decision: str
    candidate: str
    sentence: int
    weights: tuple[tuple[str, int], ...]
    score: int
    probability: Decimal
    accepted: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one decision, and the share of right candidates from each score on, ascending."""

    name: str
    of_feature: Mapping[str, int]
    scores: tuple[int, ...] = ()
    shares: tuple[Decimal, ...] = ()

    def score(self, features: Iterable[str]) -> int:
        """The sum of the weights of features; one that was never seen weighs nothing.

        >>> Weights("x", {"always": -50, "quoted": 120}).score(["always", "quoted", "unseen"])
        70
        """
        weigh = self.of_feature
        return sum(weigh.get(feature, 0) for feature in features)

    def probability(self, score: int) -> Decimal:
        """How often candidates of a score were right in articles kept aside; one half where nobody measured.

        >>> Weights("x", {}, (-100, 0), (Decimal("0.2"), Decimal("0.9"))).probability(7)
        Decimal('0.9')
        """
        if not self.scores:
            return Decimal("0.5")
        return self.shares[max(0, bisect_right(self.scores, score) - 1)]

    def judged(
        self, candidate: str, sentence: int, features: Sequence[str], *, accepted: bool, group: str = ""
    ) -> Judged:
        """A candidate with its features and what they weigh, the heaviest first."""
        weights = sorted(((f, self.of_feature.get(f, 0)) for f in features), key=lambda w: (-abs(w[1]), w[0]))
        score = self.score(features)
        return Judged(self.name, candidate, sentence, tuple(weights), score, self.probability(score), accepted, group)


def features_of(features: Iterable[Feature[Candidate]], candidate: Candidate) -> tuple[str, ...]:
    """The names of the features that a candidate has, `always` first.

    >>> features_of([Feature("long", "of five characters or more", lambda name: len(name) > 4)], "三方协同治理")
    ('always', 'long')
    """
    found = [ALWAYS]
    for feature in features:
        value = feature.of(candidate)
        if value is True:
            found.append(feature.name)
        elif value:
            found.append(f"{feature.name}={value}")
    return tuple(found)


class Scorer(Generic[Candidate]):
    """Scores candidates by features and weights as `Weights.score(features_of(…))` does, without the names between.

    >>> long = Feature("long", "of five characters or more", lambda name: len(name) > 4)
    >>> scorer = Scorer(Weights("x", {"always": -50, "long": 120}), [long])
    >>> scorer.score("三方协同治理"), scorer.if_positive("三方协同治理"), scorer.if_positive("协同") > 0
    (70, 70, False)

    Features of the classes `said` have no way to be worked out: who asks names those that a candidate has.
    """

    def __init__(
        self, weights: Weights, features: Iterable[Feature[Candidate]], said: Collection[str] = frozenset()
    ) -> None:
        known: dict[str, dict[bool | str, int]] = {}
        for name, weight in weights.of_feature.items():
            feature, with_value, value = name.partition("=")
            known.setdefault(feature, {})[value if with_value else True] = weight
        self._always = weights.of_feature.get(ALWAYS, 0)
        self._parts = [(feature.of, known[feature.name]) for feature in features if feature.name in known]
        self._said = {name: weight for name, weight in weights.of_feature.items() if name.partition("=")[0] in said}
        self._hopeful = self._with_hope()

    def _with_hope(self) -> list[tuple[Callable[[Candidate], bool | str], dict[bool | str, int], int]]:
        """The parts, those that weigh most first, each with the most that it and those after it can give together."""
        hopeful = []
        hope = 0
        for value_of, known in sorted(self._parts, key=lambda part: max(map(abs, part[1].values()), default=0)):
            hope += max(0, *known.values(), 0)
            hopeful.append((value_of, known, hope))
        return hopeful[::-1]

    def _begun(self, said: Iterable[str], so_far: int | None) -> int:
        begun, weigh = self._always if so_far is None else so_far, self._said
        return begun + sum([weigh[name] for name in said if name in weigh]) if said else begun

    def score(self, candidate: Candidate, said: Iterable[str] = (), so_far: int | None = None) -> int:
        """The sum of the weights of a candidate's features, those that are `said` of it among them.

        `so_far` is what other features of the candidate weigh, `always` among them.
        """
        total = self._begun(said, so_far)
        for value_of, known in self._parts:
            value = value_of(candidate)
            if value and value in known:
                total += known[value]
        return total

    def if_positive(self, candidate: Candidate, said: Iterable[str] = (), so_far: int | None = None) -> int:
        """The `score` where it is above zero, else any number that is not; most candidates are given up early."""
        total = self._begun(said, so_far)
        for value_of, known, hope in self._hopeful:
            if total + hope <= 0:
                return 0
            value = value_of(candidate)
            if value and value in known:
                total += known[value]
        return total


def scorer(
    decision: str, features: tuple[Feature[Candidate], ...], said: frozenset[str] = frozenset()
) -> Scorer[Candidate]:
    """What scores candidates of a decision by some of its features, and by those of the classes `said`.

    Raises:
        FileNotFoundError: there is no such decision.
    """
    return _scorer(decision, features, said, _folder.get(), _genre.get())


@cache
def _scorer(
    decision: str, features: tuple[Feature[Candidate], ...], said: frozenset[str], folder: Path | None, genre: str
) -> Scorer[Candidate]:
    return Scorer(_read(decision, folder, genre), features, said)


def weights(decision: str) -> Weights:
    """The weights of a decision, as the package brings them.

    Raises:
        FileNotFoundError: there is no such decision.
    """
    return _read(decision, _folder.get(), _genre.get())


def decisions() -> tuple[str, ...]:
    """The names of all decisions that the package brings weights for, sorted.

    >>> "programs_quoted" in decisions()
    True
    """
    tables = (Path(table.name) for table in (resources.files("kg") / "weights").iterdir())
    return tuple(sorted(table.stem for table in tables if table.suffix == ".tsv" and "." not in table.stem))


@contextmanager
def weights_from(folder: Path) -> Iterator[None]:
    """Within it, decisions are made by the tables of another folder where it has them: for learning and measuring."""
    token = _folder.set(folder)
    try:
        yield
    finally:
        _folder.reset(token)


@contextmanager
def in_genre(genre: str) -> Iterator[None]:
    """Within it, decisions are made by the tables of a genre where there are such (`subjects.in_reports.tsv`).

    A genre's table tells what is otherwise in texts of the genre: its weights are added to those of the general one.
    """
    token = _genre.set(genre)
    try:
        yield
    finally:
        _genre.reset(token)


@cache
def _read(decision: str, folder: Path | None, genre: str) -> Weights:
    if folder and not (folder / f"{decision}.tsv").exists():
        return _read(decision, None, genre)
    source = folder or resources.files("kg") / "weights"
    table = f"{decision}.{genre}"
    if not (genre and (source / f"{table}.tsv").is_file()):
        table = decision
    summed = dict(_read(decision, folder, "").of_feature) if table != decision else {}
    for feature, weight in _rows((source / f"{table}.tsv").read_text(encoding="utf-8")):
        summed[feature] = summed.get(feature, 0) + int(weight)
    calibration = source / f"{table}.probability.tsv"
    steps = _rows(calibration.read_text(encoding="utf-8")) if calibration.is_file() else []
    return Weights(
        decision,
        summed,
        tuple(int(score) for score, _ in steps),
        tuple(Decimal(share) for _, share in steps),
    )


def _rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
