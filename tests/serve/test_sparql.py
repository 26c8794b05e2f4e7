"""SPARQL 1.1 Protocol, asked as its clients ask."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from rdflib import Graph
from rdflib.namespace import Namespace
from rdflib.query import Result

from kg.serve import protocol
from tests.serve.conftest import client_of

SELECT = "SELECT ?p ?name { ?p a gov:Program ; skos:prefLabel ?name } ORDER BY ?p LIMIT 3"
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


def by_get(client, query, **headers):
    return client.get("/sparql", params={"query": query}, headers=headers)


def by_form(client, query, **headers):
    return client.post("/sparql", content=urlencode({"query": query}), headers={**FORM, **headers})


def by_body(client, query, **headers):
    return client.post("/sparql", content=query.encode(), headers={**QUERY, **headers})


@pytest.mark.parametrize("ask", [by_get, by_form, by_body])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_in_every_format_by_every_way(machine, ask, form):
    media = protocol.RESULTS[form]
    answer = ask(machine, SELECT, accept=media)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    if form != "tsv":  # which rdflib reads into other terms
        assert len(Result.parse(content_type=media, source=__import__("io").BytesIO(answer.content))) == 3
    assert "https://w3id.org/govkg/id/program/" in answer.text


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_triples_in_every_format(machine, form, parser):
    query = "CONSTRUCT { ?p gov:implementedIn ?d } WHERE { ?p gov:implementedIn ?d }"
    answer = by_get(machine, query, accept=protocol.TRIPLES[form])
    plain = Graph().parse(data=by_get(machine, query, accept="application/n-triples").text, format="nt")
    assert answer.headers["content-type"].partition(";")[0] == protocol.TRIPLES[form]
    assert set(Graph().parse(data=answer.text, format=parser)) == set(plain) != set()


def test_truth_and_defaults(machine):
    assert by_get(machine, "ASK { ?p a gov:Program }").json()["boolean"] is True
    assert by_get(machine, SELECT).headers["content-type"] == protocol.RESULTS["json"]
    assert by_get(machine, "DESCRIBE ?p { ?p a gov:Program } LIMIT 1").headers["content-type"].startswith("text/turtle")
    assert by_get(machine, SELECT, accept="application/json").json()["results"]["bindings"]


def test_variables_are_never_parameters_here(machine):
    answer = by_get(machine, "SELECT ?_p { ?_p a gov:Program } LIMIT 1")
    assert len(answer.json()["results"]["bindings"]) == 1


def test_what_the_client_does_not_take_is_refused(machine):
    assert by_get(machine, SELECT, accept="image/png").status_code == 406
    assert by_get(machine, SELECT, accept="text/turtle").status_code == 406


def test_format_is_ours_or_no_matter(machine):
    asked = [machine.get("/sparql", params={"query": SELECT, "format": form}) for form in ("csv", "n3", "rdf")]
    given = [answer.headers["content-type"].partition(";")[0] for answer in asked]
    assert given == ["text/csv", protocol.RESULTS["json"], protocol.RESULTS["json"]]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", "FROM"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("SELECT * { ?s ?p }", "syntax"),
        ("", ""),
        ("SELECT * {" + "{" * 5000, "nested"),
        ("#" * 200_000, "longer"),
    ],
    ids=["service", "from", "load", "delete", "broken", "empty", "deep", "long"],
)
def test_what_is_no_query_or_reaches_out_is_refused_in_words(machine, query, said):
    for ask in (by_form, by_body):
        answer = ask(machine, query)
        assert answer.status_code == 400
        assert answer.headers["content-type"].startswith("text/plain")
        assert said.lower() in answer.text.lower() or "expected" in answer.text
        assert "Traceback" not in answer.text


def test_updates_are_refused(machine):
    update = "INSERT DATA { <a:a> <a:b> <a:c> }"
    assert (
        machine.post("/sparql", content=update, headers={"content-type": "application/sparql-update"}).status_code
        == 403
    )
    assert machine.post("/sparql", content=urlencode({"update": update}), headers=FORM).status_code == 403
    assert machine.get("/sparql", params={"update": update}).status_code == 403
    assert machine.put("/sparql", content=update).status_code == 405


def test_requests_that_the_protocol_does_not_know(machine):
    assert machine.post("/sparql", content=SELECT, headers={"content-type": "text/plain"}).status_code == 415
    assert machine.post("/sparql", content=b"query=%ff%fe", headers=FORM).status_code == 400
    assert machine.post("/sparql", content=b"\xff\xfe", headers=QUERY).status_code == 400
    assert machine.post("/sparql", content="", headers=FORM).status_code == 400
    assert machine.get("/sparql", params=[("query", SELECT), ("query", SELECT)]).status_code == 400
    assert machine.get("/sparql", params={"query": SELECT, "default-graph-uri": "http://a/"}).status_code == 400
    assert machine.post("/sparql", content=b"query=" + b"a" * 1_100_000, headers=FORM).status_code == 413
    chunks = (b"a" * 100_000 for _ in range(20))  # without a length
    assert machine.post("/sparql", content=chunks, headers=QUERY).status_code == 413


def test_without_a_query_the_service_describes_itself(machine):
    answer = machine.get("/sparql")
    described = Graph().parse(data=answer.text, format="turtle")
    (service,) = described.subjects(SD.endpoint)
    assert str(service) == "http://127.0.0.1/sparql"
    assert SD.SPARQL11Query in set(described.objects(service, SD.supportedLanguage))
    assert len(set(described.objects(service, SD.resultFormat))) == 8


def test_a_browser_gets_a_page_to_write_on_and_the_answer_with_links(site):
    assert "<textarea" in site.get("/sparql").text
    html = site.get("/sparql", params={"query": SELECT}).text
    assert "3 rows" in html
    assert 'href="/id/program/' in html
    broken = site.get("/sparql", params={"query": "SELECT * { ?s <b"})
    assert broken.status_code == 400
    assert "^" in broken.text
    triples = site.get("/sparql", params={"query": "CONSTRUCT { ?p a gov:Program } { ?p a gov:Program }"}).text
    assert "a gov:Program" in triples


def test_pages_elsewhere_may_ask_a_public_site_alone(graph):
    public = client_of(graph, public=True, headers={"accept": "*/*", "origin": "https://elsewhere.example"})
    private = client_of(graph, headers={"accept": "*/*", "origin": "https://elsewhere.example"})
    for client, allowed in ((public, "*"), (private, None)):
        asked = (by_get(client, SELECT), by_get(client, "nonsense"), client.options("/sparql"), client.get("/sparql"))
        assert {answer.headers.get("access-control-allow-origin") for answer in asked} == {allowed}
    assert "Content-Type" in public.options("/sparql").headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in public.get("/").headers


def test_pages_elsewhere_can_read_why_they_are_refused(graph, monkeypatch):
    monkeypatch.setattr("kg.serve.settings.PUBLIC_PER_MINUTE", 9)
    client = client_of(graph, public=True, base="https://example.org/graph", headers={"accept": "*/*"})
    refused = [client.request("PUT", "/graph/sparql"), *(client.get("/graph/sparql") for _ in range(4))]
    assert {405, 429} <= {answer.status_code for answer in refused}
    assert {answer.headers.get("access-control-allow-origin") for answer in refused} == {"*"}
    assert refused[-1].headers["access-control-expose-headers"] == "Retry-After"


def test_a_public_site_gives_so_many_rows_or_says_so(graph, monkeypatch):
    monkeypatch.setattr("kg.serve.settings.PUBLIC_ROWS", 5)
    client = client_of(graph, public=True, headers={"accept": "*/*"})
    few = by_get(client, "SELECT ?p { ?p a gov:Program } LIMIT 5")
    many = by_get(client, "SELECT ?p { ?p a gov:Program } LIMIT 6")
    triples = by_get(client, "CONSTRUCT { ?p a gov:Program } { ?p a gov:Program } LIMIT 6")
    assert len(few.json()["results"]["bindings"]) == 5
    assert many.status_code == triples.status_code == 400
    assert "more than 5 rows" in many.text
    download = client.get("/questions/articles", params={"format": "csv"})
    shown = client.get("/questions/articles", params={"run": "1"}, headers={"accept": "text/html"})
    assert {download.status_code, shown.status_code} <= {200, 400}


def test_a_query_without_end_is_ended_and_the_site_answers_on(graph):
    client = client_of(graph, seconds=1.5, headers={"accept": "*/*"})
    bomb = by_get(client, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert bomb.status_code == 503
    assert "longer than 1.5 s" in bomb.text
    assert "--timeout" not in bomb.text
    assert bomb.headers["retry-after"]
    assert by_get(client, SELECT).status_code == 200
