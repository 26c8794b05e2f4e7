from __future__ import annotations

import pytest
from effort import effort
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extractors import extract_all, metrics
from kg.extractors.engine import Found
from kg.language.dates import calendar
from kg.language.tokens import tokenize
from kg.model import Article, Paragraph, Role
from kg.reading.sentences import sentences


def text_of(*paragraphs: str | tuple[str, Role], published: str | None = None):
    pairs = [p if isinstance(p, tuple) else (p, Role.BODY) for p in paragraphs]
    article = Article(
        "x.txt", "", tuple(Paragraph(t, tuple(range(len(t))), role) for t, role in pairs), published=published
    )
    return tokenize(article, sentences(article))


def metrics_of(*paragraphs, **more):
    return extract_all(text_of(*paragraphs, **more)).metrics


def test_spans_hold_the_printed_quantity():
    text = text_of("全镇建成站点约1.2万个，满意率98%以上。")
    found = extract_all(text).metrics
    assert [text.sentences[m.sentence].text[m.start : m.end] for m in found] == ["约1.2万个", "98%以上"]


def test_an_indicator_is_short_and_holds_no_number():
    found = metrics_of("区里新建成可以容纳居民议事协商和文体活动开展的综合性邻里服务驿站和红色议事厅120处。")
    assert found
    assert all(0 < len(m.indicator) <= 20 and "120" not in m.indicator for m in found)


def test_a_sentence_without_subject_goes_on_about_what_the_last_led_with():
    found = metrics_of("成都市武侯区玉林街道持续改善养老服务。截至目前，已建成养老食堂45个。")
    assert [(m.subject.name, m.area.name) for m in found] == [("玉林街道", "玉林街道")]


def test_the_naming_of_a_speaker_is_no_topic():
    found = metrics_of("成都市武侯区推进治理。“我们走家串户。”成都市民政局负责人说。目前，已建成驿站45个。")
    assert [m.subject.name for m in found] == ["武侯区"]


def test_an_honour_is_no_subject():
    found = metrics_of("成都市武侯区荣获“邻里先锋”称号，建成驿站45个。")
    assert [m.subject.name for m in found] == ["武侯区"]


def test_a_program_taken_up_is_the_subject():
    found = metrics_of("成都市武侯区推广“小板凳议事”机制。该机制运行以来，成都市已召开议事会230场次。")
    assert [m.subject.name[:5] for m in found] == ["小板凳议事"]


def test_a_number_told_twice_is_one_metric():
    found = metrics_of(("45个养老食堂暖人心", Role.HEADLINE), "武侯区建成养老食堂45个。这45个食堂很受欢迎。")
    assert [(m.value, m.sentence) for m in found] == [(45, 1)]


def test_the_same_number_of_other_things_is_kept():
    found = metrics_of("建成食堂45个，建成驿站45个。")
    assert [m.indicator for m in found] == ["食堂", "驿站"]


def test_numbers_within_names_are_no_metrics():
    found = metrics_of("成都市武侯区推出“三张清单”机制和“5分钟响应”机制。")
    assert found == ()


@pytest.mark.parametrize(
    ("sentence", "year", "years"),
    [
        ("2024年，建成食堂45个。", 2024, None),
        ("2024年以来，建成食堂45个。", 2024, None),
        ("2021—2023年，建成食堂45个。", None, (2021, 2023)),
        ("自2019年启动以来，建成食堂45个。", None, None),
        ("建成食堂45个，比2020年多。", None, None),
        ("根据《2022年工作要点》，建成食堂45个。", None, None),
    ],
)
def test_the_year_that_holds(sentence, year, years):
    (found,) = metrics_of(sentence)
    assert (found.year, found.years) == (year, years)


def test_this_and_last_year_are_told_from_the_date():
    found = metrics_of("今年，建成食堂45个。", "去年，建成驿站12个。", published="2023-11-20")
    assert [m.year for m in found] == [2023, 2022]


def test_a_period_up_to_now_ends_in_the_articles_year():
    found = metrics_of("2020年以来，建成食堂45个。", "2023年，又建成驿站12个。")
    assert [(m.year, m.years) for m in found] == [(None, (2020, 2023)), (2023, None)]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("回望2024年，全区砥砺前行。", 2024),
        ("今年是“十四五”规划收官之年。", 2025),
        ("今年是“十五五”开局之年。", 2026),
        ("自2017年设点以来连续6年升级，今年再添新站。", 2023),
        ("力争到2027年，全区覆盖。", None),
        ("到2035年的愿景已经写好，2050年更好。", None),
        ("脱贫攻坚进入收官之年，食堂不停。", 2020),
        ("今年是全面贯彻落实党的二十大精神的开局之年。", 2023),
        ("《2026年实施意见》已经编制。", None),
        ("今年忙得很：2023年是食堂建设的攻坚之年。", 2023),
        ("今年，食堂建设列入2023年全区重点民生实事。", 2023),
        ("日前印发的《关于推进2023年食堂建设的通知》要求，今年建成3家。", 2023),
        ("食堂列入2022年民生实事，2023年5月开张，今年又添3家。", None),
        ("1994年出生的网格员每天走访。", None),
        ("2016年3月起，巡河队每周出门。", None),
        ("2016年底起，巡河队每周出门。", None),
        ("自2019年启动以来，巡河队每周出门。", None),
        ("从2019年成立巡河队以来，河水清了。", None),
        ("巡河队的故事源于2012年的一场雨。", None),
        ("夜校要在2024年底前建成，居民盼着。", None),
        ("试点将分别于2027年、2028年评估。", None),
        ("到2023年和2024年，全区覆盖。", None),
        ("2024年，全区建成夜校，2025年底前再建成8所。", 2024),
        ("社区更美了。", None),
    ],
)
def test_the_year_an_article_speaks_of(sentence, year):
    text = text_of(sentence)
    found = calendar(text)
    assert found.year == year
    assert found.evidence == ((0,) if year else ())


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2022年村集体收入突破80万元，今年再添新站。", 2023),
        ("2022年，全镇接待游客35万人次，比去年多。", 2023),
        ("2022年建站时收入8万元，今年再添新站。", None),
        ("2022年上半年收入8万元，今年再添新站。", None),
        ("2022年收入将达到80万元，今年再添新站。", None),
        ("截至2022年底已有80家，今年上半年新增9家，2023年8月评为先进。", 2023),
        ("自2017年设点以来连续6年升级，2024年搬进新楼，今年再添新站。", None),
        ("2022年3月开张，2022年5月扩建，去年翻新。", None),
        ("今年的工作将分别于2027年、2028年评估。", None),
    ],
)
def test_the_year_of_writing_beside_a_year_that_is_past(sentence, year):
    assert calendar(text_of("社区更美了。", "居民都说好。", "网格员很忙。", sentence)).year == year


def test_a_dateline_outside_the_story_tells_this_and_last_year():
    source = ("武侯周报 2024年7月5日 第3版", Role.HEADING)
    found = metrics_of(source, "今年，建成食堂45个。", "去年，建成驿站12个。")
    assert [m.year for m in found] == [2024, 2023]
    found = metrics_of("今年，建成食堂45个。", "（武侯区委宣传部供稿 2024年10月16日）")
    assert [m.year for m in found] == [2024]


def test_a_date_of_the_story_is_no_dateline():
    assert [m.year for m in metrics_of("2021年5月6日，王芳搬进新家。", "去年，建成驿站12个。")] == [None]


def test_whole_year_takes_up_the_year_before_it():
    found = metrics_of("2023年得分98分，比2020年高。全年办结诉求2600件。", published="2025-01-09")
    assert [m.year for m in found if m.value == 2600] == [2023]


def test_a_sentence_without_time_is_of_the_year_of_writing():
    texts = ("建成食堂45个。", "将建驿站12个。", "2019年建的楼里住着300户居民。")
    assert [m.year for m in metrics_of(*texts, published="2023-11-20")] == [2023, None, 2019]


def test_the_edition_of_a_document_tells_no_year():
    assert calendar(text_of("今年，《意见》的2024年版已经编好。")).year is None


def test_a_month_of_this_year_before_the_last_printed_month_is_of_the_next_year():
    assert calendar(text_of("2024年9月，平台上线。", "截至今年5月，平台用户破万。")).year == 2025
    assert calendar(text_of("2024年3月，平台上线。", "截至今年5月，平台用户破万。")).year is None
    assert calendar(text_of("2003年12月，他到村里任职。", "2019年，社区结对百家。", "今年2月，平台上线。")).year != 2004


def test_of_two_programs_a_paragraph_goes_on_about_the_first():
    found = metrics_of("“巧手坊”开张了。“巧手坊”与“三定一包”制度同时推行。老人都能来，120人在此上班。")
    assert [m.subject.name[:3] for m in found] == ["巧手坊"]


def test_a_list_of_years_shares_out_only_the_numbers_of_its_own_sentence():
    found = metrics_of("2022年、2023年，全区分别建成食堂30家、50家。另建书屋8个。")
    assert [(m.value, m.year) for m in found] == [(30, 2022), (50, 2023), (8, 2023)]


def test_words_of_a_story_within_a_name_tell_no_story():
    found = metrics_of("社区推出“老师傅修理铺”服务，修好家电900件，收费不超过5元。")
    assert 5 in [m.value for m in found]


def test_a_paper_of_january_may_look_back():
    text = text_of("2024年，全区建成食堂45个。", "2024年，满意率98%。", published="2025-01-08")
    assert calendar(text).year == 2024


def test_long_lists_take_no_long():
    text = text_of("建成" + "食堂45个、" * 3000 + "。", "1" * 20000, "万" * 20000, "百分之" * 5000, "由5" * 5000)
    assert effort(lambda: list(metrics.extract(text, Found())), 300) <= 300


@settings(max_examples=60, deadline=None)
@example("占0%")
@example("党员占比30%")
@example("占地5亩")
@given(st.text("从由到至降增长达分别占为、，0135%万余个人次元食堂社区“”（）的", max_size=50))
def test_odd_sentences_give_labels_and_spans(sentence):
    text = text_of(sentence or "。")
    for metric in metrics.extract(text, Found()):
        assert metric.indicator
        assert len(metric.indicator) <= 20
        assert metric.start < metric.end <= len(text.sentences[metric.sentence].text)
