"""How time, memory and bytes grow with a corpus: `python -m tests.bench.scale 1000 10000`, `--to FILE` to keep them.

For each size a corpus of `tests.bench.corpus` in files of a hundred articles, built by `kg build` in a process of its
own; then the same again with nothing new, `kg info`, every saved question beside plain pyoxigraph, and one article
more. Seconds are of the processor, children's too, with the start of each process: others on the machine hardly count.
Memory is the most of any one process.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.queries.running import Rows, run
from tests.bench.corpus import articles
from tests.bench.queries import ROOT, compared

A_FILE = 100
MEASURED = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""


@dataclass(frozen=True)
class Used:
    """Seconds of the processor, and megabytes of memory."""

    seconds: float
    megabytes: float


def kg(*arguments: object) -> Used:
    """What a command takes."""
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "kg", *map(str, arguments)]
    return Used(*json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout))


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def write(folder: Path, number: int) -> int:
    """A corpus in files of a hundred articles; the bytes of its text."""
    folder.mkdir()
    size = 0
    records = articles(number)
    for place in range(0, number, A_FILE):
        with (folder / f"{place:08}.jsonl").open("w", encoding="utf-8") as file:
            for record in islice(records, A_FILE):
                size += len(record["text"].encode())
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return size


def told(graph: Path) -> Mapping[str, str]:
    """What questions are asked of: the things that most articles of this graph name."""

    def most(kind: str) -> str:
        query = f"""SELECT ?label {{ ?thing a gov:{kind} ; skos:prefLabel ?label ; gov:mentionedIn ?passage }}
            GROUP BY ?label ORDER BY DESC(COUNT(?passage)) ?label LIMIT 1"""
        answer = run(graph, query)
        assert isinstance(answer, Rows)
        return answer.rows[0][0].value

    program, district = f"Program:{most('Program')}", most("District")
    answer = run(
        graph,
        """SELECT ?label { ?metric gov:observes/skos:prefLabel ?label }
        GROUP BY ?label ORDER BY DESC(COUNT(?metric)) ?label LIMIT 1""",
    )
    assert isinstance(answer, Rows)
    return {
        "program": program, "thing": program, "district": district, "place": district, "area": district,
        "organization": most("Organization"), "indicator": answer.rows[0][0].value,
    }  # fmt: skip


def measured(number: int) -> Iterator[str]:
    """A section of results."""
    with tempfile.TemporaryDirectory() as place:
        pages, graph = Path(place) / "pages", Path(place) / "graph"
        text = write(pages, number)
        first = kg("build", pages, "-g", graph)
        size = size_of(graph)
        again = kg("build", pages, "-g", graph)
        info = kg("info", "-g", graph)
        answer = run(graph, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(answer, Rows)
        quads = int(answer.rows[0][0].value)
        rows = compared(graph, told(graph))
        more = Path(place) / "more.jsonl"
        record = next(islice(articles(number + 1), number, None))
        more.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        one = kg("build", more, "-g", graph)
    yield f"| {number:,} articles | |"
    yield "|---|--:|"
    yield f"| text | {text / 1e6:.1f} MB |"
    yield f"| built in | {first.seconds:.0f} s, {text / 1000 / first.seconds:.0f} KB/s |"
    yield f"| most memory of a process | {first.megabytes:.0f} MB |"
    yield f"| quads | {quads:,}, {quads / number:.0f} an article |"
    yield f"| bytes of the graph | {size / 1e6:.1f} MB, {size / quads:.0f} a quad, {size / text:.1f} times the text |"
    yield f"| built again with nothing new | {again.seconds:.2f} s |"
    yield f"| one article more | {one.seconds:.2f} s |"
    yield f"| `kg info` | {info.seconds:.2f} s |"
    yield ""
    yield "| question | plain pyoxigraph, s | kg, s | rows |"
    yield "|---|--:|--:|--:|"
    for row in rows:
        yield f"| {row['question']} | {row['plain_cpu']:.2f} | {row['kg_cpu']:.2f} | {row['rows']} |"
    yield ""


def written(sizes: Sequence[int]) -> Iterator[str]:
    """The head, then each size's tables as soon as they are there: the larger ones take hours."""
    command = " ".join(["python -m tests.bench.scale", *map(str, sizes)])
    load = os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores whose load was {load:.1f} before, Python {platform.python_version()}"
    yield f"`{command}`: {machine}.\n\n"
    for number in sizes:
        yield "\n".join(measured(number)) + "\n"


def main() -> None:
    """Prints the figures of each size when they are there, and appends them to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="*", default=[1000])
    parser.add_argument("--to", type=Path)
    wanted = parser.parse_args()
    for number, part in enumerate(written(wanted.articles)):
        print(part, end="", flush=True)
        if wanted.to:
            with wanted.to.open("a", encoding="utf-8") as file:
                file.write(part if number else f"\n## Growth\n\n{part}")


if __name__ == "__main__":
    main()
