"""A long attack, seeded and bounded: broken inputs, killed commands, and the same pages built in every way.

    make soak                                  # all of it
    python -m tests.soak --share 0.01          # a hundredth

It ends with status 1 where something else happens than it should, and prints figures as a table.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.soak.forks import warm
from tests.soak.inputs import inputs
from tests.soak.kills import kills
from tests.soak.ways import same

INPUTS, KILLS = 10_000, 1_000


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--share", type=float, default=1.0)
    share = asked.parse_args().share
    figures: Counter[str] = Counter()
    faults: list[str] = []
    warm()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        attacks = {
            "kills": partial(kills, round(share * KILLS), folder / "kills"),
            "inputs": partial(inputs, round(share * INPUTS), folder),
            "ways": partial(same, share),
        }
        # In copies of this process, which have all dictionaries; two at once, of which kills take half of the time.
        with ProcessPoolExecutor(2, multiprocessing.get_context("fork")) as copies:
            at_work = {what: copies.submit(led, what, attack) for what, attack in attacks.items()}
            for what, work in at_work.items():
                found, counted = work.result()
                faults += found
                figures.update(counted)
                print(f"{what}: {len(found)} faults", file=sys.stderr)
    print("| what | number |\n|---|---|")
    for what, number in figures.items():
        print(f"| {what} | {number:,} |")
    print(f"| faults | {len(faults)} |")
    print(*faults, sep="\n", file=sys.stderr)
    return int(bool(faults))


def led(what: str, attack: Callable[[Counter[str]], list[str]]) -> tuple[list[str], Counter[str]]:
    """The faults that an attack finds, and its figures with what it took."""
    figures: Counter[str] = Counter()
    wall, used = time.monotonic(), sum(os.times()[:4])
    faults = attack(figures)
    figures[f"seconds of processor time, {what}"] = round(sum(os.times()[:4]) - used)
    figures[f"seconds, {what}"] = round(time.monotonic() - wall)
    return faults, figures


if __name__ == "__main__":
    sys.exit(main())
