"""A site under load: clients on loopback for a time, with builds in between. `python -m tests.bench.serve`.

Each client asks one thing after the other, by chance of its own seed, and waits for the answer; every `--every` seconds
a build puts a new generation in place. Told are errors (anything but 200) and how long answers took, by kind, as rows
of a Markdown table; `--to FILE` appends them with the machine's load.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote

from kg.build import build
from kg.queries.saved import saved_questions
from kg.serve.addresses import path_of
from kg.serve.snapshot import Snapshots

ROOT = Path(__file__).parent.parent.parent


def addresses(folder: Path) -> dict[str, list[str]]:
    """What is asked, by kind of page."""
    index = Snapshots(folder).now.index
    things = [path_of(entry.iri) for entry in index.entries if entry.kind not in {"Article", "Indicator"}]
    articles = [path_of(entry.iri) for entry in index.entries if entry.kind == "Article"]
    names = [quote(entry.label) for entry in index.entries]
    free = [question.name for question in saved_questions() if not any(not p.optional for p in question.parameters)]
    query = quote("SELECT ?p (COUNT(*) AS ?n) { ?p gov:implementedIn ?d } GROUP BY ?p ORDER BY DESC(?n) LIMIT ")
    return {
        "home": ["/"],
        "search": [f"/search?q={name}" for name in names],
        "thing": things,
        "network": ["/around/" + thing.removeprefix("/id/") for thing in things],
        "article": articles,
        "data": [f"{thing}?format={form}" for thing in things for form in ("ttl", "jsonld")],
        "question": [f"/questions/{name}?run=1" for name in free],
        "SPARQL": [f"/sparql?format=json&query={query}{number}" for number in range(1, 60)],
    }


class Load:
    """Clients that ask until they are ended, and what became of what they asked."""

    def __init__(self, host: str, asked: dict[str, list[str]]) -> None:
        self._host, self._asked = host, asked
        self.ended = threading.Event()
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.faults: Counter[str] = Counter()

    def client(self, seed: int) -> None:
        """Ask, wait, ask again."""
        chance = random.Random(seed)
        connection = http.client.HTTPConnection(self._host, timeout=120)
        while not self.ended.is_set():
            kind = chance.choice(list(self._asked))
            started = time.perf_counter()
            try:
                connection.request("GET", chance.choice(self._asked[kind]), headers={"Accept": "text/html"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.faults[f"{kind}: {answer.status}"] += 1
            except (OSError, http.client.HTTPException) as error:
                self.faults[f"{kind}: {type(error).__name__}"] += 1
                connection.close()
            self.taken[kind].append(time.perf_counter() - started)
        connection.close()


def served(folder: Path) -> tuple[subprocess.Popen[str], str]:
    """A site in a process of its own, and where it listens; its log is read, so that nothing holds it up."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    threading.Thread(target=process.stderr.read, daemon=True).start()
    return process, re.search(r"http://([^/]+)/", line)[1]


def at(taken: list[float], share: float) -> float:
    """The time within which a share of the answers came, in milliseconds."""
    return sorted(taken)[min(len(taken) - 1, int(share * len(taken)))] * 1000


def rows(load: Load) -> list[str]:
    """The table, a row a kind, and one for all."""
    told = ["| page | answers | p50 ms | p99 ms | longest ms |", "|---|--:|--:|--:|--:|"]
    everything = [each for taken in load.taken.values() for each in taken]
    for kind, taken in [*sorted(load.taken.items()), ("all", everything)]:
        told.append(
            f"| {kind} | {len(taken):,} | {at(taken, 0.5):,.0f} | {at(taken, 0.99):,.0f} | {max(taken) * 1000:,.0f} |"
        )
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "seeds", help="pages (default: the seeds)")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=10, help="seconds between builds")
    parser.add_argument("--to", type=Path, help="file that the table is appended to")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        pages, graph = Path(place) / "pages", Path(place) / "graph"
        shutil.copytree(given.folder, pages)
        build([pages], graph)
        asked = addresses(graph)
        process, host = served(graph)
        load = Load(host, asked)
        clients = [threading.Thread(target=load.client, args=(seed,)) for seed in range(given.clients)]
        started, before, builds = time.monotonic(), os.getloadavg()[0], 0
        for client in clients:
            client.start()
        while (left := started + given.seconds - time.monotonic()) > 0:
            if load.ended.wait(min(left, given.every)) or left <= given.every:
                break
            builds += 1
            text = f"石桥区：“夜谈会”第{builds}期\n\n2024年，石桥区办起“夜谈会”{builds}场。\n"
            (pages / "new.txt").write_text(text, encoding="utf-8")
            build([pages], graph)
        load.ended.set()
        for client in clients:
            client.join()
        process.terminate()
        process.wait(timeout=60)
    faults = ", ".join(f"{name} {count}" for name, count in sorted(load.faults.items())) or "none"
    said = (
        f"{given.clients} clients for {given.seconds:g} s with {builds} builds in between, on {os.cpu_count()} cores "
        f"whose load was {before:.1f} before. Errors: {faults}."
    )
    told = "\n".join([said, "", *rows(load), ""])
    print(told)
    if given.to:
        with given.to.open("a", encoding="utf-8") as file:
            file.write("\n" + told)


if __name__ == "__main__":
    main()
