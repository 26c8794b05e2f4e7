"""The page of 5,000 things and 10,000 links beside plain pyvis with its physics on: `python -m tests.bench.view`.

For each: seconds to write the file, and from opening it in Chromium to the first answer (a click that opens the pane;
for pyvis the end of its stabilization, waited for at most `--patience` seconds). Of ours also the frames a second while
the mouse drags it, as a whole and zoomed in.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import TimeoutError as TooSlow
from playwright.sync_api import sync_playwright
from pyoxigraph import Store
from pyvis.network import Network

from kg.model import Article, ArticleFacts, Claim, Entity, Sentence, Span
from kg.view.options import ViewOptions
from kg.view.writing import write_page
from tests.samples import quads

BROWSER = shutil.which("chromium")


def made_links(things: int, links: int) -> list[tuple[int, int]]:
    """Links among things, the same on every run; the first fiftieth are districts that many lead to."""
    dice = random.Random(7)
    hubs = max(2, things // 50)
    near = [(n, n % hubs) for n in range(hubs, things)]
    return near + [(dice.randrange(hubs, things), dice.randrange(things)) for _ in range(links - len(near))]


def made_store(things: int, links: list[tuple[int, int]]) -> Store:
    """The same network as the facts of one article: districts and programs."""
    hubs = max(2, things // 50)
    entities = [
        Entity("District", f"第{n}号区", "某省", sentences=(0,))
        if n < hubs
        else Entity("Program", f"第{n}号", sentences=(0,))
        for n in range(things)
    ]
    claims = [
        Claim(entities[one], "implementedIn" if other < hubs else "partOf", entities[other], (0,), "made")
        for one, other in links
        if one != other
    ]
    sentence = Sentence("某省有许多项目。", (Span(0, 8),), 0)
    store = Store()
    store.extend(quads(ArticleFacts(Article("made.txt", "项目", ()), (sentence,), tuple(entities), tuple(claims))))
    return store


def timed_open(path: Path, ready: str, *, patience: float, click: bool) -> float | None:
    """Seconds from opening a page until the expression holds, and, with `click`, until a click is answered."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True).new_page()
        started = time.perf_counter()
        try:
            page.goto(path.as_uri(), timeout=patience * 1000, wait_until="commit")
            while not page.evaluate(ready):  # the browser's own waiting evaluates text, which our page's policy forbids
                if time.perf_counter() - started > patience:
                    return None
                time.sleep(0.05)
            if click:
                at = page.evaluate("kgView.at(0)")
                box = page.locator("#network").bounding_box()
                page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
                page.wait_for_selector("#pane h2", timeout=patience * 1000)
        except TooSlow:
            return None
        finally:
            taken = time.perf_counter() - started
            browser.close()
        return taken


FRAMES = """() => {
  window.frames_drawn = 0;
  const count = () => { window.frames_drawn += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""


def frames_in_drag(path: Path, zoom: float, *, seconds: float = 4) -> float:
    """Frames a second while the mouse drags the picture to and fro."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
        page.goto(path.as_uri())
        while not page.evaluate("window.kgView !== undefined"):
            time.sleep(0.05)
        page.evaluate("zoom => kgView.zoomBy(zoom)", zoom)
        time.sleep(1)
        page.mouse.move(800, 450)
        page.mouse.down()
        page.evaluate(FRAMES)
        started = time.perf_counter()
        steps = 0
        while time.perf_counter() - started < seconds:
            steps = (steps + 1) % 60
            aside = min(steps, 60 - steps)
            page.mouse.move(800 + 8 * aside, 450 + 5 * aside)
        frames = float(page.evaluate("window.frames_drawn"))
        taken = time.perf_counter() - started
        browser.close()
        return frames / taken


def main() -> None:
    """Prints both pages' seconds and their ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--things", type=int, default=5000)
    asked.add_argument("--links", type=int, default=10_000)
    asked.add_argument("--patience", type=float, default=120)
    given = asked.parse_args()
    links = made_links(given.things, given.links)
    store = made_store(given.things, links)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "kg.html", Path(folder) / "pyvis.html"
        started = time.perf_counter()
        write_page(store, ours, ViewOptions(max_nodes=given.things))
        wrote = time.perf_counter() - started
        opened = timed_open(ours, "window.kgView !== undefined", patience=given.patience, click=True)
        dragged = [frames_in_drag(ours, zoom) for zoom in (1, 2.25, 5)]
        started = time.perf_counter()
        plain = Network(cdn_resources="in_line")
        plain.nodes = [{"id": n, "label": f"第{n}号", "shape": "dot"} for n in range(given.things)]
        plain.edges = [{"from": one, "to": other} for one, other in links]
        theirs.write_text(plain.generate_html(), encoding="utf-8")
        plain_wrote = time.perf_counter() - started
        stable = "window.network && network.physics && network.physics.stabilized"
        plain_opened = timed_open(theirs, stable, patience=given.patience, click=False)
    print(f"{given.things} things, {given.links} links")
    print(f"kg     written in {wrote:6.1f} s, answers a click after {opened or float('nan'):6.1f} s")
    print(
        "kg     dragged at " + ", ".join(f"{frames:.0f}" for frames in dragged) + " frames a second at zoom 1, 2.25, 5"
    )
    beyond = f"not within {given.patience:.0f} s" if plain_opened is None else f"after {plain_opened:.1f} s"
    print(f"pyvis  written in {plain_wrote:6.1f} s, settled {beyond}")
    if opened:
        print(f"ratio of opening, kg to pyvis: at most {opened / (plain_opened or given.patience):.3f}")


if __name__ == "__main__":
    main()
