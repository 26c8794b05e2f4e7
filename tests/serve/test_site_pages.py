"""The pages, as a browser without script asks for them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from collections import defaultdict, deque
from html import unescape

import pytest

from kg.build import build
from kg.queries.saved import saved_questions
from kg.serve.charting import charts
from kg.serve.questions import Answer, Cell
from kg.serve.sentences import Sentence, Sentences, marked
from tests.serve.conftest import client_of, iris, links, path, path_of_iri

NEWS = """石桥区：“邻里夜谈会”开到家门口

2024年，石桥区在各社区办起“邻里夜谈会”36场，参加居民1200人。

天色已晚，楼下的灯还亮着。
"""


@pytest.fixture
def news(tmp_path):
    """A site of one invented page; gives its client, the page's file and the graph's folder."""
    page = tmp_path / "pages" / "2024-yetan.txt"
    page.parent.mkdir()
    page.write_text(NEWS, encoding="utf-8")
    build([page.parent], tmp_path / "graph")
    return client_of(tmp_path / "graph"), page, tmp_path / "graph"


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_no_link_of_the_site_is_dead(graph):
    site = client_of(graph)
    waiting, known = deque(["/"]), {"/"}
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.popleft()
        answer = site.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
        if "text/html" not in answer.headers["content-type"]:
            continue
        for each in links(answer.text):
            link = address.partition("?")[0] + each if each.startswith("?") else each
            assert link.startswith(("/", "http://qudt.org/")), link
            kind = re.match(r"/[a-z]*/?[a-z]*", link)
            here = link.partition("#")[0]
            if link.startswith("/") and here not in known and kinds.get(kind[0], 0) < 12:
                kinds[kind[0]] = kinds.get(kind[0], 0) + 1
                known.add(here)
                waiting.append(here)
    assert {
        "/id/article",
        "/id/program",
        "/id/place",
        "/id/organization",
        "/id/indicator",
        "/id/metric",
    } <= kinds.keys()


@pytest.mark.parametrize("asked", ["共富工坊", "gongfugongfang", "gfgf", "共富 工坊", "“共富工坊”"])
def test_a_thing_is_found_by_form_pinyin_and_initials(site, asked):
    answer = site.get("/search", params={"q": asked})
    assert path("program", "共富工坊") in links(answer.text)


def test_what_fits_better_comes_first_and_classes_are_counted(site):
    answer = site.get("/search", params={"q": "上城"})
    things = [link for link in links(answer.text) if link.startswith("/id/")]
    assert things[0] == "/id/place/330102"
    shown = text_of(answer.text)
    districts = int(re.search(r"district (\d+)", shown)[1])
    narrowed = site.get("/search", params={"q": "上城", "kind": "District"})
    assert f"{districts} found" in narrowed.text
    assert all("/id/place/" in link for link in links(narrowed.text) if link.startswith("/id/"))


def rows_of_search(html: str) -> list[list[str]]:
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)[1]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in body.split("</tr>") if "<td" in row]


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("上城区", "杭州市 · 浙江省"),
        ("141体系", "拱墅区"),
        ("上城区住建局", "上城区"),
        ("徐戈笛", "拱墅区综合行政执法局"),
    ],
)
def test_what_is_found_says_where_it_is_or_whose(site, asked, where):
    name, _, place, *_ = rows_of_search(site.get("/search", params={"q": asked}).text)[0]
    assert links(name)
    assert text_of(place).strip() == where
    assert len(links(place)) == len(where.split(" · "))


def test_the_class_of_what_is_found_is_one_word_on_one_line(site, browser):
    html = site.get("/search", params={"q": "区"}).text
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_content(html.replace("</head>", f"<style>{site.get('/style.css').text}</style></head>"))
    narrow = page.eval_on_selector("td.word", "(one) => { one.textContent = 'm'; return one.scrollHeight; }")
    wide = page.eval_on_selector("td.word", "(one) => { one.textContent = 'organizations'; return one.scrollHeight; }")
    page.close()
    assert wide == narrow


def test_an_article_is_found_by_headline_and_by_file(news):
    client, page, _ = news
    for asked in ("开到家门口", page.name, "yetan"):
        assert any(link.startswith("/id/article/") for link in links(client.get("/search", params={"q": asked}).text))


def test_what_nobody_knows_is_said(site):
    assert "Nothing has that name" in site.get("/search", params={"q": "龘龘龘"}).text


def test_lists_are_turned_page_by_page(site):
    first = site.get("/search", params={"q": ""}).text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = site.get(unescape(following)).text
    things = [{links(row[0])[0] for row in rows_of_search(html)} for html in (first, second)]
    assert all(things)
    assert not things[0] & things[1]


def test_sentences_are_found_by_their_words_and_lead_to_their_place(news):
    client, _, _ = news
    html = client.get("/search", params={"q": "夜谈会 居民"}).text
    assert "<mark>夜谈会</mark>" in html
    assert "<mark>居民</mark>" in html
    (link,) = (link for link in links(html) if "#char=" in link)
    address, _, anchor = link.partition("#")
    assert f'id="{anchor}"' in client.get(address).text
    assert 'aria-current="true">Sentences' in client.get("/search", params={"q": "居民", "kind": "Passage"}).text
    for words, found in (
        ("居民 yetan", 1),
        ("居民 开到家门口", 1),
        ("居民 天边", 0),
        ("天边", 0),
        ("“夜谈会”", 2),
        ("", 0),
    ):
        html = client.get("/search", params={"q": words, "kind": "Passage"}).text
        assert html.count('<p class="source">') == found, words


def test_sentences_are_found_as_a_scan_of_each_would_find_them():
    said = [f"第{n}句，说{'甲乙丙丁'[n % 4]}和{'子丑寅'[n % 3]}，ＡＢ{n}" for n in range(60)]
    told = [(Sentence(f"id:{n}", f"id:article{n // 20}"), text) for n, text in enumerate(said)]
    sentences = Sentences(told, {"id:article1": "2024.txt 春"})
    assert len(sentences) == 60
    for text in (
        "甲",
        "甲 丑",
        "ab1",
        "AB1 丁",
        "第5",
        "甲 春",
        "春",
        "2024 子",
        "句，说甲和",
        "说甲 无",
        "\n",
        "句\n第",
    ):
        words = [unicodedata.normalize("NFKC", word).casefold() for word in text.split()]
        expected = []
        for each, raw in told:
            plain = unicodedata.normalize("NFKC", raw).casefold()
            heading = "2024.txt 春" if each.article == "id:article1" else ""
            if any(word in plain for word in words) and all(word in plain or word in heading for word in words):
                expected.append(each)
        assert sentences.find(text) == expected, text
    many = Sentences(((Sentence(f"id:{n}", ""), "同一句") for n in range(1500)), {})
    assert len(many.find("一")) == 1000
    assert marked("ABab", ["ab"]) == [("AB", True), ("ab", True)]
    assert marked("甲乙丙", ["甲", "甲乙", ""]) == [("甲乙", True), ("丙", False)]


def test_every_name_on_the_page_of_a_thing_leads_on(site):
    runs = re.search(r'<section id="runs">.*?</section>', site.get(path("program", "小区服务日")).text, re.DOTALL)[0]
    street, *_, leader, _ = re.findall(r"<td>(.*?)</td>", runs)
    assert links(street) == links(leader)  # which leads it there
    page = site.get(path("program", "三方协同")).text
    for section, kinds in {
        "identity": {"article"},
        "runs": {"place"},
        "spread": {"place"},
        "reports": {"article"},
    }.items():
        told = links(re.search(rf'<section id="{section}">.*?</section>', page, re.DOTALL)[0])
        assert kinds <= {link.split("/")[2] for link in told}, section
    around = re.search(r'<section id="spread">.*?</section>', page, re.DOTALL)[0]
    assert around.count("/id/place/") == 6  # two districts, each with its city and province


def test_all_sentences_of_a_statement_can_be_reached(site):
    page = site.get(path("program", "三方协同")).text
    (more,) = re.findall(r'<details class="more"><summary>and (\d+) more</summary>(.*?)</details>', page)
    assert len(re.findall(r'href="#s\d+"', more[1])) == int(more[0]) == 1


def test_a_place_is_not_told_to_be_within_what_encloses_it_row_by_row(site):
    page = site.get("/id/place/330105").text
    rows = re.findall(r"<tr>(.*?)</tr>", re.search(r'<section id="programs">.*?</section>', page, re.DOTALL)[0])
    within = {re.sub("<[^>]+>", "", re.findall(r"<td>(.*?)</td>", row)[2]) for row in rows if "<td>" in row}
    assert within == {""}
    assert "杭州市 · 浙江省" in text_of(re.search(r'<section id="identity">.*?</section>', page, re.DOTALL)[0])


def test_a_thing_leads_to_the_sentences_of_its_articles(site):
    answer = site.get(path("program", "共富工坊"))
    sentences = [link for link in links(answer.text) if "#char=" in link]
    assert sentences
    for link in sentences[:5]:
        article, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in site.get(article).text


def test_an_article_shows_its_whole_text_with_marks_and_what_was_read(news):
    client, _, _ = news
    (article,) = iris(client, "SELECT ?a { ?a a gov:Article }")
    html = client.get(path_of_iri(article)).text
    shown = re.sub(r"\s", "", text_of(html))
    for line in NEWS.split():
        assert line in shown
    assert path("program", "邻里夜谈会") in links(html)
    marks = re.findall(r'class="mark Metric" href="#(\w+)">([^<]+)<', html)
    assert {printed for _, printed in marks} == {"36场", "1200人"}
    for target, _ in marks:
        assert f'id="{target}" class="figure"' in html


def test_every_passage_of_the_seeds_stands_on_the_page_of_its_article(site):
    passages = defaultdict(set)
    for iri in iris(site, "SELECT ?p { ?p oa:hasSource ?a }"):
        article, _, anchor = iri.partition("#")
        passages[article].add(anchor)
    assert set(passages) == set(iris(site, "SELECT ?a { ?a a gov:Article }"))
    for article, anchors in passages.items():
        html = site.get(path_of_iri(article)).text
        assert "Marked:" in html
        assert anchors <= set(re.findall(r'id="(char=[0-9,]+)"', html))


def test_an_article_whose_file_has_gone_or_changed_shows_its_sentences(news):
    client, page, folder = news
    (article,) = iris(client, "SELECT ?a { ?a a gov:Article }")
    page.write_text(NEWS.replace("天色已晚", "夜色已深"), encoding="utf-8")
    for change in (lambda: None, page.unlink):
        change()
        html = client_of(folder).get(path_of_iri(article)).text
        assert "36场" in text_of(html)
        assert "has changed" in html
        assert "夜色" not in html
        assert "天色" not in html


def test_a_record_of_json_lines_is_read_alone(tmp_path):
    lines = [
        json.dumps({"title": f"石桥区第{n}期", "text": f"石桥区办起“夜谈会”{n}场。"}, ensure_ascii=False)
        for n in (3, 4, 5)
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build([tmp_path / "news.jsonl"], tmp_path / "graph")
    client = client_of(tmp_path / "graph")
    articles = iris(client, "SELECT ?a { ?a a gov:Article }")
    assert len(articles) == 3
    assert all("Marked:" in client.get(path_of_iri(each)).text for each in articles)


@pytest.mark.parametrize("question", saved_questions(), ids=lambda question: question.name)
def test_each_question_has_its_form(site, question):
    html = site.get(f"/questions/{question.name}").text
    for parameter in question.parameters:
        assert f'name="{parameter.name}"' in html
    assert "SELECT" in html


def test_a_question_is_answered_with_links_and_in_every_format(site):
    asked = {"district": "上城", "evidence": "1"}
    html = site.get("/questions/programs-of-district", params=asked).text
    things = [link for link in links(html) if link.startswith("/id/program/")]
    downloads = [link for link in links(html) if "format=" in link]
    assert things
    assert len(downloads) == 5
    files = {re.search("format=([a-z]+)", link)[1]: site.get(link) for link in downloads}
    assert all(
        file.status_code == 200 and "attachment" in file.headers["content-disposition"] for file in files.values()
    )
    rows = list(csv.DictReader(io.StringIO(files["csv"].text.lstrip("\ufeff"))))
    assert len(rows) == len(files["json"].json()["results"]["bindings"]) == int(re.search(r"(\d+) rows", html)[1])
    assert all(row["sentence"] for row in rows)


def test_a_value_that_names_nothing_is_told_on_the_form(site):
    answer = site.get("/questions/programs-of-district", params={"district": "无名"})
    assert answer.status_code == 400
    assert "knows no District" in answer.text
    assert 'value="无名"' in answer.text
    missing = site.get("/questions/programs-of-district", params={"run": "1"})
    assert missing.status_code == 400
    assert "needs a value: district" in missing.text


def test_numbers_of_several_years_are_drawn_and_each_point_leads_to_its_row(tmp_path):
    for year, number in ((2022, 8), (2023, 15), (2024, 36)):
        text = f"石桥区：“邻里夜谈会”{year}年报告\n\n{year}年，石桥区在各社区办起“邻里夜谈会”{number}场。\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    build([tmp_path], tmp_path / "graph")
    site = client_of(tmp_path / "graph")
    html = site.get("/questions/metrics-of-program", params={"program": "邻里夜谈会"}).text
    points = re.findall(r'<a href="#s(\d+)" aria-label="[^"]*?(\d{4}): (\d+)"', html)
    assert [(year, value) for _, year, value in points] == [("2022", "8"), ("2023", "15"), ("2024", "36")]
    for row, year, value in points:
        cells = text_of(re.search(rf'<tr id="s{row}">(.*?)</tr>', html)[1].replace("</td>", "|")).split("|")
        assert year in cells
        assert value in cells
    counted = site.get("/questions/timeline?run=1&lang=zh").text
    assert counted.count('<circle class="c0"') == 4  # three points, and the key
    assert "文章数 2023: 1" in counted
    one_year = site.get("/questions/metrics-of-area", params={"area": "石桥", "year": "2024"}).text
    assert "<svg" not in one_year


def test_an_answer_without_years_or_of_many_series_is_a_table():
    def answer(columns, *rows):
        cells = (tuple(Cell(str(v), number=isinstance(v, int)) for v in row) for row in rows)
        return Answer(columns, tuple(cells), len(rows))

    assert charts(answer(("a", "value"), ("x", 1), ("y", 2)), "en") == ([], 0)
    years = ("indicator", "year", "value", "unit")
    assert charts(answer(years, ("场", "2023", 1, "场"), ("场", "2024", 1, "家")), "en") == ([], 0)  # no unit joins two
    assert charts(answer(years, ("场", "2023", 1, "场"), ("场", "", 1, "场")), "en") == ([], 0)
    many = [(f"项{n:02}", year, 3, "场") for n in range(20) for year in ("2023", "2024")]
    drawn, more = charts(answer(years, *many), "en")
    assert (len(drawn), more) == (12, 8)
    areas = [("场", f"区{n}", year, 3) for n in range(9) for year in ("2023", "2024")]
    (chart,), _ = charts(answer(("indicator", "area", "year", "value"), *areas), "en")
    assert chart.count("<li>") == 7  # six lines, and the points of the rest
    repeated = answer(("year", "articles"), ("2023", 1), ("2023", 2), ("2024", 2))
    assert charts(repeated, "en") == ([], 0)  # no count a year
    assert charts(answer(("year", "articles"), ("<b>", 1), ("2024", 2)), "en") == ([], 0)


def test_questions_are_told_in_chinese(site):
    listed = site.get("/questions?lang=zh").text
    for question in saved_questions():
        summary, description = question.chinese
        assert summary in listed
        page = site.get(f"/questions/{question.name}?lang=zh").text
        assert f'<h1><span lang="zh-CN">{summary}</span></h1>' in page
        assert description in unescape(page)
    assert "区县" in text_of(site.get("/questions/programs-of-district?lang=zh").text)
    site.cookies.clear()


def test_the_sparql_page_lists_the_terms_that_the_graph_has(site):
    html = site.get("/sparql").text
    terms = dict(re.findall(r"<li><code>(\w+:\w+)</code> <span>([^<]*)</span></li>", html))
    assert terms["gov:implementedIn"] == "implemented in"
    assert terms["gov:Program"] == "program"
    assert "skos:prefLabel" in terms
    assert "gov:assertedBy" not in terms  # corrections alone say so
    held = f"VALUES ?t {{ {' '.join(terms)} }} FILTER (EXISTS {{ ?s ?t ?o }} || EXISTS {{ ?s a ?t }})"
    assert len(iris(site, f"SELECT ?t {{ {held} }}")) == len(terms)
    assert site.get("/sparql.js").headers["content-type"].startswith("text/javascript")


def test_a_question_leads_to_its_query_on_the_sparql_page(site):
    html = site.get("/questions/programs-of-district", params={"district": "上城"}).text
    (link,) = (link for link in links(html) if link.startswith("/sparql?"))
    page = site.get(link).text
    assert "place/330102" in page
    assert "PREFIX gov:" in page


def test_places_stand_side_by_side(site):
    html = site.get("/compare", params={"place": ["上城", "拱墅"]}).text
    assert path("place", "330102") in links(html)
    assert path("place", "330105") in links(html)
    refused = site.get("/compare", params={"place": ["上城", "无名"]})
    assert refused.status_code == 400
    assert 'value="上城"' in refused.text  # what was written stays, to be mended
    assert "无名" in refused.text
    alone = site.get("/compare", params={"place": ["上城", ""]})
    assert "1 place to compare; name 2 to 6<" in alone.text


def test_the_reader_chooses_the_language(graph):
    client = client_of(graph)
    assert 'lang="en"' in client.get("/").text
    assert 'lang="zh-CN"' in client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert 'lang="zh-CN"' in client.get("/?lang=zh").text
    assert "图谱里有什么" in client.get("/").text
    assert "最早" in client.get(path("program", "共富工坊")).text
    assert 'lang="zh-CN"' in client_of(graph, language="zh").get("/").text


def test_texts_of_both_languages_tell_the_same():
    from kg.serve.wording import texts

    english, chinese = texts("en"), texts("zh")
    assert english.keys() == chinese.keys()
    assert [key for key in english if english[key].count("{}") != chinese[key].count("{}")] == []


def test_a_build_is_shown_and_what_was_there_before_goes(news):
    client, page, folder = news
    guard = client.app
    assert path("program", "邻里夜谈会") in links(client.get("/").text)
    page.write_text("石桥区：“楼道课堂”开讲\n\n2025年，石桥区在各社区办起“楼道课堂”8场。\n", encoding="utf-8")
    build([page.parent], folder)
    assert guard.refresh()
    assert not guard.refresh()
    shown = links(client.get("/").text)
    assert path("program", "楼道课堂") in shown
    assert path("program", "邻里夜谈会") not in shown


def test_a_graph_that_breaks_leaves_the_last_one_shown(news):
    client, _, folder = news
    (folder / "current").write_text("generation-000009\n", encoding="utf-8")
    assert not client.app.refresh()
    assert client.get("/").status_code == 200
    shutil.rmtree(folder)
    assert not client.app.refresh()
    assert client.get("/search?q=夜谈").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/compare?place=zzz&place=yyy",
        "/compare?place=上城",
        "/questions/about?thing=zzz",
        "/questions/programs-of-district?district=zzz",
    ],
)
def test_readers_are_told_of_no_commands(site, address):
    answer = site.get(address)
    assert answer.status_code == 400
    fault = answer.text.partition('role="alert">')[2].partition("<")[0]
    assert fault
    assert "kg " not in fault
