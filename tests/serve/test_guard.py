"""Whoever asks whatever: no trace, no path of this machine, no failure; and what no answer goes without."""

from __future__ import annotations

import asyncio
import random
import re
import string
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.errors import UserError
from kg.serve import create_app, settings_of
from kg.serve.security import Rate
from kg.serve.turns import Busy, Turns
from tests.serve.conftest import client_of, path

PATHS = ["/", "/search?q=a", "/articles", "/compare", "/questions", "/questions/articles", "/sparql", "/style.css",
         "/sparql.js", path("program", "共富工坊"), "/nothing", "/id/nothing"]  # fmt: skip
PIECES = [
    "..",
    "%2e%2e",
    "%00",
    "%ff",
    "%",
    "%zz",
    "%252e",
    "\\",
    "'",
    '"',
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "etc/passwd",
    "id",
    "program",
    "questions",
    "sparql",
    "sparql?query=",
    "search?q=",
    "search?page=",
    "compare?place=",
    "articles?page=-1",
    "?lang=",
    "?format=",
    "&kind=",
    "a" * 3000,
    "共富工坊",
    "\u202e",
    "\U0001f600",
    ";",
    "#",
    "=1+1",
    "SELECT",
    "?s ?p ?o",
    "%0d%0aSet-Cookie:a=b",
    "99999999999999999999",
    "٣",
    "_",
]
STARTS = [
    "/around/program/",
    "/around/place/330105?depth=",
    "/id/",
    "/id/program/",
    "/questions/",
    "/search?q=",
    "/search?page=",
    "/compare?place=",
    "/sparql?query=",
    "/sparql?format=",
    "/questions/about?thing=",
    "/questions/articles?format=",
    "/articles?q=",
]
HEADERS = [
    "accept",
    "accept-language",
    "content-type",
    "content-length",
    "cookie",
    "host",
    "origin",
    "range",
    "x-forwarded-for",
    "x-forwarded-host",
    "if-none-match",
    "transfer-encoding",
]
VALUES = [
    "",
    "*/*",
    "text/html",
    "text/html;q=nan",
    ";;;,,,",
    "a/b/c;q=1e999",
    "x" * 5000,
    "lang=zh",
    "lang=../../x",
    "-1",
    "٣",
    "application/sparql-query",
    "application/x-www-form-urlencoded; charset=utf-16",
    "evil.example",
    "[::1",
    "bytes=0-",
]
BODIES = [
    b"",
    b"query=",
    b"query=SELECT",
    b"\x00" * 100,
    b"%" * 100,
    b"&" * 1000,
    b"query=%00",
    b"\xff\xfe",
    b"query=" + b"{" * 3000,
]


@pytest.mark.parametrize("address", PATHS)
def test_no_answer_goes_without_its_headers(site, address):
    answer = site.get(address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    scripts = re.findall(r"<script\b[^>]*>", answer.text)
    if address == "/sparql":  # a file of our own, and nothing else
        assert policy.endswith("; script-src 'self'")
        assert scripts == ['<script src="/sparql.js" defer>']
    else:
        assert "script-src" not in policy  # so that none may run
        assert scripts == []
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    assert not any(mark in answer.text for mark in ("<style", " style=", "javascript:", " onload="))


def test_a_thousand_hostile_requests_meet_no_failure(graph):
    client = client_of(graph, seconds=5)
    chance = random.Random(20241)
    seen = set()
    for number in range(1000):
        address = chance.choice(["/", "/", *STARTS]) + "/".join(chance.choices(PIECES, k=chance.randint(1, 2)))
        headers = {chance.choice(HEADERS): chance.choice(VALUES) for _ in range(chance.randint(0, 2))}
        headers = {name: value.encode() for name, value in headers.items()}
        method = chance.choice(["GET"] * 6 + ["POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
        body = chance.choice(BODIES) if method not in {"GET", "HEAD"} else None
        try:
            answer = client.request(method, address, headers=headers, content=body)
        except (ValueError, UnicodeError):  # what the client itself does not send
            continue
        seen.add(answer.status_code)
        assert answer.status_code not in range(500, 503), (number, method, address, headers, answer.text)
        assert not any(mark in answer.text for mark in ("Traceback", "site-packages", str(graph))), address
        assert "<script>alert" not in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers or answer.headers["set-cookie"].startswith("lang=")
    assert {200, 400, 404, 405, 421} <= seen


def test_hostile_names_are_shown_as_text(tmp_path):
    from kg.build import build

    page = tmp_path / "page.txt"
    page.write_text(
        "石桥区：“<img src=x onerror=alert(1)>行动”\n\n石桥区推出“<script>alert(1)</script>行动”3场。\n",
        encoding="utf-8",
    )
    build([page], tmp_path / "graph")
    client = client_of(tmp_path / "graph")
    from tests.serve.conftest import links

    for address in (
        "/",
        "/articles",
        "/search?q=",
        *(a for a in links(client.get("/articles").text) if a.startswith("/id/")),
    ):
        html = client.get(address).text
        assert "<script" not in html
        assert "<img" not in html


def test_an_error_names_no_path_of_this_machine(graph, tmp_path):
    import shutil

    folder = tmp_path / "graph"
    shutil.copytree(graph, folder)
    client = client_of(folder, headers={"accept": "*/*"})
    shutil.rmtree(folder)
    for address in ("/questions/articles?format=csv", "/sparql?query=ASK{}", "/questions/articles?run=1"):
        answer = client.get(address)
        assert answer.status_code in {400, 503}
        assert str(tmp_path) not in answer.text
        assert "cannot be read now" in answer.text


@pytest.mark.parametrize("told", ["graph", "g", "."])
def test_what_a_client_can_mend_is_told_whatever_the_folder_is_called(graph, tmp_path, monkeypatch, told):
    folder = tmp_path / told
    if told != ".":
        folder.symlink_to(graph)
    monkeypatch.chdir(graph if told == "." else tmp_path)
    client = client_of(Path(told), headers={"accept": "*/*"})
    for query in ("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }", "SELECT * FROM <http://a/> { ?s ?p ?o }"):
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code == 400
        assert "SERVICE, FROM and LOAD are refused" in answer.text
    answer = client.get("/compare?place=nowhere&place=elsewhere")
    assert answer.status_code == 400
    assert "the graph knows no" in answer.text


def test_a_fault_of_ours_is_told_without_a_trace(graph, monkeypatch):
    client = client_of(graph)
    monkeypatch.setattr("kg.serve.views.Views.home", lambda *_: 1 / 0)
    failing = client_of(graph)
    answer = failing.get("/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"]
    assert client.get("/").status_code == 200


def test_a_site_answers_to_its_own_names_alone(graph):
    client = client_of(graph, base="https://data.example.org/graph")
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000", "data.example.org", "DATA.example.org:443"):
        assert client.get("/", headers={"host": host}).status_code == 200, host
    for host in ("evil.example", "data.example.org.evil.example", ""):
        assert client.get("/", headers={"host": host}).status_code == 421, host


def test_a_client_may_ask_so_often(graph, monkeypatch):
    monkeypatch.setattr("kg.serve.settings.PUBLIC_PER_MINUTE", 9)
    client = client_of(graph, public=True)
    answers = [client.get("/style.css") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["retry-after"]) <= 8


def test_an_address_more_of_the_same_network_is_no_client_more(graph, monkeypatch):
    monkeypatch.setattr("kg.serve.settings.PUBLIC_PER_MINUTE", 9)
    app = create_app(graph, settings_of(public=True))

    def asked(host: str) -> int:
        with TestClient(app, client=(host, 1), base_url="http://127.0.0.1") as client:
            return client.get("/style.css").status_code

    assert [asked(f"2001:db8:0:1::{n}") for n in range(5)] == [200] * 3 + [429] * 2
    assert [asked(f"2001:db8:0:{n}::1") for n in range(2, 5)] == [200] * 3
    assert [asked(f"192.0.2.{n}") for n in range(5)] == [200] * 5


def test_clients_wait_for_themselves_and_are_forgotten(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("kg.serve.security.time.monotonic", lambda: now[0])
    monkeypatch.setattr("kg.serve.security._MOST_CLIENTS", 3)
    rate = Rate(3)
    assert rate.wait("a") == 0
    assert rate.wait("a") == 21
    assert rate.wait("b") == 0
    now[0] = 20.1
    assert rate.wait("a") == 0
    for client in string.ascii_lowercase:
        rate.wait(client)
    assert len(rate) == 3


def test_a_site_for_others_has_limits():
    with pytest.raises(UserError, match="--public"):
        settings_of(host="0.0.0.0")
    with pytest.raises(UserError, match="--base"):
        settings_of("javascript:alert(1)")
    with pytest.raises(UserError, match="--base"):
        settings_of("http://[")
    public = settings_of(public=True, host="0.0.0.0")
    assert public.per_minute
    assert settings_of(public=True, per_minute=600).per_minute == 600
    assert settings_of().per_minute is None
    assert public.most_rows
    assert public.limits.seconds < settings_of().limits.seconds


def in_a_loop(play) -> None:
    """Runs it in a thread of its own: where a browser is open, this one has a loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, play).result()


def test_turns_go_round_and_one_place_is_left_for_others():
    order: list[str] = []

    async def one(turns: Turns, client: str, begin: asyncio.Event) -> None:
        async with turns.turn(client):
            order.append(client)
            await begin.wait()

    async def play() -> None:
        turns, begin = Turns(2, 10), asyncio.Event()
        tasks = [asyncio.create_task(one(turns, client, begin)) for client in "aaaabbc"]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert order == ["a", "b"]
        begin.set()
        await asyncio.gather(*tasks)
        assert sorted(order) == sorted("aaaabbc")
        assert order.index("c") < len(order) - 2  # before the last of whoever asks most

    in_a_loop(play())


def test_a_client_that_waits_most_keeps_nobody_from_a_turn():
    told: list[str] = []

    async def hold(turns: Turns, client: str, end: asyncio.Event) -> None:
        try:
            async with turns.turn(client):
                told.append(f"{client} runs")
                await end.wait()
        except Busy:
            told.append(f"{client} is told")

    async def play() -> None:
        turns, end = Turns(2, 3), asyncio.Event()
        tasks = []
        for client in "aaaabbac":
            tasks.append(asyncio.create_task(hold(turns, client, end)))
            await asyncio.sleep(0.01)
        # One a runs and three wait; b runs all the same; another b waits in the place of an a; so does c.
        assert told == ["a runs", "b runs", "a is told", "a is told", "a is told"]
        tasks[1].cancel()
        end.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert told.count("b runs") == 2
        assert "c runs" in told
        assert turns.idle

    in_a_loop(play())


def test_whoever_goes_away_takes_no_turn_and_too_many_are_told():
    async def hold(turns: Turns, client: str, end: asyncio.Event) -> None:
        async with turns.turn(client):
            await end.wait()

    async def play() -> None:
        turns, end = Turns(2, 2), asyncio.Event()
        first = asyncio.create_task(hold(turns, "a", end))
        waiting = [asyncio.create_task(hold(turns, "a", end)) for _ in range(2)]
        await asyncio.sleep(0.01)
        with pytest.raises(Busy):
            await hold(turns, "a", end)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        second = asyncio.create_task(hold(turns, "b", end))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        third = asyncio.create_task(hold(turns, "c", end))
        await asyncio.sleep(0.01)
        end.set()
        await asyncio.wait_for(asyncio.gather(second, third), 5)
        assert turns.idle

    in_a_loop(play())
