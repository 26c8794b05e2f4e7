#!/usr/bin/env python3
"""Measures how often each rule is right and writes kg/rule_precision.tsv.

Usage: python scripts/rule_precision.py      from the checkout, with kg installed

Compared are the development articles of tests/articles (the odd-numbered ones) and the pages of seeds/ with their gold
facts. The held-out articles stay out, so that they can tell how well these figures hold elsewhere.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from kg.build import build
from kg.evaluate import evaluate
from kg.extractors import extractors
from kg.linking.article import BASED_RULE, WITHIN_RULE

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "kg" / "rule_precision.tsv"


def development() -> tuple[list[Path], list[Path]]:
    """The pages and the gold files that rules may be measured on."""
    articles = [p for p in sorted((ROOT / "tests" / "articles").glob("[a-z][0-9][0-9].*")) if int(p.stem[1:]) % 2]
    seeds = [p for p in sorted((ROOT / "seeds").glob("20*")) if p.is_file()]
    names = {page.stem for page in (*articles, *seeds)}
    gold = [*(ROOT / "tests" / "articles" / "gold").glob("*.json"), *(ROOT / "seeds" / "gold").glob("*.json")]
    return [*articles, *seeds], [path for path in sorted(gold) if re.split(r"[.]", path.name)[0] in names]


def main() -> None:
    """Builds a graph of the development pages and counts by rule."""
    pages, gold = development()
    with tempfile.TemporaryDirectory() as folder:
        build(pages, Path(folder) / "graph")
        figures = evaluate(Path(folder) / "graph", gold)
    known = {rule.name for extractor in extractors().values() for rule in extractor.RULES} | {BASED_RULE, WITHIN_RULE}
    lines = ["# How often each rule was right: rule, right, wrong. Made by scripts/rule_precision.py."]
    for rule in sorted(known | set(figures.rules)):
        tally = figures.rules.get(rule)
        lines.append(f"{rule}\t{tally.right if tally else 0}\t{tally.wrong if tally else 0}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {len(lines) - 1} rules on {len(pages)} pages\n")


if __name__ == "__main__":
    main()
