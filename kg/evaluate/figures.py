"""Counts of right, wrong and missed facts, and how they are told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import is_said
from kg.outputs import write_whole

HEADS = ("places", "organizations", "programs", "metrics full", "relations")
"""The kinds of fact whose mean F1 is the overall figure."""


@dataclass(slots=True)
class Tally:
    """Counts of one kind of fact: right, wrong (found, but not so) and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Adds counts."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float:
        """The share of found facts that are right; 1 where none was found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of gold facts that were found; 1 where there are none."""
        gold = self.right + self.missed
        return self.right / gold if gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the graph is of a fact of some kind, from 0 to 1, and whether it is right (a number in all respects)."""

    kind: str
    confidence: float
    right: bool


RULES = "rules"
"""The source of what our own rules found; a model's is its rule, a person's correction or annotation."""


def source_of(rule: str) -> str:
    """The source that a rule's name tells.

    >>> source_of("model:reader-1"), source_of("correction"), source_of("quoted-name")
    ('model:reader-1', 'correction', 'rules')
    """
    return rule if is_said(rule) else RULES


BANDS = (0.95, 0.9, 0.8, 0.7, 0.5, 0.0)
"""The lower ends of the bands of confidence that are told."""


@dataclass(slots=True)
class Figures:
    """The figures of an evaluation, gathered page by page.

    `tallies` by kind of fact in the order of their first page; `rules` counts right and wrong things, relations and
    numbers of each rule, `sources` those of each source (our rules, a model, a person) and kind; `sure` holds for each
    fact that can be judged how sure the graph is of it and whether it is right; `misses` tells each fact that was
    missed, wrong or half right.
    """

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    rules: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    sources: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    sure: list[Certainty] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def tell(self, page: str, kind: str, verdict: str, what: object) -> None:
        """Notes a fact that is not right."""
        self.misses.append(f"{page}\t{kind}\t{verdict}\t{what}")

    def found(self, kind: str, rules: Iterable[str], *, right: bool) -> None:
        """Counts a fact of a kind that some rules found, for its source: a fact of several is one of all of them."""
        source = " + ".join(sorted({source_of(rule) for rule in rules}))
        if source:
            self.sources[source, kind].add(right, not right, 0)

    @property
    def overall(self) -> float:
        """The mean F1 of places, organizations, programs, full metrics and relations."""
        return sum(self.tallies[kind].f1 for kind in HEADS) / len(HEADS)

    def add(self, other: Figures) -> None:
        """Adds the figures of other pages."""
        for kind, tally in other.tallies.items():
            self.tallies[kind].add(tally.right, tally.wrong, tally.missed)
        for rule, tally in other.rules.items():
            self.rules[rule].add(tally.right, tally.wrong, tally.missed)
        for key, tally in other.sources.items():
            self.sources[key].add(tally.right, tally.wrong, tally.missed)
        self.sure += other.sure
        self.misses += other.misses

    def text(
        self, *, misses: bool = False, by_rule: bool = False, by_source: bool = False, by_confidence: bool = False
    ) -> str:
        """The figures as a table, after the misses, before the bands of confidence, sources and rules, as wanted."""
        overall = self.overall
        lines = list(self.misses) if misses else []
        lines += [
            f"{kind:22} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   "
            f"right {t.right}, wrong {t.wrong}, missed {t.missed}"
            for kind, t in self.tallies.items()
        ]
        lines.append(f"{'OVERALL':22} F1 {overall:.3f}   (mean of {', '.join(HEADS)})")
        if by_confidence:
            lines += ["", *self._confidence_lines()]
        if by_source:
            lines += ["", *self._source_lines()]
        if by_rule:
            lines += ["", *self._rule_lines()]
        return "\n".join(lines) + "\n"

    def _confidence_lines(self) -> list[str]:
        """For each band of confidence the share of its facts that are right, and the share of all facts."""
        lines, upper = [], 1.01
        for lower in BANDS:
            band = [fact.right for fact in self.sure if lower <= fact.confidence < upper]
            right = sum(band) / len(band) if band else 1.0
            part = len(band) / len(self.sure) if self.sure else 0.0
            lines.append(
                f"confidence {lower:.2f} and more    right {right:.3f} of {len(band)} facts, {part:.3f} of all"
            )
            upper = lower
        return lines

    def _source_lines(self) -> list[str]:
        """For each source its facts of each kind: the share of them that are right."""
        return [
            f"{source:32} {kind:14} P {t.precision:.3f}   right {t.right}, wrong {t.wrong}"
            for (source, kind), t in sorted(self.sources.items())
        ]

    def _rule_lines(self) -> list[str]:
        ranked = sorted(self.rules.items(), key=lambda item: (-item[1].wrong, item[0]))
        return [f"{rule:32} P {t.precision:.3f}   right {t.right}, wrong {t.wrong}" for rule, t in ranked]

    def write_json(self, path: Path) -> None:
        """Writes the figures without rounding.

        Raises:
            UserError: the file cannot be written.
        """
        rows: dict[str, dict[str, float]] = {
            kind: {
                "P": t.precision, "R": t.recall, "F1": t.f1,
                "right": t.right, "wrong": t.wrong, "missed": t.missed,
            }
            for kind, t in self.tallies.items()
        }  # fmt: skip
        rows["OVERALL"] = {"F1": self.overall}
        write_whole(path, lambda file: file.write(json.dumps(rows, ensure_ascii=False, indent=1).encode()))
