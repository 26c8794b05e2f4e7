"""Children that stay between tasks: answers are those of a child for each, and whatever ends one, others go on."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.errors import UserError
from kg.queries import pool as pools
from kg.queries.child import LimitReached, Limits, QuerySyntaxError, work
from kg.queries.pool import Pool
from tests.conftest import SMALL_GRAPH, store_graph

ROOT = Path(__file__).parents[2]
NAMES = "SELECT ?name { ?x skos:prefLabel ?name } ORDER BY ?name"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def pool(monkeypatch):
    monkeypatch.setattr(pools, "_MOST_SECONDS", 60)  # how slow this machine is does not count
    found = Pool(2)
    yield found
    found.end()


@pytest.fixture
def started(monkeypatch):
    """The children that were started, one entry each."""
    found = []
    begin = subprocess.Popen

    def counted(*arguments, **options):
        found.append(begin(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(pools.subprocess, "Popen", counted)
    return found


def ask(by, folder: Path, query: str, limits: Limits | None = None):
    return by("terms", folder, limits or Limits(30), name="query", query=query, given={})


def test_one_child_answers_many_tasks_as_one_each_would(pool, started, small_graph):
    queries = [NAMES, "ASK { ?x a gov:Program }", "CONSTRUCT { ?x a gov:Program } { ?x a gov:Program }"]
    expected = [ask(work, small_graph, query) for query in queries]
    started.clear()
    assert [ask(pool.work, small_graph, query) for query in queries * 3] == expected * 3
    assert len(started) == 1


def test_what_is_wrong_with_a_query_costs_no_child(pool, started, small_graph):
    with pytest.raises(QuerySyntaxError, match="expected"):
        ask(pool.work, small_graph, "SELECT * {")
    with pytest.raises(UserError, match="SERVICE"):
        ask(pool.work, small_graph, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert ask(pool.work, small_graph, NAMES)
    assert len(started) == 1


def test_what_takes_too_long_or_too_much_is_ended_and_others_go_on(pool, started, small_graph):
    with pytest.raises(LimitReached, match=r"longer than 1 s"):
        ask(pool.work, small_graph, BOMB, Limits(1, 2048))
    assert started[0].poll() is not None
    with pytest.raises(LimitReached, match="memory"):
        ask(pool.work, small_graph, GREEDY, Limits(60, 256))
    assert ask(pool.work, small_graph, NAMES)
    assert len(started) == 3


def test_a_child_that_was_killed_is_replaced(pool, started, small_graph):
    ask(pool.work, small_graph, NAMES)
    started[0].kill()
    started[0].wait()
    assert ask(pool.work, small_graph, NAMES)
    assert len(started) == 2


def test_a_child_is_replaced_after_so_many_tasks(pool, started, small_graph, monkeypatch):
    monkeypatch.setattr(pools, "_MOST_TASKS", 3)
    for _ in range(7):
        ask(pool.work, small_graph, NAMES)
    assert len(started) == 3


def test_each_task_has_a_child_to_itself(pool, started, small_graph):
    faults = []

    def several() -> None:
        for _ in range(5):
            told, _ = ask(pool.work, small_graph, NAMES)
            faults.extend([told] * (told != {"kind": "results"}))

    threads = [threading.Thread(target=several) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    pool.end()
    assert all(child.poll() is not None for child in started)


def test_a_child_reads_the_generation_that_a_build_has_put_in_place(pool, tmp_path):
    folder = store_graph(SMALL_GRAPH, tmp_path / "graph")
    before = ask(pool.work, folder, NAMES)
    other = tmp_path / SMALL_GRAPH.name
    other.write_text(SMALL_GRAPH.read_text(encoding="utf-8").replace("邻里议事厅", "邻里新厅"), encoding="utf-8")
    store_graph(other, folder)
    after = ask(pool.work, folder, NAMES)
    assert "邻里新厅" in after[1].decode()
    assert "邻里新厅" not in before[1].decode()
    shutil.rmtree(folder)
    with pytest.raises(UserError, match="no graph"):
        ask(pool.work, folder, NAMES)


def test_children_end_with_whoever_keeps_them(small_graph):
    script = (
        "import sys, time; from pathlib import Path\n"
        "from kg.queries.child import Limits; from kg.queries.pool import Pool\n"
        "pool = Pool(2)\n"
        "while not pool._idle:  # a child that took long, as on a busy machine, is not kept\n"
        "    pool.work('terms', Path(sys.argv[1]), Limits(30), name='q', query='ASK {}', given={})\n"
        "print(pool._idle[0]._process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    keeper = subprocess.Popen(
        [sys.executable, "-c", script, str(small_graph)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    child = Path("/proc") / keeper.stdout.readline().strip()
    assert child.exists()
    keeper.kill()
    keeper.communicate()
    for _ in range(100):
        if not child.exists() or "Z" in (child / "stat").read_text().rpartition(")")[2][:3]:
            return
        time.sleep(0.05)
    raise AssertionError("the child lives on")
