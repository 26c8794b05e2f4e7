"""One article under several names of files counts once, whatever the order of builds, and nothing of it is lost."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest
from invented import facts
from samples import lines, quads
from test_build import page, turtle

import kg.build
from kg.build import build
from kg.check import check
from kg.export import export
from kg.info import holdings
from kg.queries.running import run
from kg.store import new_generation, open_graph, read_manifest
from kg.store.reading import open_with_union

COUNTS = "SELECT (COUNT(?x) AS ?n) {{ ?x a gov:{} }}"
CLASSES = ("Article", "Metric", "Claim", "Passage")


def counts(graph: Path) -> list[str]:
    return [run(graph, COUNTS.format(name)).rows[0][0].value for name in CLASSES]


def files(graph: Path, term: str = "sourceFile") -> list[str]:
    rows = run(graph, f"SELECT ?name {{ ?article gov:{term} ?name }} ORDER BY ?name").rows
    return [row[0].value for row in rows]


def quads_of(graph: Path) -> list[bytes]:
    export(graph, graph.parent / "all.nq")
    return (graph.parent / "all.nq").read_bytes().splitlines()


@pytest.fixture
def pages(tmp_path) -> Path:
    page(tmp_path / "pages", "b.txt")
    page(tmp_path / "pages", "other.txt", headline="武侯的做法", program="百花议事")
    return tmp_path / "pages"


@pytest.mark.parametrize(
    "copies", [["c.txt"], ["a.txt", "c.md"], ["copy/b.txt"], ["copy/b.txt", "old/b.txt", "old/c.txt"]]
)
def test_a_copy_counts_once_and_is_told(copies, pages, tmp_path, run_kg):
    build([pages], tmp_path / "alone")
    for name in copies:
        (pages / name).parent.mkdir(exist_ok=True)
        shutil.copy(pages / "b.txt", pages / name)
    told = run_kg("build", str(pages), "-g", str(tmp_path / "graph"))
    assert told.status == 0
    assert counts(tmp_path / "graph") == counts(tmp_path / "alone")
    assert told.err.count("word by word") == len(copies)
    assert f"{2 + len(copies)} files read" in told.err
    others = {Path(name).name for name in copies} | {"b.txt"}
    standing = set(files(tmp_path / "graph")) & others
    assert len(standing) == 1
    assert set(files(tmp_path / "graph", "repeatedIn")) == others - standing
    told = run_kg("info", "-g", str(tmp_path / "graph"))
    assert told.out.count("\nrepeated ") == len(copies)
    assert check(tmp_path / "graph") == []
    store, union = open_with_union(tmp_path / "graph")
    assert {quad.triple for quad in union} == {quad.triple for quad in store}


def test_what_one_article_alone_tells_a_copy_does_not_confirm(pages, tmp_path):
    build([pages], tmp_path / "graph")
    before = kg.open(tmp_path / "graph").query("single-source")
    shutil.copy(pages / "b.txt", pages / "c.txt")
    build([pages], tmp_path / "graph")
    assert before
    assert kg.open(tmp_path / "graph").query("single-source") == before


@pytest.mark.parametrize("order", list(permutations(["pages/b.txt", "copy/b.txt", "2023-05-02/z.txt"])))
def test_the_order_of_builds_does_not_show(order, pages, tmp_path):
    text = (pages / "b.txt").read_text(encoding="utf-8").replace("2024年", "今年")
    (pages / "b.txt").write_text(text, encoding="utf-8")
    for name in order:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if name != "pages/b.txt":
            shutil.copy(pages / "b.txt", tmp_path / name)
    for name in order:
        build([tmp_path / name], tmp_path / "steps")
    build([tmp_path / name for name in reversed(order)], tmp_path / "once")
    assert quads_of(tmp_path / "steps") == quads_of(tmp_path / "once")
    assert files(tmp_path / "steps") == ["z.txt"]  # whose folder tells the date
    assert read_manifest(tmp_path / "steps").sources == read_manifest(tmp_path / "once").sources


@pytest.mark.parametrize("other", ["pages/a.txt", "copy/b.txt", "copy/a.txt"])
@pytest.mark.parametrize("anew", [False, True])
def test_where_one_goes_the_other_stands_with_all_its_facts(anew, other, pages, tmp_path, monkeypatch):
    (tmp_path / "copy").mkdir()
    shutil.copy(pages / "b.txt", tmp_path / other)
    first = pages / "b.txt"
    for gone, left in ((first, tmp_path / other), (tmp_path / other, first)):
        graph = tmp_path / f"graph-{gone.parent.name}-{gone.name}"
        build([pages, tmp_path / other], graph)
        if anew:
            monkeypatch.setattr(kg.build, "fingerprint", lambda _, version=f"{gone}": version)
        with new_generation(graph, kg.build.fingerprint(0) if anew else read_manifest(graph).program) as generation:
            generation.drop(str(gone))
            generation.commit()
        build([left, pages / "other.txt"], tmp_path / "alone")
        assert quads_of(graph) == quads_of(tmp_path / "alone")
        assert holdings(graph).repeats == ()
        assert holdings(graph).things == holdings(tmp_path / "alone").things
        shutil.rmtree(tmp_path / "alone")


@pytest.mark.parametrize("changed", ["b.txt", "a.txt"])
def test_where_one_changes_both_stand(changed, pages, tmp_path):
    shutil.copy(pages / "b.txt", pages / "a.txt")
    build([pages], tmp_path / "graph")
    page(pages, changed, number=77)
    build([pages], tmp_path / "graph")
    build([pages], tmp_path / "once")
    assert quads_of(tmp_path / "graph") == quads_of(tmp_path / "once")
    assert len(files(tmp_path / "graph")) == 3


def test_a_new_program_carries_what_repeats_over(pages, tmp_path, monkeypatch):
    shutil.copy(pages / "b.txt", pages / "a.txt")
    build([pages], tmp_path / "graph")
    before = counts(tmp_path / "graph")
    monkeypatch.setattr(kg.build, "fingerprint", lambda _: "other")
    build([pages / "other.txt"], tmp_path / "graph")
    assert counts(tmp_path / "graph") == before
    build([pages / "b.txt"], tmp_path / "graph")
    assert counts(tmp_path / "graph") == before
    (pages / "a.txt").unlink()
    build([pages], tmp_path / "graph")
    assert counts(tmp_path / "graph") == before


def test_the_one_that_a_person_has_corrected_stands(pages, tmp_path):
    shutil.copy(pages / "b.txt", pages / "a.txt")
    build([pages], tmp_path / "graph")
    assert "a.txt" in files(tmp_path / "graph")
    correction = '[[number]]\nin = "b.txt"\nquote = "居民诉求321件"\nyear = 2022\n'
    (pages / "corrections.toml").write_text(correction, encoding="utf-8")
    report = build([pages], tmp_path / "graph")
    assert report.remarks == ()
    assert "b.txt" in files(tmp_path / "graph")
    assert "a.txt" in files(tmp_path / "graph", "repeatedIn")
    assert build([pages], tmp_path / "graph").read == ()


def test_a_sidecar_of_one_stands(pages, tmp_path):
    shutil.copy(pages / "b.txt", pages / "a.txt")
    said = {"articles": [{"headline": "锦江推出新平台", "programs": [{"name": "银杏夜话"}]}], "rule": "model:some"}
    (pages / "b.txt.facts.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    build([pages], tmp_path / "graph")
    assert "b.txt" in files(tmp_path / "graph")


@pytest.mark.parametrize("order", [["b.txt", "a.txt"], ["a.txt", "b.txt"]])
def test_a_sidecar_that_only_takes_facts_out_has_its_page_stand(order, pages, tmp_path, run_kg):
    """What is left of a sidecar of ours has the rules of ours, which tell of no person."""
    shutil.copy(pages / "b.txt", pages / "a.txt")
    graph = tmp_path / "graph"
    build([pages / order[0]], graph)
    sidecar = pages / "b.txt.facts.json"
    build([pages / "b.txt"], tmp_path / "one")
    run_kg("export", str(sidecar), "-g", str(tmp_path / "one"))
    said = json.loads(sidecar.read_text(encoding="utf-8"))
    assert said["articles"][0]["metrics"]
    said["articles"][0]["metrics"] = []
    sidecar.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    for name in order:
        build([pages / name], graph)
    assert files(graph) == ["b.txt"]
    assert counts(graph)[:2] == ["1", "0"]
    sidecar.unlink()
    build([pages / "a.txt", pages / "b.txt"], graph)
    assert files(graph) == ["a.txt"]
    assert counts(graph)[1] != "0"


def test_gold_and_parts_know_a_page_by_any_of_its_names(pages, tmp_path, run_kg):
    gold = {"page": "c.txt", "articles": [{"headline": "锦江推出新平台"}]}
    (tmp_path / "c.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    shutil.copy(pages / "b.txt", pages / "c.txt")
    build([pages], tmp_path / "graph")
    graph = ("-g", str(tmp_path / "graph"))
    told = run_kg("evaluate", str(tmp_path / "c.json"), *graph)
    assert "right 1, wrong 0, missed 0" in told.out.splitlines()[0]
    told = run_kg("export", "-", "--format", "nt", "--article", "c.txt", *graph)
    assert told.status == 0
    assert "b.txt" in told.out


@pytest.mark.parametrize("selection", [["--article", "c.txt"], []])
def test_the_sidecar_of_a_page_that_is_counted_as_another_is_its_own(selection, pages, tmp_path, run_kg):
    shutil.copy(pages / "b.txt", pages / "c.txt")
    build([pages], tmp_path / "graph")
    graph = ("-g", str(tmp_path / "graph"))
    assert run_kg("export", str(pages / "c.facts.json"), *selection, *graph).status == 0
    said = json.loads((pages / "c.facts.json").read_text(encoding="utf-8"))
    assert (said["page"], len(said["articles"])) == ("c.txt", 1)
    done = run_kg("build", str(pages), *graph)
    assert (done.status, "another page" in done.err) == (0, False)


def test_the_sidecar_of_records_that_stand_in_several_files_has_them_all(tmp_path, run_kg):
    records = [
        {"headline": f"{name}推出新平台", "text": f"{name}民政局推出议事平台。"} for name in ("锦江区", "武侯区")
    ]
    for name, kept in (("all.jsonl", records[:1]), ("week.jsonl", records)):
        (tmp_path / name).write_text("\n".join(json.dumps(each) for each in kept), encoding="utf-8")
    build([tmp_path / "week.jsonl", tmp_path / "all.jsonl"], tmp_path / "graph")
    graph = ("-g", str(tmp_path / "graph"))
    said = json.loads(run_kg("export", "-", "--format", "facts.json", "--article", "week.jsonl", *graph).out)
    assert (said["page"], len(said["articles"])) == ("week.jsonl", 2)


def test_a_record_that_two_files_hold_counts_once(tmp_path):
    record = {"headline": "锦江推出新平台", "text": "锦江区民政局推出“银杏夜话”议事平台，解决诉求321件。"}
    other = record | {"text": "锦江区民政局推出“百花夜话”议事平台，解决诉求20件。"}
    for name, records in (("week.jsonl", [record, other]), ("all.jsonl", [other, record, record])):
        (tmp_path / name).write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
    build([tmp_path / "week.jsonl", tmp_path / "all.jsonl"], tmp_path / "graph")
    assert counts(tmp_path / "graph")[:2] == ["2", "2"]
    assert holdings(tmp_path / "graph").repeats == ((str(tmp_path / "week.jsonl"), 2, str(tmp_path / "all.jsonl")),)


def test_what_a_cluster_read_is_counted_as_what_a_build_reads(tmp_path):
    one, other = list(quads(facts("one.txt"))), list(quads(facts("two.txt")))
    with new_generation(tmp_path / "built", "v1") as generation:
        generation.replace("/one.txt", "1", lines(one))
        generation.replace("/two.txt", "2", lines(other))
        generation.commit()
    with new_generation(tmp_path / "loaded", "v1") as generation:
        (tmp_path / "shard.nq").write_bytes(b"".join(lines([*other, *one])))
        with (tmp_path / "shard.nq").open("rb") as shard:
            sources = read_manifest(tmp_path / "built").sources
            generation.load({name: sources[name] for name in reversed(sources)}, [shard])
        generation.commit()
    assert set(open_graph(tmp_path / "built")) == set(open_graph(tmp_path / "loaded"))
    assert read_manifest(tmp_path / "built") == read_manifest(tmp_path / "loaded")
    assert len(open_graph(tmp_path / "built")) < len(one) * 1.5


def test_a_graph_without_repeats_keeps_no_store_for_them(pages, tmp_path):
    build([pages], tmp_path / "graph")
    assert not list((tmp_path / "graph").glob("*/aside"))
    assert turtle(tmp_path / "graph")
