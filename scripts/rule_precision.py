"""Measures how often each rule is right and writes kg/rule_precision.tsv.

Usage: python -m scripts.rule_precision FOLDER...     from the checkout, with kg installed

Each FOLDER holds `text/` and `gold/`. They should be pages that no writer of rules has read, as those that
`scripts.learning.corpus` puts aside: the figures become `gov:confidence`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kg.build import build
from kg.evaluate import evaluate
from kg.extractors import extractors
from kg.linking.article import BASED_RULE, WITHIN_RULE
from scripts.learning.sources import sources

TARGET = Path(__file__).resolve().parent.parent / "kg" / "rule_precision.tsv"


def main(folders: list[Path]) -> None:
    """Builds a graph of the pages and counts by rule."""
    pages = sources(folders)
    with tempfile.TemporaryDirectory() as folder:
        build([page.path for page in pages], Path(folder) / "graph")
        figures = evaluate(Path(folder) / "graph", [page.gold_path for page in pages])
    rules = {rule.name for extractor in extractors().values() for rule in extractor.RULES} | {BASED_RULE, WITHIN_RULE}
    rules |= figures.rules.keys()
    lines = [f"# How often each rule was right on {len(pages)} pages kept aside: rule, right, wrong."]
    for rule in sorted(rules):
        tally = figures.rules.get(rule)
        lines.append(f"{rule}\t{tally.right if tally else 0}\t{tally.wrong if tally else 0}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {len(lines) - 1} rules on {len(pages)} pages\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
