"""Every saved question in one process, warm: `python -m tests.bench.warm GRAPH` (one of `tests.bench.scale`).

Beside plain pyoxigraph on the same text: its query and its CSV, of named graphs as their union and of the union that kg
keeps. kg's answer is that of its query processes, from values to CSV with labels. Milliseconds of this thread's
processor time, the best of three.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store

from kg.queries.answering import Asked, bound, with_prefixes, write
from kg.queries.saved import Question, saved_questions
from kg.store import open_with_union
from tests.bench.queries import given
from tests.bench.scale import told

OPTIONS = {"form": "csv", "iris": False, "evidence": False, "dry_run": False, "most_rows": None}


def best(*works: Callable[[], object], times: int = 3) -> list[float]:
    """Milliseconds of processor time of each; they take turns, so that what else the machine does falls on all."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, each in zip(works, taken, strict=True):
            before = time.thread_time()
            work()
            each.append((time.thread_time() - before) * 1000)
    return list(map(min, taken))


def plain(store: Store, text: str, *, joined: bool) -> None:
    results = store.query(text, use_default_graph_as_union=joined)
    assert isinstance(results, QuerySolutions)
    results.serialize(format=QueryResultsFormat.CSV)


def measured(graph: Asked, question: Question, values: dict[str, str]) -> str:
    """A row of the table."""
    assert graph.union
    union = graph.union
    text = with_prefixes(bound(graph.graphs, question, values))
    names_graphs = "GRAPH" in text
    theirs, ours, *alone = best(
        lambda: plain(graph.graphs, text, joined=True),
        lambda: write(graph, question, values, OPTIONS),
        *([] if names_graphs else [lambda: plain(union, text, joined=False)]),
    )
    rows = write(graph, question, values, OPTIONS)[0]["rows"]
    cells = (f"{theirs:.0f}", f"{sum(alone):.0f}", f"{ours:.0f}", f"{ours / theirs:.2f}", str(rows))
    return f"| {question.name} | {' | '.join(cells)} |"


def table(folder: Path) -> Iterator[str]:
    graph, values = Asked(*open_with_union(folder)), told(folder)
    yield "| question | plain pyoxigraph, ms | plain, on the union, ms | kg, ms | kg to plain | rows |"
    yield "|---|--:|--:|--:|--:|--:|"
    for question in saved_questions():
        yield measured(graph, question, given(question, values))


def main() -> None:
    """Prints a line a question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    for line in table(parser.parse_args().graph):
        print(line, flush=True)


if __name__ == "__main__":
    main()
