# ruff: noqa: SLF001 - the tables behind the functions are under test too
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import kg
from kg.language import gazetteer
from kg.language.gazetteer import Division, ancestors, by_code, children, communities, find, named, short_form
from kg.model import Level

ROOT = Path(kg.__file__).parents[1]


def names(divisions):
    return [division.name for division in divisions]


def test_a_street_lies_in_its_district_city_and_province():
    street = by_code("510107062") or named("玉林街道")[0]
    assert street.level is Level.STREET
    assert names(ancestors(street)) == ["武侯区", "成都市", "四川省"]


def test_municipalities_are_provinces_without_a_city_between():
    assert by_code("1101") is None
    for name in ("海淀区", "和平区", "浦东新区", "渝中区", "城口县"):
        (district,) = [d for d in named(name) if d.code[:2] in {"11", "12", "31", "50"}]
        assert [above.level for above in ancestors(district)] == [Level.PROVINCE]
    assert [(d.level, d.name) for d in named("北京")] == [(Level.PROVINCE, "北京市")]


def test_counties_right_under_a_province_and_cities_without_districts():
    assert names(ancestors(named("仙桃市")[0])) == ["湖北省"]
    assert names(ancestors(named("琼海")[0])) == ["海南省"]
    assert [d.level for d in named("东莞市")] == [Level.CITY]
    assert names(ancestors(named("虎门镇")[0])) == ["东莞市", "广东省"]


def test_homonyms_all_come_by_code():
    assert [d.code for d in named("鼓楼区")] == ["320106", "320302", "350102", "410204"]
    assert {d.level for d in named("吉林")} == {Level.PROVINCE, Level.CITY}
    assert named("没有这个区") == ()


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("广西壮族自治区", "广西"),
        ("内蒙古自治区", "内蒙古"),
        ("恩施土家族苗族自治州", "恩施"),
        ("景宁畲族自治县", "景宁"),
        ("顺河回族区", "顺河"),
        ("浦东新区", "浦东"),
        ("香港特别行政区", "香港"),
        ("桐庐县", "桐庐"),
        ("赵县", None),
        ("石家庄高新技术产业开发区", None),
        ("科尔沁左翼中旗", None),
    ],
)
def test_short_forms(full, short):
    assert short_form(named(full)[0]) == short
    if short:
        assert full in names(named(short))


def test_autonomous_divisions_are_called_by_their_last_word_too():
    assert names(named("凉山州")) == names(named("凉山")) == ["凉山彝族自治州"]
    assert "景宁畲族自治县" in names(named("景宁县"))
    assert [text[1] for text in find("在凉山州和恩施州")] == [4, 8]


def test_streets_have_no_short_form():
    assert short_form(named("采荷街道")[0]) is None


def test_former_districts_tell_when_they_ended_and_what_came_after():
    (former,) = named("江干区")
    assert former.until == 2021
    assert [by_code(code).name for code in former.successors] == ["上城区", "钱塘区"]
    assert named("闸北") == (by_code("310108"),)
    assert names(ancestors(by_code("310108"))) == ["上海市"]


def test_former_ones_lead_to_present_ones():
    for former in gazetteer._former():
        assert all(by_code(code) and by_code(code).until is None for code in former.successors), former.name
        assert former.until is None or former.successors, former.name
        assert former.parent is None or by_code(former.parent).until is None, former.name


def test_a_present_division_goes_before_a_former_one_of_its_code():
    assert by_code("320803").name == "淮安区"
    assert [d.until for d in named("江干区")] == [2021]


@pytest.mark.parametrize(("former", "present"), [("密云县", "密云区"), ("襄樊市", "襄阳市"), ("楚州区", "淮安区")])
def test_a_former_name_is_that_of_the_division_that_has_another_now(former, present):
    assert named(former) == named(present)
    assert [found for start, end, found in find(f"在{former}民政局") if end - start == len(former)] == [named(present)]


@pytest.mark.parametrize("name", ["景宁县", "镇宁县", "恩施州"])
def test_the_short_form_of_an_autonomous_division_with_its_level_is_a_full_name(name):
    assert [(start, end, found) for start, end, found in find(f"由{name}推进")] == [(1, 1 + len(name), named(name))]


def test_communities_of_a_district_and_of_a_street():
    street = named("采荷街道")[0]
    own = communities(street.code)
    assert len(own) > 10
    assert all(c.parent == street.code and c.level is Level.COMMUNITY and len(c.code) == 12 for c in own)
    assert set(own) < set(communities(street.code[:6]))
    assert by_code(own[3].code) == own[3]
    assert communities("999999") == ()


def test_committees_are_named_as_the_place_they_run():
    everywhere = [c.name for code in ("330122", "110108", "450103") for c in communities(code)]
    assert len(everywhere) > 800
    assert not [name for name in everywhere if name.endswith(("委会", "委员会"))]
    assert not [name for name in everywhere if name.endswith(("村村村", "社区社区"))]


def test_children():
    assert len(children("33")) == 11
    assert "采荷街道" in names(children("330102"))
    assert {d.parent for d in children("31")} == {"31"}
    assert children("330102012") == communities("330102012")


def test_every_division_but_provinces_lies_in_another():
    codes = gazetteer._names()
    assert len(codes) > 44_000
    assert not [code for code in codes if len(code) > 2 and gazetteer._parent(code) not in codes]
    assert not [name for name in codes.values() if name in {"市辖区", "县"} or "直辖县级" in name or "（" in name]


def test_the_longest_name_is_found_with_its_span():
    text = "杭州市上城区采荷街道与桐庐一起"
    found = [(text[start:end], [d.code for d in divisions]) for start, end, divisions in find(text)]
    assert found == [("杭州市", ["3301"]), ("上城区", ["330102"]), ("采荷街道", ["330102012"]), ("桐庐", ["330122"])]


def test_ordinary_words_that_are_names_of_divisions_are_not_found():
    assert list(find("城区、郊区和各街道的工业园、林场")) == []


def test_divisions_are_values():
    assert by_code("330102") == Division("330102", "上城区", Level.DISTRICT, "3301")


def test_nothing_is_read_on_import():
    code = (
        "import sys, kg.language.gazetteer as g; print(g._names.cache_info().currsize, 'ahocorasick_rs' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert result.stdout.split() == ["0", "False"]


def test_the_tables_are_sorted_by_code_so_that_blocks_can_be_found():
    for file in (resources.files("kg.language") / "divisions" / "communities").iterdir():
        province = file.name[:2]
        codes, rows = gazetteer._rows_of_province(province)
        assert codes == [row[:9] for row in rows]
        assert codes == sorted(set(codes))
        assert codes[0].startswith(province)
