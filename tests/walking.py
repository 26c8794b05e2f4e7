"""Runs steps of CONTRIBUTING.md in the folder of a changed copy of the project.

Standard input has them as JSON, by name; standard output gets what is wrong with each, "" where nothing is.
"""

from __future__ import annotations

import doctest
import json
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path


def facts(text: str) -> dict[str, list[str]]:
    """What a text tells: names of things by kind, claims and metrics."""
    from kg.build import read_article

    found: dict[str, list[str]] = {"claims": [], "metrics": []}
    for article in _page(text).articles:
        told = read_article(article)
        for entity in told.entities:
            found.setdefault(str(entity.kind), []).append(entity.label)
        found["claims"] += [f"{c.subject.label} {c.predicate} {c.object.label}" for c in told.claims]
        found["metrics"] += [f"{o.metric.value.normalize():f} {o.metric.unit}" for o in told.observations]
    return found


def _page(text: str):
    from kg.reading import read_page

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "page.txt"
        path.write_text(f"题目\n\n{text}\n", encoding="utf-8")
        return read_page(path)


def examples(name: str) -> str:
    """Whether the examples beside an extractor hold."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        f"{name}:",
        "tests/extractors/test_examples.py",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "all hold" if done.returncode == 0 else done.stdout


def kg(command: str, *arguments: str, name: str = "page.txt") -> int:
    """Runs a command on a graph of its own; of `build` the argument is a page's text. Its answer is printed."""
    graph = Path("walked") / "graph"
    if command != "build" and not graph.exists():  # steps are walked in any order
        kg("build", "成都市武侯区玉林街道推出“石榴籽”行动，服务居民1200人次。")
    if command == "build":
        shutil.rmtree("walked", ignore_errors=True)
        Path("walked").mkdir()
        (Path("walked") / name).write_text(f"题目\n\n{arguments[0]}\n", encoding="utf-8")
        arguments = ("walked", "--strict")
    elif command == "export":
        arguments = (str(Path("walked") / arguments[0]),)
    done = subprocess.run(
        [sys.executable, "-m", "kg", command, *arguments, "-g", str(graph)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    sys.stdout.write(done.stdout + done.stderr * bool(done.returncode))
    return done.returncode


def explain(text: str) -> str:
    """What `kg explain` prints of a text."""
    from kg.explain import explained

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "page.txt"
        path.write_text(f"题目\n\n{text}\n", encoding="utf-8")
        return "\n".join(explained(path))


def learn(decision: str) -> list[str]:
    """Learns a decision from two pages of the seeds; the names of the tables that are written."""
    source, weights = Path("walked") / "source", Path("walked") / "weights"
    shutil.rmtree("walked", ignore_errors=True)
    shutil.copytree("seeds/gold", source / "gold")
    (source / "text").mkdir()
    for gold in (source / "gold").iterdir():
        (page,) = Path("seeds").glob(f"{gold.stem}.*")
        shutil.copy(page, source / "text")
    command = [sys.executable, "-m", "scripts.learning", str(source), "--only", decision, "--to", str(weights)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return sorted(path.name for path in weights.iterdir()) if done.returncode == 0 else [done.stderr]


TOOLS = {"facts": facts, "examples": examples, "kg": kg, "explain": explain, "learn": learn, "json": json, "Path": Path}


def wrong_with(name: str, shown: str) -> str:
    """What is wrong with a step."""
    told = StringIO()
    test = doctest.DocTestParser().get_doctest(shown, dict(TOOLS), name, "CONTRIBUTING.md", 0)
    doctest.DocTestRunner(verbose=False).run(test, out=told.write)
    return told.getvalue()


if __name__ == "__main__":
    steps = json.load(sys.stdin)
    json.dump({name: wrong_with(name, shown) for name, shown in steps.items()}, sys.stdout)
