"""Puts what the commands of README.md really print into it: `python scripts/readme.py` after a change of the output.

Blocks of console lines keep their `$ kg ...` lines; what stands under each is replaced by its output on the graph of
seeds/, long tables and lines cut with an ellipsis. The list of saved questions and the figures are renewed likewise.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.queries.saved import saved_questions
from kg.queries.text import width

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
MOST_LINES, MOST_COLUMNS = 14, 150


def kg(command: str, graph: str, *, cut: bool = True) -> str:
    """What a command prints, remarks first."""
    arguments = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=ROOT,
        env=os.environ | {"KG_GRAPH": graph},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (done.stderr.replace(graph, "graph") + done.stdout).splitlines()
    if not cut:
        return "\n".join(lines)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 2], "…", lines[-1]]
    return "\n".join(map(shortened, lines))


def shortened(line: str) -> str:
    """A line that fits the page."""
    if width(line) <= MOST_COLUMNS:
        return line
    while width(line) > MOST_COLUMNS - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def console(block: re.Match[str], graph: str) -> str:
    """A block with the output of its commands."""
    commands = re.findall(r"^\$ (kg .*)$", block[1], re.MULTILINE)
    return "```console\n" + "\n".join(f"$ {c}\n{printed(c, graph)}" for c in commands) + "\n```"


def printed(command: str, graph: str) -> str:
    """What a command prints; behind ` | ` may stand a sed that says which part, which is then shown whole."""
    first, pipe, part = command.partition(" | ")
    if not pipe:
        return kg(first, graph)
    whole = kg(first, graph, cut=False)
    done = subprocess.run(shlex.split(part), input=whole, capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n")


def questions() -> str:
    """The saved questions as a table."""
    lines = ["| question | values | what it tells |", "|---|---|---|"]
    for question in saved_questions():
        values = " ".join(f"[{p.name}]" if p.optional else p.name for p in question.parameters)
        lines.append(f"| `{question.name}` | {values} | {question.summary} |")
    return "\n".join(lines)


def renewed(text: str) -> str:
    """The text with what is printed today."""
    with tempfile.TemporaryDirectory() as folder:
        graph = str(Path(folder) / "graph")
        kg("kg build seeds", graph)
        built = kg("kg build seeds", graph)  # the second one reads nothing; the page shows a first one
        text = re.sub(r"```console\n(.*?)\n```", lambda block: console(block, graph), text, flags=re.DOTALL)
        first = kg("kg build seeds", str(Path(folder) / "fresh")).replace(str(Path(folder) / "fresh"), "graph")
        text = text.replace(built, first)
        golds = " ".join(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "seeds" / "gold").glob("*.json")))
        figures = kg(f"kg evaluate {golds}", graph, cut=False)
    text = re.sub(r"(?s)(seeds/gold/\*\.json`\):\n\n```\n).*?(\n```)", lambda m: m[1] + figures + m[2], text)
    text = re.sub(r"or one of \S+ saved", f"or one of {len(saved_questions())} saved", text)
    return re.sub(r"(?s)(they are listed\.\n\n).*?(\n\nResults come)", lambda m: m[1] + questions() + m[2], text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
