"""The network around a thing: the part that `kg view --around` writes, within bounds, leading back to the site."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kg.build import build
from kg.network import neighbourhood, read_network
from kg.network.neighbourhood import read_around
from kg.serve.around import around
from kg.store import open_graph, open_with_union
from kg.view.around import Way, page_around
from kg.view.options import ViewOptions
from kg.view.selection import part_of, select
from tests.serve.conftest import client_of, iris, links, path, served

AROUND = "/around/program/" + quote("共富工坊")


@pytest.fixture(scope="module")
def stores(graph):
    return open_with_union(graph)[1], read_network(open_graph(graph))


def told(network):
    return (
        {(t.iri, t.names, t.passages, t.parent, t.near) for t in network.things},
        {(link.subject, link.predicate, link.object, link.passages) for link in network.links},
        set(network.figures),
        dict(network.passages),
        dict(network.sources),
    )


def data_of(html: str):
    return json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_it_holds_what_the_command_writes_around_a_thing(stores, depth):
    union, whole = stores
    labels = [name for thing in whole.things for name in thing.names]
    kinds = {}
    for thing in whole.things:  # of each class one, each of a name of its own
        if labels.count(thing.label) == 1:
            kinds.setdefault(thing.kind, thing)
    assert len(kinds) > 7
    for thing in kinds.values():
        near = read_around(union, thing.iri, depth)
        theirs = select(whole, ViewOptions(around=thing.label, depth=depth)).network
        assert told(part_of(near.network, near.near)) == told(theirs), thing
        assert not near.left_out


def test_it_is_bounded_and_says_so(stores, graph, monkeypatch):
    union, whole = stores
    city = next(thing for thing in whole.things if thing.label == "杭州市")
    weights = {thing.iri: thing.weight for thing in whole.things}
    ring = read_around(union, city.iri, 1).near - {city.iri}
    assert len(ring) > 4
    all_of_it = read_around(union, city.iri, 2)
    monkeypatch.setattr(neighbourhood, "MOST_THINGS", 5)
    few = read_around(union, city.iri, 2, weights.__getitem__)
    assert few.near == {city.iri, *sorted(ring, key=lambda iri: (-weights[iri], iri))[:4]}
    assert few.left_out == len(ring) - 4
    note = data_of(client_of(graph).get(around(city.iri, 2)).text)["note"]
    assert note.startswith("The 5 nearest")
    monkeypatch.setattr(neighbourhood, "MOST_THINGS", 500)
    monkeypatch.setattr(neighbourhood, "MOST_OF_ONE", 2)
    cut = read_around(union, city.iri, 1)
    assert cut.shortened
    assert max(len(thing.passages) for thing in part_of(cut.network, cut.near).things) <= 2
    monkeypatch.setattr(neighbourhood, "MOST_STATEMENTS", 50)
    assert len(read_around(union, city.iri, 2).near) < len(all_of_it.near)


def test_its_code_is_named_by_hashes_and_no_other_runs(site):
    answer = site.get(AROUND)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    blocks = re.findall(r"<(script|style)>(.*?)</\1>", answer.text, re.DOTALL)
    hashes = {
        "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for _, text in blocks
    }
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert len(hashes) == 3


def test_all_that_it_names_has_a_page(graph):
    client = client_of(graph, base="https://example.org/graph")
    html = client.get(AROUND, headers={"host": "example.org"}).text
    addresses = data_of(html)["addresses"]
    found = [*addresses["things"], *addresses["figures"], *addresses["sources"]]
    ways = links(html)
    assert len(addresses["things"]) > 3
    assert len(ways) == 4
    for address in (*found[:40], *ways):
        assert address.startswith("/graph/")
        assert client.get(address, headers={"host": "example.org"}).status_code == 200, address


def test_it_speaks_both_languages_and_refuses_what_there_is_not(site):
    assert "governance network" in site.get(AROUND).text
    chinese = site.get(AROUND + "?lang=zh")
    assert 'lang="zh"' in chinese.text
    assert "相隔 1 步" in chinese.text
    for address, status in (
        ("/around/nothing", 404),
        ("/around/", 404),
        ("/around/program/%ff", 404),
        ("/around/indicator/" + quote("人才"), 404),
        (AROUND + "?depth=4", 400),
        (AROUND + "?depth=-1", 400),
        (AROUND + "?depth=٣", 400),
    ):
        assert site.get(address).status_code == status, address


OVERLAPPING = """() => {
  const all = [...document.querySelectorAll("#ways a, #bar h1, #finder, #tools")];
  const parts = all.filter((e) => e.getClientRects().length);
  const boxes = parts.map((e) => e.getBoundingClientRect());
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) => over(a, b)).map(() => parts[n].textContent.trim()));
}"""
"""The parts of a page's head that lie over others."""


def test_a_person_goes_there_and_back(browser, graph):
    with served(graph) as (address, _):
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 760})
        page, faults = context.new_page(), []
        page.on("request", lambda r: r.url.startswith((address, "data:", "blob:")) or faults.append(r.url))
        page.on("console", lambda m: m.type == "error" and faults.append(m.text))
        page.goto(path("program", "共富工坊"))
        page.get_by_role("link", name="The network around it").click()
        pane = page.get_by_label("Details")
        expect(pane.get_by_role("heading", level=2)).to_have_text("共富工坊")  # open at once
        assert page.evaluate("kgView.drawn().length") > 2
        for width in (1400, 1200, 1000, 390):
            page.set_viewport_size({"width": width, "height": 760})
            assert page.evaluate(OVERLAPPING) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        said = pane.locator("figure p").first.inner_text()
        pane.locator("figcaption").get_by_role("link").first.click()
        assert "#char=" in page.url
        assert said[:10] in page.get_by_role("main").inner_text().replace("\n", "")
        page.go_back()
        page.get_by_role("link", name="2 links").click()
        expect(page.get_by_role("link", name="2 links")).to_have_attribute("aria-current", "page")
        page.get_by_label("Details").get_by_role("link", name="Its page").click()
        page.get_by_role("heading", name="What it is").wait_for()
        context.close()
        assert faults == []


def test_hostile_text_is_shown_as_text(tmp_path, stores):
    page = tmp_path / "page.txt"
    page.write_text("2024年，石桥区办起“邻里夜谈会”36场<script>alert(1)</script>。\n", encoding="utf-8")
    build([page], tmp_path / "graph")
    client = client_of(tmp_path / "graph")
    (iri,) = iris(client, "SELECT ?p { ?p a gov:Program }")
    html = client.get(around(iri)).text
    assert "alert(1)" in html
    assert "<script>alert" not in html
    near = read_around(stores[0], stores[1].things[0].iri, 1)
    html = page_around(near, "<b>", "en", link=lambda iri: iri, ways=[Way("<i>", '"><i>')])
    assert "<title>&lt;b&gt;" in html
    assert "<i>" not in html.partition("<script")[0]
