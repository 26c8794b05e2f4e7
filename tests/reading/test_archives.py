"""Compressed JSON Lines and Parquet give what the same JSON Lines give, in as little memory."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.pipeline import read_article
from kg.reading import Faults, Unreadable, input_files, read_articles, read_page
from kg.reading.files import ARCHIVES
from kg.store import read_manifest

CHANCE = random.Random(5)
ROWS = [
    {
        "title": f"书房第{number}期开放",
        "text": f"2024年，成都市锦江区建成书房{number + 12}个，\n“邻里书会”在合江亭街道推行。",
        "author": "陈一 李二",
        "date": f"2024-03-{number + 1:02}",
    }
    for number in range(8)
]


def lines(rows: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """The rows in the format that the file's name tells."""
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path)
    else:
        path.write_bytes(packed(path, lines(rows)))
    return path


def packed(path: Path, data: bytes) -> bytes:
    if path.suffix == ".gz":
        return gzip.compress(data)
    if path.suffix == ".zst":
        return pa.compress(data, "zstd", asbytes=True)
    return data


@pytest.fixture(params=sorted(ARCHIVES))
def ending(request) -> str:
    return request.param


def test_articles_and_places_are_those_of_json_lines(tmp_path, ending):
    (tmp_path / "plain").mkdir()
    plain = write(tmp_path / "plain" / "news.jsonl", ROWS)
    path = write(tmp_path / f"news{ending}", ROWS)
    expected = list(read_articles(plain))
    found = list(read_articles(path))
    assert len(found) == len(ROWS)
    assert [a.source for a in found] == [path.name] * len(ROWS)
    for mine, theirs in zip(found, expected, strict=True):
        assert (mine.headline, mine.paragraphs, mine.authors, mine.published) == (
            theirs.headline,
            theirs.paragraphs,
            theirs.authors,
            theirs.published,
        )
        assert read_article(mine).entities == read_article(theirs).entities
    page = read_page(path)
    assert page.text == plain.read_text(encoding="utf-8")
    assert page.articles == tuple(found)
    start = found[5].paragraphs[0].offsets[0]
    (around,) = read_articles(path, around=start)
    assert around == found[5]


def test_a_build_takes_them_from_folders_and_keeps_what_is_unchanged(tmp_path, ending, run_kg):
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder / f"a{ending}", ROWS)
    write(folder / f"README{ending}", ROWS)
    assert [path.name for path in input_files([folder])] == [f"a{ending}"]
    assert "1 files read (8 articles)" in run_kg("build", folder, "-g", tmp_path / "graph").err
    assert "1 unchanged" in run_kg("build", folder, "-g", tmp_path / "graph").err
    (source,) = read_manifest(tmp_path / "graph").sources.values()
    assert len(source.articles) == len(ROWS)


@pytest.mark.parametrize("damage", ["cut", "overwritten", "not one at all", "empty"])
def test_a_broken_one_is_told_in_one_line(tmp_path, ending, damage, run_kg):
    path = write(tmp_path / f"news{ending}", ROWS)
    whole = path.read_bytes()
    path.write_bytes(
        {
            "cut": whole[: len(whole) // 2],
            "overwritten": whole[:20] + bytes(len(whole) - 40) + whole[-20:],
            "not one at all": b"<html>502 Bad Gateway</html>",
            "empty": b"",
        }[damage]
    )
    with pytest.raises(Unreadable, match=r"broken or cut off|holds no text|is empty") as caught:
        list(read_articles(path))
    assert "\n" not in str(caught.value)
    done = run_kg("build", path, "-g", tmp_path / "graph", "--strict")
    assert (done.status, done.err.count("\n")) == (1, 2)
    assert f"skipped {path}: " in done.err


@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.zst"])
def test_what_stands_before_the_break_is_read_and_the_break_told(tmp_path, ending, run_kg):
    rows = [row | {"noise": CHANCE.randbytes(60_000).hex()} for row in ROWS]  # which does not pack well
    path = write(tmp_path / f"news{ending}", rows)
    path.write_bytes(path.read_bytes()[:-200_000])
    faults = Faults()
    read = len(list(read_articles(path, faults)))
    assert 1 < read < len(ROWS)
    assert str(faults) == f"the file is broken or cut off behind line {read}"
    done = run_kg("build", path, "-g", tmp_path / "graph")
    assert (done.status, f"1 files read ({read} articles)" in done.err) == (1, True)
    assert f"read in part {path}: the file is broken or cut off behind line {read}\n" in done.err


@pytest.mark.parametrize("joined", [".jsonl.gz", ".jsonl.zst"])
def test_joined_archives_are_read_to_the_last(tmp_path, joined):
    path = write(tmp_path / f"news{joined}", ROWS[:3])
    path.write_bytes(path.read_bytes() + packed(path, lines(ROWS[3:])))
    assert len(list(read_articles(path))) == len(ROWS)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.zst"])
def test_encodings_are_recognised_within(tmp_path, ending, encoding):
    text = lines(ROWS).decode()
    path, plain = tmp_path / f"news{ending}", tmp_path / "news.jsonl"
    plain.write_bytes(text.encode(encoding))
    path.write_bytes(packed(path, text.encode(encoding)))
    assert [a.paragraphs for a in read_articles(path)] == [a.paragraphs for a in read_articles(plain)]
    assert len(list(read_articles(path))) == len(ROWS)


def test_columns_of_other_kinds(tmp_path):
    """Days and times are dates, lists are authors, what is absent is empty; other columns are not even read."""
    rows = [
        {"content": "书房开放。", "publish_date": date(2024, 3, 1), "authors": ["陈一", "李二"], "views": 3},
        {"content": None, "publish_date": None, "authors": None, "views": 4},
        {"content": "夜市开放。", "publish_date": date(2024, 3, 2), "authors": None, "views": None},
    ]
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path)
    faults = Faults()
    first, second = read_articles(path, faults)
    assert (first.published, first.authors, second.published) == ("2024-03-01", ("陈一", "李二"), "2024-03-02")
    assert not str(faults)
    assert "views" not in read_page(path).text
    parquet.write_table(pa.table({"text": ["书房开放。"], "time": [datetime(2023, 5, 6, 7, 8)]}), path)  # noqa: DTZ001
    assert next(read_articles(path)).published == "2023-05-06"
    parquet.write_table(pa.table({"text": pa.array(["夜市", "夜市"]).dictionary_encode()}), path)
    assert len(list(read_articles(path))) == 2


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"headline": ["书房"]}, "its rows have no text (a column text, content, body)"),
        ({"text": [1, 2]}, "row 1 has no text"),
        ({"text": [b"\xff"]}, "row 1 has no text"),
        ({"text": pa.array([], pa.string())}, "the file is empty"),
    ],
)
def test_tables_without_text(tmp_path, table, told):
    parquet.write_table(pa.table(table), tmp_path / "a.parquet")
    with pytest.raises(Unreadable) as caught:
        list(read_articles(tmp_path / "a.parquet"))
    assert told in str(caught.value)


@pytest.mark.parametrize("ending", [".jsonl.zst", ".parquet"])
def test_without_the_library_one_line_says_what_to_install(tmp_path, ending, monkeypatch, run_kg):
    path = write(tmp_path / f"a{ending}", ROWS)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run_kg("build", path, "-g", tmp_path / "graph", "--strict")
    assert done.status == 1
    assert "pip install 'kg-governance[parquet]'" in done.err
    assert done.err.count("\n") == 2


def test_memory_does_not_grow_with_the_file(tmp_path, ending):
    """Of Python's own memory; of Arrow's, its pool tells."""

    def most(count: int) -> int:
        text = "2024年，东湖区建成书房12个，服务居民3.5万人次。" * 60
        path = tmp_path / f"{count}{ending}"
        if ending == ".parquet":
            table = pa.table({"text": [f"{number}{text}" for number in range(count)]})
            parquet.write_table(table, path, row_group_size=50, use_dictionary=False)
            del table
        else:
            write(path, [{"text": f"{number}{text}"} for number in range(count)])
        pool = pa.default_memory_pool()
        before = pool.bytes_allocated()
        tracemalloc.start()
        arrow = max(pool.bytes_allocated() - before for article in read_articles(path) if article.paragraphs)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak + arrow

    most(2)
    assert most(300) < 2 * most(60)


def test_reading_starts_without_arrow():
    code = "import sys, kg.reading; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
