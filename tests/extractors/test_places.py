"""The places of whole articles: what they are about, and which of several divisions of a name they mean."""

import time
from itertools import pairwise

import pytest

from kg.extractors.engine import Found
from kg.extractors.places import extract
from kg.language.frame import article_frame, is_stand_in, resolve, stand_in
from kg.language.gazetteer import named
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Paragraph, Role, Sentence, Span

SOUTH = """南昌西湖：食堂开到家门口
西湖区桃源街道的老人吃上了热饭。西湖区民政局负责人说，目前全区已有食堂40个。
该区还将扶持桃源街道周边的小店。"""

HANGZHOU = """城市书房四处开花
近年来，杭州持续建设书房。在西湖区，书房开进了地铁站；在余杭区，书房开进了村里。
杭州市文化部门负责人说，杭州的目标是人人可读书。目前杭州已有书房210家，全市还将新建30家。"""


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
    return text, mentions, article_frame(text, mentions)


def meant(mentions, frame, name):
    (found,) = {resolve(mention, frame) for mention in mentions if mention.name == name}
    return found and found.code


def test_homonyms_are_told_by_the_city_that_the_article_names():
    _, mentions, frame = read(SOUTH)
    assert (frame.province.name, frame.city.name, frame.district.code) == ("江西省", "南昌市", "360103")
    assert meant(mentions, frame, "西湖区") == "360103"
    assert meant(mentions, frame, "桃源街道").startswith("360103")


def test_an_article_on_a_city_has_no_main_district_though_it_names_some():
    _, mentions, frame = read(HANGZHOU)
    assert frame.city.name == "杭州市"
    assert frame.district is None
    assert [district.name for district in frame.districts] == ["西湖区", "余杭区"]
    assert meant(mentions, frame, "西湖区") == "330106"


def test_a_street_alone_tells_its_district():
    _, mentions, frame = read("采荷街道办起议事会\n采荷街道的居民说，这样好。")
    assert frame.district.name == "上城区"
    assert meant(mentions, frame, "采荷街道").startswith("330102")


def test_a_lone_homonym_stays_open():
    _, mentions, frame = read("鼓楼区推出新办法\n鼓楼区的居民说，这样好。")
    assert frame.district is None
    assert meant(mentions, frame, "鼓楼区") is None


def test_a_street_with_namesakes_elsewhere_alone_does_not_move_the_article():
    # No 天桥街道 is listed in Zhaoling; the one in Bengbu has nothing to do with it.
    _, mentions, frame = read("漯河试点\n漯河市召陵区天桥街道漓江路社区的居民说，这样好。")
    assert [district.name for district in frame.districts] == ["召陵区"]
    assert meant(mentions, frame, "天桥街道") is None


def test_municipalities_have_no_city_between():
    _, mentions, frame = read("上海静安：楼道会客厅\n静安区的居民说，这样好。目前全市推广。")
    assert (frame.province.name, frame.city, frame.district.name) == ("上海市", None, "静安区")
    assert meant(mentions, frame, "全市") == "31"


def test_words_for_the_place_of_the_article_follow_its_level():
    _, mentions, frame = read(SOUTH)
    assert meant(mentions, frame, "全区") == meant(mentions, frame, "该区") == "360103"
    _, _, county_city = read("义乌的市场\n义乌市的商户说，这样好。")
    assert stand_in("全市", county_city).name == "义乌市"
    assert stand_in("全区", county_city) is None
    assert not is_stand_in("市区")


def test_communities_are_found_in_the_district_of_the_article():
    _, mentions, frame = read("海潮社区的会客厅\n杭州市上城区海潮社区的居民说，这样好。")
    assert meant(mentions, frame, "海潮社区").startswith("330102009")
    _, elsewhere, other = read("海潮社区的会客厅\n西安市未央区海潮社区的居民说，这样好。")
    assert meant(elsewhere, other, "海潮社区") is None


def test_a_known_enclosing_place_decides_first():
    _, mentions, frame = read(HANGZHOU)
    mention = next(m for m in mentions if m.name == "西湖区")
    assert resolve(mention, frame, named("南昌市")[0]).code == "360103"


def test_spans_are_those_of_the_names_and_do_not_overlap():
    text, mentions, _ = read(SOUTH)
    assert len(mentions) == 8
    for mention in mentions:
        assert text.sentences[mention.sentence].text[mention.start : mention.end] in mention.name
    for one, next_one in pairwise(mentions):
        assert (one.sentence, one.end) <= (next_one.sentence, next_one.start)


def test_a_street_without_its_last_word_has_its_full_name():
    _, mentions, _ = read("小营的书屋\n杭州市上城区小营街道建起书屋，小营侨联常来办活动。")
    assert {m.name for m in mentions if m.kind == "Street"} == {"小营街道"}
    assert len([m for m in mentions if m.kind == "Street"]) == 3


def test_a_site_has_the_longest_name_that_the_article_gives_it():
    _, mentions, _ = read("楼里的食堂\n在陆家嘴街道的东方锦泰大厦，食堂开张。走进东方锦泰大厦，饭菜飘香。")
    assert {m.name for m in mentions if m.kind == "Site"} == {"东方锦泰大厦"}


@pytest.mark.parametrize("piece", ["社区", "杭州市上城区", "甲", "村、", "路", "一", "街道"])
def test_odd_input_is_read_in_linear_time(piece):
    started = time.perf_counter()
    read("标题\n" + "\n".join([piece * (600 // len(piece))] * 20))
    assert time.perf_counter() - started < 5
