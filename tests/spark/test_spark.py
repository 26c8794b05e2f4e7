"""A cluster of two worker processes reads what one process reads, byte for byte, whatever befalls it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cluster import (
    JAVA,
    SETTINGS,
    SIZES,
    executors,
    lines_of,
    needs_java,
    one_killed,
    text,
    wait_for_both,
    write_pages,
)
from loopback import graph_store
from pyoxigraph import RdfFormat, parse

from kg.build import build
from kg.errors import UserError
from kg.export import export
from kg.outcomes import outcome_of
from kg.pipeline import Options
from kg.push import CATALOGUE, push, push_shards
from kg.shards import load, open_shards
from kg.spark import running, write_shards
from kg.spark.batches import Sizes
from kg.store import open_with_union, read_manifest
from kg.vocabulary import MATCHES, REPEATS

pytestmark = needs_java


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two worker processes with a core each."""
    import pyspark

    from kg.spark.session import spark_session

    with spark_session(SETTINGS) as spark:
        yield spark
        logs = Path(pyspark.__file__).parent / "work" / spark.sparkContext.applicationId
    shutil.rmtree(logs, ignore_errors=True)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Path:
    return write_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def alone(pages, tmp_path_factory) -> Path:
    """The graph that one process builds of the pages."""
    graph = tmp_path_factory.mktemp("alone") / "graph"
    build([pages], graph, jobs=1)
    return graph


@pytest.fixture(scope="module")
def shards(cluster, pages, tmp_path_factory) -> Path:
    """What the cluster writes of the pages, though a worker is killed in mid-job; not to be changed."""
    folder = tmp_path_factory.mktemp("shards") / "out"
    wait_for_both(cluster)
    with one_killed(folder) as killed:
        assert write_shards([str(pages)], str(folder), sizes=SIZES).read > 1
    assert len(killed) == 1
    assert killed[0] not in executors()
    return folder


def read_by_one(paths) -> list[bytes]:
    """The N-Quads that one process reads from files, sorted."""
    packed = [outcome_of(path, Options()).facts for path in paths]
    return sorted(line for each in packed if each for line in gzip.decompress(each).splitlines())


def exported(graph: Path) -> bytes:
    target = graph.parent / f"{graph.name}.nq"
    export(graph, target)
    return target.read_bytes()


def test_shards_are_what_one_process_reads_byte_for_byte_though_a_worker_was_killed(shards, pages):
    open_shards(shards)
    assert lines_of(shards) == read_by_one(
        path for path in pages.rglob("*.*") if path.is_file() and path.stem != "README"
    )


def test_the_loaded_graph_is_the_built_one(shards, alone, pages, tmp_path):
    done = load(shards, tmp_path / "graph")
    assert exported(tmp_path / "graph") == exported(alone)
    ours, theirs = (open_with_union(graph)[1] for graph in (tmp_path / "graph", alone))
    assert set(ours) == set(theirs)
    before, after = read_manifest(alone), read_manifest(tmp_path / "graph")
    assert (done.files, done.unchanged, done.articles) == (
        len(before.sources),
        0,
        sum(len(source.articles) for source in before.sources.values()),
    )
    assert after.sources.keys() == before.sources.keys()
    assert all(set(after.sources[name].articles) == set(of.articles) for name, of in before.sources.items())
    assert all(after.sources[name].codes == of.codes for name, of in before.sources.items())
    gone = before.skipped.keys() - after.skipped.keys()
    assert {Path(name).name for name in gone} == {"empty.txt"}  # of which Spark tells nothing
    again = load(shards, tmp_path / "graph")
    assert (again.files, again.unchanged) == (0, done.files)
    # A build goes on from there: it reads what it must know by its bytes alone, and the graph stays.
    report = build([pages], tmp_path / "graph", jobs=1)
    assert {path.name for path in report.read} <= {"large 书.jsonl", "blank.jsonl", "old.jsonl"}
    assert exported(tmp_path / "graph") == exported(alone)


@pytest.mark.usefixtures("cluster")
def test_a_run_that_was_stopped_goes_on_and_what_changed_is_read_again(tmp_path):
    pages, folder, graph = tmp_path / "pages", tmp_path / "out", tmp_path / "graph"
    pages.mkdir()
    for number in range(2):
        (pages / f"{number}.txt").write_text(text(number), encoding="utf-8")

    def written() -> dict[Path, int]:
        return {path: path.stat().st_ino for path in folder.glob("batch=*/kind=*/*.gz")}

    def read() -> tuple[int, int]:
        report = write_shards([str(pages)], str(folder), sizes=Sizes(batch=1, piece=10_000))
        return report.read, report.unchanged

    def interrupt(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_shards([str(pages)], str(folder), sizes=Sizes(batch=1, piece=10_000), progress=interrupt)
    with pytest.raises(UserError, match=r"half-written: 1 of 2 batches; run the same kg build"):
        load(folder, graph)
    assert not graph.exists()
    before = written()
    assert read() == (1, 1)
    assert before.items() < written().items()
    assert lines_of(folder) == read_by_one(pages.iterdir())
    (pages / "1.txt").unlink()
    (pages / "3.txt").write_text(text(3), encoding="utf-8")
    assert read() == (1, 1)
    load(folder, graph)
    build([pages], tmp_path / "built")
    assert exported(graph) == exported(tmp_path / "built")
    (pages / "3.txt.facts.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="is a sidecar, which --engine spark does not read; --facts rules"):
        write_shards([str(pages)], str(folder), options=Options())
    (pages / "corrections.toml").write_text("# none yet\n", encoding="utf-8")
    with pytest.raises(UserError, match="applies no corrections; take it out of the folder"):
        write_shards([str(pages)], str(folder))


def test_shards_are_pushed_as_their_graph_is(shards, alone):
    with graph_store() as one, graph_store() as other:
        push(alone, one.url)
        done = push_shards(shards, other.url)
        held = [_triples(server.graphs) for server in (one, other)]
    assert done.graphs == len(held[1]) > 1
    assert held[1] == held[0]


def _triples(graphs: dict[str, bytes]) -> dict[str, set[str]]:
    """What graphs hold, but for the catalogue, what may be one and what repeats, which shards leave out."""
    return {
        name: {str(quad.triple) for quad in parse(body, format=RdfFormat.N_TRIPLES)}
        for name, body in graphs.items()
        if name not in {CATALOGUE.value, MATCHES.value, REPEATS.value}
    }


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: shutil.rmtree(folder / "manifest"), "holds no shards"),
        (lambda folder: _first(folder, "facts").unlink(), "no such file or directory; copy all of the folder"),
        (lambda folder: _first(folder, "facts").write_bytes(b"abc"), "has 3 bytes of"),
        (lambda folder: _rewrite(folder, b'"program": "', b'"program": "0'), "written by another version of kg"),
        (lambda folder: _rewrite(folder, b'{"plan"', b'{"plot"'), "a line that is none of this version"),
        (lambda folder: _damage(_first(folder, "facts"), 8), "cannot be read"),
        (lambda folder: _damage(_first(folder, "notes"), 80), "cannot be read"),
    ],
)
def test_shards_that_are_not_whole_are_told_in_a_line(shards, tmp_path, run_kg, spoil, message):
    folder = tmp_path / "copy"
    shutil.copytree(shards, folder)
    spoil(folder)
    done = run_kg("load", folder, "-g", tmp_path / "graph")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert message in done.err
    assert not (tmp_path / "graph" / "current").exists()


def _first(folder: Path, kind: str) -> Path:
    return min(folder.glob(f"batch=*/kind={kind}/*.gz"))


def _rewrite(folder: Path, old: bytes, new: bytes) -> None:
    for path in (folder / "manifest").glob("part-*"):
        path.write_bytes(path.read_bytes().replace(old, new))


def _damage(path: Path, last: int) -> None:
    """Zeroes the last bytes of a compressed file, of which the last eight tell what it holds."""
    path.write_bytes(path.read_bytes()[:-last] + bytes(last))


@pytest.mark.usefixtures("cluster")
def test_what_keeps_spark_from_reading_is_told_in_a_line(tmp_path, run_kg, monkeypatch):
    (tmp_path / "page.txt").write_text(text(1), encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.pdf").write_bytes(b"%PDF")
    out = ("--engine", "spark", "--shards", tmp_path / "out")
    for arguments, status, message in (
        ([tmp_path / "absent", *out], 1, "absent: no such file or folder"),
        (["s9a://papers/2024", *out], 1, "no filesystem for scheme"),
        ([tmp_path / "notes", *out], 1, "no .htm"),
        ([tmp_path / "page.txt", "--engine", "spark"], 2, "--shards FOLDER"),
        ([tmp_path / "page.txt", "--shards", "out"], 2, "are for --engine spark"),
        ([tmp_path / "page.txt", *out, "--facts", "agree"], 2, "reads by the rules alone"),
        ([tmp_path / "page.txt", *out, "--spark", "master"], 2, "write NAME=VALUE"),
    ):
        done = run_kg("build", *arguments)
        assert (done.status, done.err.count("\n")) == (status, 1), done.err
        assert message in done.err.lower() or message in done.err
    assert run_kg("load", "hdfs://papers/out").err.endswith("copy the shards, or mount what holds them\n")
    monkeypatch.setattr(running, "fingerprint", lambda _: "another")
    done = run_kg("build", tmp_path / "page.txt", *out)
    assert (done.status, done.err.count("\n")) == (1, 1), done.err
    assert "the executors have another version of kg" in done.err


@pytest.mark.parametrize(
    ("code", "path", "message"),
    [
        ("", "/nowhere", "Spark needs Java 17"),
        ("sys.modules['pyspark.sql'] = None", os.environ.get("PATH", ""), "pip install 'kg-governance[spark]'"),
    ],
)
def test_what_spark_needs_is_told(tmp_path, code, path, message):
    page = tmp_path / "page.txt"
    page.write_text(text(1), encoding="utf-8")
    script = f"import sys; {code}\nsys.argv[0] = 'kg'\nfrom kg.cli import main\nmain()"
    arguments = ["build", "--engine", "spark", page, "--shards", tmp_path / "out"]
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"} | {"PATH": path}
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert message in done.stderr


def test_java_is_there_where_nothing_may_be_skipped():
    ci = (Path(__file__).parents[2] / ".ci" / "run").read_text(encoding="utf-8")
    assert "default-jre-headless" in ci
    assert JAVA
