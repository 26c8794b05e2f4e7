"""Large files are read by several processes, with the same result; what goes wrong in one of them is told."""

from __future__ import annotations

import json
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

import kg.sharing
from kg.build import build
from kg.errors import UserError
from kg.export import export
from kg.outcomes import outcome_of
from kg.pipeline import Options
from kg.workers import in_order, worker_pool

RECORDS = [
    {"headline": f"第{n}场议事会", "text": f"2024年，上城区采荷街道推出“红茶议事会”，召开会议{n}场。"}
    for n in range(1, 120)
]


@pytest.fixture
def records(tmp_path):
    """A file of many articles, one of which is broken."""
    lines = [json.dumps(each, ensure_ascii=False) for each in RECORDS]
    lines[70] = lines[70][:-9]
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_one_file_read_by_several_processes_gives_the_same_graph_and_tells_the_same(records, tmp_path, monkeypatch):
    alone = build([records], tmp_path / "alone", jobs=1)
    monkeypatch.setattr(kg.sharing, "BYTES_PER_WORKER", 1)
    counted: list[int] = []
    monkeypatch.setattr(kg.sharing, "in_order", lambda *args, **named: map_counted(counted, in_order(*args, **named)))
    shared = build([records], tmp_path / "shared", jobs=2)
    assert len(counted) == 118
    assert shared.articles == alone.articles == 118
    assert shared.skipped == alone.skipped
    assert "line 71 is not a JSON object" in shared.skipped[0].reason
    for name in ("alone", "shared"):
        export(tmp_path / name, tmp_path / f"{name}.nq")
    assert (tmp_path / "alone.nq").read_bytes() == (tmp_path / "shared.nq").read_bytes()


def map_counted(counted, found):
    for each in found:
        counted.append(len(counted))
        yield each


def test_small_files_beside_a_large_one_are_read_too(records, tmp_path, monkeypatch):
    for name in ("a.txt", "z.txt"):
        (tmp_path / name).write_text(f"{RECORDS[0]['headline']}\n{RECORDS[0]['text']}\n", encoding="utf-8")
    monkeypatch.setattr(kg.sharing, "BYTES_PER_WORKER", 1)
    report = build([records, tmp_path / "a.txt", tmp_path / "z.txt"], tmp_path / "graph", jobs=2)
    assert [path.name for path in report.read] == ["a.txt", "news.jsonl", "z.txt"]


def test_articles_are_counted_as_they_are_read(records, tmp_path):
    seen: list[tuple[str, int]] = []
    build([records], tmp_path / "graph", jobs=1, articles=lambda path, done: seen.append((path.name, done)))
    assert seen == [("news.jsonl", number) for number in range(1, 119)]


def test_results_come_in_order_and_only_a_few_items_are_held():
    left = deque(range(1, 10_001))
    with ThreadPoolExecutor(2) as pool:
        results = in_order(pool, lambda item: item * 2, iter(left.popleft, 10_000), workers=2, seconds=60)
        assert [next(results) for _ in range(5)] == [2, 4, 6, 8, 10]
        assert len(left) >= 10_000 - 16 * 3 * 2
        assert list(results) == [item * 2 for item in range(6, 10_000)]


@pytest.mark.parametrize("batch", [1, 4, 16])
def test_as_many_are_ahead_however_they_are_handed_over(batch):
    left = deque(range(1, 1_001))
    with ThreadPoolExecutor(2) as pool:
        results = in_order(pool, str, iter(left.popleft, 1_000), workers=2, batch=batch)
        assert next(results) == "1"
        assert 1_000 - len(left) == 48 * 2
        assert list(results) == [str(item) for item in range(2, 1_000)]


def test_small_files_do_not_wait_for_the_writer_without_end(tmp_path, monkeypatch):
    paths = [tmp_path / f"{number:03}.txt" for number in range(300)]
    for path in paths:
        path.write_text("2024年，上城区采荷街道推出“红茶议事会”。", encoding="utf-8")
    monkeypatch.setattr(kg.sharing, "BYTES_PER_WORKER", 1)
    taken = deque(maxlen=1)
    monkeypatch.setattr(kg.sharing, "in_order", lambda *args, **named: noted(taken, *args, **named))
    found = kg.sharing.outcomes_of(paths, 2, Options(), tmp_path / "scratch", None)
    assert next(found).path == paths[0]
    assert taken[0] < 200
    assert [outcome.path for outcome in found] == paths[1:]


def noted(taken, pool, work, items, **named):
    """As `in_order`, noting how many items were taken."""

    def each():
        for number, item in enumerate(items, start=1):
            taken.append(number)
            yield item

    return in_order(pool, work, each(), **named)


def test_what_work_raises_is_raised_in_its_place():
    def work(item):
        if item == 50:
            raise ValueError("fifty")
        return item

    with ThreadPoolExecutor(2) as pool:
        results = in_order(pool, work, range(1000), workers=2, seconds=60)
        assert [next(results) for _ in range(48)] == list(range(48))
        with pytest.raises(ValueError, match="fifty"):
            list(results)


def test_a_process_that_is_ended_is_told_as_that_and_not_as_a_fault_of_the_file(records):
    with pytest.raises(UserError, match="a worker process was ended"), worker_pool(2) as pool:
        list(in_order(pool, os._exit, [1], workers=2, seconds=60))

    def broken(_work, _items):
        raise BrokenProcessPool

    with pytest.raises(BrokenProcessPool):
        outcome_of(records, Options(), spread=broken)
