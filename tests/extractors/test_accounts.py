"""What the numbers of an account are about that a whole place gives of itself."""

import pytest

from kg.extractors import extract_all
from kg.language.tokens import tokenize
from kg.model import Article, Paragraph, Role
from kg.reading.sentences import sentences

TITLES = ("2026年甘肃省政府工作报告", "——2026年1月20日在甘肃省第十四届人民代表大会第四次会议上")
REPORT = (
    "各位代表：",
    "一、2025年工作回顾",
    "兰州榆中生态创新城加快建设，“陇原暖心”工程实施三年。新增高新技术企业320家、科技型企业1200家。",
    "支持天水、酒泉打造副中心，粮食总产量1300万吨。",
    "推进“强龙头”行动，新建标准化大棚45万亩。",
    "（一）民生持续改善。省民政厅牵头抓落实。建成养老服务站560个。",
    "二、2026年重点工作",
    "为群众办好10件实事，新建幼儿园75所。",
)


def numbers(titles, *paragraphs):
    """The numbers of a text with what they are about and the place that they cover, by value."""
    parts = [Paragraph(t, tuple(range(len(t))), Role.HEADLINE) for t in titles]
    parts += [Paragraph(p, tuple(range(len(p)))) for p in paragraphs]
    article = Article("x.txt", titles[0], tuple(parts), published="2026-01-22")
    text = tokenize(article, sentences(article))
    return {int(m.value): (called(m.subject), called(m.area)) for m in extract_all(text).metrics}


def called(mention):
    """A mention's name; what stands for the province has its name."""
    return mention and ("甘肃省" if mention.name in {"甘肃", "全省", "我省"} else mention.name)


def test_the_numbers_of_a_governments_report_are_the_places_own():
    found = numbers(TITLES, *REPORT)
    assert set(found) == {320, 1200, 13_000_000, 450_000, 560, 10, 75}
    assert set(found.values()) <= {("甘肃省", "甘肃省")}


@pytest.mark.parametrize(
    ("sentence", "value", "subject", "area"),
    [
        ("“陇原暖心”工程惠及老人8600人。", 8600, "陇原暖心", "甘肃省"),
        ("新建47个“陇原暖心”驿站。", 47, "陇原暖心驿站", "甘肃省"),
        ("兰州经济总量突破4200亿元。", 420_000_000_000, "兰州", "兰州"),
        ("天水、兰州经济总量突破4200亿元。", 420_000_000_000, "兰州", "兰州"),
        ("新增国家级园区5个，其中兰州4个、天水1个。", 4, "兰州", "兰州"),
        ("兰州中川机场旅客吞吐量1800万人次。", 18_000_000, "甘肃省", "甘肃省"),
        ("支持天水、兰州14个产业园建设。", 14, "甘肃省", "甘肃省"),
        ("兰州百合、天水苹果等14个特色产业入选。", 14, "甘肃省", "甘肃省"),
        ("在新疆推介招商，我省签约项目64个。", 64, "甘肃省", "甘肃省"),
        ("全省签约项目64个。", 64, "甘肃省", "甘肃省"),
        ("配合兰州海关查验货物64批。", 64, "甘肃省", "甘肃省"),
        ("工业产量占全国9成，新建厂房64栋。", 64, "甘肃省", "甘肃省"),
    ],
)
def test_but_for_what_a_numbers_own_clause_says_of_another(sentence, value, subject, area):
    assert numbers(TITLES, *REPORT, sentence)[value] == (subject, area)


@pytest.mark.parametrize(
    "title",
    [
        "政府工作报告",
        "政府工作报告——2026年1月20日在省人民代表大会会议上",
        "政府工作报告（摘要）",
        "2025年国民经济和社会发展统计公报",
        "关于2025年预算执行情况和2026年预算草案的报告",
    ],
)
def test_where_the_title_names_no_place_it_is_the_one_that_the_text_means_by_whole(title):
    found = numbers((title,), "甘肃奋力前行，全省上下同心。", *REPORT, "全省人民携手。")
    assert found[560] == ("甘肃省", "甘肃省")


def test_a_report_without_its_title_is_told_by_how_its_speaker_submits_it():
    submits = "现在，我代表省人民政府，向大会报告工作，请予审议。"
    found = numbers(("奋力谱写新篇章",), "甘肃奋力前行，全省上下同心。", submits, *REPORT, "全省人民携手。")
    assert found[450_000] == ("甘肃省", "甘肃省")


def test_any_other_text_goes_on_about_what_it_told_of():
    told = ("“强龙头”行动在甘肃省启动。", "“强龙头”行动持续发力。新建大棚45万亩。")
    assert numbers(("“强龙头”行动助农增收",), *told)[450_000] == ("强龙头", "甘肃省")
    assert numbers(TITLES, *told)[450_000] == ("甘肃省", "甘肃省")
