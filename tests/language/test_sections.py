"""The times that the headings of a report hold for what stands below them."""

import pytest

from kg.extractors import extract_all
from kg.language.dates import calendar
from kg.language.tokens import tokenize
from kg.model import Article, Paragraph, Role
from kg.reading.sentences import sentences

HEADING = "一二三四（附名"


def text_of(*paragraphs, published="2026-02-03"):
    """A text whose numbered lines without a stop are headings."""
    roles = [Role.HEADING if p[0] in HEADING and not p.endswith("。") else Role.BODY for p in paragraphs]
    parts = tuple(Paragraph(p, tuple(range(len(p))), role) for p, role in zip(paragraphs, roles, strict=True))
    article = Article("x.txt", "", parts, published=published)
    return tokenize(article, sentences(article))


def times(*paragraphs, published="2026-02-03"):
    """The years and periods of the numbers of a text, in order."""
    found = extract_all(text_of(*paragraphs, published=published)).metrics
    return [m.years or m.year for m in found]


def test_a_report_of_a_government_from_review_to_plan():
    assert times(
        "一、2025年和“十四五”时期工作回顾",
        "全年建成食堂45个。居民收入比2020年增长30%。今年再建驿站3个。",
        "过去一年，新增停车位800个。",
        "五年来，我们接续奋斗。改造小区120个。",
        "——服务更加便利。建成公园36个。",
        "一年来，办结诉求2600件。",
        "二、“十五五”时期的主要目标",
        "绿地达到90公顷。到2028年，公园达到60个。",
        "三、2026年重点工作",
        "（一）着力改善民生",
        "将建食堂12个。",
        "（二）着力建设城市",
        "新增绿道15公里。",
        "四、加强自身建设",
        "压减会议20场。",
    ) == [2025, 2025, 2026, 2025, (2021, 2025), (2021, 2025), 2025, 2030, 2028, 2026, 2026, 2026]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("一、2025年工作回顾", 2025),
        ("（一）2025年主要工作", 2025),
        ("一、过去一年工作回顾", 2025),
        ("一、去年工作", 2025),
        ("一、过去五年工作回顾", (2021, 2025)),
        ("一、“十四五”发展成就", (2021, 2025)),
        ("一、关于第十四个五年规划的执行", (2021, 2025)),
        ("二、“十五五”发展的主要考虑", 2030),
        ("三、今年的重点工作", 2026),
        ("三、重点工作", 2026),  # of writing
        ("一、十二五以来的工作", 2026),  # no listed plan
    ],
)
def test_a_heading_leads_what_stands_below_it(heading, year):
    assert times(heading, "好事连连。", "建成食堂45个。") == [year]


def test_an_appendix_ends_a_section():
    report = ("一、2026年工作安排", "建成食堂45个。", "二、2025年工作回顾", "建成公园36个。")
    assert times(*report, "附件1", "建成驿站12个。") == [2026, 2025, 2026]
    assert times(*report, "名词解释", "建成驿站12个。") == [2026, 2025, 2026]


def test_half_a_sentence_is_no_heading():
    assert times("一、2025年新建的设施，都好用。", "今年建成食堂45个。", "建成公园36个。") == [2026, 2026]


def test_of_the_sentences_before_only_what_they_lead_with_goes_on_in_a_section():
    heading = "一、2025年工作回顾"
    assert times(heading, "全区居民的收入和消费近三年来稳步增长。建成食堂45个。") == [2025]
    assert times(heading, "近三年来，全区收入稳步增长。建成食堂45个。") == [(2023, 2025)]


def test_the_year_of_one_value_is_not_that_of_the_next():
    assert times("占比由2020年的7%提高到9%，建成食堂45个。") == [2020, None, None]
    assert times("一、2025年工作回顾", "食堂从2020年底的12个增加到30个。") == [2020, 2025]


def test_periods_until_now_end_with_the_year_that_is_reviewed():
    text = text_of("一、2025年工作回顾", "五年来，改造小区120个。", "二、2026年工作", "五年来，改造小区120个。")
    assert [time.years for of_sentence in text_times(text) for time in of_sentence if time.years] == [
        (2021, 2025),
        (2022, 2026),
    ]


def text_times(text):
    return calendar(text).times
