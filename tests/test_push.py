"""The graph to servers: a small Graph Store, ones that misbehave, and a real Virtuoso where it is installed."""

from __future__ import annotations

import os
import socket

import pytest
from invented import facts, hostile_facts
from loopback import MISBEHAVIOUR, PASSWORD, USER, answering, graph_store, replying
from pyoxigraph import RdfFormat, parse, serialize
from samples import lines, quads
from virtuoso import PROGRAM, virtuoso

from kg import endpoint
from kg.endpoint import Endpoint
from kg.errors import UserError
from kg.push import CATALOGUE, push
from kg.store import new_generation, open_graph


@pytest.fixture(autouse=True)
def credentials(monkeypatch):
    """Sets the user and the password; none at first."""

    def set_(user: str, password: str) -> None:
        monkeypatch.setenv(endpoint.USER, user)
        monkeypatch.setenv(endpoint.PASSWORD, password)

    set_("", "")
    return set_


@pytest.fixture(scope="module")
def hostile_graph(tmp_path_factory):
    """Strings that break careless writers and readers."""
    folder = tmp_path_factory.mktemp("hostile")
    with new_generation(folder, "v1") as generation:
        for of in (facts(), hostile_facts()):
            generation.replace(of.article.source, "d", lines(quads(of)))
        generation.commit()
    return folder


def held(server) -> set[str]:
    """What a Graph Store holds, as N-Quads, but for the catalogue."""
    return {
        line
        for graph, body in server.graphs.items()
        if graph != CATALOGUE.value
        for line in (f"{quad.triple} <{graph}>" for quad in parse(body, format=RdfFormat.N_TRIPLES))
    }


def expected(folder) -> set[str]:
    return {f"{quad.triple} {quad.graph_name}" for quad in open_graph(folder)}


def test_every_graph_goes_under_its_name(hostile_graph):
    with graph_store() as server:
        done = push(hostile_graph, server.url)
        assert held(server) == expected(hostile_graph)
    assert (done.graphs, done.triples, done.deleted) == (len(server.graphs) - 1, len(expected(hostile_graph)), 0)


def test_a_push_again_replaces_and_prunes_when_asked(small_graph, hostile_graph):
    with graph_store() as server:
        server.graphs["https://example.org/other"] = b"<a:a> <b:b> <c:c> .\n"
        push(small_graph, server.url)
        before = dict(server.graphs)
        push(small_graph, server.url)
        assert server.graphs == before
        assert push(hostile_graph, server.url).deleted == 0
        assert held(server) > expected(small_graph) | expected(hostile_graph)
        assert push(hostile_graph, server.url, prune=True).deleted == len(
            {q.graph_name for q in open_graph(small_graph)}
        )
        assert held(server) == expected(hostile_graph) | {"<a:a> <b:b> <c:c> <https://example.org/other>"}


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_credentials_are_given_when_asked_for(small_graph, credentials, scheme):
    with graph_store(scheme) as server:
        with pytest.raises(UserError, match=r"401: set KG_ENDPOINT_USER"):
            push(small_graph, server.url)
        credentials(USER, "wrong")
        with pytest.raises(UserError, match=r"401: it refuses the user"):
            push(small_graph, server.url)
        credentials(USER, PASSWORD)
        server.log.clear()
        push(small_graph, server.url)
        assert held(server) == expected(small_graph)
        assert [status for _, _, status in server.log].count(401) == 1  # later requests answer before they are asked


def test_a_digest_that_has_gone_stale_is_renewed(small_graph, credentials):
    credentials(USER, PASSWORD)
    with graph_store("Digest", nonce_uses=2) as server:
        push(small_graph, server.url)
        assert held(server) == expected(small_graph)


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_server_that_misbehaves_is_one_line_in_time(small_graph, run_kg, credentials, name):
    credentials(USER, PASSWORD)
    with answering(MISBEHAVIOUR[name]) as url:
        done = run_kg("push", "--endpoint", url, "-g", small_graph, "--timeout", "0.4")
    assert done.status == 1
    assert len(done.err.splitlines()) == 1
    assert url in done.err
    assert "Traceback" not in done.err
    assert done.err.rstrip("\n").isprintable()


@pytest.mark.parametrize("arguments", [["push"], ["query", "-q", "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }"]])
def test_rdf_xml_is_not_read_from_a_server(small_graph, run_kg, arguments):
    """Its entities grow without end: nine of ten of each other are a thousand million."""
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY e0 "ha">{entities}]><rdf:RDF xmlns:rdf="{space}">'
        f'<rdf:Description rdf:about="urn:a"><rdf:value>&e9;</rdf:value></rdf:Description></rdf:RDF>'
    )
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rdf+xml\r\nContent-Length: {len(bomb)}\r\n\r\n"
    with answering(replying((head + bomb).encode())) as url:
        done = run_kg(*arguments, "--endpoint", url, *(["-g", small_graph] if arguments == ["push"] else []))
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "application/rdf+xml" in done.err


def test_a_server_that_is_away_is_one_line(small_graph, run_kg):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    done = run_kg("push", "--endpoint", f"http://127.0.0.1:{port}/store", "-g", small_graph)
    assert (done.status, done.err) == (
        1,
        f"kg: http://127.0.0.1:{port}/store: no connection (Connection refused)\n",
    )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "http://a:99999/",
        "http://u:p@h/",
        "http://h/a b",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(small_graph, url):
    with pytest.raises(UserError, match=r"no address|no credentials"):
        push(small_graph, url)


def test_an_answer_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(endpoint, "LARGEST_ANSWER", 1000)
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with (
        answering(lambda c, _: (c.recv(9999), c.sendall(head + b"x" * 500_000))) as url,
        Endpoint(url) as server,
        pytest.raises(UserError, match="larger than 1,000 bytes"),
    ):
        server.request("GET")


def test_a_connection_that_the_server_closed_is_opened_anew():
    """Each answer promises to keep the connection, and the server breaks the promise."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    with answering(lambda c, _: (c.recv(9999), c.sendall(answer))) as url, Endpoint(url, 5) as server:
        assert [server.request("GET").body for _ in range(3)] == [b"ok"] * 3


needs_virtuoso = pytest.mark.skipif(
    PROGRAM is None and not os.environ.get("KG_NEEDS_VIRTUOSO"),
    reason="Virtuoso is not installed (Debian: virtuoso-opensource); .ci/run installs it",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@needs_virtuoso
def test_virtuoso_holds_what_was_pushed(server, small_graph, hostile_graph, credentials):
    credentials("dba", "dba")
    for folder in (small_graph, hostile_graph, hostile_graph):
        done = push(folder, server.store)
        assert done.triples == len(expected(folder))
        with Endpoint(server.store) as store:
            for graph in {quad.graph_name for quad in open_graph(folder)}:
                triples = [quad.triple for quad in open_graph(folder).quads_for_pattern(None, None, None, graph)]
                answer = store.request("GET", f"graph={endpoint.quoted(graph.value)}", headers={"Accept": "text/plain"})
                found = {quad.triple for quad in parse(answer.body, format=RdfFormat.N_TRIPLES)}
                assert found == set(parse_again(triples))


def parse_again(triples):
    """Triples as a reader of N-Triples has them."""
    text = serialize(triples, format=RdfFormat.N_TRIPLES)
    return [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)]


@needs_virtuoso
def test_virtuoso_drops_what_is_gone(server, small_graph, hostile_graph, credentials):
    credentials("dba", "dba")
    push(small_graph, server.store)
    push(hostile_graph, server.store, prune=True)
    with Endpoint(server.store) as store:
        for graph in {quad.graph_name.value for folder in (small_graph, hostile_graph) for quad in open_graph(folder)}:
            answer = store.request("GET", f"graph={endpoint.quoted(graph)}", headers={"Accept": "text/plain"})
            kept = graph in {quad.graph_name.value for quad in open_graph(hostile_graph)}
            assert (answer.status, graph) == (200 if kept else 404, graph)


@needs_virtuoso
def test_virtuoso_refuses_strangers_in_one_line(server, small_graph, credentials, run_kg):
    for user, message in (("", "set KG_ENDPOINT_USER"), ("dba", "refuses the user")):
        credentials(user, "wrong")
        done = run_kg("push", "--endpoint", server.store, "-g", small_graph)
        assert (done.status, len(done.err.splitlines())) == (1, 1)
        assert message in done.err
