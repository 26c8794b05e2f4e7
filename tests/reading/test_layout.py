from __future__ import annotations

import re

import pytest
from effort import effort
from sample_pages import ALL, COLUMNS, DISPLACED, REPORT, WRAPPED, read, texts

from kg.model import Role


def test_headline_blocks_bylines_and_bodies_of_a_page():
    first, second = read(COLUMNS)
    assert first.headline == "东湖区：把议事桌搬进小院"
    assert texts(first, Role.HEADLINE)[0].startswith("家门口的好服务 ")
    assert first.authors == ("沈佳余", "陆璐", "卫琳")
    assert second.headline == "西岭县扎实推进梨园变公园"
    assert second.authors == ("方元",)
    assert [paragraph.role for paragraph in second.paragraphs] == [Role.HEADLINE] * 2 + [Role.BODY] * 2


def test_captions_leave_the_sentence_that_they_interrupt():
    first, _ = read(COLUMNS)
    assert texts(first, Role.CAPTION) == [
        "梧桐社区居民在小院里议事",
        "2023年5月6日，东湖区的志愿者在小院里修剪花木。",
    ]
    assert "心里就亮堂了。”" in texts(first)[1]


def test_a_piece_out_of_order_goes_where_its_article_breaks_off():
    first, _ = read(COLUMNS)
    assert texts(first)[1].endswith("每月坐班育、阅读等场所同步开放，全年服务8000余人次。")
    assert not any("提供" in text for text in texts(first))


def test_the_end_of_an_article_is_taken_from_the_end_of_another():
    station, stop, lift = read(DISPLACED)
    assert len(texts(station)) == len(texts(stop)) == 1
    assert texts(lift)[1:] == [
        "街道在征求意见的基础上，又添了一部电梯，老人上下楼不再发愁。",
        "服务站还教老人用手机，受到大家欢迎。",
    ]


def test_a_piece_without_a_place_stays():
    (article,) = read("楼下的新电梯\n\n老楼加装了电梯。\n\n基础上，又添了座椅。\n\n大家都高兴。\n")
    assert texts(article) == ["老楼加装了电梯。", "基础上，又添了座椅。", "大家都高兴。"]


def test_a_report_with_date_source_numbered_headings_and_editor():
    (article,) = read(REPORT)
    assert (article.headline, article.published) == ("嘉禾：小院里的“共享议事厅”", "2023-05-06")
    assert article.authors == ("沈佳余", "陆璐")
    assert texts(article, Role.HEADING) == ["一、搭平台", "（一）建起“小院议事会”", "多措并举解难题"]
    assert texts(article)[0] == "清晨7点，魏塘街道的小院里坐满了人。"
    assert texts(article)[-1] == "陆璐：从居民的意见里来。"


def test_lines_wrapped_to_a_width():
    first, second = read(WRAPPED)
    assert first.headline == "东湖区把窗口搬到楼下"
    assert first.authors == ("沈佳余", "陆璐")
    assert texts(first, Role.HEADING) == ["窗口全天都开"]
    assert "“真方便！”七十岁的魏大爷说。" in texts(first)[0]
    assert (second.headline, second.authors) == ("西岭县：梨园里的直播间", ("沈佳余",))


def test_an_article_without_headline_gets_its_first_sentence():
    (article,) = read("今年以来，东湖区建成小院议事会24个。累计议事310次。\n")
    assert article.headline == "今年以来，东湖区建成小院议事会24个"
    assert texts(article, Role.HEADLINE) == []


@pytest.mark.parametrize(
    ("ending", "authors"),
    [("（本报记者 原 野）", ("原野",)), ("（记者 沈佳 陆平）", ("沈佳", "陆平")), ("（作者单位：东湖学院）", ())],
)
def test_who_wrote_it_at_the_end(ending, authors):
    (article,) = read(f"梨园变公园\n\n梨花开满山坡。\n\n新梨卖出八百箱。\n\n{ending}\n")
    assert article.authors == authors
    assert texts(article) == ["梨花开满山坡。", "新梨卖出八百箱。"]


def test_names_with_every_character_apart():
    (article,) = read("梨园变公园\n\n沈 佳 余\n\n梨花开满山坡。\n")
    assert article.authors == ("沈佳余",)


def test_headings_marked_as_titles_stay_headings_when_only_the_first_is_signed():
    (article,) = read("# 梨园变公园\n\n沈佳余\n\n梨花开了。\n\n# 做法\n\n种树。\n\n# 成效\n\n增收。\n")
    assert texts(article, Role.HEADING) == ["做法", "成效"]


def test_unreadable_marks_and_runs_of_spaces_go():
    (article,) = read("梨园变公园\n\n■记者 沈佳余\n\n梨花   开满■山坡，品牌叫  FIND  HZ 。\n")
    assert article.authors == ("沈佳余",)
    assert texts(article) == ["梨花开满山坡，品牌叫FIND HZ。"]


def test_spaces_within_a_decimal_go():
    (article,) = read("梨园变公园\n\n2024 年 ， 惠及 居民 3 . 6 万 户 ， 满意率 98 . 5 % ， 版本 FIND 2 。\n")
    assert texts(article) == ["2024年，惠及居民3.6万户，满意率98.5 %，版本FIND 2。"]


@pytest.mark.parametrize("name", sorted(ALL))
def test_nothing_is_lost_or_doubled(name):
    text = ALL[name]
    places = [place for article in read(text) for p in article.paragraphs for place in p.offsets]
    assert len(places) == len(set(places))
    dropped = "".join(char for place, char in enumerate(text) if place not in set(places) and not char.isspace())
    authors = {name for article in read(text) for name in article.authors}
    rest = re.sub(r"#|本报讯|（图片由.*?提供）|责任编辑：魏东|2023-05-0609:12来源：嘉禾日报作者：", "", dropped)
    rest = re.sub(r"本报记者|记者|通讯员|[（）]", "", rest)
    for author in sorted(authors, key=len, reverse=True):
        rest = rest.replace(author, "")
    assert rest == ""


N = 60_000
ODD = {
    "one line": "甲" * N,
    "empty lines": "\n" * N + "好。",
    "open quotations": "“" * N,
    "quotations": "“‘”" * N,
    "broken lines": "这是一行没有说完的话，今天我们又\n" * (N // 16),
    "names": "沈佳余\n" * (N // 4),
    "pieces": "## 题\n这里没有结束的一句话，而且还有\n" * 1500 + "## 又\n的话在这里，结束了。\n" * 1500,
    "spaces": "甲 " * N,
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_odd_input_is_quick(name):
    assert effort(lambda: read(ODD[name]), 150) <= 150


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("本报记者 沈佳余 通讯员 陆 璐", ("沈佳余", "陆璐")),
        ("（石 磊）", ("石磊",)),
        ("仙 言", ("仙言",)),
        ("□ 记者 柯 岚", ("柯岚",)),
        ("东湖晚报 · 本刊记者 沈佳", ("沈佳",)),
        ("本报东湖讯（记者 扎西卓玛）", ("扎西卓玛",)),
        ("文／方 元", ("方元",)),
        ("本报调研组", ("本报调研组",)),
        ("2023-12-28 16:02 记者 许知行 字号：大 中 小", ("许知行",)),
        ("来源：东湖日报 作者：沈佳余", ("沈佳余",)),
        ("记者 帕尔哈提·吐尔逊", ("帕尔哈提·吐尔逊",)),
    ],
)
def test_bylines(byline, authors):
    (article,) = read(f"梨园变公园\n\n{byline}\n\n梨花开满山坡，游客来了三千人。\n\n新梨卖出八百箱。\n")
    assert article.headline == "梨园变公园"
    assert article.authors == authors
    assert texts(article) == ["梨花开满山坡，游客来了三千人。", "新梨卖出八百箱。"]


def test_headings_of_two_words_are_no_authors():
    (article,) = read("梨园变公园\n\n梨花开满山坡。\n\n高效 温暖\n\n新梨卖出八百箱。\n")
    assert article.authors == ()
    assert texts(article, Role.HEADING) == ["高效 温暖"]
