"""The places of whole articles: what they are about, and which of several divisions of a name they mean."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from effort import growth

from kg.extractors.engine import Found
from kg.extractors.places import extract
from kg.language.frame import Frame, article_frame, is_stand_in, stand_in
from kg.language.place_meanings import meanings
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Paragraph, Role, Sentence, Span, Text

SOUTH = """南昌西湖：食堂开到家门口
西湖区桃源街道的老人吃上了热饭。西湖区民政局负责人说，目前全区已有食堂40个。
该区还将扶持桃源街道周边的小店。"""

HANGZHOU = """城市书房四处开花
近年来，杭州持续建设书房。在西湖区，书房开进了地铁站；在余杭区，书房开进了村里。
杭州市文化部门负责人说，杭州的目标是人人可读书。目前杭州已有书房210家，全市还将新建30家。"""


class ReadPlaces(NamedTuple):
    text: Text
    mentions: list[Mention]
    frame: Frame


def read(lines: str, headlines: int = 1):
    paragraphs = lines.split("\n")
    sentences, number = [], 0
    for number, line in enumerate(paragraphs):
        role = Role.HEADLINE if number < headlines else Role.BODY
        start = 0
        for end in [i + 1 for i, character in enumerate(line) if character in "。；"] or [len(line)]:
            sentences.append(Sentence(line[start:end], (Span(start, end),), number, role))
            start = end
    article = Article("a.txt", paragraphs[0], tuple(Paragraph(line, tuple(range(len(line)))) for line in paragraphs))
    text = tokenize(article, tuple(sentences))
    facts = list(extract(text, Found()))
    mentions = [fact for fact in facts if isinstance(fact, Mention)]
    return ReadPlaces(text, mentions, article_frame(text, mentions))


def codes(article, name):
    """The codes of what a name means, mention by mention."""
    found = meanings(article.text, article.mentions, article.frame)
    return [found[m] and found[m].code for m in article.mentions if m.name == name]


def meant(article, name):
    (code,) = set(codes(article, name))
    return code


def test_homonyms_are_told_by_the_city_that_the_article_names():
    article = read(SOUTH)
    assert (article.frame.province.name, article.frame.city.name, article.frame.district.code) == (
        "江西省",
        "南昌市",
        "360103",
    )
    assert meant(article, "西湖区") == "360103"
    assert meant(article, "桃源街道").startswith("360103")


def test_an_article_on_a_city_has_no_main_district_though_it_names_some():
    article = read(HANGZHOU)
    assert article.frame.city.name == "杭州市"
    assert article.frame.district is None
    assert [district.name for district in article.frame.districts] == ["西湖区", "余杭区"]
    assert meant(article, "西湖区") == "330106"


def test_a_street_alone_tells_its_district():
    article = read("采荷街道办起议事会\n采荷街道的居民说，这样好。")
    assert article.frame.district.name == "上城区"
    assert meant(article, "采荷街道").startswith("330102")


def test_a_lone_homonym_stays_open():
    article = read("鼓楼区推出新办法\n鼓楼区的居民说，这样好。")
    assert article.frame.district is None
    assert meant(article, "鼓楼区") is None


def test_a_street_with_namesakes_elsewhere_alone_does_not_move_the_article():
    # No 天桥街道 is listed in Zhaoling; the one in Bengbu has nothing to do with it.
    article = read("漯河试点\n漯河市召陵区天桥街道漓江路社区的居民说，这样好。")
    assert [district.name for district in article.frame.districts] == ["召陵区"]
    assert meant(article, "天桥街道") is None


def test_municipalities_have_no_city_between():
    article = read("上海静安：楼道会客厅\n静安区的居民说，这样好。目前全市推广。")
    assert (article.frame.province.name, article.frame.city, article.frame.district.name) == ("上海市", None, "静安区")
    assert meant(article, "全市") == "31"


def test_words_for_the_place_of_the_article_follow_its_level():
    article = read(SOUTH)
    assert meant(article, "全区") == meant(article, "该区") == "360103"
    county_city = read("义乌的市场\n义乌市的商户说，这样好。").frame
    assert stand_in("全市", county_city).name == "义乌市"
    assert stand_in("全区", county_city) is None
    assert not is_stand_in("市区")


def test_communities_are_found_in_the_district_of_the_article():
    article = read("海潮社区的会客厅\n杭州市上城区海潮社区的居民说，这样好。")
    assert meant(article, "海潮社区").startswith("330102009")
    elsewhere = read("海潮社区的会客厅\n西安市未央区海潮社区的居民说，这样好。")
    assert meant(elsewhere, "海潮社区") is None


def test_districts_of_one_name_are_told_apart_mention_by_mention():
    article = read("结对\n南京市鼓楼区来了人。\n徐州市鼓楼区请客。鼓楼区的居民很高兴。\n南京的鼓楼区回请。")
    assert codes(article, "鼓楼区") == ["320106", "320302", "320302", "320106"]


def test_an_enclosing_place_printed_with_a_name_holds_for_its_headline():
    article = read("鼓楼区：巷子里的会客厅\n徐州市鼓楼区的居民说，这样好。")
    assert codes(article, "鼓楼区") == ["320302", "320302"]


def test_a_street_tells_which_district_is_printed_before_it():
    assert meant(read("会客厅\n鼓楼区华侨路街道的居民说，这样好。"), "鼓楼区") == "320106"


def test_districts_listed_with_others_lie_beside_them():
    assert meant(read("名单\n入选的有静安区、普陀区、长宁区。"), "普陀区") == "310107"
    assert meant(read("名单\n入选的有和平区、河西区、武清区。"), "和平区") == "120101"


def test_the_whole_district_is_the_last_one_named_where_the_article_has_several():
    article = read("结对\n南京市鼓楼区有站点3个，全区都满意。徐州市鼓楼区有站点5个，全区都满意，该区还要新建。")
    assert codes(article, "全区") == ["320106", "320302"]
    assert codes(article, "该区") == ["320302"]


def test_a_street_right_under_its_city_is_known_beside_other_cities():
    article = read("结对\n杭州市上城区和东莞市莞城街道结对，中山市石岐街道也来了人。")
    assert meant(article, "莞城街道") == "441900006"
    assert meant(article, "石岐街道") == "442000001"


def test_a_community_is_looked_up_only_where_its_sentence_says_that_it_lies():
    article = read("上城的会客厅\n杭州市上城区来了人。\n在拉萨市，海潮社区也建了一间。")
    assert meant(article, "海潮社区") is None


def test_spans_are_those_of_the_names_and_do_not_overlap():
    text, mentions, _ = read(SOUTH)
    assert len(mentions) == 8
    for mention in mentions:
        assert text.sentences[mention.sentence].text[mention.start : mention.end] in mention.name
    for one, next_one in pairwise(mentions):
        assert (one.sentence, one.end) <= (next_one.sentence, next_one.start)


def test_a_street_without_its_last_word_has_its_full_name():
    mentions = read("小营的书屋\n杭州市上城区小营街道建起书屋，小营侨联常来办活动。").mentions
    assert {m.name for m in mentions if m.kind == "Street"} == {"小营街道"}
    assert len([m for m in mentions if m.kind == "Street"]) == 3


def test_a_site_has_the_longest_name_that_the_article_gives_it():
    mentions = read("楼里的食堂\n在陆家嘴街道的东方锦泰大厦，食堂开张。走进东方锦泰大厦，饭菜飘香。").mentions
    assert {m.name for m in mentions if m.kind == "Site"} == {"东方锦泰大厦"}


@pytest.mark.parametrize("piece", ["社区", "杭州市上城区", "甲", "村、", "路", "一", "街道"])
def test_odd_input_is_read_in_linear_time(piece):
    lines = piece * (600 // len(piece))
    assert growth(lambda count: read("标题\n" + "\n".join([lines] * count)), 5, 8, most=16) <= 16


@pytest.mark.parametrize(
    "line", ["延安市走出一业兴县的路子。", "延安市所有市和县（区）都有了食堂。", "延安市的好政策更多惠民生。"]
)
def test_words_that_are_names_of_counties_elsewhere_name_none(line):
    assert {m.name for m in read(f"延安小事\n{line}").mentions} == {"延安市", "延安"}


def test_a_county_called_by_an_ordinary_word_is_named_in_its_city():
    assert "和县" in {m.name for m in read("马鞍山：村里有了食堂\n马鞍山市和县的老人吃上了热饭。").mentions}


@pytest.mark.parametrize(
    ("opening", "city"),
    [
        ("我代表浙江省人民政府，向大会报告工作，请予审议。", None),
        ("我代表杭州市人民政府，向大会报告工作，请予审议。", "杭州市"),
        ("浙江省的故事要从这里说起。", "宁波市"),
    ],
)
def test_a_work_report_is_about_the_place_whose_government_submits_it(opening, city):
    frame = read(f"{opening}\n宁波市增长快。\n宁波市、宁波市都好。").frame
    assert (frame.city.name if frame.city else None) == city
