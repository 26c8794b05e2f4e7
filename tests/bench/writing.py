"""What writing a graph takes, without reading any article: `python -m tests.bench.writing GRAPH [--sources 100000]`.

The facts of a graph are put into a new one as a build does, whose processes have read them; then a manifest of so many
made sources is written and read. Each is a process of its own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.bench.queries import ROOT

FACTS = """
import resource, sys, tempfile, time
from pathlib import Path
from pyoxigraph import NamedNode, RdfFormat
from kg.store import new_generation, open_graph, read_manifest
graph = Path(sys.argv[1])
store, sources = open_graph(graph), read_manifest(graph).sources
def lines(article):
    triples = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(article))
    return triples.replace(b" .\\n", f" <{article}> .\\n".encode())
with tempfile.TemporaryDirectory() as place:
    packed = Path(place) / "facts.nq"
    with packed.open("wb") as file:
        file.writelines(lines(article) for source in sources.values() for article in source.articles)
    del store
    begun = time.process_time()
    with packed.open("rb") as file, new_generation(Path(place) / "graph", "bench") as generation:
        pieces = iter(lambda: b"".join(file.readlines(1_000_000)), b"")
        generation.replace_lines("all", "digest", pieces)
        put = time.process_time() - begun
        generation.commit()
    taken, most = time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    size = sum(path.stat().st_size for path in (Path(place) / "graph").rglob("*") if path.is_file())
print(f"facts put in after {put:.1f} s, committed after {taken:.1f} s of the processor; {size / 1e6:.0f} MB; "
      f"most memory {most:.0f} MB")
"""
MANIFEST = """
import hashlib, resource, sys, tempfile, time
from pathlib import Path
from kg.store.folder import write_whole
from kg.store.manifest import MANIFEST, Manifest, Source, dump_manifest, parse_manifest
def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
def source(number):
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    article = f"https://w3id.org/govkg/id/article/{number:08}.txt-{digest[:16]}"
    return Source(digest, "f" * 64, (article,), tuple(str(330100 + code) for code in range(12)), "c" * 64)
made = {f"/data/corpus/2019/part-{n // 1000:05}/{n:08}.txt": source(n) for n in range(int(sys.argv[1]))}
with tempfile.TemporaryDirectory() as place:
    path = Path(place) / MANIFEST
    before, begun = memory(), time.process_time()
    write_whole(path, dump_manifest(Manifest("f" * 64, made)))
    print(f"manifest of {len(made):,} sources, {path.stat().st_size / 1e6:.0f} MB: written in "
          f"{time.process_time() - begun:.2f} s, {memory() - before:.0f} MB more memory")
    before, begun = memory(), time.process_time()
    read = parse_manifest(Path(place))
    print(f"read in {time.process_time() - begun:.2f} s, {memory() - before:.0f} MB more memory")
assert read.sources == made
"""


def main() -> None:
    """Prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--sources", type=int, default=100_000)
    wanted = parser.parse_args()
    for code, argument in ((FACTS, str(wanted.graph)), (MANIFEST, str(wanted.sources))):
        subprocess.run([sys.executable, "-c", code, argument], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
