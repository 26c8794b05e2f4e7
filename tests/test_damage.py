"""A damaged graph: one line that says so, no wrong answer, no advice that loses data; a build makes it whole."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest
from test_build import page, turtle, values

from kg.build import build
from kg.errors import UserError
from kg.store import open_graph, verify
from kg.store.folder import CURRENT, MARK


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """A folder with pages, elsewhere more of them, and the graph of both."""
    place = tmp_path_factory.mktemp("sound")
    for number in range(3):
        page(place / "pages", f"{number}.txt", number=300 + number, program=f"银杏夜话{'甲乙丙'[number]}")
    page(place / "other", "d.txt", number=999)
    build([place / "pages"], place / "graph", jobs=1)
    build([place / "other"], place / "graph", jobs=1)
    return place


@pytest.fixture
def place(sound, tmp_path, monkeypatch) -> Path:
    """A copy of the graph; the pages stand where they stood when it was built."""
    shutil.copytree(sound / "graph", tmp_path / "graph")
    monkeypatch.setenv("KG_GRAPH", str(tmp_path / "graph"))
    return tmp_path


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    if raw:
        raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES = {
    "flipped": flip,
    "cut short": cut,
    "emptied": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0" * 100),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}
FILES = (
    "union/CURRENT",
    "union/*.sst",
    "store/CURRENT",
    "store/MANIFEST-*",
    "store/*.sst",
    "manifest.json",
    "summary.json",
)
COMMANDS = (
    ["info"],
    ["query", "articles"],
    ["dossier", "银杏夜话甲"],
    ["export", "out.nq"],
    ["view", "out.html"],
    ["check"],
    ["diff", ".", "."],
)


def current(graph: Path) -> Path:
    return graph / (graph / CURRENT).read_text().strip()


@pytest.mark.parametrize(
    ("file", "damage"),
    [(file, damage) for n, file in enumerate(FILES) for m, damage in enumerate(DAMAGES) if (n + m) % 2 == 0 or m < 2],
)
def test_damage_is_one_line_and_a_build_makes_the_graph_whole(file, damage, sound, place, run_kg):
    graph = place / "graph"
    before = turtle(graph)
    spoiled = max(current(graph).glob(file), key=lambda path: path.stat().st_size)
    DAMAGES[damage](spoiled)
    with pytest.raises(UserError, match="is damaged"):
        verify(graph)
    done = run_kg("check")
    assert (done.status, done.err.count("\n")) == (1, 1)
    done = run_kg("build", sound / "pages")
    assert done.status == 0
    assert "was damaged" in done.err
    assert "4 files read" in done.err  # also the one that is not in the folder named
    assert turtle(graph) == before
    assert "4 unchanged" not in run_kg("build", sound / "pages").err
    assert run_kg("check").status == 0


@pytest.mark.parametrize("arguments", COMMANDS)
@pytest.mark.parametrize("damage", ["flipped", "cut short", "removed"])
def test_every_command_tells_damage_or_answers_as_before(arguments, damage, place, run_kg, monkeypatch):
    """A flipped byte may lie where a command does not read."""
    monkeypatch.chdir(place)
    arguments = [str(place / "graph") if word == "." else word for word in arguments]
    expected = run_kg(*arguments)
    store = current(place / "graph") / "store"
    largest = sorted(store.glob("*.sst"), key=lambda path: (-path.stat().st_size, path.name))[:3]
    for number, file in enumerate([store / "CURRENT", *store.glob("MANIFEST-*"), *largest]):
        copy = place / f"copy{number}"
        shutil.copytree(place / "graph", copy)
        DAMAGES[damage](current(copy) / "store" / file.name)
        monkeypatch.setenv("KG_GRAPH", str(copy))
        done = run_kg(*(str(copy) if word == str(place / "graph") else word for word in arguments))
        if done.status == 0:
            assert done.out == expected.out
        else:
            assert (done.status, done.err.count("\n")) == (1, 1), done.err
            assert "is damaged" in done.err
            assert "kg build" in done.err


@pytest.mark.parametrize("text", [b"", b"generation-999999\n", b"\xff\xfe", b"/etc\n", None])
def test_a_build_finds_its_sources_where_the_name_of_the_generation_is_lost(text, sound, place, run_kg):
    graph = place / "graph"
    before = turtle(graph)
    if text is None:
        (graph / CURRENT).unlink()
    else:
        (graph / CURRENT).write_bytes(text)
    assert run_kg("info").status == 1
    done = run_kg("build", sound / "pages")
    assert (done.status, "was damaged" in done.err) == (0, True)
    assert turtle(graph) == before


def test_facts_whose_file_is_gone_too_are_told_as_lost(sound, place, run_kg):
    other = page(place / "third", "e.txt", number=888)
    build([other], place / "graph", jobs=1)
    flip(max((current(place / "graph") / "store").glob("*.sst")))
    other.unlink()
    done = run_kg("build", sound / "pages")
    assert done.status == 1
    assert "e.txt: the graph was damaged, and the file is there no more: its facts are lost" in done.err
    assert values(place / "graph") == ["300", "301", "302", "999"]


def test_a_graph_of_a_version_without_checksums_is_read_and_built_on(sound, place, run_kg):
    (current(place / "graph") / "checksums.json").unlink()
    assert run_kg("info").status == 0
    assert "3 unchanged" in run_kg("build", sound / "pages").err


@pytest.mark.parametrize("text", ["", "[]", '{"../../../etc/passwd": [1, "a"]}', '{"manifest.json": 1}'])
def test_odd_checksums_are_damage(text, sound, place, run_kg):
    (current(place / "graph") / "checksums.json").write_text(text)
    done = run_kg("info")
    assert (done.status, "is damaged" in done.err, done.err.count("\n")) == (1, True, 1)
    assert "was damaged" in run_kg("build", sound / "pages").err


# A healthy graph out of reach


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("IO error: While opening a file for sequentially reading: g/CURRENT: Permission denied", "permission denied"),
        ("IO error: While open a file for random read: g/000011.sst: Too many open files", "too few files"),
        ("Oxigraph needs at least 96 file descriptors when reserving 48, only 8 allowed", "too few files"),
        ("IO error: Input/output error", "input/output error"),
        ("Corruption: IO error: While pread offset 0 len 4096: g/000011.sst: Stale file handle", "stale file handle"),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_is_out_of_reach_is_not_called_damaged(words, told, run_kg, monkeypatch):
    for kind in (OSError, RuntimeError):

        def failing(*_, kind=kind):
            raise kind(words)

        monkeypatch.setattr("kg.store.reading.read_only", failing)
        done = run_kg("check")  # `info` asks no store
        assert (done.status, done.err.count("\n")) == (1, 1)
        assert told in done.err
        assert "damaged" not in done.err
        assert "remove" not in done.err


@pytest.mark.parametrize("name", [CURRENT, "manifest.json"])
def test_denied_files_are_not_called_absent_or_damaged(name, sound, place, run_kg, monkeypatch):
    real = Path.read_bytes, Path.read_text

    def guarded(index):
        def read(self, *arguments, **options):
            if self.name == name:
                raise PermissionError(13, "Permission denied", str(self))
            return real[index](self, *arguments, **options)

        return read

    monkeypatch.setattr(Path, "read_bytes", guarded(0))
    monkeypatch.setattr(Path, "read_text", guarded(1))
    for arguments in (["info"], ["build", sound / "pages"]):
        done = run_kg(*arguments)
        assert (done.status, done.err.count("\n")) == (1, 1)
        assert "permission denied" in done.err.lower()
        assert "damaged" not in done.err
    monkeypatch.undo()
    assert values(place / "graph") == ["300", "301", "302", "999"]


def test_few_open_files_are_told_as_that(place):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (40, before[1]))
    try:
        with pytest.raises(UserError, match="too few files may be open; allow more") as told:
            open_graph(place / "graph")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert "damaged" not in str(told.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone can become another user and back")
def test_a_graph_of_another_user_is_not_called_damaged(place):
    for path in (place / "graph").rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    os.seteuid(65534)
    try:
        with pytest.raises(UserError, match=r"(?i)permission denied") as told:
            open_graph(place / "graph")
    finally:
        os.seteuid(0)
    assert "damaged" not in str(told.value)


def test_the_mark_of_the_folder_decides_whose_it_is(sound, place, run_kg):
    (place / "graph" / MARK).write_text("thesis")
    done = run_kg("build", sound / "pages")
    assert (done.status, "another folder" in done.err) == (1, True)
