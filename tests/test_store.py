import json
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from invented import LINES, facts
from pyoxigraph import NamedNode
from samples import lines, quads

from kg.errors import UserError
from kg.store import Generation, checksums, new_generation, open_graph, read_manifest, verify, while_reading
from kg.store.folder import CURRENT, DOUBTED, MARK, current_generation
from kg.store.manifest import MANIFEST
from kg.vocabulary import GAZETTEER, GOV

ROOT = Path(__file__).parents[1]
ONE, OTHER = list(quads(facts("one.txt"))), list(quads(facts("other.txt", LINES[:1] * 2)))


def built(folder: Path, *, program: str = "v1", **sources) -> bool:
    with new_generation(folder, program) as generation:
        for name, found in sources.items():
            generation.replace(name, f"digest of {name}", lines(found))
        return generation.commit()


def content(folder: Path) -> set:
    return set(open_graph(folder))


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def articles(folder: Path) -> set[str]:
    return {g.value for g in open_graph(folder).named_graphs() if g != GAZETTEER}


def test_what_is_put_in_comes_out_with_its_divisions(tmp_path):
    assert built(tmp_path / "graph", one=ONE, other=OTHER)
    found = content(tmp_path / "graph")
    assert {q for q in found if q.graph_name != GAZETTEER} == {*ONE, *OTHER}
    codes = {q.object.value for q in found if q.predicate == GOV.divisionCode}
    assert {"33", "3302", "330212"} <= codes


def test_the_manifest_tells_what_was_built(tmp_path):
    with new_generation(tmp_path, "v1") as generation:
        generation.replace("one.txt", "d1", lines(ONE))
        generation.skip("odd.txt", "not text")
        generation.commit()
    manifest = read_manifest(tmp_path)
    assert manifest.program == "v1"
    assert manifest.sources["one.txt"].digest == "d1"
    assert manifest.sources["one.txt"].articles == (ONE[0].graph_name.value,)
    assert "330212" in manifest.sources["one.txt"].codes
    assert manifest.skipped == {"odd.txt": "not text"}


def test_a_source_is_replaced_and_dropped_alone(tmp_path):
    built(tmp_path, one=ONE, other=OTHER)
    with new_generation(tmp_path, "v1") as generation:
        generation.replace("one", "new digest", lines(OTHER[:0]))
        generation.commit()
    assert articles(tmp_path) == {OTHER[0].graph_name.value}
    with new_generation(tmp_path, "v1") as generation:
        generation.drop("other")
        generation.drop("never there")
        generation.commit()
    assert content(tmp_path) == set()


def test_a_new_program_keeps_what_is_not_read_again(tmp_path):
    built(tmp_path, one=ONE, other=OTHER)
    before = content(tmp_path)
    built(tmp_path, program="v2", one=ONE[:10])
    assert content(tmp_path) == before - set(ONE[10:])
    sources = read_manifest(tmp_path).sources
    assert {name: source.program for name, source in sources.items()} == {"one": "v2", "other": "v1"}
    with new_generation(tmp_path, "v3") as generation:
        generation.replace("one", "d", lines(ONE))
        generation.drop("one")
        generation.commit()
    assert articles(tmp_path) == {OTHER[0].graph_name.value}


def test_a_source_replaced_twice_in_one_build_keeps_the_last(tmp_path):
    with new_generation(tmp_path, "v1") as generation:
        generation.replace("one", "d1", lines(ONE))
        generation.replace("one", "d2", lines(ONE[:1]))
        generation.commit()
    assert {q for q in content(tmp_path) if q.graph_name != GAZETTEER} == {ONE[0]}


def test_an_article_that_two_files_hold_stays_until_both_are_gone(tmp_path):
    built(tmp_path, one=ONE, copy=ONE)
    for name, left in (("copy", {ONE[0].graph_name.value}), ("one", set())):
        with new_generation(tmp_path, "v1") as generation:
            generation.drop(name)
            generation.commit()
        assert articles(tmp_path) == left


def test_unchanged_means_same_bytes_and_same_program(tmp_path):
    built(tmp_path, one=ONE)
    with new_generation(tmp_path, "v1") as generation:
        assert generation.unchanged("one", "digest of one")
        assert not generation.unchanged("one", "other digest")
        assert not generation.unchanged("two", "digest of one")
    with new_generation(tmp_path, "v2") as generation:
        assert not generation.unchanged("one", "digest of one")


def test_a_build_that_changes_nothing_leaves_the_folder_as_it_is(tmp_path):
    built(tmp_path, one=ONE)
    before = generations(tmp_path)
    with new_generation(tmp_path, "v1") as generation:
        assert not generation.commit()
    assert generations(tmp_path) == before


def test_the_way_to_a_graph_does_not_show_in_it(tmp_path):
    built(tmp_path / "once", one=ONE, other=OTHER)
    built(tmp_path / "steps", other=ONE)
    built(tmp_path / "steps", other=OTHER)
    built(tmp_path / "steps", one=ONE)
    assert content(tmp_path / "once") == content(tmp_path / "steps")


def test_a_reader_keeps_what_it_opened_while_others_build(tmp_path):
    built(tmp_path, one=ONE)
    store = open_graph(tmp_path)
    before = set(store)
    built(tmp_path, one=OTHER)
    assert set(store) == before
    assert content(tmp_path) != before


def test_one_old_generation_is_kept_for_readers_that_just_opened_it(tmp_path):
    for number in range(4):
        built(tmp_path, one=ONE[: number + 1])
    assert generations(tmp_path) == ["generation-000003", "generation-000004"]
    assert (tmp_path / CURRENT).read_text() == "generation-000004\n"


@pytest.mark.parametrize("moment", ["replace", "drop", "_flush", "commit", "before the switch"])
def test_a_build_that_fails_leaves_the_old_graph(tmp_path, monkeypatch, moment):
    built(tmp_path, one=ONE)
    before = content(tmp_path)

    def fail(*_):
        raise RuntimeError(moment)

    if moment == "before the switch":
        monkeypatch.setattr("kg.store.generation.dump_manifest", fail)
    else:
        monkeypatch.setattr(Generation, moment, fail)
    with pytest.raises(RuntimeError, match=moment), new_generation(tmp_path, "v1") as generation:  # noqa: PT012
        generation.replace("other", "d", lines(OTHER))
        generation.drop("one")
        generation.commit()
    monkeypatch.undo()
    assert content(tmp_path) == before
    assert generations(tmp_path) == ["generation-000001"]
    assert built(tmp_path, one=OTHER)


def test_a_source_that_fails_half_way_is_not_seen(tmp_path):
    def half():
        yield from ONE[:5]
        raise ValueError("half")

    with pytest.raises(ValueError, match="half"), new_generation(tmp_path, "v1") as generation:
        generation.replace("one", "d", lines(half()))
    with pytest.raises(UserError, match="no graph"):
        open_graph(tmp_path)


def test_a_killed_build_leaves_the_old_graph_and_is_cleaned_up(tmp_path):
    built(tmp_path, one=ONE)
    before = content(tmp_path)
    code = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        sys.path.insert(0, "tests")
        from invented import facts
        from samples import lines, quads
        from kg.store import new_generation
        with new_generation(Path(sys.argv[1]), "v1") as generation:
            generation.replace("other", "d", lines(quads(facts("other.txt"))))
            generation._flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(generations(tmp_path)) == 2
    assert content(tmp_path) == before
    with new_generation(tmp_path, "v1") as generation:
        assert generations(tmp_path) == ["generation-000001"]
        assert generation.unchanged("one", "digest of one")


def test_a_second_build_gets_one_clear_line(tmp_path):
    with new_generation(tmp_path, "v1"), pytest.raises(UserError, match="another build") as caught:  # noqa: SIM117
        with new_generation(tmp_path, "v1"):
            pass
    assert "\n" not in str(caught.value)
    assert built(tmp_path, one=ONE)


def test_no_graph_is_told_with_what_to_do(tmp_path):
    for folder in (tmp_path, tmp_path / "absent", ROOT / "pyproject.toml"):
        for function in (open_graph, read_manifest):
            with pytest.raises(UserError, match=r"no graph in .*; run kg build INPUT\.\.\. first"):
                function(folder)


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="name another folder"):
        built(tmp_path, one=ONE)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(UserError, match="cannot write"):
        built(tmp_path / "thesis.txt", one=ONE)


def test_a_folder_of_another_layout_is_left_alone(tmp_path):
    (tmp_path / MARK).write_text("kg graph folder, layout 9\n")
    with pytest.raises(UserError, match="another version"):
        built(tmp_path, one=ONE)


def test_a_graph_of_another_layout_is_read_by_nobody(tmp_path):
    built(tmp_path, one=ONE)
    (tmp_path / MARK).write_text("kg graph folder, layout 9\n")
    for read in (open_graph, read_manifest, verify):
        with pytest.raises(UserError, match="by another version of kg"):
            read(tmp_path)


def test_what_is_missing_is_told_by_its_name(tmp_path):
    built(tmp_path, one=ONE)
    (current_generation(tmp_path) / MANIFEST).unlink()
    with pytest.raises(UserError) as told:
        read_manifest(tmp_path)
    assert f"is damaged ({MANIFEST}: no such file or directory)" in str(told.value)


@pytest.mark.parametrize("name", ["../elsewhere", "generation-000001/../..", "", "\udce9"])
def test_the_name_of_the_current_generation_is_not_trusted(tmp_path, name):
    built(tmp_path, one=ONE)
    (tmp_path / CURRENT).write_bytes(name.encode("utf-8", "surrogateescape"))
    with pytest.raises(UserError, match="no graph"):
        open_graph(tmp_path)


ODD = ("3", '{"a": {"digest": "d"}}', '{"a": {"articles": []}}', '[{"articles": []}]')


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", *(f'{{"program": "p", "sources": {odd}, "skipped": {{}}}}' for odd in ODD)]
)
def test_a_damaged_manifest_is_one_line(tmp_path, text):
    built(tmp_path, one=ONE)
    (tmp_path / "generation-000001" / MANIFEST).write_text(text)
    with pytest.raises(UserError, match="damaged"):
        read_manifest(tmp_path)


def test_a_damaged_store_is_one_line(tmp_path):
    built(tmp_path, one=ONE)
    (tmp_path / "generation-000001" / "store" / "CURRENT").unlink()
    with pytest.raises(UserError, match="damaged"):
        open_graph(tmp_path)


def test_the_manifest_is_the_same_whatever_the_order(tmp_path):
    built(tmp_path / "a", one=ONE, other=OTHER)
    built(tmp_path / "b", other=OTHER, one=ONE)
    texts = [json.loads((tmp_path / name / "generation-000001" / MANIFEST).read_text()) for name in "ab"]
    assert json.dumps(texts[0]) == json.dumps(texts[1])


def test_many_quads_go_in_by_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.generation.PIECE", 50)
    monkeypatch.setattr("kg.store.loading.PIECE", 20)
    monkeypatch.setattr("kg.store.loading._BULK", 10)
    monkeypatch.setattr("kg.store.loading._HELD", 1_000)
    built(tmp_path, one=ONE, other=OTHER)
    assert {q for q in content(tmp_path) if q.graph_name != GAZETTEER} == {*ONE, *OTHER}


PEAK = """
import resource, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import generation, loading, new_generation

generation.PIECE = loading.PIECE = 15_000

def quads(number):
    for n in range(number):
        node, article = NamedNode(f"a:{n % 5000}"), NamedNode(f"g:{n // 100}")
        yield f"{Quad(node, NamedNode(f'p:{n % 30}'), Literal(f'value {n}'), article)} .\\n".encode()

for program in ("v1", "v2"):
    with new_generation(Path(sys.argv[1]), program) as generation:
        generation.replace("one", program, quads(int(sys.argv[2])))
        generation.replace(program, program, quads(1))
        generation.commit()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_no_logs_of_the_way_stay_in_a_graph(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.loading._KEPT_LOGS", 0)
    for sources in ({"one": ONE}, {"other": OTHER}, {"one": ONE[:-1]}):
        built(tmp_path, **sources)
        logs = [path for path in current_generation(tmp_path).rglob("*") if ".log" in path.name or ".old" in path.name]
        assert [path.name for path in logs if path.stat().st_size] == []
    verify(tmp_path)
    assert {quad for quad in content(tmp_path) if quad.graph_name != GAZETTEER} == {*ONE[:-1], *OTHER}


@pytest.mark.skipif(os.name == "nt", reason="tells no peak of memory")
def test_memory_does_not_grow_with_the_facts_of_a_source(tmp_path):
    """A source of 300,000 quads, written and written anew, takes little more than one of 30,000: neither it, nor the
    union of all, nor what is carried over or forgotten, is ever held as a whole."""

    def peak(number: int) -> int:
        command = [sys.executable, "-c", PEAK, str(tmp_path / str(number)), str(number)]
        return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)

    assert peak(300_000) - peak(30_000) < 110  # megabytes; 250 where the union is loaded at once


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        OSError("IO error: No space left on device: While appending to file: graph/store/000010.sst"),
        RuntimeError("IO error: DB::Open() failed --- IO error: No space left on device: While appending: OPTIONS"),
    ],
)
def test_a_full_disk_is_one_line_and_leaves_the_old_graph(error, tmp_path, monkeypatch):
    built(tmp_path, one=ONE)
    before = content(tmp_path)

    def full(*_):
        raise error

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as told:
        built(tmp_path, one=OTHER)
    assert str(told.value) == f"cannot write the graph in {tmp_path}: No space left on device; make room"
    monkeypatch.undo()
    assert content(tmp_path) == before


def test_a_lock_does_not_outlive_a_worker_of_the_build(tmp_path):
    with new_generation(tmp_path, "v1") as generation:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            assert pool.apply(len, ("ab",)) == 2
        generation.commit()
    assert built(tmp_path, one=ONE)
    assert NamedNode(GAZETTEER.value) in set(open_graph(tmp_path).named_graphs())


def test_readers_never_meet_a_graph_being_written(tmp_path):
    """A process that opens and reads all the while sees one whole state after another."""
    states = [len({*ONE}), len({*OTHER})]
    built(tmp_path, one=ONE)
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from kg.store import open_graph
        from kg.vocabulary import GAZETTEER
        seen = set()
        for _ in range(60):
            seen.add(sum(quad.graph_name != GAZETTEER for quad in open_graph(Path(sys.argv[1]))))
        print(*sorted(seen))
    """)
    reader = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    turn = 0
    while reader.poll() is None:
        turn += 1
        built(tmp_path, one=OTHER if turn % 2 else ONE)
    assert reader.returncode == 0
    assert {int(size) for size in reader.communicate()[0].split()} <= set(states)


def test_what_nobody_touched_is_taken_over_unread(tmp_path, monkeypatch):
    """A build of one page more notes the tables of its own, and reads none that it has only linked."""
    built(tmp_path, one=ONE)
    before = current_generation(tmp_path)
    read: list[Path] = []
    real = checksums._digest  # noqa: SLF001
    monkeypatch.setattr(checksums, "_digest", lambda path: read.append(path) or real(path))
    built(tmp_path, other=OTHER)
    linked = {path.stat().st_ino for path in before.rglob("*.sst")}
    tables = list(current_generation(tmp_path).rglob("*.sst"))
    shared = {path for path in tables if path.stat().st_ino in linked}
    assert shared
    assert shared < set(tables)
    assert set(read) & set(tables) == set(tables) - shared
    assert not [path for path in read if path.is_relative_to(before)]
    verify(tmp_path)


@pytest.mark.parametrize("meets", ["check", "query"])
def test_rot_that_leaves_no_trace_is_mended_by_the_build_after_a_reader_met_it(tmp_path, meets):
    built(tmp_path, one=ONE, other=OTHER)
    table = max((current_generation(tmp_path) / "store").glob("*.sst"), key=lambda path: path.stat().st_size)
    at, raw = table.stat(), bytearray(table.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    table.write_bytes(raw)
    os.utime(table, ns=(at.st_atime_ns, at.st_mtime_ns))
    if meets == "check":
        with pytest.raises(UserError, match="is damaged"):
            verify(tmp_path)
    else:
        with pytest.raises(UserError, match="is damaged"), while_reading(tmp_path):
            raise OSError("Corruption: block checksum mismatch")
    with new_generation(tmp_path, "v1") as generation:
        assert "other bytes" in generation.damage
        assert generation.lost == ("one", "other")
        generation.replace("one", "d", lines(ONE))
        generation.commit()
    with new_generation(tmp_path, "v1") as generation:
        assert not generation.damage
    verify(tmp_path)
    assert not (tmp_path / DOUBTED).exists()
