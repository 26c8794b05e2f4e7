"""Time and memory of every export format: `python -m tests.bench.export [--quads N]`, on a made graph of N and of N/4.

Memory is the peak of the whole process; what says whether it grows with the graph is its ratio between the two.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.export import FORMATS, TABLES
from kg.store import new_generation
from tests.bench.__main__ import QUADS_AN_ARTICLE, ROOT, made_graph
from tests.samples import lines

EXPORT = """
import json, re, sys, time
from pathlib import Path
from kg.export import Selection, export
started = time.process_time()
export(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Selection(only=sys.argv[4]))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]  # getrusage has the parent's, too
print(json.dumps([time.process_time() - started, int(peak) / 1024]))
"""


def measured(graph: Path, target: Path, form: str, only: str) -> tuple[float, float]:
    """Seconds of processor time, and megabytes at the peak."""
    command = [sys.executable, "-c", EXPORT, str(graph), str(target), form, only]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def main() -> None:
    """Prints a line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    wanted = parser.parse_args().quads
    with tempfile.TemporaryDirectory() as place:
        graphs = []
        for size in (wanted // 4, wanted):
            graphs.append(Path(place) / f"graph{size}")
            with new_generation(graphs[-1], "bench") as generation:
                generation.replace("made", "made", lines(made_graph(max(1, size // QUADS_AN_ARTICLE))))
                generation.commit()
        print(f"{'format':20}{'seconds':>9}{'MB':>7}{'MB at a quarter':>17}{'ratio':>7}")
        for form, only in [*((form, "all") for form in (*FORMATS, TABLES)), ("ttl", "facts")]:
            _, less = measured(graphs[0], Path(place) / "out", form, only)
            seconds, more = measured(graphs[1], Path(place) / "out", form, only)
            name = form if only == "all" else f"{form}, {only}"
            print(f"{name:20}{seconds:9.1f}{more:7.0f}{less:17.0f}{more / less:7.2f}", flush=True)
            if form == TABLES:
                shutil.rmtree(Path(place) / "out")
            else:
                (Path(place) / "out").unlink()


if __name__ == "__main__":
    main()
