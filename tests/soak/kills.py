"""Commands killed at any moment: what they write is as it was before or as it is to be, and the next run cleans up."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.soak.forks import ROOT, ended, kg, pages, state

SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
FRESH = 25
"""Of so many builds that are killed one is a process of its own, killed while it starts too."""
EXPORT = 4
"""Of so many commands that are killed one is an export."""


def kills(count: int, folder: Path, figures: Counter[str]) -> list[str]:
    """What was wrong after so many of them."""
    folder.mkdir()
    attack = _Attack(folder, figures)
    faults = []
    for number in range(count):
        chance = random.Random(f"kill {number}")
        strike = attack.export if number % EXPORT == EXPORT - 1 else attack.build
        faults += [f"kill {number}: {fault}" for fault in strike(number, chance)]
    return faults


class _Attack:
    """The pages, their graph before a change and after it, and what is exported of both."""

    def __init__(self, folder: Path, figures: Counter[str]) -> None:
        self.folder, self.figures, self.log = folder, figures, folder / "log"
        self.news, self.old, self.new = folder / "news", folder / "old", folder / "new"
        self.news.mkdir()
        texts = [path.read_text(encoding="utf-8")[:700] for path in pages()]
        for number, text in enumerate(texts):
            (self.news / f"{number}.txt").write_text(text, encoding="utf-8")
        ended(kg(self.log, "build", self.news, "-g", self.old))
        more = "\n东湖区推出“晚晴会客厅”，服务居民500人。\n"
        (self.news / "0.txt").write_text(texts[0] + more, encoding="utf-8")
        (self.news / "1.txt").unlink()
        shutil.copytree(self.old, self.new)
        self.whole = self._seconds("build", self.news, "-g", self.new)
        self.before, self.after = state(self.old), state(self.new)
        self.exporting = self._seconds("export", folder / "new.ttl", "-g", self.new)
        ended(kg(self.log, "export", folder / "old.ttl", "-g", self.old))
        self.exports = [(folder / name).read_bytes() for name in ("old.ttl", "new.ttl")]

    def build(self, number: int, chance: random.Random) -> list[str]:
        graph = self.folder / "graph"
        shutil.copytree(self.old, graph)
        arguments = ("build", self.news, "-g", graph)
        if number % FRESH:
            faults = self._killed(kg(self.log, *arguments), chance, self.whole)
        else:
            faults = self._killed(_fresh(self.log, *arguments), chance, self.whole + 2)
        found = state(graph)
        self.figures["builds killed before the change"] += found == self.before
        self.figures["builds killed after the change"] += found == self.after
        faults += [f"the graph is neither: {found}"] * (found not in {self.before, self.after})
        ended(kg(self.log, *arguments))
        found = state(graph)
        faults += [f"a build does not make it whole: {found}"] * (found != self.after)
        names = sorted(path.name.partition("-")[0] for path in graph.iterdir())
        faults += [f"left behind: {names}"] * (names != ["current", "generation", "generation", "kg"])
        shutil.rmtree(graph)
        return faults

    def export(self, _number: int, chance: random.Random) -> list[str]:
        place = self.folder / "out"
        place.mkdir()
        target = place / "a.ttl"
        target.write_bytes(self.exports[0])
        faults = self._killed(kg(self.log, "export", target, "-g", self.new), chance, self.exporting)
        found = target.read_bytes()
        self.figures["exports killed before the change"] += found == self.exports[0]
        self.figures["exports killed after the change"] += found == self.exports[1]
        faults += ["the file is neither"] * (found not in self.exports)
        for draft in place.iterdir():
            self.figures["drafts left by exports killed"] += draft != target
            os.utime(draft, (1, 1))  # the next run leaves alone what may be at work
        ended(kg(self.log, "export", target, "-g", self.new))
        faults += [f"left behind: {list(place.iterdir())}"] * (list(place.iterdir()) != [target])
        faults += ["the next run writes another file"] * (target.read_bytes() != self.exports[1])
        shutil.rmtree(place)
        return faults

    def _seconds(self, *arguments: object) -> float:
        started = time.monotonic()
        assert ended(kg(self.log, *arguments)) == 0, self.log.read_text(encoding="utf-8")
        return time.monotonic() - started

    def _killed(self, pid: int, chance: random.Random, seconds: float) -> list[str]:
        """What is wrong with how a command ends that is sent a signal at some moment."""
        time.sleep(chance.uniform(0, 1.1 * seconds))
        number = chance.choice(SIGNALS)
        os.kill(pid, number)
        status, told = ended(pid), self.log.read_text(encoding="utf-8", errors="replace")
        self.figures["commands that ended before the signal"] += status == 0
        # Before a command heeds signals, they end it as the system has it.
        fine = status in {0, -number} or (status == 128 + number and told.rstrip().endswith("kg: stopped"))
        return [] if fine else [f"it ended with {status} by signal {number}: {told[-500:]}"]


def _fresh(log: Path, *arguments: object) -> int:
    """Start `kg ARGUMENTS...` as a process of its own, in which no signal is ignored."""

    def heed() -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)

    with log.open("wb") as out:
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, preexec_fn=heed).pid  # noqa: PLW1509
