"""`kg dossier` and `kg compare` on the command line: formats, files, and errors in one line."""

from __future__ import annotations

import json
import os

import pytest


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    """The working folder, with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_markdown_goes_to_standard_output(run_kg, canteens):
    done = run_kg("dossier", "银杏树下幸福食堂", "-g", canteens)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# 银杏树下幸福食堂 · Dossier\n\n## What it is\n")
    assert run_kg("dossier", "银杏树下幸福食堂", "-g", canteens, "--lang", "zh").out.startswith(
        "# 银杏树下幸福食堂 · 档案\n"
    )


@pytest.mark.parametrize(
    ("written", "begins"),
    [
        (("a.html",), b"<!doctype html>"),
        (("a.json",), b'{\n "format": "kg-dossier"'),
        (("a.md",), b"# "),
        (("a.txt",), b"# "),
        (("a",), b"# "),
        (("a.pdf", "-f", "json"), b'{\n "format": "kg-dossier"'),
        (("a.txt", "-f", "html"), b"<!doctype html>"),
    ],
)
def test_a_file_is_written_by_its_ending_or_format(run_kg, canteens, tmp_path, written, begins):
    target, options = tmp_path / written[0], written[1:]
    done = run_kg("dossier", "锦江", "-g", canteens, "-o", target, *options)
    assert (done.status, done.out, done.err) == (0, "", f"wrote {target}\n")
    assert target.read_bytes().startswith(begins)


def test_places_are_compared(run_kg, canteens):
    done = run_kg("compare", "锦江", "青羊", "-g", canteens, "-f", "json")
    assert [place["label"] for place in json.loads(done.out)["places"]] == ["锦江区", "青羊区"]
    assert "锦江区 lies in 成都市" in run_kg("compare", "锦江", "成都", "-g", canteens).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("dossier", "银杏饭堂"), "kg: the graph knows no thing named '银杏饭堂'"),
        (("dossier", "居民"), "kg: '居民' is no place, program, body, person or document of the graph"),
        (("compare", "锦江", "锦江区"), "kg: '锦江区' is named twice; name different places"),
        (("compare", "锦江", "林静"), "kg: the graph knows no "),
        (("compare", "锦江", "https://w3id.org/govkg/id/lin"), "kg: 'https://w3id.org/govkg/id/lin' is no place but"),
        (("dossier", "锦江", "-o", os.devnull + "/x"), "kg: cannot write"),
    ],
)
def test_what_a_user_can_mend_is_told_in_one_line(run_kg, canteens, arguments, message):
    done = run_kg(*arguments, "-g", canteens)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(message)
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("compare", "锦江"), "kg: 1 place to compare; name 2 to 6"),
        (("compare", *["锦江"] * 7), "kg: 7 places to compare; name 2 to 6"),
        (("dossier", "锦江", "-o", "a.pdf"), "kg: Invalid value for -o: no format has the ending .pdf; known are .md "),
        (("dossier", "锦江", "-o", "a.docx"), "kg: Invalid value for -o: no format has the ending .docx"),
        (("compare", "锦江", "青羊", "-o", "a.csv"), "kg: Invalid value for -o: no format has the ending .csv"),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(run_kg, canteens, empty_folder, arguments, message):
    done = run_kg(*arguments, "-g", canteens)
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(message)
    assert list(empty_folder.iterdir()) == []


def test_without_a_graph(run_kg, tmp_path):
    done = run_kg("dossier", "锦江", "-g", tmp_path / "none")
    assert (done.status, done.err.count("\n")) == (1, 1)


def test_what_stood_there_stands_where_writing_fails(run_kg, canteens, tmp_path):
    target = tmp_path / "a.md"
    target.write_text("before", encoding="utf-8")
    assert run_kg("dossier", "银杏饭堂", "-g", canteens, "-o", target).status == 1
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
