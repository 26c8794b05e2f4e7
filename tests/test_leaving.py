"""What came from files that are renamed, moved or deleted can be taken out, and is told until it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_build import page, turtle, values

from kg.build import build
from kg.store import open_graph, read_manifest
from kg.store.reading import open_with_union


@pytest.fixture
def pages(tmp_path, monkeypatch) -> Path:
    for number, name in enumerate(["old/a.txt", "old/sub/b.txt", "older/c.txt", "new/d[1].txt"]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        page((tmp_path / name).parent, Path(name).name, program=f"银杏夜话{'甲乙丙丁'[number]}", number=300 + number)
    build([tmp_path / name for name in ("old", "older", "new")], tmp_path / "graph")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def graph_of(folder: Path, name: str = "graph") -> bytes:
    store, union = open_with_union(folder / name)
    assert {quad.triple for quad in union} == {quad.triple for quad in store}
    return turtle(folder / name)


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize(
    ("paths", "left"),
    [
        (["old"], ["302", "303"]),
        (["./older/", "old/a.txt"], ["301", "303"]),
        (["old*"], ["303"]),
        (["o*/*.txt"], ["301", "303"]),
        (["old/?.txt"], ["301", "302", "303"]),
        (["*/sub"], ["300", "302", "303"]),
        (["new/d[1].txt"], ["300", "301", "302"]),
    ],
)
def test_what_came_from_a_path_leaves(paths, left, there, pages, run_kg):
    if not there:
        for name in ("old", "older", "new"):
            shutil.rmtree(pages / name)
    options = [word for path in paths for word in ("--drop", path)]
    tried = run_kg("build", *options, "--dry-run", "-g", "graph")
    assert tried.status == 0
    assert len(values(pages / "graph")) == 4
    done = run_kg("build", *options, "-g", "graph")
    assert done.status == 0
    assert values(pages / "graph") == left
    assert done.err.count("(1 article)") == tried.err.count("would be dropped") == 4 - len(left)
    assert f"graph: {4 - len(left)} files dropped, {len(left)} left" in done.err
    graph_of(pages)


def test_a_folder_renamed_is_read_and_its_old_name_dropped_in_one_step(pages, run_kg):
    (pages / "old").rename(pages / "fresh")
    done = run_kg("build", "fresh", "--drop", "old", "-g", "graph")
    assert done.status == 0
    assert "2 files read" in done.err
    assert "2 dropped" in done.err
    build([pages / name for name in ("fresh", "older", "new")], pages / "once")
    assert graph_of(pages) == graph_of(pages, "once")
    assert set(open_graph(pages / "graph")) == set(open_graph(pages / "once"))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--drop", "ol"], 1, "nothing in the graph came from ol"),
        (["--drop", "old", "--drop", "olf"], 1, "nothing in the graph came from olf"),
        (["new", "--drop", "gone/*.txt"], 1, "nothing in the graph came from gone/*.txt"),
        (["--drop", "a*"], 1, "a pattern counts from the current folder (FOLDER/a* looks in FOLDER)"),
        (["--drop", "/"], 1, "nothing in the graph came from /"),
        (["--drop", "old", "-g", "nowhere"], 1, "no graph in nowhere"),
        (["--drop", "nothing", "--dry-run"], 1, "nothing in the graph came from nothing"),
        (["old", "--drop", "old/sub"], 2, "is to be read and to be dropped"),
        (["--drop", ""], 2, "an empty name"),
        (["new", "--drop", "old", "--dry-run"], 2, "--dry-run is for --drop without INPUT"),
        (["--dry-run"], 2, "Missing argument 'INPUT...'"),
        ([], 2, "Missing argument 'INPUT...'"),
        (["new", "--engine", "spark", "--shards", "s", "--drop", "old"], 2, "--drop is for the graph"),
    ],
)
def test_what_cannot_be_dropped_is_one_line_and_changes_nothing(arguments, status, told, pages, run_kg):
    before = read_manifest(pages / "graph")
    done = run_kg("build", *(arguments if "-g" in arguments else [*arguments, "-g", "graph"]))
    assert done.status == status
    assert told in done.err
    assert len(done.err.splitlines()) == 1
    assert read_manifest(pages / "graph") == before
    assert not (pages / "nowhere").exists()


def test_names_told_apart_stay_apart(pages, run_kg):
    page(pages / "old", "e.txt", program="银杏夜话甲机制")
    text = '[[different]]\nnames = ["银杏夜话甲", "银杏夜话甲机制"]\n'
    (pages / "old" / "corrections.toml").write_text(text, encoding="utf-8")
    build([pages / "old"], pages / "graph")
    run_kg("build", "--drop", "new", "--drop", "older", "-g", "graph")
    build([pages / "old"], pages / "once")
    assert set(open_graph(pages / "graph")) == set(open_graph(pages / "once"))


def test_info_tells_what_is_there_no_more(pages, run_kg):
    assert "no more" not in run_kg("info", "-g", "graph").out
    shutil.rmtree(pages / "old")
    told = run_kg("info", "-g", "graph").out
    assert "gone          2 of 4 files are there no more" in told
    assert str(pages / "old/a.txt") in told
    run_kg("build", "--drop", "old", "-g", "graph")
    assert "no more" not in run_kg("info", "-g", "graph").out
