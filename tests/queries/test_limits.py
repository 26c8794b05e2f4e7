"""What a query may not do: leave the graph, run for ever, take all memory; and that values stay values."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import HEEDING
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from kg.errors import UserError
from kg.queries.asking import ask
from kg.queries.child import Limits, QuerySyntaxError
from kg.queries.names import term
from kg.queries.refusal import MAX_LENGTH, refuse_unsafe
from kg.queries.running import answer_to, run
from kg.queries.saved import read_question
from kg.queries.sparql import bind, parameter
from kg.queries.syntax import syntax_fault
from kg.queries.text import pointed_at, width

ROOT = Path(__file__).parents[2]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l) }"

# ---- Values ----

PIECES = [
    '"', "'", '"""', "'''", "\\", "\\u0022", "\\U00000022", "\\n", "\n", "\r", "\t", "\0", "\x7f", "{", "}", "<", ">",
    "#", "?_x_text", "$x", " SERVICE <http://127.0.0.1/> ", " FROM ", "VALUES", "%s", "%41", "上城区", "“", "\ufeff",
    "\u202e", "\ufffe", "\U0010ffff", "é", "e\u0301", "@en", "^^", "-- ", "/*", "&lt;", "=1+1",
]  # fmt: skip
EMPTY = Store()
HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)


@settings(max_examples=1_500, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(HOSTILE)
def test_hostile_text_comes_back_as_it_was(value):
    literal = term(EMPTY, parameter("?_x_text"), value)
    query = bind("SELECT ?y { BIND(?_x_text AS ?y) }", {"?_x_text": str(literal)})
    refuse_unsafe(query)
    assert [row["y"] for row in EMPTY.query(query)] == [Literal(value)]


def test_hostile_text_comes_back_from_the_child(small_graph):
    value = "".join(PIECES)
    answer = answer_to(small_graph, read_question("q", "SELECT ?_x_text {}"), {"x": value}, Limits())
    assert answer.rows == ((Literal(value),),)


# ---- The network ----

REFUSED = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * {SeRvIcE<URL>{ ?s ?p ?o }}",
    "SELECT * { ?s ?p true.SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { BIND(1 AS ?x) OPTIONAL { ?s ?p trueSERVICE <URL> { ?a ?b ?c } } }",
    "SELECT * { ?s ?p 1SERVICE <URL> { ?a ?b ?c } }",
    "PREFIX : <URL> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { ?s ?p trueSERVICE:x { ?a ?b ?c } }",
    "PREFIX:<URL> PREFIX service: <a:> SELECT * { service:x { ?a ?b ?c } }",
    "SELECT * { # comment\nSERVICE # another\n<URL> { ?s ?p ?o } }",
    "SELECT * {\r#\rSERVICE<URL>{ ?s ?p ?o }}",
    'SELECT * { BIND("\\"" AS ?x) SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { BIND('''\"''' AS ?x) SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''a'''SERVICE <URL> { ?a ?b ?c } }",
    "SELECT * { FILTER(1<2)SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { S\\U00000045RVICE <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\u0022 SERVICE <URL> { ?s ?p ?o } #" }',
    "SELECT * { { SELECT * { OPTIONAL { SERVICE ?url { ?s ?p ?o } } } } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT*FROM<URL>{ ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "ASKFROM<URL>{ ?s ?p ?o }",
    "DESCRIBE <a:b> FROM <URL>",
    "CONSTRUCT { ?s ?p ?o } FROM <URL> WHERE { ?s ?p ?o }",
    "LOAD <URL>",
]


@pytest.mark.parametrize("query", REFUSED)
def test_nothing_reaches_the_network(query, small_graph):
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(UserError, match="are refused"):
            run(small_graph, query.replace("URL", url))
        server.settimeout(0.05)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?from ?load }",
        'SELECT * { ?s ?p "SERVICE" } # FROM here',
        "SELECT * { ?s <a:service> ?from }",
        "SELECT * { ?s a gov:Services ; gov:service_of ?o }",
        "PREFIX service: <a:> SELECT * { service:from service:load service:service }",
        'SELECT * { ?s gov:x.SERVICE _:service ; gov:from "Load"@en }',
        'SELECT * { ?s ?p \'\'\'he said "\nSERVICE <x> { }"\'\'\', """it\'s FROM \\"""" }',
        "SELECT ?service { ?s ?p ?service } # SERVICE <x>\rORDER BY ?service",
        'SELECT * { ?s ?p "from \\u4E0A", "C:\\\\users\\\\service" }',
    ],
)
def test_names_that_only_look_refused(query):
    refuse_unsafe(query)


HEADS = [
    "true", "true.", "1", "1.", "1.5", "1e5", "-1", '"a"', "'a'", "'''a'''", '"a"@en', '"a"@en.', '"1"^^x:d',
    '"1"^^<x:d>', "<x:a>", "x:a", "x:a.", "x:a\\-", "x:a%20", "_:a", "_:a.", "?o", "?o.", "$o.", "()", "[]", "[] .",
    "x:a, x:b", "x:a#\n", "x:a.\u00aa", "?o\u00b7", "?o\u203f", "x:\u5e7f", "?\u5e7f",
]  # fmt: skip
KEYWORDS = ["SERVICE", "service", "SERVICE SILENT", "SERVICESILENT", "SERVICE#\n", "\u017fERVICE", "SERV\u0130CE"]
TARGETS = ["<URL>", " <URL>", ":a", " :a", "#\r<URL>", "x:a"]


def glued(url: str) -> list[str]:
    """The keyword in all ways next to what stands before and behind."""
    queries = []
    for head, space, keyword, target in itertools.product(HEADS, ["", " "], KEYWORDS, TARGETS):
        query = f"PREFIX x: <x:> SELECT * {{ ?s ?p {head}{space}{keyword}{target} {{ ?a ?b ?c }} }}"
        if target.strip().startswith(":"):
            query = f"PREFIX : <{url}> {query}"
        queries.append(query.replace("URL", url))
    return queries


def is_refused(query: str) -> bool:
    try:
        refuse_unsafe(query)
    except UserError:
        return True
    return False


def test_what_is_let_through_calls_no_service():
    store = Store()
    store.update(
        'INSERT DATA { <x:s> <x:p> <x:a>, <x:b>, true, 1, 1.5, 1e5, -1, "a", "a"@en, "1"^^<x:d>, () . <x:s> <x:p> [] }'
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        passed = [query for query in glued(f"http://127.0.0.1:{server.getsockname()[1]}/") if not is_refused(query)]
        assert len(passed) > 50
        for query in passed:
            with contextlib.suppress(SyntaxError):
                list(store.query(query))
            with pytest.raises(BlockingIOError):
                server.accept()


def test_the_store_does_call_a_service_that_is_not_refused():
    """Else the test above would show nothing."""
    store = Store()
    store.update("INSERT DATA { <x:s> <x:p> true }")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        script = f"""from pyoxigraph import Store; s = Store(); s.update("INSERT DATA {{ <x:s> <x:p> true }}")
list(s.query("SELECT * {{ ?s ?p trueSERVICE<{url}> {{ ?a ?b ?c }} }}"))"""
        with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL) as process:
            connection, _ = server.accept()
            connection.close()
            process.kill()


# ---- Size, time, memory ----


def test_updates_are_wrong_queries(small_graph):
    with pytest.raises(QuerySyntaxError, match="the query is wrong at line 1"):
        run(small_graph, "INSERT DATA { <a:1> <a:2> <a:3> }")


def test_long_and_deep_queries_are_refused(small_graph):
    with pytest.raises(UserError, match="longer than"):
        run(small_graph, "ASK {}" + " " * MAX_LENGTH)
    with pytest.raises(UserError, match="nested deeper"):
        run(small_graph, "ASK " + "{" * 5000 + "}" * 5000)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 90_000 + "true) }",
        "ASK { ?s " + "^" * 90_000 + "<a:b> ?o }",
        "ASK {" + "{}UNION" * 12_000 + "{}}",
    ],
)
def test_what_may_overflow_the_parser_ends_in_one_line(query, small_graph):
    try:
        run(small_graph, query)
    except UserError as error:
        assert "\n" not in str(error)  # noqa: PT017 - an answer is right too


def test_time_limit_ends_the_query(small_graph):
    with pytest.raises(UserError, match=r"longer than 0\.5 s"):
        run(small_graph, ENDLESS, 0.5)


@pytest.mark.skipif(sys.platform != "linux", reason="counts what Linux counts")
def test_memory_limit_ends_the_query(small_graph):
    greedy = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"
    with pytest.raises(UserError, match="needs more than 256 MB of memory"):
        ask(small_graph, read_question("q", greedy), {}, limits=Limits(30, 256))


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_control_c_reaches_the_child_when_only_the_parent_gets_it(small_graph):
    command = [sys.executable, "-m", "kg", "query", "-g", str(small_graph), "-q", ENDLESS]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True, **HEEDING) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=50)  # before the query's own limit would end it
        assert error.strip() == b"kg: stopped"
    # Whoever is left of the group has ended, even if nobody has asked after it yet.
    left = subprocess.run(["ps", "-o", "stat=,pgid=", "-A"], capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    assert [line for line in left if line.split()[1:] == [str(process.pid)] and not line.startswith("Z")] == []


# ---- Wrong queries ----


def test_caret_stands_under_the_place_in_the_text_as_written(small_graph):
    text = 'SELECT ?p {\n  ?p gov:basedIn ?_district .\n  ?p skos:prefLabel "街道" ?? }'
    with pytest.raises(QuerySyntaxError) as caught:
        ask(small_graph, read_question("q", text), {"district": "锦江"})
    before = '  ?p skos:prefLabel "街道" ?'  # a variable may begin so
    line, caret = caught.value.excerpt.splitlines()
    assert line == before + "? }"
    assert caret.index("^") == width(before)
    assert str(caught.value).startswith(f"the query is wrong at line 3, column {len(before) + 1}: unexpected '?'")


@pytest.mark.parametrize(
    "marked",
    [
        "^SELEC * { }",
        "SELECT * WHERE ^?s",
        "SELECT * { ?s ?p ^}",
        "SELECT * { ?s ?p ?o^",
        "SELECT * { ?s ?p ?o . ^FILTR(1) }",
        "SELECT ?x WHERE { ?s ?p ?o } ^ORDR BY ?x",
        "SELECT ?x { ?s ^foo:a ?o . ?a ?b ?c }",
        "SELECT (COUNT(?x) ^?n) { ?s ?p ?o }",
        "SELECT ?x { ?s ?p 1.5, 2 ^] }",
        "SELECT ?x { FILTER(?x >^) }",
        "SELECT ?x { FILTER(^strr(?x)) }",
        "# 说明\nSELECT ?x\n{ ?s ?p '街道' . ?o ^}",
        "^INSERT DATA { <a:a> <a:b> 1 }",
    ],
)
def test_place_of_a_fault(marked):
    query = marked.replace("^", "", 1)
    before = marked.partition("^")[0]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    with pytest.raises(SyntaxError) as caught:
        EMPTY.query(query)
    assert f"line {line}, column {column}: " in syntax_fault(query, query, caught.value).message


def test_caret_in_a_long_line():
    line, caret = pointed_at("a" * 5000 + "!" + "b" * 5000, 1, 5001).splitlines()
    assert len(line) <= 100
    assert line[caret.index("^")] == "!"


def test_command_line_shows_the_caret(run_kg, small_graph):
    done = run_kg("query", "-g", small_graph, "-q", "SELECT * { ?s ?? }")
    first, line, caret = done.err.splitlines()
    assert (done.status, done.out) == (2, "")
    assert first.startswith("kg: the query is wrong at line 1, column ")
    assert (line, caret.strip()) == ("SELECT * { ?s ?? }", "^")
