"""Things that may be one, on the page: found by each other's name and said to be so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Store
from samples import quads

from kg.matching import match_quads
from kg.model import Claim, Entity
from kg.view.options import ViewOptions
from kg.view.writing import write_page
from tests.invented import DISTRICT, facts


@pytest.fixture
def whistles(tmp_path):
    """Writes a page of two programs whose names sound alike."""

    def write(**options):
        programs = [Entity("Program", label, sentences=(0,)) for label in ("吹哨报到", "吹哨报道")]
        claims = tuple(Claim(program, "implementedIn", DISTRICT, (0,), "set-up-in") for program in programs)
        told = replace(facts(), entities=(DISTRICT, *programs), claims=claims, observations=())
        store = Store()
        store.extend(quads(told))
        store.extend(list(match_quads(store)))
        write_page(store, tmp_path / "page.html", ViewOptions(**options))
        return tmp_path / "page.html"

    return write


def test_search_gives_what_may_be_the_same_and_says_so(open_page, whistles):
    with open_page(whistles()) as opened:
        opened.page.fill("#search", "吹哨报到")
        names = opened.page.locator("#found .name").all_inner_texts()
        assert names == ["吹哨报到", "吹哨报道"]
        assert "May be the same" in opened.page.locator("#found li").nth(1).inner_text()
        opened.page.keyboard.press("Enter")
        pane = opened.page.locator("#pane-body")
        assert "May be the same: 吹哨报道" in pane.inner_text()
        pane.get_by_role("button", name="吹哨报道", exact=True).first.click()
        assert pane.locator("h2").inner_text() == "吹哨报道"


def test_strict_identity_says_nothing_of_it(open_page, whistles):
    with open_page(whistles(strict_identity=True)) as opened:
        opened.page.fill("#search", "吹哨报到")
        assert opened.page.locator("#found .name").all_inner_texts() == ["吹哨报到"]
        opened.page.keyboard.press("Enter")
        assert "May be the same" not in opened.page.locator("#pane-body").inner_text()
