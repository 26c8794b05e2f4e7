"""Writes the texts that `gold/` is about, and that gold, into folders to learn from and to measure on.

Usage: python -m scripts.learning.corpus NEWS.jsonl FOLDER

NEWS.jsonl holds a report a line with `headline` and `text`; `gold/news005.json` is about its line 5, counted from 0.
What `gold/aside.txt` names, no writer of rules has read: it goes into FOLDER/aside. What `gold/kept.txt` names, nobody
has read and nothing is learned from, so that figures on it hold: FOLDER/kept. The rest goes into FOLDER/open.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

GOLD = Path(__file__).parent / "gold"


def main(news: Path, folder: Path) -> None:
    """Writes `text/` and `gold/` into the two folders."""
    part_of = {
        name: part for part in ("aside", "kept") for name in (GOLD / f"{part}.txt").read_text(encoding="utf-8").split()
    }
    reports = [json.loads(line) for line in news.read_text(encoding="utf-8").splitlines()]
    for part in ("aside", "kept", "open"):
        for name in ("text", "gold"):
            (folder / part / name).mkdir(parents=True, exist_ok=True)
    for gold in sorted(GOLD.glob("news*.json")):
        report = reports[int(gold.stem.removeprefix("news"))]
        text = f"{report['headline'].strip()}\n\n{report['text'].strip()}\n"
        target = folder / part_of.get(gold.stem, "open")
        (target / "text" / f"{gold.stem}.txt").write_text(text, encoding="utf-8")
        shutil.copy(gold, target / "gold" / gold.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
