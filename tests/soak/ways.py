"""The same pages in every order, by any number of workers, with any seed, locale and time zone: one graph.

python -m tests.soak.ways "0 1" "3 2"      # orders and workers, in this process's environment; prints digests
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import product
from math import ceil, sqrt
from pathlib import Path

import kg.build
import kg.sharing
from tests.soak.forks import ROOT, ended, pages, state, warm
from tests.soak.forks import kg as command

LOCALES = ["C", "C.UTF-8", "zh_CN.GBK"]
ENVIRONMENTS = list(product(["0", "1", "77"], LOCALES, ["UTC", "Asia/Shanghai"]))
BUILDS = list(product(range(6), ["1", "2", "3"]))


def same(share: float, figures: Counter[str]) -> list[str]:
    """What was wrong with that share of all ways."""
    chance = random.Random("ways")
    some = chance.sample(ENVIRONMENTS, ceil(sqrt(share) * len(ENVIRONMENTS)))
    each = ceil(share * len(ENVIRONMENTS) * len(BUILDS) / len(some))
    found: dict[str, str] = {}
    for seed, locale, zone in some:
        settings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "0"}
        asked = [f"{order} {jobs}" for order, jobs in chance.sample(BUILDS, each)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak.ways", *asked],
            cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            return [f"{settings}: {done.stderr}"]
        for way, digest in zip(asked, done.stdout.split(), strict=True):
            found.setdefault(digest, f"{way} {settings}")
            figures["ways to build"] += 1
    figures["graphs that came out"] = len(found)
    return [f"ways differ: {found}"] * (len(found) != 1)


def main() -> None:
    kg.sharing.BYTES_PER_WORKER = 5_000  # else so few pages are worth no second process
    warm()
    with tempfile.TemporaryDirectory() as name:
        graph, log = Path(name) / "graph", Path(name) / "log"
        for asked in sys.argv[1:]:
            order, jobs = asked.split()
            files = pages()
            random.Random(int(order)).shuffle(files)
            status = ended(command(log, "build", *files, "-g", graph, "--jobs", jobs))
            assert status == 0, log.read_text(encoding="utf-8")
            print(state(graph).replace(" ", "_"))
            shutil.rmtree(graph)


if __name__ == "__main__":
    main()
