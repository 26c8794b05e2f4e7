"""The page of a dossier in Chromium: offline, without script, on a phone and in the dark, in print, for everyone."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Store
from samples import quads

from kg.dossier import written
from kg.dossier.comparing import comparison_of
from kg.dossier.reading import dossier_of
from kg.queries.answering import Asked
from kg.vocabulary import GOV
from tests.axe import grave
from tests.view.test_hostile_text import HOSTILE, articles


@pytest.fixture
def show(browser, tmp_path):
    """Opens a document offline; it must ask for nothing, say nothing and fail at nothing."""
    faults: list[str] = []

    @contextmanager
    def showing(text: str, **context):
        path = Path(tmp_path / "page.html")
        path.write_text(text, encoding="utf-8")
        around = browser.new_context(offline=True, **context)
        page = around.new_page()
        page.on("request", lambda r: r.url.startswith("file:") or faults.append(r.url))
        page.on("pageerror", lambda e: faults.append(str(e)))
        page.on("console", lambda m: m.type == "error" and faults.append(m.text))
        page.on("dialog", lambda d: (faults.append(d.message), d.dismiss()))
        page.goto(path.as_uri())
        yield page
        around.close()

    yield showing
    assert faults == []


@pytest.fixture
def show_all(show, tmp_path):
    """Opens documents one after the other in one tab, each as `show` does."""

    def showing(texts, **context):
        first, *others = texts
        with show(first, **context) as page:
            yield page
            for text in others:
                (tmp_path / "page.html").write_text(text, encoding="utf-8")
                page.reload()
                yield page

    return showing


def test_a_point_leads_to_its_sentence_without_script(show, asked):
    text = written(dossier_of(asked, "银杏树下幸福食堂"), "html")
    with show(text, java_script_enabled=False) as page:
        page.get_by_role("link", name="锦江区 2021: 300 人次").click()
        said = page.locator("li:target")
        assert said.inner_text().startswith("1")
        assert "累计就餐300人次" in said.inner_text()
        assert page.get_by_role("heading", level=1).inner_text() == "银杏树下幸福食堂"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(show_all, asked, scheme, width):
    pages = (dossier_of(asked, "银杏树下幸福食堂"), comparison_of(asked, ["锦江", "青羊"]))
    shown = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    for page in show_all((written(told, "html") for told in pages), **shown):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert grave(page, scheme) == []


def test_it_prints(show, asked):
    with show(written(dossier_of(asked, "银杏树下幸福食堂"), "html")) as page:
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        assert page.locator("#s1").is_visible()
        assert page.pdf().startswith(b"%PDF")


def test_hostile_text_is_shown_as_text(show_all):
    store = Store()
    for facts in articles():
        store.extend(quads(facts))
    districts = sorted({quad.subject.value for quad in store.quads_for_pattern(None, None, GOV.District)})
    assert len(districts) == len(HOSTILE)
    dossiers = [dossier_of(Asked(store), iri) for iri in districts[::3]]
    pages = show_all(written(dossier, "html") for dossier in dossiers)
    for dossier, page in zip(dossiers, pages, strict=True):
        assert page.locator("h1").inner_text().split() == dossier.thing.label.split()
        assert page.locator("h1 bdi *, td bdi *, iframe, img, script, meta[http-equiv=refresh]").count() == 0
