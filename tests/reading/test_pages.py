"""Pages as recognition leaves them: which article a line belongs to, and what pictures and columns part."""

from __future__ import annotations

import pytest
from sample_pages import read, texts

from kg.model import Role
from kg.reading.joins import joint, word_across
from kg.reading.signs import have_one_form, is_credit

BODY = (
    "清晨的梧桐小院里坐满了人，居民们围着一张旧木桌商量停车的事，一谈就是两个小时，谁也不愿意先走。街道请来律师和"
    "设计师，和大家一起把社区服务站门前的空地画成了九十个车位，三栋楼的老人出门再也不用绕着车子走。"
)
BEFORE, BEHIND = BODY[:68], BODY[68:]
OTHER = "西岭县的梨花开满山坡，直播间里的主播两小时卖出八百箱新梨，果农方大爷笑得合不拢嘴，连说没有想到。"


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize(
    "captions",
    [
        ("老街夜景",),
        ("社区干部卫明（左一）上门看望老人",),
        ("议事会现场 陆璐/摄",),
        ("图为梧桐小院。",),
        ("本报记者 沈佳 摄",),
        ("民警给老人讲防骗知识。",),
        ("小院新貌", "（受访者供图）"),
        ("方元 摄",),
        ("①议事会 ②食堂",),
        ("工作人员在窗口办件 供图/东湖街道",),
        (),
    ],
)
def test_a_sentence_goes_on_behind_what_interrupts_it(captions):
    (article,) = read(page("东湖区把议事桌搬进小院", "沈佳余 陆璐", BEFORE, *captions, BEHIND))
    assert texts(article) == [BODY]
    assert article.authors == ("沈佳余", "陆璐")


def test_a_list_of_quoted_names_goes_on_behind_a_caption():
    body = "在小院里，街道请来" + "“好邻居”“热心肠”“老娘舅”“小红帽”“大管家”“小喇叭”" + BODY
    (article,) = read(page("东湖区把议事桌搬进小院", "沈佳余", body[:57], "居民在小院里议事", body[57:]))
    assert texts(article) == [body]


def test_columns_of_several_widths_and_a_break_in_a_column():
    def wrap(text, width):
        return "\n".join(text[n : n + width] for n in range(0, len(text), width))

    long = BODY + "后来，街道又请来律师和设计师，一起把车位从四十个加到九十个。"
    first, second = read(
        page("东湖区把议事桌搬进小院", "沈佳余", wrap(long[:40], 18), wrap(long[40:], 18), "西岭县让梨园变公园")
        + page("", "方元", wrap(OTHER, 26), wrap(BODY, 26))
    )
    assert texts(first) == [long]
    assert texts(second) == [OTHER, BODY]


@pytest.mark.parametrize(
    "byline",
    [
        "沈佳余 陆璐",
        "■ 沈佳余 陆璐",
        "本报记者 沈佳余 通讯员 陆璐",
        "□ 记者 沈佳余 陆 璐",
        "沈佳余 本报记者 陆璐",
        "文/沈佳余 图/陆璐",
    ],
)
@pytest.mark.parametrize(
    "kicker", ["", "家门口的好服务 心坎上的好办法", "【治理一线】", "专版", "A03版 要闻", "民生关注"]
)
def test_the_second_article_of_a_page(kicker, byline):
    first, second = read(
        page("东湖区把议事桌搬进小院", "方元", BODY, *filter(None, [kicker]), "西岭县让山上梨园变公园", byline, OTHER)
    )
    assert (first.headline, second.headline) == ("东湖区把议事桌搬进小院", "西岭县让山上梨园变公园")
    assert (texts(first), texts(second)) == ([BODY], [OTHER])
    assert second.authors == ("沈佳余", "陆璐")


@pytest.mark.parametrize(
    "heading",
    [
        "一、搭平台",
        "（一）建机制",
        "01 搭平台",
        "停车难怎么办？",
        "搭好平台，建好机制",
        "搭平台 建机制",
        "问题",
        "解 题",
        "江苏省",
    ],
)
def test_headings_do_not_begin_articles(heading):
    (article,) = read(page("东湖区把议事桌搬进小院", "方元", BODY, heading, OTHER, "成效", BODY))
    assert article.headline == "东湖区把议事桌搬进小院"
    assert article.authors == ("方元",)
    assert heading in [*texts(article, Role.HEADING), *texts(article)]


def test_what_stands_at_the_head_and_foot_of_a_page():
    (article,) = read(
        page(
            "东湖日报",
            "要闻 2024年5月6日",
            "2024年5月6日 星期一 A03版",
            "责任编辑：魏东 版式：方元",
            "专版",
            "东湖区把议事桌搬进小院",
            BODY,
            "本版制图：陆璐",
            "信箱：a@b.cn",
        )
    )
    assert (article.headline, article.published) == ("东湖区把议事桌搬进小院", "2024-05-06")
    assert texts(article) == [BODY]


def test_the_date_of_a_page_holds_for_each_of_its_articles():
    text = page("2024年5月6日 星期一", "东湖区把议事桌搬进小院", "方元", BODY, "西岭县让梨园变公园", "陆璐", OTHER)
    assert [article.published for article in read(text)] == ["2024-05-06"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "要闻 2024年5月6日",
        "2024年5月6日 责编 魏东 版式 方元",
        "责任编辑：魏东 2024年5月6日 星期一",
        "A3 2024.5.6 星期一 编辑 魏东",
    ],
)
def test_ways_in_which_a_page_prints_its_date(line):
    (article,) = read(page(line, "东湖区把议事桌搬进小院", BODY))
    assert (article.headline, article.published, article.authors) == ("东湖区把议事桌搬进小院", "2024-05-06", ())


def test_a_date_under_one_headline_holds_for_that_article_alone():
    text = page("东湖区把议事桌搬进小院", "2024-05-06 来源：东湖日报", BODY, "西岭县让梨园变公园", "陆璐", OTHER)
    assert [article.published for article in read(text)] == ["2024-05-06", None]


def test_a_report_copied_from_a_web_page_is_one_article():
    headline = "2026年东湖区政府工作报告"
    (article,) = read(
        page("下载", "打印", "【字号：", "大", "】", headline, "来源：", "东湖日报", "时间：2026-02-05", "各位代表：")
        + page("", "一、工作回顾", BODY, "二、主要任务", OTHER, "责任编辑：", "魏东", "打印本页", headline, BODY)
    )
    assert (article.headline, article.published) == (headline, "2026-02-05")
    assert texts(article) == ["各位代表：", BODY, OTHER, BODY]


OPENING = "梧桐小院里的一张旧木桌，成了东湖区老街居民商量大事小情的地方。"
PARTS = ("议事有桌子 写好“共商”文章", "办事有路子 写好“共建”文章", "遇事有法子 写好“共享”文章")


@pytest.mark.parametrize("byline", ["■ 沈佳余 陆璐", "本报记者 沈佳余 陆璐", "（沈佳余 陆璐）", "沈佳余 陆璐"])
@pytest.mark.parametrize("parts", [PARTS, ("下好“共商”先手棋", "下好“邻里互助”先手棋")])
def test_a_byline_behind_an_opening_does_not_end_the_article(byline, parts):
    text = page("东湖区把议事桌搬进小院", OPENING, byline, *(line for part in parts for line in (part, BODY)))
    (article,) = read(text)
    assert article.authors == ("沈佳余", "陆璐")
    assert texts(article) == [OPENING, *[BODY] * len(parts)]
    assert texts(article, Role.HEADING) == list(parts)


def test_the_article_behind_one_signed_below_its_opening_begins_at_its_own_headline():
    told = page(*(line for part in PARTS for line in (part, BODY)))
    text = page("东湖区把议事桌搬进小院", OPENING, "■ 沈佳余 陆璐") + "\n" + told
    text += page("", "西岭县让梨园变公园", OTHER, "■ 方元", "守住一座山", "山上的梨树" + OTHER, "种好一园梨", OTHER)
    first, second = read(text)
    assert (first.authors, second.authors) == (("沈佳余", "陆璐"), ("方元",))
    assert second.headline == "西岭县让梨园变公园"
    assert len(texts(second)) == 3


@pytest.mark.parametrize("byline", ["■ {}", "本报记者 {}", "（记者 {}）"])
def test_articles_that_are_signed_at_their_ends(byline):
    text = page(
        "东湖区把议事桌搬进小院", BODY, byline.format("沈佳余"), "西岭县让梨园变公园", OTHER, byline.format("方元")
    )
    assert [(article.headline, article.authors) for article in read(text)] == [
        ("东湖区把议事桌搬进小院", ("沈佳余",)),
        ("西岭县让梨园变公园", ("方元",)),
    ]


def test_a_credit_for_its_pictures_ends_an_article_where_another_one_begins():
    text = page("东湖区把议事桌搬进小院", "沈佳余", BODY * 2, "图片由东湖区委宣传部提供", "一座山一园梨")
    text += page("", "西岭县梨园公园初具规模", "", "", "俯瞰西岭梨园", "方元 摄", OTHER)
    first, second = read(text)
    assert second.headline == "西岭县梨园公园初具规模"
    assert texts(second, Role.CAPTION) == ["俯瞰西岭梨园"]
    assert texts(first) == [BODY * 2]


def test_a_page_without_any_byline_holds_the_articles_that_its_kickers_lead_up_to():
    text = page("好日子 好声音", "东湖区把议事桌搬进小院里的树荫下", BEFORE, "老街夜景", BEHIND, BODY)
    text += page("", "山乡新事 果园变样", "西岭县的梨农把直播间开进山上果园", "——山上来的报道", OTHER)
    first, second = read(text)
    assert texts(first) == [BODY] * 2
    assert (second.headline, texts(second)) == ("西岭县的梨农把直播间开进山上果园", [OTHER])


@pytest.mark.parametrize(
    "lines",
    [
        ("西岭县推进老旧小", "区改造，受益的有3000户。"),
        ("本报讯　西岭县柳叶街", "道把议事桌搬进了小院，居民都说好。"),
        ("西岭县柳叶街", "道把议事桌搬进了小院，居民都说好。"),
    ],
)
def test_the_first_line_of_a_narrow_column_is_no_headline(lines):
    (article,) = read("\n".join(("议事桌旁", *lines)))
    assert article.headline == "议事桌旁"
    assert texts(article)[-1].endswith(lines[-1])


def test_a_deck_below_the_first_headline_is_no_text():
    (article,) = read(page("邻里议事忙", "东湖区把议事桌搬进小院", "——来自老街的报道", BODY, BODY))
    assert texts(article, Role.HEADLINE) == ["邻里议事忙", "东湖区把议事桌搬进小院", "——来自老街的报道"]
    assert texts(article) == [BODY] * 2


def test_a_quotation_goes_on_to_its_closing_mark_behind_a_caption():
    (article,) = read(page("东湖区把议事桌搬进小院", "沈佳余", BODY + "“大家都来了。", "老街夜景", "”魏大爷说。", BODY))
    assert texts(article) == [BODY + "“大家都来了。”魏大爷说。", BODY]


@pytest.mark.parametrize("begins", ["2018年初，梧桐小院等七个小院", "街道为七个小院添了新桌子，老人"])
def test_a_sentence_that_a_column_breaks_off_early_is_no_heading(begins):
    rest = "改造一新，" + OTHER
    (article,) = read(page("东湖区把议事桌搬进小院", "沈佳余", BEFORE, BEHIND, begins, rest))
    assert texts(article) == [BODY, begins + rest]


def test_a_credit_for_its_pictures_ends_no_article_that_goes_on():
    text = page(
        "东湖区把议事桌搬进小院", "沈佳余", BODY * 2, "图片由东湖区委宣传部提供", "小院里的车位有了新主意", BODY
    )
    assert len(read(text)) == 1


def test_an_unsigned_article_with_a_topic_of_its_own_begins_below_its_kicker():
    rest = "“有事一起商量，心里就亮堂了。”居民魏大爷说，议事桌前的人越坐越多，小院里的笑声也越来越多。"
    headline = "西岭县的梨农把直播间开进山上果园"
    text = page("小院议事 一起商量", "东湖区把议事桌搬进小院里的树荫下", "方元", BODY * 3, rest)
    text += page("", "山乡新事 果园变样", headline, OTHER * 3, "区里的服务站多了", "卫琳", BODY)
    assert [article.headline for article in read(text)][1] == headline


def test_a_long_first_line_is_the_headline():
    headline = (
        "以前上面“包办”，如今大家“众包”。东湖区探索大家的事情大家办——小院里商量，家门口解决，难题一件件少了（社会治理）"
    )
    (article,) = read(page(headline, BODY, OTHER))
    assert article.headline == headline


def test_a_closing_note_is_no_headline():
    first, second = read(
        page(
            "议事桌怎么搬进小院",
            "方元",
            BODY,
            "（作者为东湖学院（东湖校区）研究员）",
            "西岭县让梨园变公园",
            "陆璐",
            OTHER,
        )
    )
    assert (first.headline, second.headline) == ("议事桌怎么搬进小院", "西岭县让梨园变公园")


def test_a_headline_broken_in_a_word_is_one_line():
    (article,) = read("东湖区把议事桌搬进社\n区的小院\n\n沈佳余\n\n" + BODY + "\n")
    assert article.headline == "东湖区把议事桌搬进社区的小院"


@pytest.mark.parametrize(
    ("first", "second", "are_alike"),
    [
        (PARTS[0], PARTS[1], True),
        ("下好“共商”先手棋", "下好“邻里互助”先手棋", True),
        ("强根基", "优服务", False),
        ("东湖区：把议事桌搬进小院", "西岭县：让梨园变成新公园", False),
        ("聚焦民生办好实事", "西岭县让梨园变公园", False),
    ],
)
def test_headings_of_one_form(first, second, are_alike):
    assert have_one_form(first, second) is are_alike


@pytest.mark.parametrize("line", ["供图：东湖街道", "东湖社记者 沈 佳摄", "陆璐摄（东湖影像）", "图片由东湖区提供"])
def test_credits(line):
    assert is_credit(line)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("在社区服", "务站里"),
        ("覆盖了45", "个小区"),
        ("推出“邻里", "小站”"),
        ("老人、孩子，", "都来了"),
        ("越来越", "多"),
    ],
)
def test_what_goes_on(left, right):
    assert joint(left, right) > 0


@pytest.mark.parametrize(
    ("left", "right"),
    [("老街夜景", "近日，街道开会。"), ("他说：“好。”", "大家都笑"), ("四级组织一贯到底", "“我们都来了。”")],
)
def test_what_does_not_go_on(left, right):
    assert joint(left, right) <= 0


def test_a_line_that_is_a_word_is_no_half_of_one():
    assert not word_across("副主任吕永", "新貌")
    assert word_across("副主任在会", "议上说")


@pytest.mark.parametrize(
    "occasion",
    [
        "2025年1月9日在西岭县第十七届人民代表大会第四次会议上",
        "——2025年1月9日在西岭县第十七届人民代表大会第四次会议上",
        "（2025年1月9日在西岭县全面推进乡村振兴工作大会上",
    ],
)
@pytest.mark.parametrize("title", ["2025年西岭县政府工作报告", "政府工作报告"])
def test_the_occasion_of_a_speech_is_not_its_title(title, occasion):
    lines = (title, occasion, "西岭县县长 方敏", "各位代表：", BODY, OTHER)
    assert [article.headline for article in read("\n".join(lines))] == [title]
