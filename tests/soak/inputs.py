"""Broken pages in all formats: each gives facts or one line that says why not."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from kg.errors import UserError
from kg.outcomes import SECONDS_A_FILE
from kg.pipeline import read_file
from kg.processes import TooSlow, time_limit
from tests.soak.forks import pages

MARKS = ["“", "”", "<", ">", "</p>", "<table>", "&#", "{", '"', "\\u", "\ufeff", "\u202e", "，", "1", "亿", "\r", "\0"]


def spoilt(raw: str, chance: random.Random) -> bytes:
    """Part of a page with one to eight faults: dropped, doubled, marks put in, its end cut off, some bytes changed."""
    start = chance.randrange(max(1, len(raw) - 1000))
    text = raw[start : start + chance.randint(10, 1000)]
    for _ in range(chance.randint(1, 8)):
        at, size = chance.randrange(len(text) + 1), chance.randint(1, 40)
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[at + size :]
            case 1:
                text = text[:at] + text[at : at + size] * chance.randint(1, 30) + text[at:]
            case 2:
                text = text[:at] + chance.choice(MARKS) * chance.randint(1, 200) + text[at:]
            case 3:
                text = text[:at] + chance.choice(MARKS) + text[at:]
            case _:
                text = text[: max(1, at)]
    data = bytearray(text.encode())
    if data and not chance.randrange(5):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def inputs(count: int, folder: Path, figures: Counter[str]) -> list[str]:
    """What was wrong with so many of them."""
    faults = []
    raws = [path.read_text(encoding="utf-8") for path in pages()]
    for number in range(count):
        chance = random.Random(f"input {number}")
        suffix = chance.choice([".txt", ".md", ".html", ".jsonl"])
        data = spoilt(chance.choice(raws), chance)
        if suffix == ".html":
            data = b"<h1>" + data[:30] + b"</h1><p>" + data[30:].replace(b"\n", b"</p><p>")
        elif suffix == ".jsonl":
            data = b'{"text": "' + data.replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"}\n'
        path = folder / f"page{suffix}"
        path.write_bytes(data)
        try:
            with time_limit(SECONDS_A_FILE):
                figures["inputs read"] += bool(read_file(path).articles)
        except UserError as error:
            figures["inputs refused"] += 1
            faults += [f"input {number}: {error!r}"] * ("\n" in str(error))
        except (Exception, TooSlow) as error:  # noqa: BLE001 - any is a fault
            faults.append(f"input {number}: {error!r}")
    return faults
