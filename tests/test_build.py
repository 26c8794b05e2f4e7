"""The way composed: what is read again, what leaves, what is skipped, and that no order or number of jobs matters."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg.build
import kg.pipeline
import kg.sharing
from kg.build import build, fingerprint
from kg.errors import UserError
from kg.export import export
from kg.queries.running import Rows, run
from kg.store import read_manifest

ROOT = Path(__file__).parent.parent
PAGE = """{headline}

2024年，成都市锦江区在春熙路街道推出“{program}”议事平台，由锦江区民政局牵头实施。
截至目前，该平台已协调解决居民诉求{number}件。
"""


def page(folder: Path, name: str, **parts: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    text = PAGE.format(**{"headline": "锦江推出新平台", "program": "银杏夜话", "number": 321} | parts)
    path.write_text(text, encoding="utf-8")
    return path


def turtle(graph: Path) -> bytes:
    target = graph.parent / f"{graph.name}.ttl"
    export(graph, target)
    return target.read_bytes()


def values(graph: Path) -> list[str]:
    answer = run(graph, "SELECT DISTINCT ?value { ?metric a gov:Metric ; gov:value ?value } ORDER BY ?value")
    assert isinstance(answer, Rows)
    return [row[0].value for row in answer.rows]


@pytest.fixture
def pages(tmp_path) -> Path:
    for number, name in enumerate(["b.txt", "a.txt", "c.txt"]):
        page(tmp_path / "pages", name, program=f"银杏夜话{'甲乙丙'[number]}", number=300 + number)
    return tmp_path / "pages"


def test_facts_of_every_file_are_in_the_graph(pages, tmp_path):
    report = build([pages], tmp_path / "graph")
    assert [path.name for path in report.read] == ["a.txt", "b.txt", "c.txt"]
    assert report.articles == 3
    assert report.changed
    assert values(tmp_path / "graph") == ["300", "301", "302"]


def test_only_what_changed_is_read_again(pages, tmp_path):
    build([pages], tmp_path / "graph")
    assert not build([pages], tmp_path / "graph").changed
    page(pages, "b.txt", number=777)
    report = build([pages], tmp_path / "graph")
    assert [path.name for path in report.read] == ["b.txt"]
    assert [path.name for path in report.unchanged] == ["a.txt", "c.txt"]
    assert values(tmp_path / "graph") == ["301", "302", "777"]


def test_another_program_reads_all_again(pages, tmp_path, monkeypatch):
    build([pages], tmp_path / "graph")
    monkeypatch.setattr(kg.build, "fingerprint", lambda *_: "another")
    assert len(build([pages], tmp_path / "graph").read) == 3


def test_fingerprint_holds_code_and_word_lists(tmp_path, monkeypatch):
    package = shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(kg.build, "__file__", str(package / "build.py"))
    before = fingerprint()
    assert before == fingerprint()
    (package / "cli.py").write_text("# what is not read by is not in it")
    kg.build.digest_of_program.cache_clear()  # as a process that starts now
    assert fingerprint() == before
    words = next((package / "language" / "words").glob("*.txt"))
    words.write_text(words.read_text(encoding="utf-8") + "新词\n", encoding="utf-8")
    assert fingerprint() == before  # by what it has loaded
    kg.build.digest_of_program.cache_clear()
    assert fingerprint() != before


def test_whatever_reads_is_in_the_fingerprint():
    code = (
        "import sys; from pathlib import Path; from kg.pipeline import read_article; from kg.reading import read_page\n"
        "for article in read_page(Path('seeds/2024-shangcheng.txt')).articles: read_article(article)\n"
        "print(*{name.split('.')[1] for name in sys.modules if name.startswith('kg.')})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    known = {name.removesuffix(".py") for name in kg.build.READERS}
    assert set(done.stdout.split()) - known == {"errors", "packing", "resources"}  # which read nothing


def test_a_file_that_vanished_from_a_named_folder_leaves(pages, tmp_path):
    graph = tmp_path / "graph"
    build([pages], graph)
    (pages / "a.txt").unlink()
    assert [Path(name).name for name in build([pages], graph).dropped] == ["a.txt"]
    assert values(graph) == ["300", "302"]


def test_what_came_from_other_inputs_stays(pages, tmp_path):
    graph = tmp_path / "graph"
    other = page(tmp_path / "other", "d.txt", number=999)
    build([pages], graph)
    report = build([other], graph)
    assert report.dropped == ()
    assert values(graph) == ["300", "301", "302", "999"]


def test_adding_an_article_changes_no_other(pages, tmp_path):
    def quads(graph: Path) -> set[bytes]:
        export(graph, tmp_path / "all.nq")
        return set((tmp_path / "all.nq").read_bytes().splitlines())

    build([pages / "a.txt"], tmp_path / "graph")
    before = quads(tmp_path / "graph")
    build([pages], tmp_path / "graph")
    assert before < quads(tmp_path / "graph")


def test_result_does_not_depend_on_jobs_order_or_history(pages, tmp_path, monkeypatch):
    build([pages], tmp_path / "one", jobs=1)
    monkeypatch.setattr(kg.sharing, "BYTES_PER_WORKER", 1)
    build(sorted(pages.iterdir(), reverse=True), tmp_path / "two", jobs=2)
    build([pages / "c.txt"], tmp_path / "three", jobs=1)
    build([pages / "a.txt", pages / "b.txt"], tmp_path / "three", jobs=1)
    assert turtle(tmp_path / "one") == turtle(tmp_path / "two") == turtle(tmp_path / "three")


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_result_does_not_depend_on_the_hash_seed(pages, tmp_path, seed):
    build([pages], tmp_path / "here")
    subprocess.run(
        [sys.executable, "-m", "kg", "build", str(pages), "-g", str(tmp_path / "there")],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert turtle(tmp_path / "here") == turtle(tmp_path / "there")


def test_undecodable_file_is_skipped_with_its_reason(pages, tmp_path, run_kg):
    (pages / "bad.txt").write_bytes(b"\x00\xff\x00\x81\x7f" * 50)
    done = run_kg("build", pages, "-g", tmp_path / "graph")
    assert done.status == 0
    assert "skipped" in done.err
    assert "bad.txt: " in done.err
    assert "3 files read" in done.err
    assert [Path(name).name for name in read_manifest(tmp_path / "graph").skipped] == ["bad.txt"]
    assert run_kg("build", pages, "-g", tmp_path / "graph", "--strict").status == 1
    (pages / "bad.txt").unlink()
    build([pages], tmp_path / "graph")
    assert not read_manifest(tmp_path / "graph").skipped


def test_a_fault_of_the_program_costs_one_file_alone_and_is_told(pages, tmp_path, run_kg, monkeypatch):
    real = kg.pipeline.read_articles

    def failing(path: Path, *rest, **named):
        if path.name == "a.txt":
            raise RuntimeError("odd page")
        return real(path, *rest, **named)

    monkeypatch.setattr(kg.pipeline, "read_articles", failing)
    done = run_kg("build", pages, "-g", tmp_path / "graph")
    assert done.status == 1
    assert "a.txt: kg failed on it (RuntimeError: odd page); please report this" in done.err
    assert values(tmp_path / "graph") == ["300", "302"]


def test_progress_and_missing_input(pages, tmp_path):
    seen = []
    build([pages], tmp_path / "graph", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(UserError, match="no such file"):
        build([tmp_path / "absent"], tmp_path / "graph")


def test_all_that_was_skipped_is_listed_in_a_file(pages, tmp_path, run_kg):
    for number in range(25):
        (pages / f"x{number:02}.txt").write_bytes(b"\x00\xff" * 40)
    (pages / "odd\tname.txt").write_bytes(b"")
    table, graph = tmp_path / "lists" / "skipped.tsv", tmp_path / "graph"
    done = run_kg("build", pages, "-g", graph, "--skipped", table)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [row["file"] for row in rows] == sorted(str(path) for path in pages.glob("[ox]*.txt"))
    assert {(row["how"], row["kept"]) for row in rows} == {("skipped", "no")}
    assert {row["reason"] for row in rows} == {"the file is empty", "the file is binary, not text"}
    assert done.err.count("skipped /") == 20
    assert f"and 6 files more, all listed in {table}\n" in done.err
    for path in pages.glob("[ox]*.txt"):
        path.unlink()
    run_kg("build", pages, "-g", graph, "--skipped", table)
    assert table.read_text(encoding="utf-8") == "file\thow\tkept\treason\n"


def test_progress_tells_pace_and_time_left(monkeypatch, capsys):
    from kg.commands import common

    seconds = iter([10.0, 40.0, 70.0])
    monkeypatch.setattr(common, "time", SimpleNamespace(monotonic=lambda: next(seconds)))  # nobody else's clock
    monkeypatch.setattr(common.sys.stderr, "isatty", lambda: True, raising=False)
    show = common.progress()
    for done in (1, 61, 200):
        show(done, 200)
    lines = [line.strip() for line in capsys.readouterr().err.split("\r")]
    assert lines == [
        "",
        "read 1 of 200 files",
        "read 61 of 200 files, 2.0 a second, 1 min left",
        "read 200 of 200 files, 3.3 a second",
    ]


def test_progress_counts_the_articles_of_a_file_at_times(monkeypatch, capsys):
    from kg.commands import common

    seconds = iter([10.0, 10.01, 40.0])
    monkeypatch.setattr(common, "time", SimpleNamespace(monotonic=lambda: next(seconds)))  # nobody else's clock
    show = common.Progress("read", "files")
    for done in (1, 2, 1501):
        show.articles(Path("papers/news.jsonl"), done)
    lines = [line.strip() for line in capsys.readouterr().err.split("\r")]
    assert lines == ["", "read 1 articles of news.jsonl", "read 1,501 articles of news.jsonl, 50 a second"]
