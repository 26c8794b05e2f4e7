"""The network page in a real browser, offline: what a colleague sees who opens the file."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.model import (
    Article,
    ArticleFacts,
    Claim,
    Entity,
    Measure,
    Metric,
    Observation,
    Qualifier,
    Sentence,
    Span,
)  # fmt: skip
from kg.view.options import ViewOptions
from kg.view.writing import write_view

# The contrast of every text of the frame with its ground, by the formula of WCAG 2.
CONTRAST = """() => {
  const parts = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map((value) => value / 255);
  const linear = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour) => parts(colour).map(linear).reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (!/, 0\\)|transparent/.test(colour)) return colour;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const texts = document.querySelectorAll("h1, h2, #legend .name, #legend .count, label, .hint, #counts, button");
  return [...texts].filter((e) => e.offsetParent && e.textContent.trim()).map((e) => {
    const [high, low] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    return [(high + 0.05) / (low + 0.05), e.textContent.trim().slice(0, 20)];
  });
}"""

DISTRICT = Entity("District", "武侯区", "四川省/成都市", code="510107", sentences=(0,))


def told(name: str, year: int, value: int, program: str = "邻里码", **fields) -> ArticleFacts:
    """An invented article on a program of 武侯区 and one number of it."""
    text = f"{year}年，武侯区推出{program}，服务居民{value}人次。"
    thing = Entity("Program", program, sentences=(0,), **fields)
    claim = Claim(thing, "implementedIn", DISTRICT, (0,), "a-rule")
    metric = Metric(Decimal(value), "人次", "服务居民", 0, text.index(str(value)), len(text) - 1, "a-rule", year=year)
    article = Article(f"{name}.txt", f"{year}年的{program}", (), ("周明",))
    sentences = (Sentence(text, (Span(0, len(text)),), 0),)
    return ArticleFacts(
        article, sentences, (DISTRICT, thing), (claim,), (Observation(metric, thing, DISTRICT),), year, (0,)
    )


def test_first_look_has_districts_streets_programs_and_bodies_but_no_numbers(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        assert {"上城区", "拱墅区", "桐庐县"} <= opened.names("District")
        assert opened.names("Program")
        assert opened.names("Organization")
        assert not opened.names("Metric")
        counts = opened.page.locator("#legend button[data-kind=District] .count").inner_text()
        assert int(counts) == len(opened.names("District"))


def test_no_name_lies_over_another_at_the_first_look(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        boxes = opened.page.evaluate("kgView.names()")
        assert len(boxes) > 20
        for n, one in enumerate(boxes):
            for other in boxes[:n]:
                apart = one["right"] <= other["left"] or other["right"] <= one["left"]
                assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)


def test_the_page_of_the_seeds_is_small_and_answers(open_page, seeds_page):
    assert seeds_page.stat().st_size < 2_000_000
    with open_page(seeds_page) as opened:
        opened.click_thing("上城区")
        opened.page.wait_for_selector("#pane h2")
        assert opened.page.locator("#pane h2").inner_text() == "上城区"


def test_a_click_in_the_legend_hides_and_shows_a_class(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        button = opened.page.locator("#legend button[data-kind=Program]")
        button.click()
        assert not opened.names("Program")
        assert button.get_attribute("aria-pressed") == "false"
        button.click()
        assert opened.names("Program")


def test_search_finds_names_and_pinyin_by_keyboard_alone(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        for query in ("拱墅区", "gsq", "gongshu", "gsqw"):
            opened.page.keyboard.press("/")
            opened.page.keyboard.press("Control+A")
            opened.page.keyboard.type(query)
            names = opened.page.locator("#found .name").all_inner_texts()
            assert any(name.startswith("拱墅") for name in names), (query, names)
            opened.page.keyboard.press("Enter")
            assert opened.page.locator("#pane h2").inner_text().startswith("拱墅"), query
            opened.page.keyboard.press("Escape")
            assert opened.page.locator("#pane").is_hidden(), query


def test_an_answer_tells_its_place(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        for name, told in {"上城区": "district · 杭州市", "三方协同": "program · 上城区", "浙江省": "province"}.items():
            opened.page.fill("#search", name)
            assert opened.page.locator("#found .aside").first.inner_text() == told


def test_a_search_without_an_answer_says_so(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.fill("#search", "没有这个名字")
        assert opened.page.locator("#found li.none").is_visible()


def test_the_pane_tells_names_links_and_every_sentence_with_its_source(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.fill("#search", "街事荟")
        opened.page.keyboard.press("Enter")
        pane = opened.page.locator("#pane-body")
        assert pane.locator("h2").inner_text() == "街事荟"
        assert "紫阳街道" in pane.locator("#links").inner_text()
        quotes = pane.locator("figure.quote")
        assert quotes.count() >= 3
        assert "街事荟" in pane.locator("mark").all_inner_texts()
        assert "2024-shangcheng.txt" in quotes.first.locator("figcaption").inner_text()


def test_a_link_in_the_pane_moves_there_and_back(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.fill("#search", "街事荟")
        opened.page.keyboard.press("Enter")
        opened.page.locator("#links .chip", has_text="紫阳街道").first.click()
        assert opened.page.locator("#pane h2").inner_text() == "紫阳街道"
        opened.page.click("#back")
        opened.wait_until("document.querySelector('#pane h2').textContent === '街事荟'")


def test_an_edge_shows_the_sentence_behind_it(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.fill("#search", "街事荟")
        opened.page.keyboard.press("Enter")
        opened.page.locator("#links .pair", has_text="紫阳街道").first.locator(".why").click()
        assert "紫阳街道" in opened.page.locator("#pane h2").inner_text()
        assert "紫阳街道" in opened.page.locator("figure.quote p").first.inner_text()


def test_the_address_keeps_what_is_open_and_filtered(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.locator("#legend button[data-kind=Organization]").click()
        opened.page.fill("#search", "街事荟")
        opened.page.keyboard.press("Enter")
        address = opened.page.evaluate("location.hash")
    with open_page(seeds_page, address) as again:
        assert again.page.locator("#pane h2").inner_text() == "街事荟"
        assert not again.names("Organization")


def test_an_address_that_this_page_does_not_know_opens_the_first_look(open_page, seeds_page):
    with open_page(seeds_page, "#thing=gone&year=1234&district=nowhere&show=Nothing") as opened:
        assert opened.page.locator("#pane").is_hidden()


BY_HAND = [
    "#%", "#%E4%B8&=%", "#thing=%", "#open=%ff%fe", "#\u202e<script>", "#__proto__=1&constructor=1",
    "#path=,,,&compare=%25", "#at=,,", "#at=0.5,0.5,0", "#at=0.5,0.5,-1", "#at=1e308,-1e308,1e308",
    "#at=NaN,Infinity,1", "#at=0.5,0.5,1e-300",
]  # fmt: skip


def test_an_address_written_by_hand_is_no_fault_when_the_page_opens(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        for address in BY_HAND:
            opened.page.goto("about:blank")  # else it would not be loaded again
            opened.page.goto(seeds_page.as_uri() + address)
            opened.wait_until("window.kgView !== undefined")
            drawn = opened.page.evaluate("kgView.cells().every((cell) => Number.isFinite(cell.x + cell.width))")
            assert (drawn, opened.page.evaluate("kgView.names().length > 0")) == (True, True), address
            assert opened.faults == [], address


def test_an_address_written_by_hand_is_no_fault_when_the_page_is_open(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        for address in BY_HAND:
            opened.page.evaluate("(address) => { window.location.hash = address; }", address)
            opened.page.evaluate("new Promise((done) => setTimeout(done, 50))")
            opened.page.evaluate("window.location.hash = '#thing=gone%'")
            opened.page.evaluate("new Promise((done) => setTimeout(done, 50))")
            assert opened.page.evaluate("kgView.names().length > 0"), address
            assert opened.faults == [], address


def test_filters_by_district_and_article(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        every = opened.names("Program")
        opened.page.select_option("#district", label="桐庐县")
        assert opened.names("Program") < every
        assert "街事荟" not in opened.names("Program")
        opened.page.click("#reset")
        assert opened.names("Program") == every


def test_numbers_stand_by_year_with_a_curve_where_there_are_three(open_page, page_of):
    page = page_of(told("a", 2021, 100), told("b", 2022, 150), told("c", 2023, 210))
    with open_page(page) as opened:
        opened.click_thing("邻里码")
        rows = opened.page.locator("#numbers tbody tr")
        assert rows.count() == 3
        assert opened.page.locator("#numbers td.year").all_inner_texts() == ["2021", "2022", "2023"]
        assert opened.page.locator("#numbers svg.chart .point").count() == 3


def test_reports_that_disagree_bear_a_mark(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100), told("b", 2021, 150))) as opened:
        opened.click_thing("邻里码")
        assert opened.page.locator("#numbers .dispute").count() == 2
    with open_page(page_of(told("a", 2021, 100), told("b", 2021, 100))) as opened:
        opened.click_thing("邻里码")
        assert opened.page.locator("#numbers .dispute").count() == 0


def counted(name: str, sentence: str, value: int, unit: str, area: Entity = DISTRICT, **fields) -> ArticleFacts:
    """An invented article on one number of 邻里码, printed in a sentence."""
    thing = Entity("Program", "邻里码", sentences=(0,))
    at = sentence.index(str(value))
    metric = Metric(Decimal(value), unit, "站点", 0, at, at + len(str(value)), "a-rule", **fields)
    claim = Claim(thing, "implementedIn", area, (0,), "a-rule")
    told = (Sentence(sentence, (Span(0, len(sentence)),), 0),)
    return ArticleFacts(
        Article(f"{name}.txt", name, ()), told, (area, thing), (claim,), (Observation(metric, thing, area),), 2022, (0,)
    )


@pytest.mark.parametrize(
    ("sentence", "number", "shown"),
    [
        ("武侯区力争建成邻里码站点80个。", {"value": 80, "unit": "个", "year": 2022}, "target: 80 个"),
        ("到2025年，邻里码站点达到90个。", {"value": 90, "unit": "个", "year": 2025}, "target: 90 个"),
        ("武侯区邻里码站点累计建成80个。", {"value": 80, "unit": "个", "year": 2022}, "80 个 in all"),
        ("武侯区今年新增邻里码站点8个。", {"value": 8, "unit": "个", "year": 2022}, "8 个 new"),
        ("邻里码站点投诉下降30%。", {"value": 30, "unit": "%", "year": 2022, "kind": Measure.GROWTH}, "down 30%"),
        ("邻里码站点访问量增长30%。", {"value": 30, "unit": "%", "year": 2022, "kind": Measure.GROWTH}, "up 30%"),
        ("邻里码站点有20至30个。", {"value": 20, "unit": "个", "year": 2022, "upper": Decimal(30)}, "20–30 个"),
        (
            "武侯区有邻里码站点超过80个。",
            {"value": 80, "unit": "个", "year": 2022, "qualifier": Qualifier.OVER},
            "over 80 个",
        ),
    ],
)
def test_a_number_is_shown_as_its_sentence_tells_it(open_page, page_of, sentence, number, shown):
    with open_page(page_of(counted("a", sentence, **number)), accept_downloads=True) as opened:
        opened.click_thing("邻里码")
        assert opened.page.locator("#numbers td.value button").all_inner_texts() == [shown]
        with opened.page.expect_download() as saved:
            opened.page.click("#save summary")
            opened.page.click("#save-table")
        assert f",{number['value']},{number['unit']},{shown}," in saved.value.path().read_text(encoding="utf-8")


def test_a_target_and_a_result_are_no_reports_that_disagree(open_page, page_of):
    reached = counted("a", "武侯区已建成邻里码站点50个。", 50, "个", year=2022)
    aimed = counted("b", "武侯区力争建成邻里码站点80个。", 80, "个", year=2022)
    spanned = counted("c", "武侯区的邻里码站点有40至60个。", 40, "个", year=2022, upper=Decimal(60))
    with open_page(page_of(reached, aimed, spanned)) as opened:
        opened.click_thing("邻里码")
        assert opened.page.locator("#numbers td.value button").count() == 3
        assert opened.page.locator("#numbers .dispute").count() == 0


def test_a_number_is_of_a_thing_and_in_a_place(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100))) as opened:
        opened.click_thing("邻里码")
        opened.page.locator("#numbers td.value button").click()
        assert opened.page.locator("#pane .triple").inner_text().split() == ["of", "邻里码", "in", "武侯区"]


def test_numbers_of_several_areas_name_them_and_make_no_curve(open_page, page_of):
    other = Entity("District", "锦江区", "四川省/成都市", code="510104", sentences=(0,))
    years = (2020, 2021, 2022)
    apart = [
        counted(str(year), f"{year}年，邻里码站点有{n}0个。", n * 10, "个", (other if n == 5 else DISTRICT), year=year)
        for n, year in enumerate(years, 3)
    ]
    with open_page(page_of(*apart)) as opened:
        opened.page.fill("#search", "邻里码")
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#numbers svg.chart").count() == 0
        assert opened.page.locator("#numbers td.year .where").all_inner_texts() == ["武侯区", "武侯区", "锦江区"]


def test_what_several_articles_tell_looks_different(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100), told("b", 2022, 150), told("c", 2022, 9, program="议事亭"))) as opened:
        opened.click_thing("武侯区")
        assert opened.page.locator("#links .chip.several").all_inner_texts() == ["邻里码"]


def test_a_span_of_years_has_both_ends_and_counts_what_has_no_date(open_page, page_of):
    undated = replace(told("d", 2022, 5, program="无年份"), year=None)
    undated = replace(undated, observations=())
    page = page_of(
        told("a", 2021, 100), told("c", 2022, 9, program="议事亭"), told("e", 2023, 9, program="民情站"), undated
    )
    with open_page(page) as opened:
        opened.page.select_option("#from", "2022")
        assert opened.names("Program") == {"议事亭", "民情站", "无年份"}
        opened.page.select_option("#to", "2022")
        assert opened.names("Program") == {"议事亭", "无年份"}
        assert "1 without a date" in opened.page.locator("#undated").inner_text()
        opened.page.uncheck("#undated input")
        assert opened.names("Program") == {"议事亭"}
        assert "1 without a date" in opened.page.locator("#undated").inner_text()


def test_years_are_played_one_by_one(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100), told("c", 2022, 9, program="议事亭"))) as opened:
        opened.page.click("#play")
        assert opened.names("Program") == {"邻里码"}
        opened.wait_until("kgView.state().from === 2022")
        assert opened.names("Program") == {"议事亭"}


def test_a_point_of_the_chart_leads_to_its_sentence(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100), told("b", 2022, 150), told("c", 2023, 210))) as opened:
        opened.click_thing("邻里码")
        opened.page.locator("#numbers .point").nth(1).click()
        assert opened.page.locator("#pane h2").inner_text() == "150 人次"
        assert "2022年" in opened.page.locator("figure.quote p").first.inner_text()


def test_saves_the_visible_part_as_csv_and_a_picture(open_page, seeds_page):
    with open_page(seeds_page, accept_downloads=True) as opened:
        with opened.page.expect_download() as saved:
            opened.page.click("#save summary")
            opened.page.click("#save-table")
        table = saved.value.path().read_text(encoding="utf-8")
        assert "街事荟" in table
        with opened.page.expect_download() as saved:
            opened.page.click("#save summary")
            opened.page.click("#save-image")
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_arrow_keys_and_enter_open_a_thing(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        opened.page.focus("#network")
        opened.page.keyboard.press("ArrowRight")
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#pane h2").inner_text()


def test_keys_move_and_zoom_before_anything_was_clicked(open_page, seeds_page):
    with open_page(seeds_page) as opened:
        for key, nearer in (("+", True), ("-", False), ("=", True)):
            before = opened.page.evaluate("kgView.zoom()")
            opened.page.keyboard.press(key)
            assert (opened.page.evaluate("kgView.zoom()") > before) is nearer
        opened.page.keyboard.press("0")
        assert opened.page.evaluate("kgView.zoom()") == pytest.approx(1, abs=0.01)
        opened.page.focus("#toggle-list")
        opened.page.keyboard.press("+")
        assert opened.page.evaluate("kgView.zoom()") > 1.2
        opened.page.fill("#search", "")
        opened.page.keyboard.type("0+-")
        assert opened.page.input_value("#search") == "0+-"
    with open_page(seeds_page) as opened:
        opened.page.keyboard.press("ArrowRight")
        heard = opened.page.locator("#live").inner_text()
        assert re.search(r"\d+ links, \d+ numbers$", heard)
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#pane h2").inner_text() == heard.split(",")[0]


def test_what_is_linked_with_a_thing_is_told_from_its_side(open_page, seeds_page):
    with open_page(seeds_page, "#thing=program/共富工坊") as opened:
        assert opened.page.locator("#links h4").all_inner_texts() == ["implemented in", "led by", "has as parts"]
        opened.page.locator("#links .chip", has_text="蜜桃红").click()
        assert "part of" in opened.page.locator("#links h4").all_inner_texts()
        opened.page.locator("#links .chip", has_text="阳山畈村党总支").click()
        assert "leads" in opened.page.locator("#links h4").all_inner_texts()


def test_every_line_has_its_word_in_the_key_as_in_the_panes(open_page, seeds_page, seeds_graph, tmp_path):
    write_view(seeds_graph, tmp_path / "zh.html", ViewOptions(language="zh"))
    for page in (seeds_page, tmp_path / "zh.html"):
        with open_page(page) as opened:
            key = opened.page.locator("#key li").all_inner_texts()
            words = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).words")
            for line in (
                "ledBy",
                "involves",
                "partOf",
                "implementedIn",
            ):  # an arrow reads from its beginning to its end
                assert any(text.strip().startswith(words["predicates"][line]) for text in key)
            assert set(words["inverse"]) == set(words["predicates"]) - {"measures"}


def test_a_number_on_the_picture_says_what_it_counts(open_page, page_of):
    with open_page(page_of(told("a", 2021, 100)), "#show=District,Program,Metric") as opened:
        assert "服务居民 100 人次" in {thing["name"] for thing in opened.page.evaluate("kgView.drawn()")}


def test_a_phone_has_no_sideways_scrolling(open_page, seeds_page):
    with open_page(seeds_page, viewport={"width": 390, "height": 844}) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
        opened.page.fill("#search", "街事荟")
        opened.page.keyboard.press("Enter")
        assert opened.page.locator("#pane").bounding_box()["width"] <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page, seeds_page, scheme):
    with open_page(seeds_page, color_scheme=scheme) as opened:
        ratios = opened.page.evaluate(CONTRAST)
        assert ratios
        assert [text for ratio, text in ratios if ratio < 4.5] == []


def test_a_chinese_interface(open_page, seeds_graph, tmp_path):
    write_view(seeds_graph, tmp_path / "zh.html", ViewOptions(language="zh"))
    with open_page(tmp_path / "zh.html") as opened:
        assert opened.page.evaluate("document.documentElement.lang").startswith("zh")
        assert "区" in opened.page.locator("#legend").inner_text()


def test_two_writings_are_the_same_bytes(seeds_graph, seeds_page, tmp_path):
    write_view(seeds_graph, tmp_path / "network.html", ViewOptions())
    assert (tmp_path / "network.html").read_bytes() == seeds_page.read_bytes()


def test_nothing_is_fetched_and_only_hashed_scripts_may_run(seeds_page):
    text = seeds_page.read_text(encoding="utf-8")
    policy = html.unescape(text.split('Content-Security-Policy" content="')[1].split('"')[0])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    head = text[: text.index('<script type="application/json"')]
    assert "src=" not in head
    assert 'href="http' not in head


def test_a_page_too_large_takes_the_weightiest_and_says_how_to_see_all(open_page, seeds_graph, tmp_path):
    report = write_view(seeds_graph, tmp_path / "cut.html", ViewOptions(max_nodes=20))
    assert report.nodes == 20
    assert report.left_out > 0
    with open_page(tmp_path / "cut.html") as opened:
        notice = opened.page.locator("#notice").inner_text()
        assert f"--max-nodes {report.nodes + report.left_out}" in notice
        assert "上城区" in opened.names("District")


def test_choices_narrow_what_goes_in(seeds_graph, tmp_path):
    target = tmp_path / "part.html"
    every = write_view(seeds_graph, target, ViewOptions()).nodes
    near = write_view(seeds_graph, target, ViewOptions(around="街事荟")).nodes
    wider = write_view(seeds_graph, target, ViewOptions(around="街事荟", depth=2)).nodes
    assert 1 < near < wider < every
    assert write_view(seeds_graph, target, ViewOptions(top=7)).nodes == 7
    for narrowed in ({"kinds": ("Person",)}, {"districts": ("桐庐县",)}, {"years": (2024,)}):
        assert 0 < write_view(seeds_graph, target, ViewOptions(**narrowed)).nodes < every
