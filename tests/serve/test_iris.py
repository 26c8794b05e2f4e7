"""IRIs that resolve: what the graph names is given as a page, as Turtle or as JSON-LD, as the client asks."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph, URIRef

from kg.resources import folder
from kg.serve.addresses import iri_of, path_of
from kg.vocabulary import ID, SKOS
from tests.serve.conftest import client_of, iris, links, path, path_of_iri

PROGRAM = path("program", "共富工坊")
THING = URIRef(ID + "program/共富工坊")


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/turtle;q=0.3, application/ld+json", "application/ld+json"),
        ("application/rdf+xml, text/turtle;q=0.5", "text/turtle; charset=utf-8"),
    ],
)
def test_the_form_is_what_the_client_likes_best(site, accept, given):
    answer = site.get(PROGRAM, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == given
    assert "Accept" in answer.headers["vary"]


def test_what_there_is_no_form_of_is_refused(site):
    assert site.get(PROGRAM, headers={"accept": "image/png"}).status_code == 406
    assert site.get(PROGRAM, params={"format": "gif"}).status_code == 400


def test_the_data_are_those_of_the_graph_in_both_forms(site):
    turtle = Graph().parse(data=site.get(PROGRAM, params={"format": "ttl"}).text, format="turtle")
    document = site.get(PROGRAM, params={"format": "jsonld"}).json()
    context = json.loads((folder("ontology") / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    linked = Graph().parse(data=json.dumps(document | {"@context": context}), format="json-ld")
    assert set(turtle) == set(linked)
    said = set(iris(site, f"SELECT ?o {{ <{THING}> ?p ?o }}"))
    assert {str(target) for target in turtle.objects(THING)} == said
    claims = set(iris(site, f"SELECT ?c {{ ?c rdf:subject <{THING}> }}"))
    assert claims
    assert claims <= {str(subject) for subject in turtle.subjects()}


def test_an_article_as_data_is_all_that_it_says(site):
    article = iris(site, "SELECT ?a { ?a a gov:Article } ORDER BY ?a")[0]
    turtle = Graph().parse(data=site.get(path_of_iri(article), params={"format": "ttl"}).text, format="turtle")
    said = site.get(
        "/sparql", params={"query": f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{article}> {{ ?s ?p ?o }} }}", "format": "nt"}
    )
    assert set(Graph().parse(data=said.text, format="nt")) <= set(turtle)


def test_every_kind_of_name_resolves(site):
    for kind in ("Place", "Organization", "Program", "Person", "Metric", "Indicator", "Article", "Claim"):
        for iri in iris(site, f"SELECT DISTINCT ?a {{ ?a a gov:{kind} }} ORDER BY ?a LIMIT 3"):
            answer = site.get(path_of_iri(iri))
            assert answer.status_code == 200, iri
            assert iri in answer.text


def test_pages_tell_where_they_stand_and_what_else_there_is(site):
    html = site.get(PROGRAM + "?lang=en").text
    assert f'<link rel="canonical" href="http://127.0.0.1{PROGRAM}">' in html
    assert f'<link rel="alternate" type="text/turtle" href="{PROGRAM}?format=ttl">' in html
    data = site.get(PROGRAM, params={"format": "ttl"})
    assert data.headers["link"] == f'<http://127.0.0.1{PROGRAM}>; rel="canonical"'


@pytest.mark.parametrize("left", ["", "/graph"])
def test_behind_a_proxy_links_hold_whether_it_takes_the_prefix_away_or_not(graph, left):
    client = client_of(graph, base="https://data.example.org/graph/")
    client.headers["host"] = "data.example.org"
    html = client.get(left + PROGRAM).text
    assert f'<link rel="canonical" href="https://data.example.org/graph{PROGRAM}">' in html
    own = [link for link in links(html) if not link.startswith(("?", "http"))]
    assert own
    assert all(link.startswith("/graph/") for link in own)
    assert 'href="/graph/style.css"' in html
    assert client.get(left + "/style.css").status_code == 200


@pytest.mark.parametrize("name", ["一站式%5F服务", "一站式_服务", "a.b~c", "50%25行动", "(甲)乙;丙=丁"])
def test_a_name_with_escapes_leads_to_its_address_and_back(name):
    iri = f"{ID}program/{name}"
    store = Store()
    store.add(Quad(NamedNode(iri), SKOS.prefLabel, Literal("甲")))
    raw = path_of(iri).removeprefix("/id/")
    assert raw.isascii()
    assert iri_of(store, raw) == iri
    assert iri_of(store, raw.replace("%25", "%")) == iri  # as a redirection from the IRI itself leads here
    assert iri_of(store, "program/other") is None


@pytest.mark.parametrize(
    "name", ["nothing", "program/", "program/%00", "program/%ff%fe", "../../etc/passwd", "program/a b", "%"]
)
def test_unknown_and_broken_names_are_not_found(site, name):
    answer = site.get(f"/id/{name}")
    assert answer.status_code in {404, 400}
    assert "knows nothing" in answer.text or answer.status_code == 404
