"""What deserves a look: found, put in order, written as entries, and decided one by one on a terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import build
from kg.corrections import load
from kg.review import suggestions
from kg.store import open_graph
from kg.vocabulary import GOV, RDF

SIXTY = Path(__file__).parent / "sixty.toml"


OTHER = """锦江区再办“邻里厨房”

2023年，锦江区推出“邻里厨坊”行动，春熙路街道服务老人1500人次。“邻里厨房”由锦江区民政局牵头。
"""


@pytest.fixture
def graph(pages, tmp_path):
    (pages / "again.txt").write_text(OTHER, encoding="utf-8")
    build([pages], tmp_path / "graph")
    return tmp_path / "graph"


def test_names_standing_unread_and_like_names(graph):
    found = {each.asks: each for each in suggestions(graph)}
    assert found["商务社区 is a program wherever it stands"].file == "office.txt"
    alike = [each for each in found.values() if each.sort == "duplicates"]
    assert {"邻里厨坊", "邻里厨房"} in [set(each.keys["names"]) for each in alike]


def test_a_name_that_more_articles_read_comes_before_one_that_fewer_do(pages, tmp_path):
    for number, name in ((1, "望江雅集"), (2, "望江雅集"), (3, "望江茶叙")):
        text = f"锦江区办“{name}”\n\n2024年，成都市锦江区第{number}次推出“{name}”活动，服务居民{number}00人次。\n"
        (pages / f"more{number}.txt").write_text(text, encoding="utf-8")
    (pages / "plain.txt").write_text("青羊区的一天\n\n成都市青羊区的居民说起望江雅集和望江茶叙。\n", encoding="utf-8")
    build([pages], tmp_path / "graph")
    asked = [each.asks for each in suggestions(tmp_path / "graph", sorts=["unread"])]
    first, second = (f"{name} is a program wherever it stands" for name in ("望江雅集", "望江茶叙"))
    assert asked.index(first) < asked.index(second)


def test_a_name_in_doubt_is_not_to_be_recognised_everywhere(graph):
    asked = {each.asks for each in suggestions(graph, least=Decimal(1))}
    assert "商务社区 is no program" in asked
    assert "商务社区 is a program wherever it stands" not in asked


def test_numbers_that_contradict_each_other(graph, pages):
    text = "青羊区再办“夜话茶馆”\n\n2024年，成都市青羊区开展“夜话茶馆”，夜话茶馆惠及居民{}人。\n"
    (pages / "one.txt").write_text(text.format(500), encoding="utf-8")
    (pages / "two.txt").write_text(text.format(731), encoding="utf-8")
    build([pages], graph)
    (found,) = suggestions(graph, sorts=["conflicts"])
    assert found.asks == "731人 of 夜话茶馆 is wrong"
    assert (found.keys["value"], found.keys["in"]) == (731, "two.txt")


def test_close_matches_of_the_graph_are_asked(pages, tmp_path):
    text = "{0}走进社区\n\n2024年，{0}派出学生{1}名，参加成都市青羊区“夜话茶馆”活动。\n"
    (pages / "one.txt").write_text(text.format("西南交通大学", 30), encoding="utf-8")
    (pages / "two.txt").write_text(text.format("西南交大", 40), encoding="utf-8")
    build([pages], tmp_path / "graph")
    store = open_graph(tmp_path / "graph")
    matched = {q.subject.value for q in store.quads_for_pattern(None, RDF.type, GOV.Match)}
    found = [each for each in suggestions(tmp_path / "graph", sorts=["duplicates"]) if "two nodes" not in each.why]
    assert len(found) == len(matched)


def test_most_useful_first_and_only_what_is_asked_for(graph, run_kg):
    every = suggestions(graph)
    for sort in {each.sort for each in every}:
        weights = [each.weight for each in every if each.sort == sort]
        assert weights == sorted(weights, reverse=True)
    sorts = [each.sort for each in every]
    assert len(set(sorts[: len(set(sorts))])) == len(set(sorts))  # the best of each before the second of any
    done = run_kg("review", "-g", graph, "--only", "unread", "--most", "1")
    assert done.out.startswith("1. ")
    assert "商务社区的企业" in done.out
    assert run_kg("review", "-g", graph, "--only", "doubtful", "--under", "0").out == ""


def test_what_is_written_is_a_file_of_corrections(graph, pages, tmp_path, run_kg, quads):
    own = tmp_path / "own.toml"
    plain = quads(graph)
    own.write_text("# mine\r\n", encoding="utf-8")
    assert "proposed corrections" in run_kg("review", "-g", graph, "--under", "1", "--most", "500", "--into", own).err
    text = own.read_text(encoding="utf-8")
    assert own.read_bytes().startswith(b"# mine\r\n")
    count = sum(map(len, tomllib.loads(text).values()))
    loaded = load([own])
    assert loaded.remarks == ()
    assert (loaded.corrections.entries, loaded.corrections.proposed) == ((), count)
    build([pages], graph, corrections=[own])  # what is proposed changes nothing
    assert quads(graph) == plain
    again = run_kg("review", "-g", graph, "--under", "1", "--most", "500", "--into", own)
    assert "own.toml: 0 proposed" in again.err
    own.write_text(text.replace('accept = "open"', 'accept = "yes"'), encoding="utf-8")
    report = build([pages], graph, corrections=[own])
    assert report.remarks == ()
    assert quads(graph) != plain


def test_what_hangs_on_a_thing_in_doubt_is_asked_only_when_that_is_kept(graph):
    def asked():
        return {each.asks for each in suggestions(graph, least=Decimal(1)) if "商务社区" in each.asks}

    assert asked() == {"商务社区 is no program"}
    text = '[[wrong]]\nthing = "商务社区"\nkind = "program"\naccept = "no"\n'
    (graph / "corrections.toml").write_text(text, encoding="utf-8")
    assert "商务社区 is a program wherever it stands" in asked()


def test_what_was_decided_is_not_asked_again(graph):
    before = {each.asks for each in suggestions(graph)}
    (graph / "corrections.toml").write_text(
        '[[name]]\nname = "商务社区"\nkind = "program"\naccept = "no"\nby = "陈一"\n', encoding="utf-8"
    )
    assert before - {each.asks for each in suggestions(graph)} == {"商务社区 is a program wherever it stands"}


def test_a_corrected_graph_can_be_reviewed(pages, tmp_path, run_kg):
    build([pages], tmp_path / "graph", corrections=[SIXTY])
    assert run_kg("review", "-g", tmp_path / "graph", "--under", "1").status == 0


def test_into_a_file_that_is_none_of_corrections(graph, tmp_path, run_kg):
    own = tmp_path / "own.toml"
    own.write_text("[[sam]]", encoding="utf-8")
    done = run_kg("review", "-g", graph, "--into", own)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert own.read_text(encoding="utf-8") == "[[sam]]"
    (tmp_path / "plain").write_text("")
    assert "cannot write" in run_kg("review", "-g", graph, "--into", tmp_path / "plain" / "own.toml").err


def on_terminal(arguments: list[str], keys: Sequence[str]) -> str:
    """What a command shows on a terminal where some keys are pressed, each after a prompt, and then q."""
    import pty

    process, terminal = pty.fork()
    if process == 0:
        os.environ["EDITOR"] = "sed -i s/邻里厨坊/邻里厨房二号/"
        os.execv(sys.executable, [sys.executable, "-m", "kg", *arguments])
    shown, rest, ends = "", keys, time.monotonic() + 60
    data = b""
    while time.monotonic() < ends:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 10_000)
        except OSError:
            break
        if not piece:
            break
        data += piece
        shown = data.decode("utf-8", "replace")
        if shown.rstrip().endswith("[q]uit"):
            time.sleep(0.3)  # until it listens for keys
            os.write(terminal, (rest or "q")[0].encode())
            rest = rest[1:]
    else:
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return shown


@pytest.mark.skipif(os.name == "nt", reason="terminals are POSIX's")
def test_stepping_on_a_terminal(graph, pages, quads):
    (graph / "corrections.toml").unlink(missing_ok=True)
    shown = on_terminal(["review", "-g", str(graph), "--by", "陈一", "--only", "unread"], "y")
    assert "商务社区的企业也参与进来" in shown
    assert "1 corrections written" in shown
    (entry,) = tomllib.loads((graph / "corrections.toml").read_text(encoding="utf-8"))["name"]
    assert (entry["name"], entry["by"]) == ("商务社区", "陈一")
    plain = quads(graph)
    assert [path.name for path in build([pages], graph).read] == ["office.txt", "towers.txt"]
    assert quads(graph) != plain
    on_terminal(["review", "-g", str(graph), "--only", "duplicates"], "ssssssq")
    assert len(load([graph / "corrections.toml"]).corrections.entries) == 1
    shown = on_terminal(["review", "-g", str(graph), "--only", "duplicates", "--most", "1"], "n")
    assert 'accept = "no"' in (graph / "corrections.toml").read_text(encoding="utf-8")
    assert len(load([graph / "corrections.toml"]).corrections.entries) == 1


@pytest.mark.skipif(os.name == "nt", reason="terminals are POSIX's")
def test_enter_behind_a_key_is_no_answer_of_its_own(graph):
    shown = on_terminal(["review", "-g", str(graph), "--only", "duplicates", "--most", "1"], ["n\n"])
    assert shown.count("[q]uit") == 1
    assert 'accept = "no"' in (graph / "corrections.toml").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="terminals are POSIX's")
def test_an_edited_suggestion_is_written(graph):
    on_terminal(["review", "-g", str(graph), "--only", "duplicates", "--most", "1"], "e")
    text = (graph / "corrections.toml").read_text(encoding="utf-8")
    assert "邻里厨房二号" in text
