"""Learns and measures the decisions.

Usage: python -m scripts.learning FOLDER... [--only DECISION] [--to kg/weights]   learns from the folders, writes tables
       python -m scripts.learning FOLDER... --leave-one-out [--folds N]           measures on sources kept aside

Each FOLDER holds `text/` and `gold/`; what FOLDER=3 holds counts threefold. Decisions are learned in the order of the
extractors, each with the tables of those before it.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Protocol

from kg.build import build
from kg.decision import Weights, in_genre, weights_from
from kg.evaluate import Figures, evaluate
from scripts.learning.fit import (
    STRENGTH,
    WORTH,
    Example,
    counts,
    difference,
    leaned,
    leaning,
    learn,
    scored_aside,
    shares,
    write,
)
from scripts.learning.likeness import Alike, Likeness
from scripts.learning.sources import Source, sources

DECISIONS = ("programs", "subjects", "numbers", "relations")
"""Modules beside this one, in the order in which the extractors run."""


PARTS = 5
"""Into so many parts sources are dealt, so that what comes before a decision has not learned from its page."""

FOLDS = 8
"""Into so many parts sources are dealt to see how sure a decision is."""

ALONE = 1000
"""The lead of a candidate without a rival."""


class Decision(Protocol):
    """What a module of a decision offers."""

    NAMES: tuple[str, ...]

    def examples(self, source: Source) -> dict[str, list[Example]]:
        """The labelled candidates of a source, by the name of the table that they teach."""


def decisions(last: str | None) -> dict[str, Decision]:
    """The decisions by name, or those up to one."""
    wanted = DECISIONS[: DECISIONS.index(last) + 1] if last else DECISIONS
    return {name: importlib.import_module(f"scripts.learning.{name}") for name in wanted}


@dataclass(frozen=True)
class Lesson:
    """How a table is learned: the inverse of the penalty, the bound of what is taken, the shares right by score."""

    name: str
    strength: float
    alike: Alike | None
    bound: int
    steps: Sequence[tuple[int, Decimal]]

    @classmethod
    def of(
        cls,
        decision: Decision,
        name: str,
        examples: Sequence[Example],
        likeness: Likeness | None,
        beside: Weights | None,
    ) -> Lesson:
        """The bound and the shares that come out where each source is scored by a table learned without it."""
        strength = getattr(decision, "STRENGTH", STRENGTH)
        worth = getattr(decision, "WORTH", {}).get(name.partition(".")[0], WORTH)
        kinds = getattr(decision, "ALIKE", ())
        alike = Alike(likeness, kinds) if likeness and kinds else None
        scores = scored_aside(examples, name, folds=FOLDS, strength=strength, alike=alike, beside=beside)
        stands_alone = examples[0].group is None
        bound = leaning(examples, scores, worth) if stands_alone else 0
        return cls(name, strength, alike, bound, _shares(examples, [score - bound for score in scores]))

    def write(self, examples: Sequence[Example], folder: Path, made_from: str, beside: Weights | None) -> Weights:
        """Writes the table that some examples teach, of a genre what is otherwise than `beside`; gives the whole."""
        learned = learn(examples, self.name, strength=self.strength, alike=self.alike, beside=beside)
        weights = leaned(learned, self.bound) if self.bound else learned
        write(difference(weights, beside) if beside else weights, self.steps, folder, made_from)
        return weights


def teach(from_: Sequence[Source], folder: Path, only: str | None, likeness: Likeness | None) -> None:
    """Learns the decisions from sources and writes their tables into a folder, or those of one decision.

    Each decision learns from what those before it make of pages that they have not learned from, as it will be when new
    ones are read: sources are dealt into parts, and tables learned from the others decide on each part. For texts of a
    genre what weighs otherwise there is learned after the general table.
    """
    parts = [from_[n::PARTS] for n in range(min(PARTS, len(from_)))]
    made_from = f"from {len(from_)} pages"
    with tempfile.TemporaryDirectory() as scratch:
        tables = [Path(scratch) / str(n) for n in range(len(parts))]
        for module, decision in decisions(only).items():
            of_parts = [_examples(decision, part, table) for part, table in zip(parts, tables, strict=True)]
            tables = [_moved(table, module) for table in tables]
            learned: dict[str, tuple[Weights | None, Sequence[Weights | None]]] = {}
            for name in sorted({name for examples in of_parts for name in examples}):
                each = [examples.get(name, []) for examples in of_parts]
                whole = list(chain.from_iterable(each))
                general = name.partition(".")[0]
                of_all, of_others = learned.get(general, (None, [None] * len(tables)))
                lesson = Lesson.of(decision, name, whole, likeness, of_all)
                others = [list(chain.from_iterable(each[:n] + each[n + 1 :])) or whole for n in range(len(tables))]
                written = [
                    lesson.write(given, table, made_from, beside)
                    for given, table, beside in zip(others, tables, of_others, strict=True)
                ]
                final = folder if only in {None, module} else Path(scratch) / "all"
                learned[name] = lesson.write(whole, final, made_from, of_all), written


def _moved(table: Path, module: str) -> Path:
    """The folder of tables under another name, since what was once read from one is not read again."""
    table.mkdir(exist_ok=True)
    return table.rename(table.with_name(f"{table.name}-{module}"))


def _examples(decision: Decision, part: Sequence[Source], tables: Path) -> dict[str, list[Example]]:
    """The examples of some sources by the table that they teach, what comes before decided by other tables."""
    gathered: dict[str, list[Example]] = defaultdict(list)
    with weights_from(tables):
        for source in part:
            with in_genre(source.genre):
                taught = decision.examples(source)
            for name, examples in taught.items():
                gathered[f"{name}.{source.genre}" if source.genre else name] += [
                    replace(e, weight=e.weight * source.weight, written=source.written) for e in examples
                ]
    return gathered


def _shares(examples: Sequence[Example], scores: Sequence[int]) -> list[tuple[int, Decimal]]:
    """How often candidates of real sources were right by score, or the chosen ones by their lead over the next."""
    real = [(e, score) for e, score, counted in zip(examples, scores, counts(examples), strict=True) if counted]
    if examples[0].group is None:
        return shares([score for _, score in real], [e.right > 0 for e, _ in real])
    groups: dict[object, list[tuple[int, float]]] = defaultdict(list)
    for example, score in real:
        groups[example.source, example.group].append((score, example.right))
    leads, right = [], []
    for group in groups.values():
        ranked = sorted(group, key=lambda g: -g[0])
        leads.append(ranked[0][0] - ranked[1][0] if len(ranked) > 1 else ALONE)
        right.append(ranked[0][1] > 0)
    return shares(leads, right)


def leave_one_out(from_: Sequence[Source], folds: int, only: str | None, likeness: Likeness | None) -> Figures:
    """The figures of each source by tables learned from all the others (from other folds)."""
    figures = Figures()
    for n in range(folds):
        aside = [s for place, s in enumerate(from_) if place % folds == n]
        rest = [s for place, s in enumerate(from_) if place % folds != n]
        with tempfile.TemporaryDirectory() as folder:
            teach(rest, Path(folder) / "weights", only, likeness)
            with weights_from(Path(folder) / "weights"):
                build([s.path for s in aside], Path(folder) / "graph", jobs=1)
            part = evaluate(Path(folder) / "graph", [s.gold_path for s in aside])
        figures.add(part)
        sys.stderr.write(f"fold {n + 1} of {folds}\n")
    return figures


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+")
    parser.add_argument("--only", choices=DECISIONS)
    parser.add_argument("--to", type=Path, default=Path("kg/weights"))
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--folds", type=int, default=0, help="so many parts instead of one a source")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--likeness", type=Path, help="which words are used alike (scripts.learning.likeness)")
    args = parser.parse_args()
    found = sources(args.folder)
    likeness = Likeness.read(args.likeness) if args.likeness else None
    if args.leave_one_out:
        figures = leave_one_out(found, args.folds or len(found), args.only, likeness)
        sys.stdout.write(figures.text(misses=args.misses, by_confidence=True))
    else:
        teach(found, args.to, args.only, likeness)


if __name__ == "__main__":
    main()
