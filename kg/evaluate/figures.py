"""Counts of right, wrong and missed facts, and how they are told."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import UserError

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


@dataclass(slots=True)
class Figures:
    """The figures of an evaluation, gathered page by page.

    `tallies` by kind of fact in the order of their first page; `rules` counts right and wrong things, relations and
    numbers of each rule; `misses` tells each fact that was missed, wrong or half right.
    """

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    rules: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[str] = field(default_factory=list)

    def tell(self, page: str, kind: str, verdict: str, what: object) -> None:
        """Notes a fact that is not right."""
        self.misses.append(f"{page}\t{kind}\t{verdict}\t{what}")

    @property
    def overall(self) -> float:
        """The mean F1 of places, organizations, programs, full metrics and relations."""
        return sum(self.tallies[kind].f1 for kind in HEADS) / len(HEADS)

    def text(self, *, misses: bool = False, by_rule: bool = False) -> str:
        """The figures as a table, after the misses and before the rules where these are wanted."""
        overall = self.overall
        lines = list(self.misses) if misses else []
        lines += [
            f"{kind:22} P {t.precision:.3f}  R {t.recall:.3f}  F1 {t.f1:.3f}   "
            f"right {t.right}, wrong {t.wrong}, missed {t.missed}"
            for kind, t in self.tallies.items()
        ]
        lines.append(f"{'OVERALL':22} F1 {overall:.3f}   (mean of {', '.join(HEADS)})")
        if by_rule:
            lines += ["", *self._rule_lines()]
        return "\n".join(lines) + "\n"

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
        try:
            path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise UserError(f"cannot write {path}: {error.strerror}") from None
