"""Saved questions to servers: ones that misbehave, and a real Virtuoso, whose answers must be those of the folder."""

from __future__ import annotations

import re

import pytest
from loopback import MISBEHAVIOUR, answering, replying
from test_push import needs_virtuoso
from virtuoso import virtuoso

from kg.errors import UserError
from kg.push import push
from kg.queries.asking import ask as ask_folder
from kg.queries.running import Rows, Triples, Truth
from kg.queries.saved import find_question, saved_questions
from kg.remote import ask, select

VALUES = {
    "thing": "邻里议事厅", "program": "邻里议事厅", "district": "锦江", "area": "锦江区",
    "organization": "锦江区民政局", "indicator": "志愿者",
}  # fmt: skip

ELSEWHERE = {"articles": "[、?]", "programs-without-numbers": "[、?]", "coverage": "one article,[0-9]+"}
"""Where Virtuoso 7.2 answers otherwise: it writes ? for the 、 of GROUP_CONCAT, and divides without remainder."""


def reply(body: bytes, kind: str = "application/sparql-results+json", head: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_server_that_misbehaves_is_one_line_in_time(run_kg, name):
    with answering(MISBEHAVIOUR[name]) as url:
        done = run_kg("query", "coverage", "--endpoint", url, "--timeout", "0.4")
    assert (done.status, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1
    assert url in done.err
    assert done.err.rstrip("\n").isprintable()


def test_an_answer_that_was_cut_is_refused():
    whole = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
    with answering(replying(reply(whole))) as url:
        assert select(url, "SELECT ?s { ?s ?p ?o }") == Rows(("s",), ())
    cut = replying(reply(whole, head="X-SPARQL-MaxRows: 100\r\n"))
    with answering(cut) as url, pytest.raises(UserError, match="no more than 100 rows"):
        select(url, "SELECT ?s { ?s ?p ?o }")


def test_what_is_wrong_or_refused_is_not_sent():
    with pytest.raises(UserError, match="line 1, column"):
        select("http://127.0.0.1:9/", "SELECT ?s { ?s ?p }")
    with pytest.raises(UserError, match="refused"):
        select("http://127.0.0.1:9/", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")


def test_evidence_is_for_a_folder(run_kg):
    done = run_kg("query", "leaders", "--endpoint", "http://127.0.0.1:9/", "--evidence")
    assert (done.status, len(done.err.splitlines())) == (2, 1)


@pytest.fixture(scope="module")
def server(tmp_path_factory, small_graph):
    patch = pytest.MonkeyPatch()
    patch.setenv("KG_ENDPOINT_USER", "dba")
    patch.setenv("KG_ENDPOINT_PASSWORD", "dba")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        push(small_graph, running.store)
        patch.undo()
        yield running


@needs_virtuoso
@pytest.mark.parametrize("question", saved_questions(), ids=lambda question: question.name)
def test_virtuoso_answers_saved_questions_as_the_folder_does(server, small_graph, question):
    given = {p.name: VALUES[p.name] for p in question.parameters if not p.optional}
    found, count = ask(server.query, question, given, form="csv")
    expected, rows = ask_folder(small_graph, question, given, form="csv")
    assert count == rows
    if question.name in ELSEWHERE:
        expected, found = (re.sub(ELSEWHERE[question.name], "", text) for text in (expected, found))
    assert sorted(found.splitlines()) == sorted(expected.splitlines())  # servers sort text in orders of their own


@needs_virtuoso
def test_virtuoso_answers_every_kind_of_query(server):
    assert select(server.query, "ASK { ?s gov:value ?v }") == Truth(value=True)
    assert select(server.query, "ASK { ?s gov:value 123456 }") == Truth(value=False)
    triples = select(server.query, "CONSTRUCT { ?s gov:unit ?u } WHERE { ?s gov:unit ?u FILTER(?u = '场') }")
    assert isinstance(triples, Triples)
    assert {str(triple.object) for triple in triples.triples} == {'"场"'}


@needs_virtuoso
def test_names_are_looked_up_on_the_server(server, run_kg):
    question = find_question("programs-of-district")
    assert ask(server.query, question, {"district": "锦江"}) == ask(server.query, question, {"district": "锦江区"})
    done = run_kg("query", "programs-of-district", "-p", "district=锦河", "--endpoint", server.query)
    assert (done.status, done.out) == (1, "")
    assert "no District named '锦河'; did you mean 锦江" in done.err
    done = run_kg(
        "query", "-q", "SELECT ?label { ?p a gov:Program ; skos:prefLabel ?label }", "--endpoint", server.query
    )
    assert "邻里议事厅" in done.out
