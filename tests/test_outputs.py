"""What commands write and leave behind: files whole or not at all, drafts gone, processes ended, any console served."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from itertools import product
from pathlib import Path

import pytest
from commands import HEEDING
from test_build import page

from kg.errors import UserError
from kg.outputs import draft_prefix, temporary_folder, write_folder, write_whole

ROOT = Path(__file__).parent.parent
NAMES = {"export": "out.ttl", "view": "out.html"}


@pytest.fixture
def at_work(tmp_path, small_graph, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_GRAPH", str(small_graph))
    return tmp_path


@pytest.fixture(params=["export", "view"])
def command(request) -> list[str]:
    """The commands that write files."""
    return [request.param, NAMES[request.param]]


# Files


def test_a_pipe_is_written_to_and_stays_one(at_work, command, run_kg):
    expected = run_kg(*command) and Path(command[1]).read_bytes()
    target = at_work / f"pipe-{command[1]}"
    os.mkfifo(target)
    got = []
    reader = threading.Thread(target=lambda: got.append(target.read_bytes()), daemon=True)
    reader.start()
    assert run_kg(command[0], target).status == 0
    reader.join(10)
    assert got[0] if command[0] == "view" else got == [expected]
    assert stat.S_ISFIFO(target.stat().st_mode)


def test_a_device_is_written_to_and_stays_one(at_work, command, run_kg):
    target = at_work / f"null-{command[1]}"
    target.symlink_to("/dev/null")
    assert run_kg(command[0], target).status == 0
    assert target.is_symlink()
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_one_and_its_target_is_written(at_work, command, exists, run_kg):
    (at_work / "shared").mkdir()
    real = at_work / "shared" / command[1]
    if exists:
        real.write_text("before")
    Path(command[1]).symlink_to(real)
    assert run_kg(*command).status == 0
    assert Path(command[1]).is_symlink()
    assert real.stat().st_size > 100
    assert [path.name for path in real.parent.iterdir()] == [command[1]]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
@pytest.mark.usefixtures("at_work")
def test_permissions_are_those_of_the_umask(command, mask, mode, run_kg):
    before = os.umask(mask)
    try:
        run_kg(*command)
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(command[1]).stat().st_mode) == mode


@pytest.mark.usefixtures("at_work")
def test_a_file_that_is_replaced_keeps_its_permissions(command, run_kg):
    Path(command[1]).write_text("before")
    Path(command[1]).chmod(0o640)
    run_kg(*command)
    assert stat.S_IMODE(Path(command[1]).stat().st_mode) == 0o640


def test_folders_on_the_way_are_made(at_work, command, run_kg):
    assert run_kg(command[0], f"new/folder/{command[1]}").status == 0
    assert [path.name for path in (at_work / "new" / "folder").iterdir()] == [command[1]]


@pytest.mark.parametrize("target", ["folder", "file/{}", "loop-{}", "x" * 300 + "{}"])
def test_a_target_that_cannot_be_written_is_one_line(at_work, command, target, run_kg):
    (at_work / "folder").mkdir()
    (at_work / "file").write_text("before")
    (at_work / f"loop-{command[1]}").symlink_to(f"loop-{command[1]}")
    name = target.format(command[1])
    done = run_kg(command[0], name, *(["--format", "ttl"] if command[0] == "export" else []))
    assert (done.status, done.err.count("\n")) == (2 if target == "folder" else 1, 1)
    assert (at_work / "file").read_text() == "before"


def test_the_longest_name_there_is_can_be_written(tmp_path):
    target = tmp_path / ("x" * 255)
    write_whole(target, lambda file: file.write(b"new"))
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), RuntimeError("odd"), KeyboardInterrupt()])
def test_what_fails_half_way_leaves_the_old_file_and_no_draft(tmp_path, fault):
    def write(file):
        file.write(b"half")
        raise fault

    (tmp_path / "a.ttl").write_text("before")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("before")
    with pytest.raises(UserError if isinstance(fault, OSError) else type(fault)):
        write_whole(tmp_path / "a.ttl", write)
    with (
        pytest.raises(UserError if isinstance(fault, OSError) else type(fault)),
        (tmp_path / "scratch").open("wb") as scratch,
    ):
        write_folder(tmp_path / "tables", lambda _: write(scratch), {"a.csv"}, "tables")
    assert (tmp_path / "a.ttl").read_text() == "before"
    assert (tmp_path / "tables" / "a.csv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl", "scratch", "tables"]


def test_a_folder_that_is_another_once_dots_are_gone_is_not_replaced(tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    (work / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match=r"holds other files \(notes.txt\)"):
        write_folder(work / "new" / "..", lambda draft: (draft / "a.csv").write_text("x"), {"a.csv"}, "tables")
    with pytest.raises(UserError, match="is a folder; name a file"):
        write_whole(work / "new" / "..", lambda file: file.write(b"x"))
    (work / "notes.txt").rename(tmp_path / "notes.txt")
    monkeypatch.chdir(work)
    with pytest.raises(UserError, match="is the folder that this runs in"):
        write_folder(work, lambda draft: (draft / "a.csv").write_text("x"), {"a.csv"}, "tables")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "work"]
    assert list(work.iterdir()) == []


def test_a_draft_has_a_name_that_nobody_guesses_and_follows_no_link(tmp_path, monkeypatch):
    (tmp_path / "victim").write_text("before")
    seen = []
    write_whole(tmp_path / "a.ttl", lambda _: seen.append([path.name for path in tmp_path.glob(".kg-draft-*")]))
    write_whole(tmp_path / "a.ttl", lambda _: seen.append([path.name for path in tmp_path.glob(".kg-draft-*")]))
    assert seen[0] != seen[1]
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    (tmp_path / f"{draft_prefix(tmp_path / 'a.ttl')}guessed").symlink_to(tmp_path / "victim")
    with pytest.raises(UserError, match="File exists"):
        write_whole(tmp_path / "a.ttl", lambda file: file.write(b"new"))
    assert (tmp_path / "victim").read_text() == "before"


def aged(path: Path) -> Path:
    os.utime(path, (1, 1), follow_symlinks=False)
    return path


def test_the_next_run_removes_drafts_of_the_dead_alone(tmp_path):
    target = tmp_path / "a.ttl"
    prefix = draft_prefix(target)
    (tmp_path / f"{prefix}dead").write_text("half")
    (tmp_path / f"{prefix}tables").mkdir()
    (tmp_path / f"{prefix}young").write_text("half")
    (tmp_path / f"{prefix}link").symlink_to(tmp_path)
    (tmp_path / ".kg-draft-of-another").write_text("half")
    for name in ("dead", "tables", "link"):
        aged(tmp_path / f"{prefix}{name}")

    def another_run(file):
        draft = next(
            path for path in tmp_path.glob(f"{prefix}*") if path.name.partition(prefix)[2] not in {"young", "link"}
        )
        file.flush()
        aged(draft)
        write_whole(target, lambda inner: inner.write(b"inner"))
        assert draft.exists()  # it is at work
        file.write(b"outer")

    write_whole(target, another_run)
    assert target.read_bytes() == b"outer"
    left = sorted(path.name.removeprefix(prefix) for path in tmp_path.iterdir())
    assert left == [".kg-draft-of-another", "a.ttl", "link", "young"]


def test_temporary_folders_of_the_dead_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = tmp_path / "kg-sort-dead"
    dead.mkdir()
    (dead / "1").write_text("run")
    aged(dead)
    with temporary_folder("sort") as folder:
        aged(folder)
        with temporary_folder("sort"):
            assert folder.exists()
        assert not dead.exists()
    assert list(tmp_path.iterdir()) == []


# Processes


def children_of(group: int) -> list[str]:
    """Who is left of a group of processes, but for those that have ended and that nobody has asked after."""
    shown = subprocess.run(["ps", "-o", "stat=,pgid=,args=", "-A"], capture_output=True, text=True, check=False).stdout
    return [line for line in shown.splitlines() if line.split()[1] == str(group) and not line.startswith("Z")]


def wait_until(condition, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.1)
    return bool(condition())


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l) }"
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_query_ends_with_its_parent(number, small_graph):
    command = [sys.executable, "-m", "kg", "query", "-g", str(small_graph), "-q", ENDLESS]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True, **HEEDING) as process:
        assert wait_until(lambda: len(children_of(process.pid)) == 2)
        time.sleep(0.5)
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert wait_until(lambda: children_of(process.pid) == [], 5)
    if number != signal.SIGKILL:
        assert error.strip().splitlines()[-1] == b"kg: stopped"  # a signal may hit a finalizer, of which Python tells
        assert process.returncode == 128 + number


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [*SIGNALS, signal.SIGINT])
def test_workers_of_a_build_end_with_their_parent_and_leave_no_half_graph(number, tmp_path):
    sentence = "书记李小明说，2024年上城区紫阳街道推出“街事荟”，建成站点5个，服务居民3.5万户。"
    for n in range(4):
        path = page(tmp_path / "pages", f"{n}.txt", number=n)
        path.write_text(path.read_text(encoding="utf-8") + sentence * 30_000, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(tmp_path / "pages"),
        "-g",
        str(tmp_path / "graph"),
        "--jobs",
        "2",
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True, **HEEDING) as process:
        assert wait_until(lambda: len(children_of(process.pid)) >= 3)  # and multiprocessing's own helper
        time.sleep(2)
        process.send_signal(number)
        _, error = process.communicate(timeout=60)
    assert wait_until(lambda: children_of(process.pid) == [], 5)
    assert not list((tmp_path / "graph").glob("current"))
    if number != signal.SIGKILL:
        assert error.strip().splitlines()[-1] == b"kg: stopped"  # a signal may hit a finalizer, of which Python tells
        assert process.returncode == 128 + number
        assert not list((tmp_path / "graph").glob("generation-*"))


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_what_nohup_ignores_stays_ignored():
    script = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); import kg.cli as c; from kg.processes import *\n"
    )
    script += "with stopped_by_signals(): assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


# Consoles

SHOWN = {"ascii": "utf-8"}  # click takes ASCII for a locale that nobody has set


ENCODINGS, FORMS = ["gbk", "gb2312", "ascii", "latin-1", "cp437", "big5", "utf-8"], ["csv", "json", "markdown"]


@pytest.mark.parametrize(
    ("encoding", "form"), [*((each, "table") for each in ENCODINGS), *product(["gbk", "latin-1"], FORMS)]
)
def test_any_console_gets_what_it_can_show(encoding, form, small_graph):
    query = 'SELECT ?x { VALUES ?x { "锦江区😀•䶮" } }'
    done = subprocess.run(
        [sys.executable, "-m", "kg", "query", "-g", str(small_graph), "-f", form, "-q", query],
        cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(SHOWN.get(encoding, encoding))
    assert ("锦江区" in shown) == (encoding in {"gbk", "gb2312", "utf-8", "ascii"})
    assert ("😀" in shown) == (encoding in {"utf-8", "ascii"})


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
def test_errors_and_remarks_are_told_on_any_console(encoding, tmp_path):
    page(tmp_path / "锦江😀", "a.txt").with_name("é锦.txt").write_bytes(b"")
    for arguments in (["build", str(tmp_path / "锦江😀"), "-g", str(tmp_path / "g")], ["info", "-g", "锦江😀"]):
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            cwd=ROOT, capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}, check=False,
        )  # fmt: skip
        assert b"Traceback" not in done.stderr
        assert done.stderr.count(b"\n") <= 2
        done.stderr.decode(SHOWN.get(encoding, encoding))


HALVES = [
    ["query", "-q", "SELECT ?x { ?x ?y '\udcc9' }"],
    ["query", "programs-of-district", "-p", "district=\udcc9\udccf"],
    ["query", "articles", "-p", "year=\udcc9"],
    ["query", "\udcc9"],
    ["view", "out.html", "--district", "\udcc9"],
    ["view", "out.html", "--around", "锦江\ud83d"],
    ["view", "out.html", "--type", "\udcc9"],
    ["export", "out.ttl", "--district", "\udcc9"],
    ["export", "out.ttl", "--article", "\udcc9"],
    ["export", "out.ttl", "--format", "\udcc9"],
    ["query", "articles", "--endpoint", "http://127.0.0.1:9/\udcc9"],
    ["query", "programs-of-district", "-p", "district=\udcc9", "--endpoint", "http://127.0.0.1:9/"],
    ["push", "--endpoint", "http://127.0.0.1:9/\udcc9"],
    ["info", "-g", "\udcc9"],
    ["build", "\udcc9"],
    ["\udcc9"],
]


@pytest.mark.parametrize("arguments", HALVES)
def test_half_a_character_in_an_argument_is_one_line(arguments, at_work, run_kg):
    done = run_kg(*arguments)
    assert done.status in {1, 2}
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1
    assert list(at_work.iterdir()) == []
