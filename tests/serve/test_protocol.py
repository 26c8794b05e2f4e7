"""The W3C's tests of SPARQL 1.1 Protocol, restated as a table: a request, the status, and what kind of answer it has.

Of those that a read-only graph with a dataset of its own cannot pass, the protocol lets it refuse what they ask for
(2.1.4: a dataset; 2.2: a service need have no update), and here stands that it does so in words.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.serve.conftest import client_of

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
ROWS = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
TRIPLES = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
GRAPH = "http%3A%2F%2Fexample.org%2Fdata1.rdf"
ASK = "ASK%20%7B%7D"


@dataclass(frozen=True)
class Case:
    """A test of the suite by its name; `kinds` are the media types that the answer may have."""

    name: str
    method: str
    status: int
    address: str = "/sparql"
    body: bytes = b""
    media: str = ""
    kinds: frozenset[str] | set[str] = frozenset()


CASES = [
    # what must be answered
    Case("query_get", "GET", 200, f"/sparql?query={ASK}", kinds=ROWS),
    Case("query_post_form", "POST", 200, body=f"query={ASK}".encode(), media=FORM, kinds=ROWS),
    Case("query_post_direct", "POST", 200, body=b"ASK {}", media=QUERY, kinds=ROWS),
    Case("query_post_direct with a charset", "POST", 200, body=b"ASK {}", media=QUERY + "; charset=utf-8", kinds=ROWS),
    Case("query_content_type_select", "POST", 200, body=b"SELECT (1 AS ?v) {}", media=QUERY, kinds=ROWS),
    Case("query_content_type_ask", "POST", 200, body=b"ASK {}", media=QUERY, kinds=ROWS),
    Case("query_content_type_describe", "POST", 200, body=b"DESCRIBE <http://a.example/>", media=QUERY, kinds=TRIPLES),
    Case("query_content_type_construct", "POST", 200, body=b"CONSTRUCT { <s> <p> 1 } {}", media=QUERY, kinds=TRIPLES),
    Case("a slash at the end", "GET", 200, f"/sparql/?query={ASK}", kinds=ROWS),
    Case("HEAD is GET without the answer", "HEAD", 200, f"/sparql?query={ASK}", kinds=ROWS),
    # what must be refused
    Case("bad_query_method", "PUT", 405, f"/sparql?query={ASK}"),
    Case("bad_query_method", "DELETE", 405, f"/sparql?query={ASK}"),
    Case("bad_query_method", "PATCH", 405, f"/sparql?query={ASK}"),
    Case("bad_multiple_queries", "GET", 400, f"/sparql?query={ASK}&query=SELECT%20%2A%20%7B%7D"),
    Case("bad_multiple_queries", "POST", 400, body=f"query={ASK}&query={ASK}".encode(), media=FORM),
    Case("bad_multiple_queries", "POST", 400, f"/sparql?query={ASK}", b"ASK {}", QUERY),
    Case("bad_query_wrong_media_type", "POST", 415, body=b"ASK {}", media="text/plain"),
    Case("bad_query_missing_form_type", "POST", 415, body=f"query={ASK}".encode()),
    Case("bad_query_missing_direct_type", "POST", 415, body=b"ASK {}"),
    Case("bad_query_non_utf8", "POST", 400, body="ASK {}".encode("utf-16"), media=QUERY + "; charset=UTF-16"),
    Case("bad_query_non_utf8", "POST", 400, body="ASK {}".encode("utf-16-be"), media=QUERY),
    Case("bad_query_syntax", "GET", 400, "/sparql?query=ASK%20%7B"),
    Case("bad_query_syntax", "POST", 400, body=b"query=ASK%20%7B", media=FORM),
    Case("no query at all", "POST", 400, body=b"", media=FORM),
    # updates: all refused, whether good or bad
    Case("bad_update_get", "GET", 403, "/sparql?update=CLEAR%20ALL"),
    Case("bad_multiple_updates", "POST", 403, body=b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", media=FORM),
    Case("bad_update_wrong_media_type", "POST", 415, body=b"CLEAR NAMED", media="text/plain"),
    Case("bad_update_missing_form_type", "POST", 415, body=b"update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", "POST", 403, body="CLEAR NAMED".encode("utf-16"), media=UPDATE),
    Case("bad_update_syntax", "POST", 403, body=b"update=CLEAR%20XYZ", media=FORM),
    Case("bad_update_dataset_conflict", "POST", 403, body=b"using-graph-uri=http://a/&update=X", media=FORM),
    Case("update_post_form", "POST", 403, body=b"update=CLEAR%20ALL", media=FORM),
    Case("update_post_direct", "POST", 403, body=b"CLEAR ALL", media=UPDATE),
    Case("update_dataset_default_graph", "POST", 403, f"/sparql?using-graph-uri={GRAPH}", b"CLEAR ALL", UPDATE),
    Case("update as a query", "POST", 400, body=b"CLEAR ALL", media=QUERY),
    # a dataset of the client's: refused, never passed over
    Case("query_dataset_default_graph", "POST", 400, f"/sparql?default-graph-uri={GRAPH}", b"ASK {}", QUERY),
    Case("query_dataset_named_graphs", "POST", 400, f"/sparql?named-graph-uri={GRAPH}", b"ASK {}", QUERY),
    Case("query_dataset_full", "GET", 400, f"/sparql?query={ASK}&default-graph-uri={GRAPH}&named-graph-uri={GRAPH}"),
    Case("query_dataset in a form", "POST", 400, body=f"query={ASK}&default-graph-uri={GRAPH}".encode(), media=FORM),
    Case("query_multiple_dataset", "POST", 400, body=b"ASK FROM <http://example.org/data1.rdf> {}", media=QUERY),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name} {number}" for number, case in enumerate(CASES)])
def test_the_protocol(machine, case):
    headers = {"content-type": case.media} if case.media else {}
    answer = machine.request(case.method, case.address, content=case.body or None, headers=headers)
    assert answer.status_code == case.status, answer.text
    kind = answer.headers["content-type"].partition(";")[0]
    if case.kinds:
        assert kind in case.kinds
    else:
        assert kind == "text/plain"
        assert answer.text.strip()


def test_the_address_of_the_service_is_the_base_of_relative_names(graph):
    query = "SELECT ?s { BIND(<s> AS ?s) }"
    for base, expected in (("", "http://127.0.0.1/s"), ("https://example.org/graph", "https://example.org/graph/s")):
        client = client_of(graph, base=base, headers={"accept": "*/*"})
        answer = client.get("/sparql", params={"query": query})
        assert answer.json()["results"]["bindings"] == [{"s": {"type": "uri", "value": expected}}]
    unnamed = client_of(graph, public=True, headers={"accept": "*/*", "host": "a <b>"})
    assert unnamed.get("/sparql", params={"query": query}).status_code == 400  # relative to nothing
    assert unnamed.get("/sparql", params={"query": "ASK {}"}).status_code == 200
