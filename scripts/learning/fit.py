"""Labelled candidates to whole-number weights, and the share of right candidates by score."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from kg.decision import ALWAYS, Weights
from scripts.learning.likeness import Alike

SCALE = 100
"""A weight of 100 multiplies the odds by e."""

STRENGTH = 0.2
"""The inverse of the penalty on large weights, unless a decision has its own."""

SELDOM = 6
"""A feature of fewer real sources weighs nothing: it cannot be told from chance, and a word would be a known name."""

FEW = 0.75
"""Where there are few sources, of fewer than this share of them."""

NAMES = 3
"""A word of a name that speaks for fewer names weighs nothing either: it would be one that several pages of a paper
have (商务社区)."""

TELLING = 0.1
"""A word without a weight of its own gets one where words like it weigh so much or more."""

WORTH = 1 / 3
"""A candidate is taken where more than this share of its like are right: at an F1 of two thirds that raises it."""

NEUTRAL = 0.05
"""What a right candidate that need not be found adds to that share."""

SHARE_ROWS = 25
"""So many candidates at least stand behind each published share."""


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate with its label: `right` from 0 (none) to 1 (what a careful reader takes).

    Candidates of one `group` compete, and the one of the highest score is taken; a group of None stands for a decision
    by itself: taken where the score is positive. Of the `rivals` that are so taken only the highest is kept. What is
    `neutral` costs nothing whether it is taken or not. What is `written` comes from an article of our own: it teaches
    weights, but shows of no feature that it is in use. `name` is what is decided on, where that is a name.
    """

    source: str
    features: tuple[str, ...]
    right: float
    group: object = None
    weight: float = 1.0
    rivals: object = None
    neutral: bool = False
    written: bool = False
    name: str = ""


def learn(
    examples: Sequence[Example],
    name: str,
    *,
    strength: float = STRENGTH,
    alike: Alike | None = None,
    beside: Weights | None = None,
) -> Weights:
    """The weights that best tell right candidates from others: a logistic regression, rounded.

    `strength` is the inverse of the penalty on large weights. Of competing candidates each is to be chosen as often as
    it is right beside the others: a multinomial (conditional) logistic regression. Of those that stand alone, words
    that are used alike weigh alike as far as `alike` tells. `beside` is what features weigh elsewhere: what is
    otherwise here is learned, and both together returned.
    """
    elsewhere = beside.of_feature if beside else {}
    before = np.array([beside.score(e.features) / SCALE for e in examples]) if beside else np.zeros(len(examples))
    known = _known_features(examples)
    columns = {feature: n for n, feature in enumerate(sorted(known))}
    if examples[0].group is not None:
        found = dict(zip(columns, _best_of(examples, columns, strength, before), strict=True))
    elif beside:
        found = dict(zip(columns, _otherwise(examples, columns, strength, before), strict=True))
    else:
        found = _alone(examples, columns, strength, alike)
    rounded = {f: round(SCALE * found.get(f, 0.0)) + elsewhere.get(f, 0) for f in (*found, *(elsewhere.keys() - found))}
    return Weights(name, {f: w for f, w in rounded.items() if w})


def counts(examples: Sequence[Example]) -> list[bool]:
    """Which examples count in measuring: those of real sources, or all where there are no real ones."""
    real = any(not example.written for example in examples)
    return [not (real and example.written) for example in examples]


def _known_features(examples: Sequence[Example]) -> set[str]:
    where: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for example, counted in zip(examples, counts(examples), strict=True):
        if counted:
            for feature in example.features:
                where[feature].add(example.source)
                if example.right and _is_part(feature, example.name):
                    names[feature].add(example.name)
    seldom = min(SELDOM, FEW * len(where[ALWAYS]))
    few = {feature for feature, found in names.items() if len(found) < NAMES}
    return {feature for feature, found in where.items() if len(found) >= seldom} - few


def _is_part(feature: str, name: str) -> bool:
    """Whether a feature repeats a part of a name: first-word=商务 of 商务社区."""
    _, _, value = feature.partition("=")
    return bool(value) and value in name


def _alone(
    examples: Sequence[Example], columns: Mapping[str, int], strength: float, alike: Alike | None
) -> dict[str, float]:
    """The weights of features where each candidate stands for itself."""
    matrix = _matrix(examples, columns)
    if alike is not None:
        matrix = hstack([matrix, alike.columns([e.features for e in examples])]).tocsr()
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)
    labels, weights = [int(e.right > 0) for e in examples], [e.weight for e in examples]
    learned: np.ndarray = model.fit(matrix, labels, sample_weight=weights).coef_[0]
    own = {feature: float(learned[n]) for feature, n in columns.items()}
    if alike is None:
        return own
    shared = alike.weights(chain.from_iterable(e.features for e in examples), learned[len(columns) :])
    told = {f: w for f, w in shared.items() if f in own or abs(w) >= TELLING}
    return {f: own.get(f, 0.0) + told.get(f, 0.0) for f in sorted(own.keys() | told.keys())}


def _otherwise(
    examples: Sequence[Example], columns: Mapping[str, int], strength: float, before: np.ndarray
) -> np.ndarray:
    """What the columns weigh beside what is known `before` of each candidate, where each stands for itself."""
    matrix, right = _matrix(examples, columns), np.array([float(e.right > 0) for e in examples])
    weight = strength * np.array([e.weight for e in examples])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = before + matrix @ weights
        lost = weights @ weights / 2 + weight @ np.logaddexp(0, (1 - 2 * right) * scores)
        return float(lost), weights + matrix.T @ (weight * (1 / (1 + np.exp(-scores)) - right))

    return np.asarray(minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x)


def _best_of(
    examples: Sequence[Example], columns: Mapping[str, int], strength: float, before: np.ndarray
) -> np.ndarray:
    """The weights of the columns where one of each group is chosen; groups without a right candidate teach nothing."""
    sums: dict[object, float] = defaultdict(float)
    for example in examples:
        sums[example.source, example.group] += example.right
    teaches = [bool(sums[e.source, e.group]) for e in examples]
    taught = [e for e, teach in zip(examples, teaches, strict=True) if teach]
    known = before[teaches]
    numbered = {key: n for n, key in enumerate(key for key, total in sums.items() if total)}
    group = np.array([numbered[e.source, e.group] for e in taught])
    wanted = np.array([e.right / sums[e.source, e.group] for e in taught])
    weight = strength * np.array([e.weight for e in taught])
    matrix, many = _matrix(taught, columns), len(numbered)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = known + matrix @ weights
        highest = np.full(many, -np.inf)
        np.maximum.at(highest, group, scores)
        scores -= highest[group]
        total = np.bincount(group, np.exp(scores), many)[group]
        missed = weight * (wanted - np.exp(scores) / total)
        lost = weights @ weights / 2 - weight @ (wanted * (scores - np.log(total)))
        return float(lost), weights - matrix.T @ missed

    return np.asarray(minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x)


def _matrix(examples: Sequence[Example], columns: Mapping[str, int]) -> csr_matrix:
    places = [(n, columns[f]) for n, e in enumerate(examples) for f in dict.fromkeys(e.features) if f in columns]
    at, column = zip(*places, strict=True)
    return csr_matrix((np.ones(len(places)), (at, column)), shape=(len(examples), len(columns)))


def scored_aside(
    examples: Sequence[Example],
    name: str,
    *,
    folds: int = 10,
    strength: float = STRENGTH,
    alike: Alike | None = None,
    beside: Weights | None = None,
) -> list[int]:
    """The score of each example by weights learned without its source: sources are dealt out in order."""
    names = sorted({e.source for e in examples})
    fold = {source: n % folds for n, source in enumerate(names)}
    scores = [0] * len(examples)
    for n in range(min(folds, len(names))):
        others = [e for e in examples if fold[e.source] != n]
        weights = learn(others, name, strength=strength, alike=alike, beside=beside)
        for place, example in enumerate(examples):
            if fold[example.source] == n:
                scores[place] = weights.score(example.features)
    return scores


def leaning(examples: Sequence[Example], scores: Sequence[int], worth: float = WORTH) -> int:
    """The score up to which candidates are left: of those above, more than the share `worth` of their like is right.

    Articles of our own do not count here; others by their weight.
    """
    taken: dict[object, tuple[int, Example]] = {}
    for n, (example, score, counted) in enumerate(zip(examples, scores, counts(examples), strict=True)):
        if not counted:
            continue
        key = n if example.rivals is None else (example.source, example.rivals)
        if key not in taken or score > taken[key][0]:
            taken[key] = score, example
    ranked = list(taken.values())
    x, y = [score for score, _ in ranked], [e.right for _, e in ranked]
    weights = [e.weight * (NEUTRAL if e.neutral else 1) for _, e in ranked]
    slope, start = _line(x, y, weights)
    return math.ceil((math.log(worth / (1 - worth)) - start) / slope) - 1


def _line(scores: Sequence[int], right: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Slope and start of the logarithm of the odds by score: a line, since single steps of the shares are chance."""
    model = LogisticRegression(C=math.inf)
    model.fit(np.asarray(scores, dtype=float)[:, None] / SCALE, [share > 0 for share in right], sample_weight=weights)
    return float(model.coef_[0][0]) / SCALE, float(model.intercept_[0])


def leaned(weights: Weights, bound: int) -> Weights:
    """The weights with the bound between taken and left at nought."""
    return Weights(weights.name, {**weights.of_feature, ALWAYS: weights.of_feature.get(ALWAYS, 0) - bound})


def difference(weights: Weights, beside: Weights) -> Weights:
    """What must be added to the weights of one table to have those of another."""
    features = {**beside.of_feature, **weights.of_feature}
    more = {f: weights.of_feature.get(f, 0) - beside.of_feature.get(f, 0) for f in features}
    return Weights(weights.name, {f: w for f, w in more.items() if w})


def shares(scores: Sequence[int], right: Sequence[bool]) -> list[tuple[int, Decimal]]:
    """From each score on, the share of right candidates: never falling, each of 25 candidates or more."""
    order = np.argsort(scores, kind="stable")
    x, y = np.asarray(scores)[order], np.asarray(right, dtype=float)[order]
    fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(x, y)
    steps: list[tuple[int, Decimal]] = []
    start = 0
    for n in range(1, len(x) + 1):
        ends = n == len(x) or (fitted[n] > fitted[start] and n - start >= SHARE_ROWS and x[n] > x[n - 1])
        if ends:
            share = (Decimal(int(y[start:n].sum())) + 1) / (n - start + 2)
            steps.append((int(x[start]), share.quantize(Decimal("0.01"), ROUND_FLOOR)))
            start = n
    merged: list[tuple[int, Decimal]] = []
    for score, share in steps:
        if not merged or share > merged[-1][1]:
            merged.append((score, share))
    return merged


def write(weights: Weights, steps: Sequence[tuple[int, Decimal]], folder: Path, made_from: str) -> None:
    """Writes the tables of a decision, the heaviest features first."""
    folder.mkdir(parents=True, exist_ok=True)
    ranked = sorted(weights.of_feature.items(), key=lambda w: (w[0] != ALWAYS, -w[1], w[0]))
    lines = [f"# Features of the decision “{weights.name}” and what each weighs. Made by scripts/learning {made_from}."]
    lines += [f"{feature}\t{weight}" for feature, weight in ranked]
    (folder / f"{weights.name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["# From each score on, the share of candidates that were right in articles kept aside."]
    lines += [f"{score}\t{share}" for score, share in steps]
    (folder / f"{weights.name}.probability.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
