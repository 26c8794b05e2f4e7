"""A person's own word: applied, undone, applied again; what contradicts itself or fits nothing is one line each."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from pyoxigraph import Literal

import kg.build
import kg.sharing
from kg.build import build
from kg.check import check
from kg.corrections import load
from kg.errors import UserError
from kg.store import open_graph
from kg.vocabulary import GOV, RDF, SKOS

SIXTY = Path(__file__).parent / "sixty.toml"


def labels(graph: Path, kind) -> set[str]:
    store = open_graph(graph)
    nodes = {q.subject for q in store.quads_for_pattern(None, RDF.type, kind)}
    return {q.object.value for n in nodes for q in store.quads_for_pattern(n, SKOS.prefLabel, None)}


def entries(text: str, tmp_path, name: str = "own.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def named(graph, label: str) -> set[str]:
    store = open_graph(graph)
    return {q.subject.value for q in store.quads_for_pattern(None, SKOS.prefLabel, Literal(label, language="zh"))}


def test_all_kinds_apply_undo_and_apply_again(pages, tmp_path, quads):
    graph, fresh = tmp_path / "graph", tmp_path / "fresh"
    assert len(load([SIXTY]).corrections.entries) >= 60
    build([pages], graph, corrections=[])
    plain = quads(graph)
    report = build([pages], graph, corrections=[SIXTY])
    assert report.remarks == ()
    assert report.proposed == 3
    corrected = quads(graph)
    assert corrected != plain
    assert check(graph) == []
    build([pages], graph, corrections=[])
    assert quads(graph) == plain
    build([pages], graph, corrections=[SIXTY])
    assert quads(graph) == corrected
    build([pages], fresh, corrections=[SIXTY])
    assert quads(fresh) == corrected


def test_order_and_number_of_processes_change_nothing(pages, tmp_path, quads, monkeypatch):
    build([pages], tmp_path / "one", corrections=[SIXTY], jobs=1)
    head, *tables = SIXTY.read_text(encoding="utf-8").split("\n\n[[")
    random.Random(7).shuffle(tables)
    other = entries("\n\n[[".join([head, *tables]), tmp_path)
    monkeypatch.setattr(kg.sharing, "BYTES_PER_WORKER", 1)
    build([pages], tmp_path / "two", corrections=[other], jobs=2)
    assert quads(tmp_path / "one") == quads(tmp_path / "two")


def test_each_entry_alone_comes_and_goes_without_a_trace(pages, tmp_path, quads):
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[])
    plain = quads(graph)
    _, *tables = SIXTY.read_text(encoding="utf-8").split("\n[[")
    for table in tables[::9]:
        build([pages], graph, corrections=[entries(f"[[{table}", tmp_path)])
        build([pages], graph, corrections=[])
        assert quads(graph) == plain


def test_inputs_are_never_altered(pages, tmp_path):
    before = {path.name: path.read_bytes() for path in pages.iterdir()}
    build([pages], tmp_path / "graph", corrections=[SIXTY])
    assert {path.name: path.read_bytes() for path in pages.iterdir()} == before


# Only what an entry concerns is read again.


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('[[wrong]]\nthing = "夜话茶馆"', ["office.txt"]),
        ('[[name]]\nname = "商务社区"\nkind = "site"', ["office.txt", "towers.txt"]),
        ('[[number]]\nquote = "开课45场"\nsubject = "锦江区"', ["kitchen.txt"]),
        ('[[file]]\nin = "towers.txt"\npublished = 2023', ["towers.txt"]),
        ('[[same]]\nnames = ["青羊区住房和城乡建设局", "青羊住建"]', ["office.txt"]),  # the full form is not printed
        ('[[wrong]]\nthing = "program:夜话茶馆"', ["office.txt"]),
        ('[[wrong]]\nthing = "无此名"', []),
        ('[[wrong]]\nthing = "成都市"\nin = "kitchen.txt"', ["kitchen.txt"]),
    ],
)
def test_only_affected_files_are_read_again(text, read, pages, tmp_path, quads):
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[])
    own = entries(text, tmp_path)
    assert [path.name for path in build([pages], graph, corrections=[own]).read] == read
    assert build([pages], graph, corrections=[own]).read == ()
    build([pages], tmp_path / "fresh", corrections=[own])
    assert quads(graph) == quads(tmp_path / "fresh")
    assert [path.name for path in build([pages], graph, corrections=[]).read] == read


def test_a_changed_reason_reads_nothing_again(pages, tmp_path):
    text = '[[wrong]]\nthing = "夜话茶馆"\nwhy = "{}"\n'
    build([pages], tmp_path / "graph", corrections=[entries(text.format("a"), tmp_path)])
    assert build([pages], tmp_path / "graph", corrections=[entries(text.format("b"), tmp_path)]).read == ()


# Where corrections are found.


def test_corrections_beside_the_inputs_and_in_the_graph(pages, tmp_path):
    graph = tmp_path / "graph"
    graph.mkdir()
    entries('[[wrong]]\nthing = "夜话茶馆"\n', graph, "corrections.toml")
    entries('[[wrong]]\nthing = "银发课堂"\n', pages, "corrections.toml")
    build([pages], graph)
    assert not named(graph, "夜话茶馆")
    assert not named(graph, "银发课堂")
    assert named(graph, "邻里厨房")
    build([pages / "office.txt"], graph, corrections=[])
    assert named(graph, "夜话茶馆")
    (pages / "corrections.toml").unlink()
    (graph / "corrections.toml").unlink()
    build([pages], graph)
    assert named(graph, "银发课堂")


def test_the_option_takes_the_place_of_both(pages, tmp_path, run_kg):
    entries('[[wrong]]\nthing = "夜话茶馆"\n', pages, "corrections.toml")
    own = entries('[[wrong]]\nthing = "银发课堂"\n', tmp_path)
    assert run_kg("build", pages, "-g", tmp_path / "graph", "--corrections", own).status == 0
    assert named(tmp_path / "graph", "夜话茶馆")
    assert not named(tmp_path / "graph", "银发课堂")


# What a corrected fact says.


def test_corrected_facts_say_so_with_who_and_when(pages, tmp_path):
    text = """
        [[missing]]
        subject = "夜话茶馆"
        predicate = "ledBy"
        object = "青羊区三方办"
        quote = "青羊区三方办还与成都理工大学合作"
        by = "陈一"
        on = 2025-03-01
        [[number]]
        quote = "活动20场"
        subject = "青羊区"
        by = "王二"
        [[file]]
        in = "office.txt"
        published = 2024-05-06
        paper = "望湖晚报"
        by = "陈一"
    """
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[entries(text, tmp_path)], min_confidence=kg.build.Options().min_confidence)
    store = open_graph(graph)
    said = [q.subject for q in store.quads_for_pattern(None, GOV.rule, Literal("correction"))]
    kinds = {q.object for s in said for q in store.quads_for_pattern(s, RDF.type, None)}
    assert kinds == {GOV.Claim, GOV.Metric, GOV.Article}
    names = {q.object.value for s in said for q in store.quads_for_pattern(s, GOV.assertedBy, None)}
    assert names == {"陈一", "王二"}
    assert {q.object.value for q in store.quads_for_pattern(None, GOV.assertedOn, None)} == {"2025-03-01"}
    assert {q.object.value for q in store.quads_for_pattern(None, GOV.paper, None)} == {"望湖晚报"}
    sure = {q.object.value for s in said for q in store.quads_for_pattern(s, GOV.confidence, None)}
    assert sure == {"1"}


def test_a_corrected_date_gives_years(pages, tmp_path):
    own = entries('[[file]]\nin = "towers.txt"\npublished = "2023-11"\n', tmp_path)
    build([pages], tmp_path / "graph", corrections=[own])
    store = open_graph(tmp_path / "graph")
    (number,) = store.quads_for_pattern(None, GOV.indicator, Literal("解决诉求"))
    assert [q.object.value for q in store.quads_for_pattern(number.subject, GOV.year, None)] == ["2022"]


def test_two_of_one_name_in_two_districts_become_one_only_when_told(pages, tmp_path):
    page = "锦江区办好三方办\n\n锦江区三方办走访小区7个。锦江区三方办推出“邻里厨房”。\n"
    (pages / "other.txt").write_text(page, encoding="utf-8")
    text = '[[same]]\nnames = ["三方办", "青羊区三方办", "锦江区三方办"]\nkind = "organization"\n'
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[entries(text + 'place = "青羊区"', tmp_path)])
    assert len(named(graph, "三方办")) == 1
    assert len(named(graph, "锦江区三方办")) == 1
    build([pages], graph, corrections=[entries(text, tmp_path)])
    assert len(named(graph, "三方办")) == 1
    assert not named(graph, "锦江区三方办")


@pytest.mark.parametrize(
    "pairs",
    [
        (("夜话茶馆", "邻里厨房"), ("夜话茶馆", "商务社区")),
        (("夜话茶馆", "邻里厨房"), ("邻里厨房", "商务社区")),
        (("夜话茶馆", "邻里厨房"), ("商务社区", "邻里厨房")),
        (("夜话茶馆", "商务社区"), ("邻里厨房", "商务社区")),
        (("夜话茶馆", "邻里厨房"), ("夜话茶馆", "商务社区"), ("商务社区", "邻里厨房")),
    ],
)
def test_what_is_one_with_the_same_is_one_called_by_the_first_entry(pairs, pages, tmp_path):
    text = "".join(f'[[same]]\nnames = ["{one}", "{other}"]\nkind = "program"\n' for one, other in pairs)
    graph = tmp_path / "graph"
    report = build([pages], graph, corrections=[entries(text, tmp_path)])
    assert report.remarks == ()
    assert len({iri for name in ("夜话茶馆", "邻里厨房", "商务社区") for iri in named(graph, name)}) <= 1
    assert named(graph, "夜话茶馆")


def test_a_union_in_one_file_changes_no_name_in_others(tmp_path):
    text = '[[same]]\nnames = ["甲社", "乙社"]\nin = "a.txt"\n[[same]]\nnames = ["乙社", "丙社"]\n'
    one, other = load([entries(text, tmp_path)]).corrections.entries
    assert (one.label, other.label) == ("", "")
    assert one.limits > other.limits


def test_names_of_two_kinds_are_no_union(tmp_path):
    text = "".join(
        f'[[same]]\nnames = ["{names}"]\nkind = "{kind}"\n'
        for names, kind in (('甲社", "乙社', "program"), ('乙社", "丙社', "organization"))
    )
    assert [e.label for e in load([entries(text, tmp_path)]).corrections.entries] == ["", ""]


def test_what_is_apart_in_one_file_may_be_one_in_others(tmp_path):
    pairs = '[[same]]\nnames = ["甲社", "乙社"]\nin = "a.txt"\n[[same]]\nnames = ["乙社", "丙社"]\nin = "a.txt"\n'
    assert load([entries(pairs + '[[different]]\nnames = ["甲社", "丙社"]\nin = "b.txt"', tmp_path)]).remarks == ()
    assert load([entries(pairs + '[[different]]\nnames = ["甲社", "丙社"]\nin = "a.txt"', tmp_path)]).remarks


def test_unlike_mistakes_have_a_line_each_and_like_ones_one(pages, tmp_path, run_kg):
    text = (
        '[[same]]\nnames = ["甲社"]\n[[name]]\nname = "甲社"\nkind = "shop"\n[[name]]\nname = "乙社"\nkind = "cafe"\n'
        '[[sam]]\nnames = ["甲社", "乙社"]\n'
    )
    done = run_kg("build", pages, "-g", tmp_path / "graph", "--corrections", entries(text, tmp_path))
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("kg: own.toml") for line in lines)
    assert ["(and 1 more like it)" in line for line in lines] == [False, True, False]


# What cannot hold, or fits nothing: one line each.

LED = 'subject = "甲"\npredicate = "ledBy"\nobject = "乙"'
AGAINST = [
    ('[[same]]\nnames = ["甲社", "乙社"]\n[[different]]\nnames = ["乙社", "甲社"]', "whether 甲社 and 乙社 are one"),
    (
        "".join(f'[[same]]\nnames = ["{one}社", "乙社"]\n' for one in "甲丙")
        + '[[different]]\nnames = ["丙社", "甲社"]',
        "whether 丙社 and 甲社 are one",
    ),
    ('[[name]]\nname = "甲社"\nkind = "site"\n[[name]]\nname = "甲社"\nkind = "program"', "the kind of 甲社"),
    ('[[name]]\nname = "甲社"\nkind = "site"\n[[wrong]]\nthing = "甲社"', "whether 甲社 is a thing"),
    ('[[same]]\nnames = ["甲社", "乙社"]\n[[wrong]]\nthing = "乙社"', "whether 乙社 is a thing"),
    (
        '[[same]]\nnames = ["甲社", "乙社"]\nkind = "site"\n[[wrong]]\nthing = "乙社"\nkind = "site"',
        "whether 乙社 is a thing",
    ),
    (
        "\n".join(f'[[name]]\nname = "甲社"\nkind = "program"\nplace = "{place}"' for place in ("青羊区", "锦江区")),
        "the place of 甲社",
    ),
    (
        f'[[wrong]]\n{LED}\n[[missing]]\n{LED}\nquote = "甲由乙办"',
        "whether 甲 ledBy 乙",
    ),
    (
        '[[number]]\nquote = "开课45场"\nsubject = "甲"\n[[number]]\nquote = "开课 45场"\nsubject = "乙"',
        "the number in “开课45场”",
    ),
    ('[[number]]\nquote = "开课45场"\nsubject = "甲"\n[[wrong]]\nquote = "开课45场"', "the number in “开课45场”"),
    ('[[file]]\nin = "a.txt"\npublished = 2024\n[[file]]\nin = "a.txt"\npublished = 2023', "published of a.txt"),
]


@pytest.mark.parametrize(("text", "topic"), AGAINST)
def test_what_contradicts_itself_is_one_line_and_not_applied(text, topic, tmp_path):
    loaded = load([entries(text, tmp_path)])
    assert len(loaded.remarks) == 1
    assert loaded.remarks[0].startswith("own.toml, line ")
    assert topic in loaded.remarks[0]
    assert len(loaded.corrections.entries) == text.count("[[") - 2


def test_what_is_said_of_different_files_contradicts_nothing(tmp_path):
    text = (
        '[[name]]\nname = "甲社"\nkind = "site"\nin = "a.txt"\n[[name]]\nname = "甲社"\nkind = "program"\nin = "b.txt"'
    )
    assert load([entries(text, tmp_path)]).remarks == ()


def test_a_name_that_is_no_thing_of_one_kind_may_be_one_with_another_of_another_kind(tmp_path):
    text = '[[same]]\nnames = ["甲社", "乙社"]\nkind = "program"\n[[wrong]]\nthing = "乙社"\nkind = "site"'
    assert load([entries(text, tmp_path)]).remarks == ()


@pytest.mark.parametrize("name", ["，", "区"])
def test_what_would_be_recognised_in_every_sentence_is_no_name(name, tmp_path):
    with pytest.raises(UserError, match="name"):
        load([entries(f'[[name]]\nname = "{name}"\nkind = "program"', tmp_path)])


@pytest.fixture
def tried(pages, tmp_path, run_kg, quads):
    """Builds with corrections that change nothing of the graph, which is seen to."""
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[])
    plain = quads(graph)

    def run(text: str, *options: str):
        done = run_kg("build", pages, "-g", graph, "--corrections", entries(text, tmp_path), *options)
        assert quads(graph) == plain
        return done

    return run


UNFIT = [
    ('[[wrong]]\nthing = "夜话茶棺"', "nothing is called 夜话茶棺; did you mean 夜话茶馆, 夜话茶馆活动?"),
    ('[[same]]\nnames = ["邻居厨房", "邻舍厨房"]', "nothing is called 邻居厨房; did you mean 邻里厨房, 邻里厨房行动?"),
    ('[[number]]\nquote = "开课46场"\nsubject = ""', "“开课46场” stands in no sentence"),
    (
        '[[number]]\nquote = "新增食堂8个，服务居民500人次"\nsubject = ""',
        "several numbers (500人次, 8个); add value = …",
    ),
    (
        '[[number]]\nquote = "活动20场"\nvalue = 21\nsubject = ""',
        "no such number was read from “活动20场”; read were 20场",
    ),
    ('[[number]]\nquote = "活动20场"\nsubject = "夜话"', "nothing is called 夜话"),
    ('[[file]]\nin = "ofice.txt"\npublished = 2024', "no file or headline is ofice.txt"),
    (
        '[[missing]]\nsubject = "夜话茶馆"\npredicate = "ledBy"\nobject = "李伟"\nquote = "活动20场"',
        "李伟 is a Person there, which cannot stand here",
    ),
    (
        '[[wrong]]\nsubject = "夜话茶馆"\npredicate = "partOf"\nobject = "邻里厨房"',
        "no partOf from 夜话茶馆 to 邻里厨房 was read",
    ),
    ('[[missing]]\nthing = "月坛"\nkind = "site"\nquote = "活动20场"', "the quotation does not name 月坛"),
    ('[[missing]]\nquote = "活动20场"\nvalue = 20\nunit = "场"', "20场 was read there already"),
    ('[[different]]\nname = "李伟"\nquote = "活动20场"\nlabel = "李伟甲"', "nothing is called 李伟 there"),
]


@pytest.mark.parametrize(("text", "hint"), UNFIT)
def test_what_fits_nothing_is_one_line_with_a_hint(text, hint, tried):
    done = tried(text)
    told = [line for line in done.err.splitlines() if "own.toml" in line]
    assert done.status == 0
    assert len(told) == 1
    assert told[0].startswith("own.toml, line 1 [[")
    assert hint in told[0]
    assert "own.toml" in tried(text).err  # as often as it is built
    assert tried(text, "--strict").status == 1


PARTLY = [
    ('[[same]]\nnames = ["夜话茶馆", "夜话茶管"]', "夜话茶管: nothing is called so; did you mean 夜话茶馆"),
    ('[[same]]\nnames = ["邻里厨坊", "邻里厨房", "邻舍厨房"]', "邻舍厨房: nothing is called so; did you mean 邻里厨"),
    ('[[same]]\nnames = ["夜话茶馆", "program:茶官"]', "program:茶官: nothing is called so"),
    ('[[different]]\nnames = ["夜话茶馆", "夜话茶管"]', "夜话茶管: nothing is called so; did you mean 夜话茶馆"),
]


@pytest.mark.parametrize(("text", "hint"), PARTLY)
def test_one_mistyped_name_among_several_is_told(text, hint, pages, tmp_path, run_kg):
    done = run_kg("build", pages, "-g", tmp_path / "graph", "--corrections", entries(text, tmp_path))
    assert done.status == 0
    assert [line for line in done.err.splitlines() if "own.toml" in line] == [
        line for line in done.err.splitlines() if f"own.toml, line 1 [[{text[2:6]}" in line and hint in line
    ]
    assert done.err.count("was applied but for") == 1


def test_names_of_two_kinds_become_one_only_when_told_which(pages, tmp_path, run_kg):
    graph = tmp_path / "graph"
    text = '[[same]]\nnames = ["夜话茶馆", "青羊区三方办"]\n'
    told = run_kg("build", pages, "-g", graph, "--corrections", entries(text, tmp_path), "--strict")
    (line,) = [line for line in told.err.splitlines() if "own.toml" in line]
    assert "夜话茶馆 is of kind Program there, 青羊区三方办 of kind Organization; say what it is with [[name]]" in line
    assert told.status == 1
    assert "青羊区三方办" in labels(graph, GOV.Organization)
    text += '[[name]]\nname = "青羊区三方办"\nkind = "program"\n'
    assert (
        run_kg("build", pages, "-g", graph, "--corrections", entries(text, tmp_path), "--strict").err.count("own") == 0
    )
    assert "青羊区三方办" not in labels(graph, GOV.Organization) | labels(graph, GOV.Program)


def test_a_name_that_is_of_two_kinds_in_two_articles_is_told(pages, tmp_path, run_kg):
    (pages / "a.txt").write_text(
        "锦江区建起“望江驿”\n\n2024年，成都市锦江区推出“望江驿”计划，服务居民500人次。\n", "utf-8"
    )
    text = '[[same]]\nnames = ["望江驿", "青羊区三方办"]\n'
    done = run_kg("build", pages, "-g", tmp_path / "graph", "--corrections", entries(text, tmp_path), "--strict")
    (line,) = [line for line in done.err.splitlines() if "own.toml" in line]
    assert "leaves 望江驿 things of several kinds (Organization, Program); say what it is with [[name]]" in line
    assert done.status == 1


def test_what_is_wrong_of_a_thing_that_another_entry_made_one_is_told(pages, tmp_path, run_kg):
    build([pages], tmp_path / "graph", corrections=[])
    text = '[[same]]\nnames = ["邻里厨房", "夜话茶馆活动"]\n[[wrong]]\nthing = "夜话茶馆"'
    done = run_kg("build", pages, "-g", tmp_path / "graph", "--corrections", entries(text, tmp_path))
    assert "[[wrong]] was not applied to office.txt: a [[same]] has made it one with 邻里厨房" in done.err


def test_a_program_is_one_everywhere_or_that_of_a_place(pages, tmp_path):
    page = "锦江区办“望江雅集”\n\n2024年，成都市锦江区的望江雅集到了第3年。\n"
    (pages / "a.txt").write_text(page, encoding="utf-8")
    (pages / "b.txt").write_text(page.replace("锦江", "武侯"), encoding="utf-8")
    name = '[[name]]\nname = "望江雅集"\nkind = "program"\n'
    graph = tmp_path / "graph"
    build([pages], graph, corrections=[entries(name, tmp_path)])
    assert len(named(graph, "望江雅集")) == 1
    here = f'{name}place = "锦江区"\nin = "a.txt"\n{name}place = "武侯区"\nin = "b.txt"\n'
    assert build([pages], graph, corrections=[entries(here, tmp_path)]).remarks == ()
    assert {iri.rpartition("/")[2] for iri in named(graph, "望江雅集")} == {
        "四川省_成都市_锦江区_望江雅集",
        "四川省_成都市_武侯区_望江雅集",
    }
    assert check(graph) == []


# What is no entry: nothing is built, and one line says why.

NO_ENTRIES = [
    ("[[same]\n", "own.toml is no TOML"),
    *(
        (f"[[{table}]]\n{key} = {day}", "a date is written 2024-03-31")
        for table, key in (("file", "published"), ("same", "on"))
        for day in (
            "2024-3-5",
            "2024/03/05",
            "2024年3月5日",
            "2024-02-30",
            "2024-03",
            "24-03-05",
            "2024-03-05T25:00",
            "昨天",
        )
    ),
    ("[[name]]\nname = 望江雅集", "put text in quotation marks"),
    ("[[sam]]\nnames = []", "[[sam]] is no kind of correction; there are [[same]]"),
    ('[same]\nnames = ["a"]', "[same] needs two brackets"),
    ('[[same]]\nnames = ["甲"]', "line 1 [[same]]: names needs 2 or more"),
    ('[[same]]\nnames = ["甲", "“ ”"]', "names nothing"),
    ('[[wrong]]\nthing = "甲"\nthnig = "乙"', 'the key "thnig" means nothing here; did you mean thing?'),
    ("[[wrong]]\nthing = 3", "is no text"),
    ('\n[[wrong]]\nwhy = "x"', "line 2 [[wrong]]: it needs a thing, a relation"),
    ('[[name]]\nname = "甲"', "it needs kind"),
    ('[[name]]\nname = "甲"\nkind = "programme"', "is one of province, city"),
    ('[[missing]]\nquote = "x"\nvalue = nan', "is no number"),
    ('[[missing]]\nquote = "x"\nvalue = 1e400', "is no number"),
    ('[[missing]]\nthing = "x"\nkind = "site"', "it needs quote"),
    ('[[file]]\nin = "a.txt"\npublished = "2024-13"', "is no date"),
    ('[[file]]\nin = "a.txt"\npublished = "2023-02-30"', "is no date"),
    ("[[file]]\npublished = 2024", "it needs in"),
    ('[[number]]\nquote = "x"', "it needs what is to be changed"),
    ('[[different]]\nname = "甲"\nlabel = "乙"', "it needs a quote or in"),
    ('[[same]]\nnames = ["甲", "乙"]\nplace = "鼓楼区"', "鼓楼区 could be"),
    ('[[wrong]]\nthing = "甲\\u0007"', "control character"),
    ("[[wrong]]\nthing = " + "[" * 5000, "is no TOML"),
    ('[[wrong]]\nthing = "' + "甲" * 300 + '"', "longer than 200"),
]


@pytest.mark.parametrize(("text", "message"), NO_ENTRIES)
def test_what_is_no_entry_is_told_in_one_line_and_nothing_is_lost(text, message, tried):
    done = tried(text)
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert done.err.startswith("kg: own.toml")
    assert message in done.err


@pytest.mark.parametrize("data", [b"\xff\xfe[[", b"[[wrong]]\nthing = '\xb0\xa1'", b"\x00" * 9])
def test_bytes_that_are_no_text(data, tmp_path):
    path = tmp_path / "own.toml"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"own\.toml"):
        load([path])


def hostile(chance: random.Random) -> str:
    """A file of corrections with something wrong in it: cut, with keys and values exchanged, or with odd signs."""
    text = SIXTY.read_text(encoding="utf-8")
    lines = text.splitlines()
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                lines = lines[:place]
            case 1:
                lines[place] = lines[place].replace("=", chance.choice(["==", " ", ":", "= ["]))
            case 2:
                lines[place] += chance.choice(['"', "\u0000", "\u202e", "]", "'''", "\\"])
            case 3:
                lines[place] = "".join(chance.choice(string.printable) for _ in range(20))
            case 4:
                key = lines[place].partition(" =")[0]
                lines[place] = f"{key} = {chance.choice(['1', '[]', '{}', 'true', '1979-05-27', '-inf', chr(34) * 2])}"
            case 5:
                lines[place] = f"[[{chance.choice(['same', 'wrong', 'file', 'x', 'number'])}]]"
        lines = lines or [""]
    return "\n".join(lines)


def test_hostile_files_give_entries_or_one_clear_line(tmp_path):
    chance = random.Random(11)
    outcomes = [load_or_refuse(entries(hostile(chance), tmp_path)) for _ in range(500)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
    assert 100 < len(refused) < 500
    told = [*map(str, refused), *(remark for o in outcomes if not isinstance(o, UserError) for remark in o.remarks)]
    assert [text for text in told if not text.startswith("own.toml") or not text.isprintable() or len(text) > 700] == []


def load_or_refuse(path):
    try:
        return load([path])
    except UserError as error:
        return error


def test_a_page_in_traditional_script(tmp_path):
    text = "青羊區辦起“夜話茶館”\n\n2024年，成都市青羊區開展“夜話茶館”活動20場，服務居民500人次。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    own = entries(
        '[[number]]\nquote = "服務居民500人次"\nsubject = "青羊區"\n[[wrong]]\nquote = "活动20场"\n', tmp_path
    )
    assert build([tmp_path / "a.txt"], tmp_path / "graph", corrections=[own]).remarks == ()
    store = open_graph(tmp_path / "graph")
    assert [q.object.value for q in store.quads_for_pattern(None, GOV.value, None)] == ["500"]
