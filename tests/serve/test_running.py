"""A site in a process of its own: asked by other people's clients, through builds, and by a person in a browser."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from itertools import cycle
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect
from rdflib import Graph, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, URLENCODED, XML, SPARQLWrapper

from kg.build import build
from tests.axe import grave
from tests.serve.conftest import ROOT, served

EACH_KIND = (
    "/",
    "/?lang=zh",
    "/search?q=gf",
    "/search?q=工坊&kind=Passage",
    "/articles",
    "/questions",
    "/questions/timeline?run=1",
    "/id/program/共富工坊",
    "/compare?place=上城&place=拱墅",
    "/questions/programs-of-district?district=上城&evidence=1",
    "/around/program/共富工坊",
    "/sparql?query=SELECT ?p { ?p a gov:Program } LIMIT 3",
    "/id/indicator/人才",
)
GOV = Namespace("https://w3id.org/govkg/ontology#")
ASKED = ("/articles", "/search?q=", "/questions/articles?format=csv", "/id/program/%E5%A4%9C%E8%B0%88%E4%BC%9A")
SELECT = "PREFIX gov: <https://w3id.org/govkg/ontology#> SELECT ?p { ?p a gov:Program } ORDER BY ?p LIMIT 4"


@pytest.fixture(scope="module")
def address(graph):
    with served(graph) as (found, _):
        yield found


def test_sparqlwrapper_reads_every_form(address):
    for method in (POSTDIRECTLY, URLENCODED):
        client = SPARQLWrapper(address + "/sparql")
        client.setMethod(POST)
        client.setRequestMethod(method)
        client.setQuery(SELECT)
        client.setReturnFormat(JSON)
        assert len(client.query().convert()["results"]["bindings"]) == 4
    client = SPARQLWrapper(address + "/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(XML)
    assert len(client.query().convert().getElementsByTagName("result")) == 4
    client.setReturnFormat(CSV)
    assert len(client.query().convert().decode().splitlines()) == 5
    client.setQuery("CONSTRUCT { ?p a <http://a/B> } { ?p a <https://w3id.org/govkg/ontology#Program> } LIMIT 4")
    client.setReturnFormat(N3)
    assert len(Graph().parse(data=client.query().convert(), format="turtle")) == 4


def test_rdflib_reads_it_as_a_store(address):
    remote = Graph(SPARQLStore(address + "/sparql"))
    programs = set(
        remote.subjects(predicate=URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), object=GOV.Program)
    )
    assert len(programs) > 5
    assert len(list(remote.query("SELECT ?d { ?p gov:implementedIn ?d } LIMIT 3", initNs={"gov": GOV}))) == 3
    assert remote.query(f"ASK {{ ?p a <{GOV.Program}> }}").askAnswer


def test_it_listens_on_this_machine_alone_and_logs_who_asked(graph):
    with served(graph) as (found, end):
        assert found.startswith("http://127.0.0.1:")
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(found + "/", headers={"Host": "evil.example"}))
        assert refused.value.code == 421
        urllib.request.urlopen(found + "/search?q=%0a%1b").read()
        log = end()
    assert '"GET /search?q=%0a%1b HTTP/1.1" 200' in log
    assert "127.0.0.1" in log
    assert "\x1b" not in log


HOSTILE = {
    "line": (
        "GET {} HTTP/1.1", "HEAD {} HTTP/1.0", "POST {} HTTP/1.1", "GET {}", "GET{} HTTP/1.1", "GET {} HTTP/9.9",
        "\x00", "", "get {} http/1.1", "PRI * HTTP/2.0", "CONNECT a:1 HTTP/1.1", "OPTIONS * HTTP/1.1",
        "GET http://evil.example{} HTTP/1.1",
    ),
    "path": (
        "/", "//", "/../../etc/passwd", "/id/\xff\xfe", "/id/%00", "/around/place/%f0", "/search?q=%", "/search?q=\x01",
        "/sparql?query=SELECT", "/sparql?format=../x", "/articles?page=1e9", "*", "a:b",
        "/" + "a" * 70_000, "/;x=1?;&&==",
    ),
    "header": (
        "Host: 127.0.0.1", "Host: 127.0.0.1", "Host: 127.0.0.1", "Host:", "Host: a\r\nHost: b", "Content-Length: -1",
        "Content-Length: 5", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 99999999999999999999",
        "Transfer-Encoding: chunked", "Transfer-Encoding: x", "Expect: 100-continue", "Upgrade: websocket",
        "Connection: upgrade", "X: " + "b" * 70_000, "no colon", " folded: a", "Accept: \xff", "Cookie: lang=\x00",
        "Range: bytes=0-0,-1", "Content-Type: application/sparql-query", "Content-Type: multipart/form-data",
    ),
    "body": ("", "", "5\r\nabcde\r\n0\r\n\r\n", "zz\r\n", "query=%", "ASK {}", "\x00\xff" * 40),
}  # fmt: skip


def test_hostile_bytes_on_the_wire_meet_no_failure(graph):
    chance = random.Random(13)
    seen = set()
    with served(graph) as (address, end):
        at = ("127.0.0.1", int(address.rpartition(":")[2]))
        for number in range(1000):
            line = chance.choice(HOSTILE["line"]).format(chance.choice(HOSTILE["path"]))
            headers = chance.sample(HOSTILE["header"], chance.randint(0, 3))
            raw = "\r\n".join([line, *headers, "Connection: close", "", chance.choice(HOSTILE["body"])]).encode(
                "latin-1"
            )
            answer = b""
            with socket.create_connection(at, timeout=20) as wire, contextlib.suppress(OSError):
                wire.sendall(raw)
                wire.shutdown(socket.SHUT_WR)
                while piece := wire.recv(65536):
                    answer += piece
            status = answer[9:12].decode() if answer.startswith(b"HTTP/1.1 ") else ""
            seen.add(status)
            assert not status.startswith("50"), (number, raw[:300], answer[:300])
            assert b"Traceback" not in answer, (number, raw[:300])
        assert urllib.request.urlopen(address + "/").status == 200
        log = end()
    assert [
        piece[-600:] for piece in log.split("a request failed")[1:]
    ] == []  # uvicorn alone may be at a loss, with the connection that it then ends
    assert {"200", "400", "404", "421"} <= seen


def test_a_port_that_is_taken_is_one_line(address, graph):
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph), "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "--port" in done.stderr


def test_no_request_is_dropped_while_builds_put_new_generations_in_place(tmp_path):
    page = tmp_path / "pages" / "page.txt"
    page.parent.mkdir()

    def write(number: int) -> None:
        text = f"石桥区：“夜谈会”第{number}期\n\n2024年，石桥区办起“夜谈会”{number}场。\n"
        page.write_text(text, encoding="utf-8")
        build([page.parent], tmp_path / "graph")

    write(1)
    faults: list[object] = []
    seen: list[str] = []
    ended = threading.Event()

    def ask(found: str) -> None:
        for path in cycle(ASKED):
            if ended.is_set():
                return
            try:
                seen.append(urllib.request.urlopen(found + path, timeout=60).read().decode())
            except OSError as error:  # HTTPError among them
                faults.append(error)

    with served(tmp_path / "graph") as (found, _):
        threads = [threading.Thread(target=ask, args=(found,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(2, 6):
            write(number)
        ended.wait(2.5)
        ended.set()
        for thread in threads:
            thread.join()
        last = urllib.request.urlopen(found + "/articles").read().decode()
    assert faults == []
    assert "第5期" in last
    assert "第4期" not in last


@pytest.fixture(params=["script", "none", "phone and dark"])
def person(request, browser, address):
    """A page of a browser on the site; nothing may be asked of others, and nothing may fail."""
    context = {
        "script": {},
        "none": {"java_script_enabled": False},
        "phone and dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True},
    }[request.param]
    around = browser.new_context(base_url=address, **context)
    page = around.new_page()
    faults: list[str] = []
    page.on("request", lambda r: r.url.startswith((address, "data:")) or faults.append(r.url))
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))
    page.on("response", lambda r: r.status >= 400 and faults.append(r.url))
    yield page
    around.close()
    assert faults == []


def test_a_person_follows_a_program_to_its_sentence(person):
    person.goto("/")
    person.get_by_role("searchbox").fill("gfgf")
    person.get_by_role("button", name="Search").click()
    person.get_by_role("main").get_by_role("link", name="共富工坊").first.click()
    person.get_by_role("heading", name="Numbers", exact=True).wait_for()
    place = person.get_by_role("link", name="characters").first
    said = person.locator("li", has=place).locator("bdi").first.inner_text()
    place.click()
    person.get_by_role("heading", level=1).wait_for()
    assert "#char=" in person.url
    assert said.replace(" ", "")[:12] in person.get_by_role("main").inner_text().replace("\n", "").replace(" ", "")
    person.locator("a.mark.Program").first.click()
    person.get_by_role("heading", name="What it is").wait_for()


def test_a_person_asks_a_saved_question(person):
    person.goto("/")
    person.get_by_role("link", name="Questions").click()
    person.get_by_role("link", name="Programs of a district and its streets").click()
    person.get_by_label("district").fill("上城")
    person.get_by_role("button", name="Ask").click()
    assert person.get_by_role("row").count() > 3
    with person.expect_download() as downloading:
        person.get_by_role("link", name="csv").click()
    assert downloading.value.suggested_filename == "programs-of-district.csv"


def test_a_person_compares_places_and_writes_a_query(person):
    person.goto("/compare")
    person.get_by_label("Place 1").fill("上城")
    person.get_by_label("Place 2").fill("拱墅")
    person.get_by_role("button", name="Show").click()
    person.get_by_role("heading", name="At a glance").wait_for()
    person.get_by_role("link", name="SPARQL").click()
    person.get_by_role("textbox", name="The query").fill("SELECT ?p { ?p a gov:Program } LIMIT 2")
    person.get_by_role("button", name="Ask").click()
    person.get_by_text("2 rows").wait_for()


def test_names_are_completed_while_a_person_writes_a_query(browser, address):
    around = browser.new_context(base_url=address)
    page, faults = around.new_page(), []
    page.on("console", lambda m: m.type == "error" and faults.append(m.text))
    page.goto("/sparql")
    field = page.get_by_role("textbox", name="The query")
    options = page.get_by_role("option")
    field.press_sequentially("SELECT ?led { ?led")
    expect(options).to_have_count(0)  # a variable is no name
    field.press_sequentially(" led")
    expect(options.first).to_contain_text("gov:ledBy")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    field.press_sequentially(" ?x . ?x a go")
    expect(options.first).to_contain_text("gov:")
    field.press("ArrowDown")
    field.press("Tab")  # a prefix is taken, and its names are shown
    field.press_sequentially("Dist")
    options.filter(has_text="gov:District").click()
    expect(field).to_be_focused()
    field.press_sequentially(" ; skos:pref")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("Label ?n }")
    assert field.input_value() == "SELECT ?led { ?led gov:ledBy ?x . ?x a gov:District ; skos:prefLabel ?n }"
    field.press("ArrowLeft")
    field.press("Control+Enter")
    page.get_by_text(re.compile(r"^\d+ rows$")).wait_for()
    page.goto("/sparql?lang=zh")
    page.get_by_role("textbox").press_sequentially("治理项")
    expect(page.get_by_role("option")).to_contain_text("gov:Program")
    around.close()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_for_everyone_and_fit_a_phone(browser, address, scheme):
    around = browser.new_context(
        base_url=address, color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844}
    )
    page = around.new_page()
    page.goto("/articles")
    article = page.get_by_role("main").get_by_role("link").first.get_attribute("href")
    for path in (*EACH_KIND, article):
        page.goto(path)
        assert grave(page, scheme) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    around.close()
