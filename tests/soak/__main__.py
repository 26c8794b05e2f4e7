"""A long attack, seeded and bounded: broken inputs, killed builds, and the same pages built in every way.

    make soak                                  # all of it, hours
    python -m tests.soak --share 0.01          # a hundredth

It ends with status 1 where something else happens than it should, and prints figures as a table.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import product
from pathlib import Path

from kg.errors import UserError
from kg.outcomes import SECONDS_A_FILE
from kg.pipeline import read_file
from kg.processes import TooSlow, time_limit
from kg.reading import input_files
from kg.store import open_graph

ROOT = Path(__file__).parents[2]
INPUTS, KILLS = 10_000, 1000
LOCALES = ["C", "C.UTF-8", "zh_CN.GBK"]
MARKS = ["“", "”", "<", ">", "</p>", "<table>", "&#", "{", '"', "\\u", "\ufeff", "\u202e", "，", "1", "亿", "\r", "\0"]


def pages() -> list[Path]:
    return [path for path in input_files([ROOT / "seeds"]) if path.parent.name == "seeds"]


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
    """Broken pages in all formats: each gives facts or one line that says why not."""
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


def state(graph: Path) -> str:
    """What a graph says, as one digest."""
    digest = hashlib.sha256()
    for line in sorted(map(str, open_graph(graph))):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()[:16]


def build(news: Path | list[Path], graph: Path, *options: str, **environment: str) -> subprocess.Popen[bytes]:
    named = [str(path) for path in (news if isinstance(news, list) else [news])]
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", *named, "-g", str(graph), *options],
        cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kills(count: int, folder: Path, figures: Counter[str]) -> list[str]:
    """Builds killed at any moment: the graph is the one before or the one after, and a build makes it whole."""
    faults = []
    news, old, new = folder / "news", folder / "old", folder / "new"
    news.mkdir()
    texts = [path.read_text(encoding="utf-8")[:1500] for path in pages()]
    for number, text in enumerate(texts):
        (news / f"{number}.txt").write_text(text, encoding="utf-8")
    build(news, old).wait()
    (news / "0.txt").write_text(texts[0] + "\n东湖区推出“晚晴会客厅”，服务居民500人。\n", encoding="utf-8")
    (news / "1.txt").unlink()
    shutil.copytree(old, new)
    started = time.monotonic()
    build(news, new).wait()
    whole, before, after = time.monotonic() - started, state(old), state(new)
    for number in range(count):
        chance = random.Random(f"kill {number}")
        graph = folder / "graph"
        shutil.copytree(old, graph)
        with build(news, graph) as process:
            time.sleep(chance.uniform(0, 1.1 * whole))
            process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
        found = state(graph)
        figures["killed before the change"] += found == before
        figures["killed after the change"] += found == after
        faults += [f"kill {number}: the graph is neither"] * (found not in {before, after})
        build(news, graph).wait()
        faults += [f"kill {number}: a build does not make it whole"] * (state(graph) != after)
        shutil.rmtree(graph)
    return faults


def same(share: float, folder: Path, figures: Counter[str]) -> list[str]:
    """The same pages in every order, by any number of workers, with any seed, locale and time zone: one graph."""
    ways = list(product(range(6), ["1", "2", "4"], ["0", "1", "77"], LOCALES, ["UTC", "Asia/Shanghai"]))
    chosen = random.Random("ways").sample(ways, max(4, round(share * len(ways))))
    found: dict[str, str] = {}
    for order, jobs, seed, locale, zone in chosen:
        files = pages()
        random.Random(order).shuffle(files)
        graph = folder / "same"
        build(files, graph, "--jobs", jobs, PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone, PYTHONUTF8="0").wait()
        found.setdefault(state(graph), f"{order} {jobs} {seed} {locale} {zone}")
        shutil.rmtree(graph)
        figures["ways to build"] += 1
    figures["graphs that came out"] = len(found)
    return [f"ways differ: {found}"] * (len(found) != 1)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--share", type=float, default=1.0)
    share = asked.parse_args().share
    figures: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults += inputs(round(share * INPUTS), folder, figures)
        faults += kills(round(share * KILLS), folder, figures)
        faults += same(share, folder, figures)
    print("| what | number |\n|---|---|")
    for what, number in figures.items():
        print(f"| {what} | {number:,} |")
    print(f"| faults | {len(faults)} |")
    print(*faults, sep="\n", file=sys.stderr)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
