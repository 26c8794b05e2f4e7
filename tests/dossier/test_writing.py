"""Dossiers as documents: formats agree, tables align, charts lead to sentences, hostile text stays text, same bytes."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Store
from samples import quads

from kg.dossier import FORMATS, model, written
from kg.dossier.blocks import Table
from kg.dossier.comparing import comparison_of
from kg.dossier.contents import document_of
from kg.dossier.markdown import table
from kg.dossier.model import Comparison, Dossier
from kg.dossier.reading import dossier_of
from kg.dossier.wording import LANGUAGES, words
from kg.errors import UserError
from kg.queries.answering import Asked
from kg.queries.text import width
from tests.invented import hostile_facts
from tests.view.test_hostile_text import HOSTILE, articles

README = Path(__file__).parents[2] / "README.md"
NAMES = ("银杏树下幸福食堂", "锦江区", "成都市", "锦江区民政局", "林静")
VOID = {"meta", "link", "br", "circle", "line", "rect"}


class Page(HTMLParser):
    """The texts, links and names of a page; it fails where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag in {"td", "th"}:
            self.cells.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and {"td", "th"} & set(self.open) and "title" not in self.open:
            self.cells[-1] += data


def cells_of_markdown(text: str) -> list[str]:
    """The cells of its tables, unescaped, the marks of sentences as in HTML."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| --",))]
    found = [cell.strip() for line in lines for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    return [re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\[(\d+)\]", r" \1", cell)).split() for cell in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_markdown_and_html_tell_the_same(asked, name, language):
    dossier = dossier_of(asked, name)
    page = Page(written(dossier, "html", language))
    assert [cell.split() for cell in page.cells] == cells_of_markdown(written(dossier, "md", language))
    tables = [block for section in document_of(dossier, language).sections for block in section.blocks]
    assert any(isinstance(block, Table) for block in tables)


def test_every_link_of_a_page_leads_somewhere(asked):
    for told in (*(dossier_of(asked, name) for name in NAMES), comparison_of(asked, ["锦江", "青羊"])):
        page = Page(written(told, "html"))
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
        assert len(page.ids) == len(set(page.ids))
        assert {f"s{number}" for number in range(1, len(told.passages) + 1)} <= set(page.ids)


def test_every_sentence_has_headline_file_and_place(asked):
    dossier = dossier_of(asked, "银杏树下幸福食堂")
    text = written(dossier)
    for passage in dossier.passages.values():
        assert f"{passage.text} (characters {passage.start}–{passage.end})" in text
        assert f"### {dossier.sources[passage.article].headline}" in text


def test_tables_align_with_wide_characters(asked):
    lines = written(dossier_of(asked, "银杏树下幸福食堂")).splitlines()
    for line, other in pairwise(lines):
        if line.startswith("|") and other.startswith("|"):
            assert width(line) == width(other)
    assert list(table(["a"], [])) == ["| a   |", "| --- |"]


def test_charts_stand_beside_tables_and_points_lead_to_sentences(asked):
    dossier = dossier_of(asked, "银杏树下幸福食堂")
    page = written(dossier, "html")
    charts = re.findall(
        r'<div class="pair"><figure>(?:<figcaption>[^<]*</figcaption>)?<svg.*?</svg>.*?<table', page, re.DOTALL
    )
    assert (
        len(charts) == page.count('<svg class="chart"') == 4
    )  # its spread; kitchens, guests and residents over two years
    (guests,) = [chart for chart in charts if "就餐" in chart]
    points = re.findall(r'<a href="#s(\d+)" aria-label="([^"]*)">', guests)
    said = [passage.text for passage in dossier.passages.values()]
    assert [(said[int(place) - 1].partition("累计")[2], name) for place, name in points] == [
        ("就餐300人次。", "锦江区 2021: 300 人次"),
        ("就餐约900人次，惠及居民630户。", "锦江区 2023: about 900 人次"),
    ]
    assert sorted(chart.count('class="join') for chart in charts) == [0, 0, 1, 1]  # lines where a change is computed


def test_conflicts_quote_both_sentences(asked):
    text = written(dossier_of(asked, "银杏树下幸福食堂"))
    section = text.partition("## Reports that differ")[2].partition("\n## ")[0]
    assert "“2023年锦江区银杏树下幸福食堂共24个。”" in section
    assert section.count("“") == 2


def test_the_two_ends_of_a_change_stand_in_one_row(asked):
    assert re.search(r"\| 满意率 +\| +80% → 93\.5% \[\d+\] \| 2021", written(dossier_of(asked, "银杏树下幸福食堂")))


def test_json_has_the_documented_keys(asked):
    for told, kind in ((dossier_of(asked, "锦江"), Dossier), (comparison_of(asked, ["锦江", "青羊"]), Comparison)):
        data = json.loads(written(told, "json"))
        assert list(data) == ["format", "version", *(field.name for field in fields(kind))]
    assert (data["format"], data["version"]) == ("kg-comparison", 1)
    numbers = [number for row in data["indicators"] for here in row["numbers"].values() for number in here]
    assert {type(number["value"]) for number in numbers} == {int}
    assert all(iri in data["passages"] for number in numbers for iri in number["passages"])


def test_a_comparison_sets_numbers_of_one_year_beside_each_other(asked):
    text = written(comparison_of(asked, ["锦江", "青羊"])).partition("## Indicators that several report")[2]
    rows = [re.sub(" +", " ", line) for line in text.splitlines() if line.startswith("| 银杏树下幸福食堂")]
    name = "| 银杏树下幸福食堂 (个)"
    assert rows == [f"{name} | 2021 | 12 个 [1] | — |", f"{name} | 2023 | 20 个; 24 个 [2][4] | 5 个 [3] |"]


def test_languages_have_the_same_texts():
    assert words("en").keys() == words("zh").keys()
    for key, text in words("en").items():
        assert text.count("{}") == words("zh")[key].count("{}"), key
    with pytest.raises(UserError, match="--lang de"):
        words("de")


def test_an_unknown_format_is_told(asked):
    with pytest.raises(UserError, match="no format 'pdf': take one of md, html, json"):
        written(dossier_of(asked, "锦江"), "pdf")


@pytest.fixture(scope="module")
def hostile() -> Asked:
    store = Store()
    for facts in (*articles(), hostile_facts()):
        store.extend(quads(facts))
    return Asked(store)


def test_hostile_text_stays_text(hostile):
    """Names, sentences, headlines, units and roles that break out of careless pages: each is shown and none is code."""
    programs = {
        quad.subject.value
        for quad in hostile.graphs.quads_for_pattern(None, None, None)
        if "/id/program/" in getattr(quad.subject, "value", "")
    }
    assert len(programs) >= len(HOSTILE)
    for iri in sorted(programs):
        dossier = dossier_of(hostile, iri)
        text = written(dossier, "html")
        page = Page(text)
        allowed = "html head meta title style body header p h1 bdi nav ul li a main section h2 h3 b div table caption "
        assert page.tags <= {
            *(allowed + "thead tr th tbody td figure figcaption svg text line circle rect ol span").split()
        }
        assert not {name for name in page.attributes if name.startswith("on")}
        assert all(link.startswith("#") for link in page.links)
        assert "script" not in page.tags
        assert "default-src &#x27;none&#x27;" in text
        lines = written(dossier, "md").splitlines()
        assert not [line for line in lines if re.match(r"\s*<|.*(?<!\\)<[a-z!/]", line)]
        assert json.loads(written(dossier, "json"))["thing"]["iri"] == iri


def test_the_same_graph_gives_the_same_bytes(asked, canteens):
    from kg.store import open_with_union

    again = Asked(*open_with_union(canteens))
    plain = Asked(asked.graphs)  # without the union, as in graphs of earlier versions
    for name in NAMES:
        for form in FORMATS:
            text = written(dossier_of(asked, name), form)
            assert written(dossier_of(again, name), form) == text == written(dossier_of(plain, name), form)
    both = [written(comparison_of(graph, ["锦江", "青羊"])) for graph in (asked, again, plain)]
    assert len(set(both)) == 1


def test_the_readme_tells_every_key_of_the_json():
    section = README.read_text(encoding="utf-8").partition("**The JSON**")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", section))
    kinds = [kind for kind in vars(model).values() if is_dataclass(kind)]
    assert len(kinds) > 15
    assert {field.name for kind in kinds for field in fields(kind)} - told == set()
