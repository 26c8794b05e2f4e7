"""What cannot be read keeps its former facts, is named and fails the build; only what is away leaves the graph."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest
from test_build import PAGE, page, turtle, values

import kg.pipeline
from kg.build import build
from kg.packing import unpacked
from kg.reading import Faults, read_articles
from kg.reading.pages import LARGEST_PAGE
from kg.store import read_manifest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def pages(tmp_path) -> Path:
    """Two pages in a folder, one in a folder below it, and a file of three articles."""
    folder = tmp_path / "pages"
    for number, place in enumerate([folder, folder, folder / "2024"]):
        page(place, f"{'abc'[number]}.txt", number=300 + number, program=f"银杏夜话{'甲乙丙'[number]}")
    write_records(folder / "d.jsonl", 3)
    return folder


def write_records(path: Path, count: int, end: str = "") -> None:
    texts = [PAGE.format(headline="", program=f"晚晴会客厅{'一二三四五'[n]}", number=400 + n) for n in range(count)]
    lines = [json.dumps({"headline": f"第{n}篇", "text": text.strip()}) for n, text in enumerate(texts)]
    path.write_text("\n".join([*lines, end]), encoding="utf-8")


@pytest.fixture
def lock(monkeypatch):
    """Makes a file or folder unreadable, also for root, whom permissions do not stop."""
    locked: dict[Path, OSError] = {}
    real = {name: getattr(os, name) for name in ("open", "scandir")}

    def guarded(name):
        def function(path, *arguments):
            if isinstance(path, str | Path) and (error := locked.get(Path(path))):
                raise error
            return real[name](path, *arguments)

        return function

    for name in real:
        monkeypatch.setattr(os, name, guarded(name))
    return lambda path, number=13: locked.update({path: OSError(number, os.strerror(number), str(path))})


ALL = ["300", "301", "302", "400", "401", "402"]

FAULTS = {
    "emptied": ("a.txt", lambda path: path.write_bytes(b"")),
    "white space alone": ("a.txt", lambda path: path.write_text(" \n\u3000\n")),
    "cut within a character": ("a.txt", lambda path: path.write_bytes(path.read_bytes()[:100])),
    "overwritten with zeros": ("a.txt", lambda path: path.write_bytes(b"\0" * 400)),
    "binary": ("a.txt", lambda path: path.write_bytes(bytes(range(256)) * 9)),
    "half a line appended": ("d.jsonl", lambda path: write_records(path, 3, '{"headline": "第四篇", "te')),
    "a line that is no JSON": ("d.jsonl", lambda path: write_records(path, 3, "<html>502 Bad Gateway</html>\n")),
    "a record without text": ("d.jsonl", lambda path: write_records(path, 3, '{"headline": "第四篇"}\n')),
    "a page of an error": ("d.jsonl", lambda path: path.write_text("502 Bad Gateway")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_breaks_keeps_its_former_facts(fault, pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    build([pages], graph)
    name, spoil = FAULTS[fault]
    spoil(pages / name)
    for _ in range(2):  # as long as it lasts
        done = run_kg("build", pages, "-g", graph)
        assert done.status == 1
        assert f"{name}: " in done.err
        assert "what the graph held from it stays" in done.err
        assert values(graph) == ALL
    assert str(pages / name) in read_manifest(graph).skipped
    assert name in run_kg("info", "-g", graph).out


@pytest.mark.parametrize("number", [13, 5, 24, 116])  # denied, a fault of the disk, too many files, a stale share
def test_a_file_or_folder_that_the_system_withholds_keeps_its_former_facts(number, pages, tmp_path, run_kg, lock):
    graph = tmp_path / "graph"
    build([pages], graph)
    lock(pages / "a.txt", number)
    lock(pages / "2024", number)
    done = run_kg("build", pages, "-g", graph)
    assert done.status == 1
    assert f"a.txt: the file cannot be read ({os.strerror(number).lower()})" in done.err
    assert f"2024: the folder cannot be read ({os.strerror(number).lower()})" in done.err
    assert "gone" not in done.err
    assert values(graph) == ALL


def test_what_the_system_withholds_is_a_failure_the_first_time_too(pages, tmp_path, run_kg, lock):
    lock(pages / "2024")
    assert run_kg("build", pages, "-g", tmp_path / "graph").status == 1
    assert values(tmp_path / "graph") == ["300", "301", "400", "401", "402"]


def test_a_named_folder_that_cannot_be_listed_keeps_all(pages, tmp_path, run_kg, lock):
    build([pages], tmp_path / "graph")
    lock(pages)
    assert run_kg("build", pages, "-g", tmp_path / "graph").status == 1
    assert values(tmp_path / "graph") == ALL


def test_facts_that_stayed_outlive_another_program(pages, tmp_path, monkeypatch):
    graph = tmp_path / "graph"
    build([pages], graph)
    (pages / "a.txt").write_bytes(b"")
    monkeypatch.setattr("kg.build.fingerprint", lambda *_: "another")
    report = build([pages], graph)
    assert [skipped.path.name for skipped in report.skipped if skipped.kept] == ["a.txt"]
    assert values(graph) == ALL


def test_a_file_that_can_be_read_again_is_noted_no_more(pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    build([pages], graph)
    before = (pages / "a.txt").read_bytes()
    (pages / "a.txt").write_bytes(b"")
    build([pages], graph)
    (pages / "a.txt").write_bytes(before)
    done = run_kg("build", pages, "-g", graph)
    assert (done.status, "skipped" in done.err) == (0, False)
    assert not read_manifest(graph).skipped
    page(pages, "a.txt", number=777)
    build([pages], graph)
    assert values(graph) == [*ALL[1:], "777"]


def test_only_what_is_away_leaves(pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    build([pages], graph)
    (pages / "b.txt").write_bytes(b"")
    run_kg("build", pages, "-g", graph)
    (pages / "b.txt").unlink()
    (pages / "2024").rename(tmp_path / "elsewhere")
    (pages / "a.txt").unlink()
    (pages / "a.txt").mkdir()
    done = run_kg("build", pages, "-g", graph)
    assert (done.status, "3 gone" in done.err) == (0, True)
    assert values(graph) == ["400", "401", "402"]
    assert not read_manifest(graph).skipped


def test_a_file_that_is_hidden_now_leaves(pages, tmp_path):
    build([pages], tmp_path / "graph")
    (pages / "a.txt").rename(pages / ".a.txt")
    build([pages], tmp_path / "graph")
    assert values(tmp_path / "graph") == ALL[1:]


# Links


def test_links_in_a_circle_and_to_nowhere_are_named_and_cost_no_other_file(pages, tmp_path, run_kg):
    for name, target in (("x.txt", "x.txt"), ("y.txt", "z.txt"), ("z.txt", "y.txt"), ("lost.txt", "/nowhere/a.txt")):
        (pages / name).symlink_to(target)
    (pages / "up").symlink_to("..")
    done = run_kg("build", pages, "-g", tmp_path / "graph")
    assert (done.status, values(tmp_path / "graph")) == (1, ALL)
    told = [line.split(": ")[0].rpartition("/")[2] for line in done.err.splitlines() if line.startswith("skipped")]
    assert told == ["lost.txt", "x.txt", "y.txt", "z.txt"]
    assert (
        f"{pages / 'lost.txt'}: the file cannot be read (no such file or directory); it is a link to /nowhere/a.txt"
        in done.err
    )
    assert f"/nowhere/a.txt: the file cannot be read (no such file or directory); the link {pages / 'lost.txt'}" in (
        run_kg("info", "-g", tmp_path / "graph").out
    )


def test_a_page_whose_link_leads_nowhere_keeps_its_facts(pages, tmp_path, run_kg):
    graph, share = tmp_path / "graph", tmp_path / "share"
    share.mkdir()
    (pages / "a.txt").rename(share / "a.txt")
    (pages / "a.txt").symlink_to(share / "a.txt")
    assert run_kg("build", pages, "-g", graph).status == 0
    share.rename(tmp_path / "gone")
    for _ in range(2):
        done = run_kg("build", pages, "-g", graph)
        assert (done.status, values(graph)) == (1, ALL)
        link = f"it is a link to {share / 'a.txt'}; what the graph held from it stays"
        assert f"{pages / 'a.txt'}: the file cannot be read (no such file or directory); {link}" in done.err


@pytest.mark.parametrize("there", [True, False])
def test_a_page_that_has_become_a_link_is_not_in_the_graph_twice(there, pages, tmp_path, run_kg):
    graph, kept = tmp_path / "graph", tmp_path / "kept.txt"
    build([pages], graph)
    (pages / "a.txt").rename(kept)
    (pages / "a.txt").symlink_to(kept)
    if there:
        kept.write_text(kept.read_text(encoding="utf-8").replace("300", "333"), encoding="utf-8")
    else:
        kept.unlink()
    done = run_kg("build", pages, "-g", graph)
    assert (done.status, values(graph)) == ((0, sorted([*ALL[1:], "333"])) if there else (1, ALL))


@pytest.mark.skipif(os.name == "nt" or not shutil.which("setpriv"), reason="root reads all unless it drops its powers")
@pytest.mark.parametrize("mode", [0o000, 0o111, 0o444])
def test_a_named_folder_that_is_locked_keeps_all_in_a_process_without_powers(mode, pages, tmp_path):
    graph = tmp_path / "graph"
    build([pages], graph)
    powers = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    for path in (pages, pages / "2024"):
        path.chmod(mode)
        command = [*powers, sys.executable, "-m", "kg", "build", str(pages), "-g", str(graph)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        path.chmod(0o755)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "permission denied" in done.stderr
        assert values(graph) == ALL


@pytest.mark.skipif(os.name == "nt" or not shutil.which("setpriv"), reason="root reads all unless it drops its powers")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", "locked.txt", "{pages}", "-g", "new"], "skipped {folder}/locked.txt: the file cannot be read"),
        (["explain", "locked.txt"], "the file cannot be read (permission denied)"),
        (["evaluate", "locked.txt", "-g", "graph"], "cannot read locked.txt: Permission denied"),
        (["build", "{pages}", "-g", "new", "--corrections", "locked.txt"], "the corrections in locked.txt cannot be"),
        (["query", "locked.txt", "-g", "graph"], "locked.txt: permission denied"),
        (["info", "-g", "locked"], "the graph in locked cannot be read: permission denied"),
        (["diff", "locked", "graph"], "the graph in locked cannot be read: permission denied"),
    ],
)
def test_what_the_system_withholds_is_no_wrong_usage(arguments, told, pages, tmp_path):
    """Named outright, as found in a folder: it is told where it is read, and the rest is read."""
    if "graph" in arguments:
        build([pages], tmp_path / "graph", jobs=1)
    (tmp_path / "locked.txt").write_text("锦江区有5个社区。", encoding="utf-8")
    (tmp_path / "locked").mkdir()
    for name in ("locked.txt", "locked"):
        (tmp_path / name).chmod(0)
    powers = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    named = [each.format(pages=pages) for each in arguments]
    command = [*powers, sys.executable, "-m", "kg", *named]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    (tmp_path / "locked").chmod(0o755)
    assert (done.returncode, done.stdout) == (1, "")
    assert told.format(folder=tmp_path) in done.stderr
    if "{pages}" in arguments and "locked.txt" in arguments[:2]:
        assert values(tmp_path / "new") == ALL


# Names that are not UTF-8


@pytest.mark.parametrize(
    "name", ["上城.txt".encode("gb18030"), "臺北.txt".encode("big5"), b"\xff\xfe.txt", "锦江\n简报.txt".encode("gbk")]
)
def test_names_in_another_encoding_are_read_and_told_readably(name, pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    raw = os.path.join(os.fsencode(pages), name)  # noqa: PTH118 - bytes
    text = PAGE.format(headline="锦江推出新平台", program="银杏夜话", number=999)
    Path(os.fsdecode(raw)).write_text(text, encoding="utf-8")
    done = run_kg("build", pages, "-g", graph)
    assert done.status == 0, done.err
    assert values(graph) == [*ALL, "999"]
    assert "0 files read" in run_kg("build", pages, "-g", graph).err
    files = run_kg("query", "-g", graph, "-f", "csv", "-q", "SELECT ?f { ?a gov:sourceFile ?f ; gov:year ?y }").out
    assert "�" not in files
    if b"\xff" not in name:
        assert name.decode("big5" if "臺" in name.decode("big5", "ignore") else "gb18030").splitlines()[0] in files
    Path(os.fsdecode(raw)).write_bytes(b"")
    done = run_kg("build", pages, "-g", graph)
    assert (done.status, "stays" in done.err) == (1, True)
    done.err.encode("utf-8")
    assert run_kg("info", "-g", graph).status == 0
    Path(os.fsdecode(raw)).unlink()
    assert "1 gone" in run_kg("build", pages, "-g", graph).err
    assert values(graph) == ALL


# What is no plain file, and folders without pages


def limited(function, seconds: int = 20):
    """A function's result; a fault where it does not end."""
    found = []
    thread = threading.Thread(target=lambda: found.append(function()), daemon=True)
    thread.start()
    thread.join(seconds)
    assert found, "it waits for ever"
    return found[0]


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder"])
def test_what_is_no_plain_file_is_named_and_read_by_nobody(kind, pages, tmp_path, monkeypatch):
    odd = pages / "odd.txt"
    monkeypatch.chdir(pages)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as listening:
        match kind:
            case "pipe":
                os.mkfifo(odd)
            case "socket":
                listening.bind("odd.txt")
            case "device":
                odd.symlink_to("/dev/zero")
            case "folder":
                odd.mkdir()
        for inputs in ([pages], [pages, odd]):
            report = limited(lambda inputs=inputs: build(inputs, tmp_path / "graph", jobs=1))
            if kind != "folder":
                assert [skipped.path.name for skipped in report.skipped] in (["odd.txt"], ["zero"])
            assert values(tmp_path / "graph") == ALL


def test_a_pipe_named_outright_is_told(tmp_path, run_kg):
    os.mkfifo(tmp_path / "news.txt")
    done = run_kg("build", tmp_path / "news.txt", "-g", tmp_path / "graph", "--strict")
    assert (done.status, "it is a pipe, not a file" in done.err) == (1, True)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ((), "the folder holds no files"),
        (("a.pdf", "b.pdf", "c.docx"), "only .pdf .docx"),
        (("README.txt", "notes"), "only .txt files without an ending"),
    ],
)
def test_a_folder_without_pages_is_told(names, told, tmp_path, run_kg):
    folder = tmp_path / "news"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("好。", encoding="utf-8")
    done = run_kg("build", folder, "-g", tmp_path / "graph")
    assert (done.status, told in done.err) == (0, True)
    assert run_kg("build", folder, "-g", tmp_path / "graph", "--strict").status == 1


NO_PAGES = {
    "binary": ("odd.txt", bytes(range(256)) * 9),
    "in no known encoding": ("odd.txt", b"caf\xe9 \xff\xff\xff"),
    "empty": ("odd.txt", b""),
    "no text in it": ("odd.html", b"<p></p>"),
    "of no known format": ("odd.pdf", b"%PDF-1.7"),
}


@pytest.mark.parametrize("kind", NO_PAGES)
def test_a_new_file_that_is_no_text_fails_a_strict_build_alone(kind, pages, tmp_path, run_kg):
    name, data = NO_PAGES[kind]
    (pages / name).write_bytes(data)
    for strict, status in (((), 0), (("--strict",), 1), ((), 0)):
        done = run_kg("build", pages, pages / name, "-g", tmp_path / "graph", *strict)
        assert (done.status, f"skipped {pages / name}: " in done.err) == (status, True)
        assert values(tmp_path / "graph") == ALL


# Records of JSON Lines that cannot be read

BROKEN = {
    "half a line": b'{"headline": "\xe7\xac\xac", "te',
    "no JSON": b"<html>502 Bad Gateway</html>",
    "no text": b'{"headline": "x"}',
    "nothing": b"{}",
    "a number": b"42",
    "half a character": rb'{"text": "\ud800"}',
    "bytes that are no text": b'{"text": "\xff\xfe"}',
    "deep": b'{"text": ' + b"[" * 5000,
}


@pytest.mark.parametrize(("fault", "place"), list(zip(BROKEN, [0, 1, 2, 3, 1, 2, 0, 3], strict=True)))
def test_a_broken_record_of_a_new_file_costs_itself_alone(fault, place, pages, tmp_path, run_kg):
    path, graph = pages / "d.jsonl", tmp_path / "graph"
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([*lines[:place], BROKEN[fault], *lines[place:]]))
    for _ in range(2):  # as long as it lasts
        done = run_kg("build", path, "-g", graph)
        assert (done.status, values(graph)) == (1, ALL[3:])
        assert f"read in part {path}: line {place + 1} " in done.err
        assert "skipped" not in done.err
    assert read_manifest(graph).skipped.keys() == {str(path)}
    path.write_bytes(b"\n".join(lines[:2]))
    done = run_kg("build", path, "-g", graph)
    assert (done.status, values(graph), read_manifest(graph).skipped) == (0, ALL[3:5], {})


def test_a_file_read_in_part_grows_and_breaks(pages, tmp_path, run_kg):
    path, graph = pages / "d.jsonl", tmp_path / "graph"
    write_records(path, 3, '{"headline": "第四篇", "te')
    run_kg("build", path, "-g", graph)
    write_records(path, 5, "42\n43\n44\n45\n46\n")
    done = run_kg("build", path, "-g", graph)
    assert values(graph) == ["400", "401", "402", "403", "404"]
    assert "line 8 is not a JSON object; and 2 records more\n" in done.err
    path.write_bytes(b"\0\1\2")
    done = run_kg("build", path, "-g", graph)
    assert "skipped" in done.err
    assert "what the graph held from it stays" in done.err
    assert values(graph) == ["400", "401", "402", "403", "404"]


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"])
def test_files_joined_with_their_marks_are_read(marks, pages, tmp_path, run_kg):
    path = pages / "d.jsonl"
    path.write_text("\n".join(marks + line for line in path.read_text("utf-8").splitlines()), encoding="utf-8")
    assert run_kg("build", pages, "-g", tmp_path / "graph").status == 0
    assert values(tmp_path / "graph") == ALL


# Bounds


@pytest.mark.parametrize("name", ["large.txt", "large.html", "large.jsonl"])
def test_what_is_too_large_is_named_and_costs_itself_alone(name, pages, tmp_path, run_kg, monkeypatch):
    monkeypatch.setattr("kg.reading.pages.LARGEST_PAGE", 5000)
    whole = {"headline": "", "text": "好。" * 4000}
    (pages / name).write_text(json.dumps(whole, ensure_ascii=False) + "\n", encoding="utf-8")
    if name.endswith("jsonl"):
        with (pages / name).open("ab") as file:
            file.write((pages / "d.jsonl").read_bytes())
        (pages / "d.jsonl").unlink()
    done = run_kg("build", pages, "-g", tmp_path / "graph")
    assert "is larger than 5,000 bytes" in done.err
    assert values(tmp_path / "graph") == ALL


def test_a_file_that_takes_too_long_is_named_and_skipped(pages, tmp_path, run_kg, monkeypatch):
    monkeypatch.setattr("kg.outcomes.SECONDS_A_FILE", 0.2)
    real = kg.pipeline.link

    def endless(text, *rest):
        while "300" in "".join(sentence.text for sentence in text.sentences):
            pass
        return real(text, *rest)

    monkeypatch.setattr("kg.pipeline.link", endless)
    for _ in range(2):
        done = run_kg("build", pages, "-g", tmp_path / "graph", "--jobs", "1")
        assert (done.status, values(tmp_path / "graph")) == (1, ALL[1:])
        assert "a.txt: it took more than 0 s of processor time" in done.err


def test_many_facts_wait_in_a_file_that_is_gone_afterwards(pages, tmp_path, monkeypatch):
    graph, seen = tmp_path / "graph", []
    build([pages], tmp_path / "expected")
    monkeypatch.setattr("kg.packing.HELD", 100)

    def packed_in(packed):
        seen.append(packed)
        return unpacked(packed)

    monkeypatch.setattr("kg.build.unpacked", packed_in)
    (graph / "scratch").mkdir(parents=True)
    (graph / "kg-graph").touch()
    (graph / "scratch" / "dead").write_text("of a build that was killed")
    build([pages], graph)
    assert {path.parent for path in seen} == {graph / "scratch"}
    assert not (graph / "scratch").exists()
    assert turtle(graph) == turtle(tmp_path / "expected")


def test_facts_that_find_no_room_on_their_way_end_the_build_in_one_line(pages, tmp_path, run_kg, monkeypatch):
    graph = tmp_path / "graph"
    build([pages], graph)
    for name in ("a.txt", "b.txt"):
        page(pages, name, number=999)
    monkeypatch.setattr("kg.packing.HELD", -1)
    (graph / "scratch").symlink_to("/proc")  # where nothing can be made
    monkeypatch.setattr("kg.store.generation.shutil.rmtree", lambda *_, **__: None)
    done = run_kg("build", pages, "-g", graph)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert f"cannot write to {graph / 'scratch'}" in done.err
    assert values(graph) == ALL


BROKEN_RECORDS, LONG = 5_000, "{东" * 150


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
def test_thousands_of_broken_records_are_told_in_one_line(encoding, tmp_path):
    path, faults = tmp_path / "a.jsonl", Faults()
    record = json.dumps({"text": "2024年，东湖区建成书房12个。"}, ensure_ascii=False)
    path.write_bytes(record.encode(encoding))
    assert len(list(read_articles(path))) == 1  # what is loaded once is no matter
    path.write_bytes("\n".join([record, *[LONG] * BROKEN_RECORDS, record]).encode(encoding))
    tracemalloc.start()
    assert len(list(read_articles(path, faults))) == 2
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(faults).endswith(f"; and {BROKEN_RECORDS - 3:,} records more")
    assert "line 2 is not a JSON object; line 3 " in str(faults)
    most = path.stat().st_size * 0.7 if encoding == "utf-8" else BROKEN_RECORDS * 40 + LARGEST_PAGE
    assert peak < most  # else read as a whole


def test_json_lines_are_read_in_memory_that_does_not_grow_with_the_file(tmp_path):
    """The most that Python holds while it reads 10 articles is about what it holds for 40, but for the facts."""

    def most(count: int) -> int:
        path = tmp_path / f"{count}.jsonl"
        text = "2024年，东湖区建成书房12个，服务居民3.5万人次。" * 60
        path.write_text("".join(json.dumps({"text": f"{n}{text}"}) + "\n" for n in range(count)), encoding="utf-8")
        tracemalloc.start()
        for article in read_articles(path):
            assert article.paragraphs
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(2)
    assert most(40) < 1.5 * most(10)  # 3.5 where all are held
