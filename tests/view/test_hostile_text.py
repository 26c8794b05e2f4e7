"""Text of the data is text: sixty strings that break out of careless pages, in every field that comes from the data."""

from __future__ import annotations

from decimal import Decimal

from kg.model import Article, ArticleFacts, Claim, Entity, Metric, Observation, Property, Sentence, Span

PARTS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    'href="javascript:alert(1)"',
    "javascript:alert(1)",
    "'\"><b>x</b>",
    "<!--",
    "-->",
    "]]>",
    "\u2028\u2029",
    "&lt;i&gt;",
    "{{data}}",
    "${alert(1)}",
    "`alert(1)`",
    "\\u003cscript\\u003e",
    "<a href='http://nowhere.invalid/'>x</a>",
    "<iframe src='http://nowhere.invalid/'></iframe>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=http://nowhere.invalid/'>",
    "__proto__",
)
HOSTILE = tuple(f"{before}{part}{after}" for part in PARTS for before, after in (("", ""), ("甲", "乙"), ('"', "'")))


def articles():
    """An article for each string, which stands in all its fields."""
    for number, text in enumerate(HOSTILE):
        name = f"{text}{number}"
        place = Entity("District", f"{name}区", sentences=(0,), aliases=(text,))
        program = Entity("Program", name, sentences=(0,), aliases=(f"别名{text}",), properties=())
        person = Entity("Person", f"人{name}", "某区", sentences=(0,), properties=(Property("role", text),))
        metric = Metric(Decimal(number + 1), f"个{text}", f"指标{text}", 0, 0, 1, f"rule{text}", year=2020 + number % 3)
        sentence = Sentence(f"{name}在{name}区服务{number + 1}个{text}。", (Span(0, 30),), 0)
        article = Article(f"{number}.txt", f"标题{text}", (), (f"作者{text}",))
        claim = Claim(program, "implementedIn", place, (0,), f"rule{text}")
        entities = (place, program, person)
        yield ArticleFacts(article, (sentence,), entities, (claim,), (Observation(metric, program, place),), 2020, (0,))


def test_sixty_hostile_strings_are_shown_as_text(open_page, page_of):
    assert len(HOSTILE) == 60
    with open_page(page_of(*articles())) as opened:
        names = sorted(opened.names("Program"))
        assert len(names) == len(HOSTILE)
        for name in names[::4]:
            opened.page.fill("#search", name)
            opened.page.keyboard.press("Enter")
            assert opened.page.locator("#pane h2").inner_text().split() == name.split()
            assert opened.page.locator("#pane h2 *").count() == 0
            opened.page.locator("#pane .why").first.click()
            opened.page.keyboard.press("Escape")
        assert opened.page.locator("iframe, img, meta[http-equiv=refresh]").count() == 0
        assert opened.page.evaluate("({}).polluted") is None
    # The fixture asserts that no dialog opened, no request was made and no script failed.
