"""`--evidence`, and the forms of CONSTRUCT and DESCRIBE, each read by a second tool."""

from __future__ import annotations

import csv
import io
import json
import os
import sys

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, parse_query_results

from kg.queries.asking import ask
from kg.queries.saved import find_question, read_question

MEETINGS = "蜀光社工中心参与，全年办议事会120场，参与率增长15%。"
BEGUN = "2021年，锦江区民政局在春熙路街道设立邻里议事厅。"


def asked(folder, query, given=None, form="csv"):
    question = read_question("q", query) if "{" in query else find_question(query)
    return ask(folder, question, given or {}, form=form, evidence=True)[0]


def rows(folder, query, given=None):
    return list(csv.DictReader(io.StringIO(asked(folder, query, given))))


def test_relation_by_both_its_ends(small_graph):
    (row,) = rows(small_graph, "programs-of-district", {"district": "锦江"})
    assert (row["sentence"], row["headline"], row["file"]) == (BEGUN, "锦江试水邻里议事厅", "a.txt")


def test_relation_in_either_order_of_columns(small_graph):
    (row,) = rows(small_graph, "SELECT DISTINCT ?p ?o { ?o gov:involves ?p }")
    assert row["sentence"] == MEETINGS


def test_number_by_subject_value_and_what_is_counted(small_graph):
    found = rows(
        small_graph, "SELECT DISTINCT ?s ?value ?unit { ?m gov:measures ?s ; gov:value ?value ; gov:unit ?unit }"
    )
    assert {row["value"]: row["file"] for row in found} == {
        "120": "a.txt", "15": "a.txt", "1400": "a.txt", "100": "b.txt", "1390": "b.txt", "300": "b.txt", "80": "b.txt",
    }  # fmt: skip


def test_number_alone_is_no_fact(small_graph):
    (row,) = rows(
        small_graph, "SELECT DISTINCT ?s ?n { ?m gov:measures ?s ; gov:unit '场' ; gov:value ?n FILTER(?n = 120) }"
    )
    assert row["sentence"] == row["headline"] == row["file"] == ""


def test_count_is_no_fact(small_graph):
    assert {row["sentence"] for row in rows(small_graph, "districts-compared")} == {""}


def test_row_with_a_sentence_gets_the_file_of_that_sentence(small_graph):
    text = asked(small_graph, "leaders")
    assert text.splitlines()[0] == "program,leader,sentence,headline,file"
    assert [row["file"] for row in csv.DictReader(io.StringIO(text))] == ["a.txt", "b.txt"]


ALONE = 'SELECT ?sentence { VALUES ?sentence { "2021年，锦江区民政局在春熙路街道设立邻里议事厅。" } }'


@pytest.mark.parametrize(
    ("query", "file"),
    [
        (ALONE, "a.txt"),
        (ALONE.replace("。", "。 蜀光社工中心参与，全年办议事会120场，参与率增长15%。"), "a.txt"),
        (ALONE.replace("{ VALUES", "?headline { BIND('青羊夜话成网' AS ?headline) VALUES"), ""),
        (ALONE.replace("设立", "撤销"), ""),
        (ALONE.replace("。", ""), ""),
    ],
)
def test_row_with_nothing_but_a_sentence_gets_the_file_of_that_sentence(small_graph, query, file):
    (row,) = rows(small_graph, query)
    assert row["file"] == file


@pytest.mark.parametrize(
    ("question", "given"), [("growth", {}), ("people", {}), ("changes", {}), ("metrics-of-area", {"area": "成都"})]
)
def test_every_row_of_a_question_with_sentences_gets_its_file(small_graph, question, given):
    found = rows(small_graph, question, given)
    assert found
    assert {row["file"] for row in found} <= {"a.txt", "b.txt"}


@pytest.mark.parametrize("name", ["metric", "claim", "passage"])
def test_fact_itself(small_graph, name):
    node = {"metric": "id:metric-a1", "claim": "id:claim-a3", "passage": "id:a2"}[name]
    (row,) = rows(small_graph, f"SELECT ?x {{ VALUES ?x {{ {node} }} }}")
    assert (row["sentence"], row["file"]) == (MEETINGS, "a.txt")


def test_article_gives_the_sentence_of_its_year(small_graph):
    found = {row["article"]: row["sentence"] for row in rows(small_graph, "articles")}
    assert found["锦江试水邻里议事厅"] == BEGUN
    assert found["武侯一瞥"] == ""


@pytest.mark.parametrize(
    ("form", "reader"),
    [("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML), ("tsv", QueryResultsFormat.TSV)],
)
def test_in_the_formats_of_sparql(small_graph, form, reader):
    query = 'SELECT ?p ?l ?n ?none ?b { ?p a gov:Program ; skos:prefLabel ?l BIND(1.5 AS ?n) BIND(BNODE("x") AS ?b) }'
    answer = parse_query_results(asked(small_graph, query, form=form).encode(), format=reader)
    found = list(answer)
    assert [variable.value for variable in answer.variables][-3:] == ["sentence", "headline", "file"]
    assert {str(row["l"]) for row in found} == {'"邻里议事厅"@zh', '"银杏夜话"@zh'}
    assert {(str(row["n"]).rpartition("#")[2], row["none"]) for row in found} == {("decimal>", None)}


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv", "table", "markdown"])
def test_number_of_rows(small_graph, form):
    question = read_question("q", 'SELECT ?x { VALUES ?x { "<result>\\n" "b" } }')
    assert ask(small_graph, question, {}, form=form)[1] == 2
    assert ask(small_graph, read_question("q", "SELECT ?x { ?x a gov:None }"), {}, form=form)[1] == 0
    assert ask(small_graph, read_question("q", "ASK { ?x a gov:Program }"), {}, form=form)[1] == 1


@pytest.mark.parametrize(("form", "reader"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")])
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?x gov:within ?y }", "DESCRIBE id:hall"])
def test_triples_are_what_rdflib_reads(small_graph, form, reader, query):
    text, count = ask(small_graph, read_question("q", query), {}, form=form)
    graph = rdflib.Graph().parse(data=text, format=reader)
    assert len(graph) == count > 0
    assert text == ask(small_graph, read_question("q", query), {}, form=form)[0]


def test_xml_is_what_rdflib_reads(small_graph):
    text = ask(small_graph, find_question("leaders"), {}, form="xml")[0]
    assert len(rdflib.query.Result.parse(io.BytesIO(text.encode()), format="xml")) == 2


def test_command_line(run_kg, small_graph):
    done = run_kg("query", "leaders", "-g", small_graph, "--evidence", "-f", "json", "--memory", "1024")
    assert json.loads(done.out)["head"]["vars"][-1] == "file"
    assert (
        run_kg("query", "leaders", "-g", small_graph, "-p", "program=银杏夜话", "-f", "json", "--fail-empty").status
        == 1
    )


@pytest.mark.skipif(os.name == "nt", reason="terminals are POSIX's")
def test_pager_on_a_terminal_only(small_graph, monkeypatch, capfd):
    from kg.cli import main

    monkeypatch.setattr(sys, "argv", ["kg", "query", "leaders", "-g", str(small_graph)])
    paged = []
    monkeypatch.setattr("click.echo_via_pager", paged.append)
    for terminal, form, pages in ((False, "table", 0), (True, "csv", 0), (True, "table", 1)):
        monkeypatch.setattr(sys, "argv", ["kg", "query", "leaders", "-g", str(small_graph), "-f", form])
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal, raising=False)
        with pytest.raises(SystemExit):
            main()
        assert len(paged) == pages
    assert "锦江区民政局" in paged[0]
    capfd.readouterr()
