"""How good a model's reading is: kept answers replayed through a loopback server, and four ways to use them scored.

    kg annotate TEXTS --endpoint http://localhost/v1 --model NAME --dry-run --prompts PROMPTS
    (have each PROMPTS/NAME.prompt.txt answered; put the answer into REPLIES/NAME.prompt.txt or .json)
    python -m scripts.measure_model TEXTS GOLD --prompts PROMPTS --replies REPLIES [--score SCORE.py]

TEXTS and GOLD are folders. Scored are the pages with gold facts, by `kg evaluate` or by another program that takes a
graph in N-Quads and files of gold facts. Nothing reaches out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WAYS = {
    "rules": ("rules",),
    "model": ("only",),
    "add": ("add",),
    "add, sure": ("add", "--min-confidence", "0.8"),
    "agree": ("agree",),
}
"""What `kg build --facts` is given, by what it is called in the table."""


class Replaying(ThreadingHTTPServer):
    """Answers each prompt with the text that is kept for it; what nobody has answered gets a status 400."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, str]) -> None:
        """Take a free port of this machine; `answers` are by the prompt as it is written for a reader."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Replaying

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        rules, report = (message["content"] for message in asked["messages"])
        answer = self.server.answers.get(f"{rules}\n# The report\n\n{report}\n")
        message = {"role": "assistant", "content": answer}
        found = {"choices": [{"message": message, "finish_reason": "stop"}]}
        data = json.dumps(found if answer is not None else {"error": "nobody has answered this"}).encode()
        self.send_response(200 if answer is not None else 400)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def replaying(prompts: Path, replies: Path) -> Iterator[str]:
    """The endpoint of a server that has the replies to the prompts, within the block."""
    server = Replaying(dict(pairs(prompts, replies)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pairs(prompts: Path, replies: Path) -> Iterator[tuple[str, str]]:
    """Each prompt with its reply: the file of the same name, whatever the endings."""
    by_name = {_stem(path): path for path in sorted(replies.iterdir())}
    for path in sorted(prompts.iterdir()):
        if reply := by_name.get(_stem(path)):
            yield path.read_text(encoding="utf-8"), reply.read_text(encoding="utf-8")


def _stem(path: Path) -> str:
    name = path.name
    for ending in (".json", ".txt", ".prompt"):
        name = name.removesuffix(ending)
    return name


def kg(*arguments: object, check: bool = True) -> str:
    """What a command prints, remarks included."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    if check and done.returncode:
        sys.exit(done.stdout)
    return done.stdout


def scored(graph: Path, golds: list[Path], score: Path | None) -> dict[str, dict[str, float]]:
    """The figures of a graph by kind."""
    target = graph.parent / f"{graph.name}.json"
    if score is None:
        kg("evaluate", *golds, "-g", graph, "--json", target)
    else:
        quads = graph.parent / f"{graph.name}.nq"
        kg("export", quads, "-g", graph)
        subprocess.run([sys.executable, score, quads, *golds, "--json", target], check=True, stdout=subprocess.PIPE)
    figures: dict[str, dict[str, float]] = json.loads(target.read_text(encoding="utf-8"))
    return figures


def main() -> None:
    """Replay, build in four ways, and print the figures beside each other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--prompts", type=Path, required=True)
    parser.add_argument("--replies", type=Path, required=True)
    parser.add_argument("--score", type=Path, help="a program to score with in place of kg evaluate")
    parser.add_argument("--keep", type=Path, help="put pages, sidecars and graphs into this folder")
    parser.add_argument("--model", default="replayed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(chosen, chosen.keep or Path(scratch))


def measure(chosen: argparse.Namespace, folder: Path) -> None:
    """Copy the pages that have a reply, annotate and build them in `folder`, and print."""
    pages = folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    answered = {_stem(path).rpartition(".")[0] for path in chosen.replies.iterdir()}
    golds = {json.loads(path.read_text(encoding="utf-8"))["page"]: path for path in chosen.gold.glob("*.json")}
    names = sorted(name for name in answered if name in golds)
    for name in names:
        shutil.copy(chosen.texts / name, pages)
    with replaying(chosen.prompts, chosen.replies) as url:
        print(kg("annotate", pages, "--endpoint", url, "--model", chosen.model, "--cache", folder / "cache",
                 "--replace", check=False))  # fmt: skip
    rows = {}
    for way, arguments in WAYS.items():
        graph = folder / way.replace(", ", "-")
        kg("build", pages, "-g", graph, "--facts", *arguments)
        rows[way] = scored(graph, [golds[name] for name in names], chosen.score)
    print(f"{len(names)} pages{'':14}" + "".join(f"{way:>24}" for way in WAYS))
    for kind in rows["rules"]:
        cells = [f"{r['F1']:.3f}" + (f" (P {r['P']:.2f} R {r['R']:.2f})" if "P" in r else "")
                 for r in (rows[way].get(kind, {"F1": 0.0}) for way in WAYS)]  # fmt: skip
        print(f"{kind:22}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main()
