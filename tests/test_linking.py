"""What printed names become: one thing under its official name, within its place."""

from __future__ import annotations

import pytest

from kg.extractors import extract_all
from kg.language.program_names import same_programs
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, Mention, Paragraph, Role
from kg.reading.sentences import sentences
from tests.linking.pairs import named


def facts_of(*paragraphs: str, headline: str = ""):
    lines = [Paragraph(headline, tuple(range(len(headline))), Role.HEADLINE)] if headline else []
    lines += [Paragraph(text, tuple(range(len(text)))) for text in paragraphs]
    article = Article("example.txt", headline, tuple(lines))
    text = tokenize(article, sentences(article))
    return link(text, extract_all(text))


def entity(facts, name: str):
    found = [e for e in facts.entities if name == e.label or name in e.aliases]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def test_short_and_full_names_of_a_district_are_one_thing_with_its_code():
    facts = facts_of("成都市武侯区推出新政。", "武侯把服务送上门，全区受益。")
    place = entity(facts, "武侯区")
    assert (place.kind, place.code, place.scope) == ("District", "510107", "四川省/成都市")


def test_homonymous_districts_are_told_apart_by_the_city():
    nanchang = facts_of("南昌市西湖区推出“邻里码”平台。")
    hangzhou = facts_of("杭州市西湖区推出“邻里码”平台。")
    assert entity(nanchang, "西湖区").code == "360103"
    assert entity(hangzhou, "西湖区").code == "330106"


def test_two_districts_of_one_name_are_two_things_in_one_article():
    facts = facts_of("南京市鼓楼区推出“小巷管家”平台。徐州市鼓楼区推出“楼长茶馆”平台，区民政局投入30万元。")
    assert {e.code for e in facts.entities if e.label == "鼓楼区"} == {"320106", "320302"}
    runs = {(c.subject.label, c.object.code) for c in facts.claims if c.predicate == "implementedIn"}
    assert runs == {("小巷管家", "320106"), ("楼长茶馆", "320302")}
    assert entity(facts, "鼓楼区民政局").scope == "江苏省/徐州市/鼓楼区"


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["南京市鼓楼区民政局办了食堂。徐州市鼓楼区民政局办了夜校。"],
        ["南京市鼓楼区民政局与徐州市鼓楼区民政局结对。"],
        ["南京市鼓楼区民政局办了食堂。", "鼓楼区民政局还办了夜校。", "徐州市鼓楼区民政局也来了。"],
    ],
)
def test_bodies_of_districts_of_one_name_are_two(paragraphs):
    facts = facts_of(*paragraphs)
    bodies = {e.scope for e in facts.entities if e.label == "鼓楼区民政局"}
    assert bodies == {"江苏省/南京市/鼓楼区", "江苏省/徐州市/鼓楼区"}
    seats = {(c.subject.scope, c.object.code) for c in facts.claims if c.predicate == "basedIn"}
    assert seats == {("江苏省/南京市/鼓楼区", "320106"), ("江苏省/徐州市/鼓楼区", "320302")}


def test_one_name_of_a_person_stands_for_all_its_parts():
    facts = facts_of("和田县村医帕提古丽·艾合买提走访了40户。帕提古丽说，药箱不能丢。")
    assert entity(facts, "帕提古丽").label == "帕提古丽·艾合买提"


def test_two_unlisted_communities_of_one_name_are_told_apart_by_what_is_printed_before_them():
    facts = facts_of("成都市武侯区云鹤里社区有站点3个，锦江区云鹤里社区有5个。云鹤里社区的居民很满意。")
    found = {e.scope: e.sentences for e in facts.entities if e.label == "云鹤里社区"}
    assert found == {"四川省/成都市/武侯区": (0,), "四川省/成都市/锦江区": (0, 1)}


@pytest.mark.parametrize("printed", ["区民政局", "武侯区民政局", "成都市武侯区民政局"])
def test_a_bureau_has_its_district_in_its_name_however_it_is_printed(printed):
    facts = facts_of(f"成都市武侯区推出新政。{printed}负责。")
    bureau = entity(facts, "武侯区民政局")
    assert bureau.scope == "四川省/成都市/武侯区"


def test_two_districts_bureaus_never_merge():
    one, other = facts_of("成都市武侯区出台办法，区民政局牵头。"), facts_of("昆明市五华区出台办法，区民政局牵头。")
    labels = {(e.label, e.scope) for f in (one, other) for e in f.entities if e.kind == "Organization"}
    assert labels == {("武侯区民政局", "四川省/成都市/武侯区"), ("五华区民政局", "云南省/昆明市/五华区")}


def test_abbreviated_bureau_is_spelt_out_and_keeps_its_printed_form():
    bureau = entity(facts_of("成都市武侯区推出新政，区住建局牵头。"), "区住建局")
    assert bureau.label == "武侯区住房和城乡建设局"
    assert "武侯区住建局" in bureau.aliases


def test_a_court_for_short_is_the_one_that_the_article_prints_in_full():
    facts = facts_of("南昌市西湖区的法庭。", "西湖法院来人。", "西湖区人民法院说，案子少了。")
    assert entity(facts, "西湖法院").label == "西湖区人民法院"


def test_a_district_court_for_short_has_its_full_name_though_none_stands_in_the_article():
    facts = facts_of("南昌市西湖区的法庭。", "西湖区法院说，案子少了。")
    assert entity(facts, "西湖区法院").label == "西湖区人民法院"


def test_the_city_of_an_article_on_a_county_level_city_is_that_one():
    facts = facts_of("苏州市昆山市推出新政。", "照片由市城市运行管理中心分派。")
    assert entity(facts, "市城市运行管理中心").label == "昆山市城市运行管理中心"


def test_a_company_has_its_seat_in_the_district_behind_its_city():
    facts = facts_of("长沙市芙蓉区推出新政。", "芙蓉区请来长沙芙蓉城投环境服务有限公司。")
    seats = {c.object.label for c in facts.claims if c.predicate == "basedIn" and c.subject.label.endswith("公司")}
    assert seats == {"芙蓉区"}


def test_a_body_is_based_in_the_division_of_the_article_that_its_name_holds():
    facts = facts_of(
        "厦门市湖里区推出新政。",
        "厦门大学管理学院的学生都来了。",
        "中铁厦门局集团有限公司捐了书。",
        "清华大学也来了人。",
    )
    seats = {(c.subject.label, c.object.label) for c in facts.claims if c.predicate == "basedIn"}
    assert seats == {("厦门大学管理学院", "厦门市"), ("中铁厦门局集团", "厦门市")}
    facts = facts_of("牡丹江市海林市推出新政。", "大海林重型机器集团有限公司捐了书。")  # 大海 + 林, no 海林
    assert not [c for c in facts.claims if c.predicate == "basedIn"]


def test_a_bureau_is_based_in_its_district():
    claims = facts_of("成都市武侯区推出新政，区住建局牵头。").claims
    assert ("武侯区住房和城乡建设局", "basedIn", "武侯区") in {
        (c.subject.label, c.predicate, c.object.label) for c in claims
    }


def test_a_generic_street_office_is_not_bound_to_the_last_street():
    facts = facts_of("玉林街道先行一步。", "成都市武侯区在各街道组建街道综合执法队。")
    assert not [c for c in facts.claims if c.predicate == "basedIn" and c.object.label == "玉林街道"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("推出“石榴籽”行动。", "“石榴籽”很受欢迎，“石榴籽”行动还在继续。"),
        ("打造“四方议事”平台。", "四方议事平台已开。"),
        ("打造“四长”队伍。", "居民说，“四长”队伍好，“四长”联动更好。"),
        ("打造“巷长+楼长+单元长”的“三长共管”模式。", "“三长共管”模式好。"),
    ],
)
def test_long_and_short_forms_are_one_program(first, second):
    facts = facts_of(f"昆明市五华区{first}", second)
    assert len([e for e in facts.entities if e.kind == "Program"]) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12388举报热线", "12388", True),
        ("12388热线", "12319热线", False),
        ("改造老旧楼栋", "老旧楼栋改造", True),
        ("创建清洁里弄", "清洁里弄", True),
        ("城市河道清淤", "河道清淤", True),
        ("滨河河道清淤", "河道清淤", False),
        ("滨河楼栋整治", "楼栋整治", True),
        ("竹编共创工坊", "共创工坊", False),
        ("楼栋整治工作", "滨河楼栋整治", True),
        ("十四五楼栋整治", "楼栋整治", True),
        ("15分钟健身圈", "15分钟便民健身圈", True),
        ("里弄管家团队", "里弄管家服务团队", True),
        ("新一轮老旧楼栋综合整治", "城镇老旧楼栋改造", True),
        ("农村老石桥改造工程", "老石桥整治", True),
        ("农村危桥改造", "农村水渠改造", False),
        ("里弄+楼栋+院落", "里弄+楼栋+商铺+院落", False),
        ("里弄管家团队", "里弄护绿团队", False),
    ],
)
def test_what_may_differ_between_two_forms_of_one_program(one, other, same):
    line = f"{one}开了，{other}也开了。"
    article = Article("example.txt", "", (Paragraph(line, tuple(range(len(line)))),))
    starts = {one: 0, other: line.rindex(other)}
    mentions = [Mention("Program", name, 0, start, start + len(name), "quoted") for name, start in starts.items()]
    assert len(same_programs(tokenize(article, sentences(article)), mentions)) == (1 if same else 2)


def test_what_a_program_has_is_not_the_program():
    facts = facts_of("昆明市五华区推出“石榴籽”行动。", "居民都用“石榴籽”的“蒲公英地图”，“蒲公英地图”好找。")
    assert {e.label for e in facts.entities if e.kind == "Program"} == {"石榴籽", "蒲公英地图"}


def test_two_quoted_names_in_a_list_stay_two_programs():
    facts = facts_of("昆明市五华区推出“石榴籽”行动、“蒲公英”行动。", "“石榴籽”“蒲公英”行动都受欢迎。")
    assert {e.label for e in facts.entities if e.kind == "Program"} == {"石榴籽", "蒲公英"}


def test_a_workshop_of_a_program_stays_a_program_of_its_own():
    facts = facts_of("县里建起“共创工坊”。", "白石镇打造“蜜蜜橙”共创工坊。")
    names = {e.label for e in facts.entities if e.kind == "Program"}
    assert names == {"共创工坊", "蜜蜜橙"}


def test_a_program_has_one_name_whatever_the_order_of_its_forms():
    one = facts_of("昆明市五华区推出“石榴籽”行动。", "“石榴籽”受欢迎。")
    other = facts_of("“石榴籽”受欢迎。", "昆明市五华区推出“石榴籽”行动。")
    assert entity(one, "石榴籽").label == entity(other, "石榴籽").label == "石榴籽"


def test_a_document_and_its_short_form_are_one():
    facts = facts_of("五华区印发《关于邻里互助的实施意见》（以下简称《意见》）。", "《意见》明确了分工。")
    document = entity(facts, "关于邻里互助的实施意见")
    assert document.aliases == ("意见",)


def test_an_unlisted_estate_stands_in_the_street_printed_with_it():
    facts = facts_of("成都市武侯区玉林街道启动改造。", "玉林街道和睦嘉苑小区先改。")
    within = {c.subject.label: c.object.label for c in facts.claims if c.predicate == "within"}
    assert within["和睦嘉苑"] == "玉林街道"


def test_one_statement_in_two_sentences_is_one_claim_with_both():
    facts = facts_of("成都市武侯区民政局推出“邻里码”平台。", "成都市武侯区民政局推出“邻里码”平台二期。")
    led = [c for c in facts.claims if c.predicate == "ledBy"]
    assert len(led) == 1
    assert len(led[0].sentences) == 2


def test_a_street_of_a_former_district_stands_in_it_in_an_older_article():
    older = facts_of("杭州市下城区推出新政。", "武林街道率先响应。")
    within = {(c.subject.label, c.object.label) for c in older.claims if c.predicate == "within"}
    assert ("武林街道", "下城区") in within
    newer = facts_of("杭州市拱墅区推出新政，原下城区的做法得到推广。", "武林街道率先响应。")
    assert not [c for c in newer.claims if c.predicate == "within" and c.object.label == "下城区"]


def test_the_whole_district_of_an_older_article_is_the_former_one():
    facts = facts_of("杭州市下城区武林街道和潮鸣街道推出新政。", "武林街道和潮鸣街道的做法在全区推广。")
    assert [e.label for e in facts.entities if e.kind == "District"] == ["下城区"]


def test_an_association_called_after_the_street_of_the_article_is_based_there():
    facts = facts_of("厦门市湖里区禾山街道推出新政。", "禾山商会捐了钱。", "郑州中院来人。")
    seats = {(c.subject.label, c.object.label) for c in facts.claims if c.predicate == "basedIn"}
    assert ("禾山商会", "禾山街道") in seats
    assert entity(facts, "郑州中院").label == "郑州市中级人民法院"


def test_two_people_of_one_name_and_post_in_two_districts_are_two():
    facts = facts_of("上城区民政局局长李伟说，食堂开了。拱墅区民政局局长李伟说，食堂也开了。", "李伟在拱墅区住了十年。")
    people = [e for e in facts.entities if e.kind == "Person"]
    scopes = ["浙江省/杭州市/上城区/上城区民政局", "浙江省/杭州市/拱墅区/拱墅区民政局"]
    assert sorted(e.scope for e in people) == scopes
    held = {(c.subject.scope, c.object.label) for c in facts.claims if c.predicate == "worksFor"}
    assert held == {(scope, scope.rpartition("/")[2]) for scope in scopes}


def test_one_person_who_is_told_of_with_two_posts_stays_one():
    facts = facts_of("上城区民政局局长李伟说，食堂开了。曾任拱墅区医保局副局长的李伟很忙。")
    assert len([e for e in facts.entities if e.kind == "Person"]) == 1


def test_a_stated_short_form_is_another_name_of_the_body():
    facts = facts_of("长沙市恒远养老服务有限公司（以下简称恒远养老）开了食堂。", "恒远养老的人每天送饭。")
    assert entity(facts, "恒远养老") == entity(facts, "长沙市恒远养老服务有限公司")


def test_an_owners_committee_is_based_in_its_estate():
    facts = facts_of("长沙市芙蓉区星湖苑小区换了新灯。", "星湖苑业委会贴出账单。")
    assert ("星湖苑业主委员会", "星湖苑") in {
        (c.subject.label, c.object.label) for c in facts.claims if c.predicate == "basedIn"
    }


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("武侯区综合行政执法队", "武侯区综合执法队"),
        ("武侯区纪委监委", "武侯区纪委"),
        ("武侯区委政法委员会", "武侯区委政法委"),
        ("武侯区社会矛盾纠纷调处化解中心", "武侯区矛调中心"),
        ("成都市公安局武侯分局", "武侯区公安分局"),
    ],
)
def test_a_body_of_one_place_printed_with_fewer_signs_is_the_same(full, short):
    facts = facts_of(f"成都市武侯区推出新政。{full}牵头。{short}每周碰头一次。")
    assert {e.sentences for e in facts.entities if e.kind == "Organization"} == {(1, 2)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("武侯区公安局", "武侯区公安局刑侦大队"),
        ("云鹤社区党支部", "云鹤社区第一党支部"),
        ("武侯区综合执法队", "锦江区综合行政执法队"),
        ("武侯区教育局", "武侯区体育局"),
    ],
)
def test_a_part_a_numbered_one_and_that_of_another_place_stay_apart(one, other):
    facts = facts_of(f"成都市武侯区和锦江区推出新政。{one}牵头。{other}每周碰头一次。")
    assert len([e for e in facts.entities if e.kind == "Organization"]) == 2


@pytest.mark.parametrize(
    ("printed", "name", "scope"),
    [
        ("国家卫健委", "国家卫生健康委员会", ""),
        ("住建部", "住房和城乡建设部", ""),
        ("省住建厅", "四川省住房和城乡建设厅", "四川省"),
        ("市民政局", "成都市民政局", "四川省/成都市"),
        ("武侯区市场监管局", "武侯区市场监督管理局", "四川省/成都市/武侯区"),
    ],
)
def test_a_body_has_its_official_name_and_the_jurisdiction_of_its_level(printed, name, scope):
    facts = facts_of(f"成都市武侯区推出新政。{printed}发文支持。")
    body = entity(facts, printed)
    assert (body.label, body.scope) == (name, scope)


def test_the_office_of_a_street_belongs_to_the_street_as_its_other_bodies_do():
    facts = facts_of("成都市武侯区玉林街道推出新政。", "玉林街道办事处负责。")
    assert entity(facts, "玉林街道办事处").scope == "四川省/成都市/武侯区/玉林街道"


def test_a_program_without_its_version_and_tail_keeps_what_is_printed_as_other_names():
    facts = facts_of("昆明市五华区推出“石榴籽学院2.0版本”。", "“石榴籽学院2.0”受欢迎。")
    assert {e.label for e in facts.entities if e.kind == "Program"} == {"石榴籽学院"}
    assert "石榴籽学院2.0版本" in entity(facts, "石榴籽学院").aliases


def test_what_every_place_calls_alike_is_that_of_the_place():
    facts = facts_of("昆明市五华区推出“三个一”工作法。", "“石榴籽”行动受欢迎。")
    scopes = {e.label: e.scope for e in facts.entities if e.kind == "Program"}
    assert scopes == {"三个一": "云南省/昆明市/五华区", "石榴籽": ""}


def test_a_short_form_in_brackets_is_another_name_if_it_is_left_of_the_full_one():
    facts = facts_of("成都市武侯区请来成都公共管理学院（公管学院）。", "公管学院的人每天都来。")
    assert entity(facts, "公管学院").label == "成都公共管理学院"
    other = facts_of("成都市武侯区请来成都公共管理学院（东校区）。")
    assert not [e for e in other.entities if "东校区" in e.aliases]


@pytest.mark.parametrize(
    ("printed", "label", "scope"),
    [
        ("水务公司", "水务公司", "四川省/成都市/武侯区"),
        ("恒远数据公司", "恒远数据公司", ""),
        ("第三小学", "第三小学", "四川省/成都市/武侯区"),
        ("石榴籽小学", "石榴籽小学", "四川省/成都市"),
    ],
)
def test_the_scope_of_a_body_is_as_wide_as_its_name_tells_it_apart(printed, label, scope):
    _, facts = named("成都市武侯区", ("Organization", printed, False))
    body = entity(facts, printed)
    assert (body.label, body.scope) == (label, scope)


@pytest.mark.parametrize(
    ("place", "level", "other", "label"),
    [
        ("成都市武侯区", "区", "团区委", "共青团武侯区委"),
        ("成都市", "市", "团市委", "共青团成都市委"),
        ("四川省", "省", "团省委", "共青团四川省委"),
        ("成都市", "市", "民革成都市委员会", "民革成都市委"),
        ("成都市武侯区", "区", "九三学社武侯区委", "九三学社武侯区委"),
        ("成都市", "市", "政协成都市委员会", "成都市政协"),
    ],
)
def test_a_bare_committee_is_the_partys_beside_that_of_a_league_or_another_party(place, level, other, label):
    division = place[-3:]
    facts = facts_of(f"{place}推出新政。{other}举办夜校。{level}委要求落实。中共{place}委员会发文。")
    assert entity(facts, other).label == label
    assert entity(facts, f"{level}委").label == f"{division}委"
    assert entity(facts, f"{division}委员会").label == f"{division}委"


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ("共青团{}委员会", "共青团{}委"),
        ("共青团{}委", "共青团{}委"),
        ("中国共产主义青年团{}委员会", "共青团{}委"),
        ("政协{}委员会", "{}政协"),
        ("中国人民政治协商会议{}委员会", "{}政协"),
        ("中国民主同盟{}委员会", "民盟{}委"),
        ("民建{}委会", "民建{}委"),
    ],
)
@pytest.mark.parametrize("above", ["", "成都市", "四川省成都市"])
def test_a_committee_with_all_its_places_in_print_is_that_of_the_last(body, label, above):
    facts = facts_of(*(f"成都市{d}推进服务。{body.format(above + d)}举办夜校。" for d in ("武侯区", "青羊区")))
    for district in ("武侯区", "青羊区"):
        own = entity(facts, label.format(district))
        assert (own.scope, own.kind) == (f"四川省/成都市/{district}", "Organization")


def test_a_leagues_committee_within_a_bureau_is_not_that_of_the_city():
    facts = facts_of("成都市推出新政。共青团成都市教育局委员会举办夜校。共青团成都市委到场。")
    assert entity(facts, "共青团成都市委").sentences == (2,)


def test_a_county_whose_name_begins_like_the_league_has_a_committee_of_the_party():
    facts = facts_of("黄冈市团风县推出新政。团风县委要求落实。团县委举办夜校。")
    assert entity(facts, "团风县委").sentences == (1,)
    assert entity(facts, "团县委").label == "共青团团风县委"


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("成都市武侯区成立“1+6”求实学院。“求实学院”面向社区居民开课。", "求实学院", {"1+6求实学院"}),
        ("武侯区建成“151”基层治理体系。“151”体系应用很广。", "151体系", {"151", "151基层治理体系"}),
        ("武侯区推出“益食堂”项目。各街道推广“益食堂”，推进益食堂项目。", "益食堂", {"益食堂项目"}),
        ("武侯区推出“老哥说法”法治惠民系列活动。", "老哥说法", {"老哥说法法治惠民系列活动"}),
        ("武侯区推出“邻里格微服务”平台。", "邻里格微服务", {"邻里格微服务平台"}),
    ],
)
def test_no_figure_deed_or_clause_is_a_name_of_a_program(text, label, names):
    (program,) = [e for e in facts_of(text).entities if e.kind == "Program"]
    assert (program.label, set(program.aliases)) == (label, names)


def test_a_workshop_with_a_quoted_name_is_not_the_program_that_workshops_are_part_of():
    facts = facts_of("武侯区建起“共富工坊”。“桃花巷”共富工坊有20人。“桃花巷”共富工坊增收5万元。")
    programs = {e.label: e.aliases for e in facts.entities if e.kind == "Program"}
    assert programs == {"桃花巷": ("桃花巷共富工坊",), "共富工坊": ()}


def test_a_plan_for_some_years_is_one_whatever_dash_joins_them():
    titles = ("武侯区产业发展行动方案（2023—2025年）", "武侯区产业发展行动方案（2023-2025年）")
    (one,), (other,) = (
        [e.label for e in facts_of(f"成都市武侯区印发《{title}》。").entities if e.kind == "Document"]
        for title in titles
    )
    assert one == other


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("“两问三答”工作机制（以下简称“问答”机制）。“问答”机制", "问答机制"),
        ("“社区吹哨、部门报到、群众评议”工作法（简称“三步工作法”）。“三步工作法”", "三步工作法"),
        ("“城市生命线安全运行监测平台”（下称“生命线”平台）。“生命线”平台", "生命线"),
    ],
)
def test_a_program_and_the_short_form_that_it_introduces_are_one(printed, short):
    facts = facts_of(f"张家口市桥东区推行{printed}办结诉求5400件。")
    programs = [e for e in facts.entities if e.kind == "Program"]
    assert [short in (e.label, *e.aliases) for e in programs] == [True]
    assert programs[0].aliases
