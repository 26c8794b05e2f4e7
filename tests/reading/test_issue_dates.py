"""Dates of pages: by their text, their fields, their names, their folders, the option and corrections."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import pytest
from pyoxigraph import Literal

from kg.build import build
from kg.reading.issue_dates import FILE_NAME, FOLDER, date_in, date_of_path
from kg.store import open_graph
from kg.vocabulary import GOV, OA, SCHEMA

NAMES = [
    ("2024-01-12.txt", "2024-01-12"),
    ("20240112.txt", "2024-01-12"),
    ("t20240112_4567.html", "2024-01-12"),
    ("20240112103000.html", "2024-01-12"),
    ("2024年1月12日.txt", "2024-01-12"),
    ("晚报2024年01月12日第3版.md", "2024-01-12"),
    ("2024-03 第5版.txt", "2024-03"),
    ("2024年3月.txt", "2024-03"),
    ("2024.1.12 要闻.txt", "2024-01-12"),
    ("2024_01_12_A3.txt", "2024-01-12"),
    ("２０２４－０１－１２.txt", "2024-01-12"),
]
NO_DATES = [
    "2023-jiceng-zhili.txt",  # a year alone may be of anything
    "2020-2024规划.txt",
    "13800138000.txt",
    "2024-13-01.txt",
    "2024-02-30.txt",
    "2024-01-12至2024-01-15.txt",
    "news005.txt",
    "第20240112001号.txt",
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_of_files(name, expected):
    assert date_of_path(PurePath("any") / name) == (expected, FILE_NAME)


@pytest.mark.parametrize("name", NO_DATES)
def test_names_without_a_date(name):
    assert date_of_path(PurePath("any") / name) is None


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("2024-01-12", "2024-01-12"),
        ("20240112", "2024-01-12"),
        ("2024-01-12 第3版", "2024-01-12"),
        ("2024-01-12_星期五", "2024-01-12"),
        ("2024/01/12", "2024-01-12"),
        ("2024年/1月/12日", "2024-01-12"),
        ("2024/0112", "2024-01-12"),
        ("2024/1月12日", "2024-01-12"),
        ("2024-01/要闻", "2024-01"),
        ("2024", "2024"),
        ("backup-2024-01-12", None),
        ("12", None),
        ("01/12", None),
    ],
)
def test_names_of_folders(folder, expected):
    found = date_of_path(PurePath("pages") / folder / "a.txt")
    assert found == (expected and (expected, FOLDER))


def test_fields_may_tell_a_month():
    assert (date_in("2024-03"), date_in("2024"), date_in("")) == ("2024-03", None, None)


TEXT = "{}云湖区办起食堂\n\n今年，云湖区新建食堂30家。去年，食堂服务居民500人次。\n"


def years(graph: Path) -> tuple[str, str, str, str]:
    """The year of the article, its rule, and the years of this and of last year's number."""
    store = open_graph(graph)

    def value(subject, predicate) -> str:
        return next((q.object.value for q in store.quads_for_pattern(subject, predicate, None)), "")

    (article,) = {q.subject for q in store.quads_for_pattern(None, GOV.sourceFile, None)}
    numbers = {q.object.value: q.subject for q in store.quads_for_pattern(None, GOV.value, None)}
    return (
        value(article, GOV.year),
        value(article, GOV.rule),
        value(numbers["30"], GOV.year),
        value(numbers["500"], GOV.year),
    )


@pytest.mark.parametrize(
    ("name", "line", "options", "expected"),
    [
        ("a.txt", "", {}, ("", "", "", "")),
        ("2024-01-12.txt", "", {}, ("2024", FILE_NAME, "2024", "2023")),
        ("2024/03/a.txt", "", {}, ("2024", FOLDER, "2024", "2023")),
        ("a.txt", "", {"published": "2022"}, ("2022", "given-date", "2022", "2021")),
        ("2024-01-12.txt", "", {"published": "2022"}, ("2024", FILE_NAME, "2024", "2023")),
        ("2024-01-12.txt", "2023年5月6日 星期六\n\n", {}, ("2023", "printed-date", "2023", "2022")),
    ],
)
def test_this_and_last_year_follow_from_the_date(name, line, options, expected, tmp_path):
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_text(TEXT.format(line), encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", **options)
    assert years(tmp_path / "graph") == expected


def test_a_correction_is_stronger_than_all(tmp_path):
    path = tmp_path / "in" / "2024-01-12.txt"
    path.parent.mkdir()
    path.write_text(TEXT.format("2023年5月6日 星期六\n\n"), encoding="utf-8")
    (path.parent / "corrections.toml").write_text('[[file]]\nin = "2024-01-12.txt"\npublished = 2021-07-01\n')
    build([path.parent], tmp_path / "graph")
    assert years(tmp_path / "graph") == ("2021", "correction", "2021", "2020")
    published = open_graph(tmp_path / "graph").quads_for_pattern(None, SCHEMA.datePublished, None)
    assert [quad.object.value for quad in published] == ["2021-07-01"]


def test_the_field_of_a_line_of_json(tmp_path):
    path = tmp_path / "2024-01-12.jsonl"
    body = TEXT.format("").partition("\n\n")[2]
    line = json.dumps({"title": "云湖区办起食堂", "text": body, "date": "2022-11"}, ensure_ascii=False)
    path.write_text(line, encoding="utf-8")
    build([path], tmp_path / "graph")
    assert years(tmp_path / "graph") == ("2022", "printed-date", "2022", "2021")


def test_a_date_that_the_option_does_not_take(tmp_path, run_kg):
    (tmp_path / "a.txt").write_text(TEXT.format(""), encoding="utf-8")
    done = run_kg("build", tmp_path, "-g", tmp_path / "graph", "--published", "May 2024")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "write 2024-03-31, 2024-03 or 2024" in done.err


def test_another_date_reads_anew_only_what_it_may_change(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT.format(""), encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "graph", published="2022")
    assert build([tmp_path / "in"], tmp_path / "graph", published="2022").read == ()
    assert len(build([tmp_path / "in"], tmp_path / "graph", published="2023").read) == 1
    assert years(tmp_path / "graph")[0] == "2023"


def test_a_year_in_the_text_tells_its_rule(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("云湖区办起食堂\n\n2023年，云湖区新建食堂30家，服务居民500人次。\n", encoding="utf-8")
    build([path], tmp_path / "graph")
    assert years(tmp_path / "graph") == ("2023", "year-in-text", "2023", "2023")
    (article,) = open_graph(tmp_path / "graph").quads_for_pattern(None, GOV.rule, Literal("year-in-text"))
    assert article.subject.value.startswith("https://w3id.org/govkg/id/article/")


RELATIVE = """武侯区的“望江夜校”

今年以来，武侯区的“望江夜校”开课120节。去年，夜校服务居民3000人次，带动18家商户。目前，夜校已有教师26名。
截至目前，武侯区建成“望江夜校”14所，覆盖96个小区。前年，区里投入经费50万元。今年上半年，夜校报名人数比去年增长12%。
2023年底，夜校结业410人。去年以来，“望江夜校”累计培训楼长230名。今年，夜校还将新增教室8间。今年3月，夜校来了7位新教师。
去年全年，夜校的满意率达到97%。目前，夜校每周开放5天。近日，夜校收到锦旗3面。
"""


def test_most_numbers_of_a_dated_page_with_a_relative_time_get_their_year(tmp_path):
    (tmp_path / "2024-07-12.txt").write_text(RELATIVE, encoding="utf-8")
    build([tmp_path / "2024-07-12.txt"], tmp_path / "graph")
    store = open_graph(tmp_path / "graph")
    told, numbers = set(), set()
    for quad in store.quads_for_pattern(None, GOV.evidence, None):
        if any(store.quads_for_pattern(quad.subject, GOV.value, None)):
            (sentence,) = {q.object.value for q in store.quads_for_pattern(quad.object, OA.exact, None)}
            if any(word in sentence for word in ("今年", "去年", "前年", "目前")):
                numbers.add(quad.subject)
                when = (GOV.year, GOV.fromYear)
                told |= {quad.subject for term in when if any(store.quads_for_pattern(quad.subject, term, None))}
    assert len(numbers) >= 12
    assert len(told) >= 0.9 * len(numbers)
