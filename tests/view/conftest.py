"""Pages of the seeds and of invented facts, opened in the session's browser."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pyoxigraph import Store
from samples import quads

from kg.view.options import ViewOptions
from kg.view.writing import write_page, write_view

ROOT = Path(__file__).parent.parent.parent

DRAWN = re.compile(r"kgView\.(names|marks|cells|links|spots)\(")
SETTLED = """new Promise((done) => {
  let before = null, same = 0;
  const look = () => {
    const now = JSON.stringify([kgView.names(), kgView.marks(), kgView.cells()]);
    same = now === before ? same + 1 : 0;
    before = now;
    same < 3 ? requestAnimationFrame(() => setTimeout(look)) : done(true);
  };
  look();
})"""
"""Until three frames have drawn the same: the layout is known at once, what is drawn of it some frames later."""


@dataclass
class Opened:
    """A page in the browser and what it did that it should not: requests, errors, dialogs."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def names(self, kind: str) -> set[str]:
        """The visible things of a class."""
        visible = self.page.evaluate("kgView.visible()")
        return {thing["name"] for thing in visible if thing["kind"] == kind}

    def wait_until(self, condition: str) -> None:
        """Waits for a condition; the browser's own waiting evaluates text, which the page's policy forbids."""
        for _ in range(200):
            if self.page.evaluate(condition):
                return
            time.sleep(0.05)
        raise AssertionError(f"not within 10 s: {condition}")

    def click_thing(self, name: str) -> None:
        """Clicks where a thing is drawn."""
        at = self.page.evaluate("name => kgView.at(kgView.find(name))", name)
        box = self.page.locator("#network").bounding_box()
        self.page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])


def settled(evaluate):
    """A page's `evaluate` that asks what is drawn once nothing changes any more, however slow the machine."""

    def evaluating(expression, *arguments):
        if DRAWN.search(expression):
            evaluate(SETTLED)
        return evaluate(expression, *arguments)

    return evaluating


@pytest.fixture
def open_page(browser):
    """Opens a file offline; at the end the page must have asked for nothing, failed at nothing and said nothing."""
    opened: list[Opened] = []

    @contextmanager
    def opening(path: Path, address: str = "", **context):
        settings = {"offline": True, "viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce", **context}
        around = browser.new_context(**settings)
        found = Opened(around.new_page())
        found.page.evaluate = settled(found.page.evaluate)
        opened.append(found)
        found.page.on("request", lambda r: r.url.startswith(("file:", "blob:", "data:")) or found.faults.append(r.url))
        found.page.on("pageerror", lambda e: found.faults.append(str(e)))
        found.page.on("console", lambda m: m.type == "error" and found.faults.append(m.text))
        found.page.on("dialog", lambda d: (found.faults.append(d.message), d.dismiss()))
        found.page.goto(path.as_uri() + address)
        found.wait_until("window.kgView !== undefined")
        yield found
        around.close()

    yield opening
    assert [fault for one in opened for fault in one.faults] == []


@pytest.fixture(scope="session")
def seeds_page(seeds_graph, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("page") / "network.html"
    write_view(seeds_graph, target, ViewOptions())
    return target


@pytest.fixture
def page_of(tmp_path):
    """Writes the page of invented articles."""

    def write(*articles, **options) -> Path:
        store = Store()
        for facts in articles:
            store.extend(quads(facts))
        target = tmp_path / "invented.html"
        write_page(store, target, ViewOptions(**options))
        return target

    return write
