"""Writes the texts that `gold/` is about, and that gold, into folders to learn from and to measure on.

Usage: python -m scripts.learning.corpus CORPUS FOLDER

CORPUS holds `news.jsonl`, a report a line with `headline` and `text`, and work reports of governments in `reports/`;
`gold/news005.json` is about line 5 of the former, counted from 0, and other gold about the work report of its name.
What `gold/aside.txt` names, no writer of rules has read: it goes into FOLDER/aside. What `gold/kept.txt` names, nobody
has read and nothing is learned from, so that figures on it hold: FOLDER/kept; of work reports, what `kept_reports.txt`
names: FOLDER/kept_reports. The rest goes into FOLDER/open and FOLDER/reports.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

GOLD = Path(__file__).parent / "gold"

APART = ("aside", "kept", "kept_reports")
"""The lists of what is not learned from, with the names of their folders."""


def main(corpus: Path, folder: Path) -> None:
    """Writes `text/` and `gold/` into the folders."""
    part_of = {name: part for part in APART for name in (GOLD / f"{part}.txt").read_text(encoding="utf-8").split()}
    news = [json.loads(line) for line in (corpus / "news.jsonl").read_text(encoding="utf-8").splitlines()]
    for gold in sorted(GOLD.glob("*.json")):
        if gold.stem.startswith("news"):
            report = news[int(gold.stem.removeprefix("news"))]
            text, part = f"{report['headline'].strip()}\n\n{report['text'].strip()}\n", "open"
        else:
            text, part = (corpus / "reports" / f"{gold.stem}.txt").read_text(encoding="utf-8"), "reports"
        target = folder / part_of.get(gold.stem, part)
        for name in ("text", "gold"):
            (target / name).mkdir(parents=True, exist_ok=True)
        (target / "text" / f"{gold.stem}.txt").write_text(text, encoding="utf-8")
        shutil.copy(gold, target / "gold" / gold.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
