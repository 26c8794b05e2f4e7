"""`kg explain`: why candidates were taken or left."""

from __future__ import annotations

import re

import pytest

PAGE = "玉林街道的新事\n\n成都市武侯区玉林街道推出“石榴籽”行动，服务居民1200人次。\n"


def test_every_candidate_is_told_with_what_it_weighs(run_kg, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = run_kg("explain", page)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "# 玉林街道的新事"
    taken = next(line for line in lines if "石榴籽 implementedIn 玉林街道" in line)
    told = re.match(r"    \+ relation_implemented_in ([+-]\d+) \(0\.\d+\)", taken)
    assert told
    weights = [int(weight) for weight in re.findall(r":([+-]\d+)(?= |$)", taken)]
    assert sum(weights) == int(told[1])


def test_one_decision_alone(run_kg, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = run_kg("explain", page, "--decision", "relation_led_by", "--taken")
    assert "relation_led_by" in done.out
    assert "relation_implemented_in" not in done.out


def test_what_a_number_may_be_about_is_told_with_the_number(run_kg, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = run_kg("explain", page, "--decision", "subjects")
    told = re.findall(r"    ([+-]) subjects [+-]\d+ \(0\.\d+\) (\S+) of \S*居民: ", done.out)
    assert ("-", "玉林街道") in told or ("+", "玉林街道") in told
    assert [mark for mark, _ in told].count("+") == 1
    assert "numbers" in run_kg("explain", page, "--decision", "numbers").out


def test_a_decision_that_there_is_not_is_named(run_kg, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    done = run_kg("explain", page, "--decision", "colours")
    assert done.status == 2
    assert "no decision is called colours; there are" in done.err


def test_records_are_explained_one_after_the_other_and_a_broken_one_is_told_at_the_end(run_kg, tmp_path):
    page = tmp_path / "news.jsonl"
    page.write_text(
        '{"headline": "甲", "text": "玉林街道推出“石榴籽”行动。"}\n{\n{"headline": "乙", "text": "街道开会。"}\n'
    )
    done = run_kg("explain", page)
    assert done.status == 1
    assert [line for line in done.out.splitlines() if line.startswith("#")] == ["# 甲", "# 乙"]
    assert "line 2 is not a JSON object" in done.err


@pytest.mark.parametrize(("content", "told"), [(b"", "the file is empty"), (bytes(range(256)), "the file is binary")])
def test_a_file_that_cannot_be_explained_is_named(content, told, run_kg, tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes(content)
    done = run_kg("explain", page)
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert done.err.startswith(f"kg: {page}: {told}")
