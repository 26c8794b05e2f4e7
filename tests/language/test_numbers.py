from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.numbers import numerals, value_of
from kg.language.quantities import quantities
from kg.language.wordlists import table

VALUES = [
    ("十", "10"),
    ("二十三", "23"),
    ("一百零五", "105"),
    ("一百一十", "110"),
    ("三百五", "350"),
    ("三千六百", "3600"),
    ("两千零五十", "2050"),
    ("一万二", "12000"),
    ("一百二十万", "1200000"),
    ("三亿五千万", "350000000"),
    ("3亿5000万", "350000000"),
    ("二〇二四", "2024"),
    ("三点五", "3.5"),
    ("2.7万", "27000"),
    ("1.8亿", "180000000"),
    ("1,260", "1260"),
    ("１２．５万", "125000"),
    ("13万2", "132000"),
    ("3千零40万", "30400000"),
    ("2万零6百", "20600"),
    ("3万4000", "34000"),
    ("25万6千", "256000"),
    ("2亿3千万", "230000000"),
    ("1\u2009200", "1200"),
    ("贰拾万零肆仟捌佰伍拾叁", "204853"),
    ("拾万", "100000"),
    ("一点七八万亿", "1780000000000"),
]


@pytest.mark.parametrize(("printed", "value"), VALUES)
def test_value_of(printed, value):
    assert value_of(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["", "千万社", "点五", "abc"])
def test_what_is_no_numeral_is_refused(printed):
    with pytest.raises(ValueError, match="numeral"):
        value_of(printed)


QUANTITIES = [
    ("十余家商户", "10 家 over"),
    ("两轮培训", "2 轮 exact"),
    ("近百名教师", "100 名 about"),
    ("半数居民", "50 % exact"),
    ("过半住户", "50 % over"),
    ("上千人", "1000 人 over"),
    ("数十家", "10 家 over"),
    ("十来个", "10 个 about"),
    ("三四十户", "30 户 about"),
    ("三千六百人", "3600 人 exact"),
    ("2.7万余个", "27000 个 over"),
    ("300余万元", "3000000 元 over"),
    ("约1.8亿元", "180000000 元 about"),
    ("达１２．５万平方米", "125000 平方米 exact"),
    ("增长一倍", "1 倍 exact"),
    ("翻一番", "1 番 exact"),
    ("3至5家", "3 家 exact"),
    ("15%—20%", "15 % exact"),
    ("百分之三点五", "3.5 % exact"),
    ("总数的三分之二", "66.67 % exact"),
    ("减少近1/3", "33.33 % about"),
    ("有1/4住户", "25 % exact"),
    ("9名优秀党员", "9 名 exact"),
    ("为7家具备条件的企业", "7 家 exact"),
    ("分8大类", "8 大类 exact"),
    ("人数达2500万左右，", "25000000  about"),
    ("千分之五", "5 ‰ exact"),
    ("三成以上", "30 % over"),
    ("提高3.2个百分点", "3.2 个百分点 exact"),
    ("每年2.4元/平方米", "2.4 元/平方米 exact"),
    ("收费0.8元/m<sup>2</sup>", "0.8 元/m<sup>2</sup> exact"),
    ("不超过20个工作日", "20 个工作日 under"),
    ("100元以上", "100 元 over"),
    ("10个以内", "10 个 under"),
    ("60%左右", "60 % about"),
    ("至少30场", "30 场 over"),
    ("超十万人次", "100000 人次 over"),
    ("网格1,260个", "1260 个 exact"),
    ("项目数破千，", "1000  over"),
    ("常住人口12万，", "120000  exact"),
    ("5G基站20个", "20 个 exact"),
    ("节约300元", "300 元 exact"),
    ("附近5家", "5 家 exact"),
    ("打破3项纪录", "3 项 exact"),
    ("满意度98.5分", "98.5 分 exact"),
    ("占四成五，", "45 % exact"),
    ("两成三左右", "23 % about"),
    ("六成出头", "60 % over"),
    ("二千三百一十六户", "2316 户 exact"),
    ("六千二百五十八口人", "6258 口 exact"),
    ("外来务工人员七十多万。", "700000  over"),
    ("利用系数只有0.48，", "0.48  exact"),
    ("8.2万多人口", "82000 人 over"),
    ("1.4万建档立卡贫困人口", "14000 人 exact"),
    ("2.5万滩区群众", "25000  exact"),
    ("人口不过3万，", "30000  under"),
    ("近3000人口的镇", "3000 人 about"),
    ("26万少数民族群众", "260000  exact"),
    ("平均年龄62.7岁", "62.7 岁 exact"),
    ("两片足球场", "2 片 exact"),
    ("跑了13万2公里", "132000 公里 exact"),
    ("服务8万6人次", "86000 人次 exact"),
    ("登记3万4000户", "34000 户 exact"),
    ("走访25万6千人次", "256000 人次 exact"),
    ("贷款2亿3千万元", "230000000 元 exact"),
    ("安置1 260户", "1260 户 exact"),
    ("常住816 000人", "816000 人 exact"),
    ("募集贰拾万零肆仟元", "204000 元 exact"),
    ("余额一点七八万亿元", "1780000000000 元 exact"),
    ("付息金额4120亿。", "412000000000  exact"),
    ("税收1.2万亿，", "1200000000000  exact"),
    ("装机三千瓦", "3 千瓦 exact"),
    ("绿道长三公里半", "3.5 公里 exact"),
    ("占两成半", "25 % exact"),
    ("是过去的两倍半", "2.5 倍 exact"),
    ("冷库零下18℃", "-18 ℃ exact"),
    ("零下二十摄氏度", "-20 摄氏度 exact"),
    ("走访3千零20人", "3020 人 exact"),
    ("拨付2百零5万元", "2050000 元 exact"),
    ("植树1万零40棵", "10040 棵 exact"),
    ("增长率为-3.2‰", "-3.2 ‰ exact"),
    ("增速为负2.4%", "-2.4 % exact"),
    ("增速是负1.5个百分点", "-1.5 个百分点 exact"),
    ("会员逼近800家", "800 家 about"),
    ("游客直逼300万人次", "3000000 人次 about"),
    ("缴税8.6亿澳门元", "860000000 澳门元 exact"),
    ("投资3000万新加坡元", "30000000 新加坡元 exact"),
    ("增速为-2.1%", "-2.1 % exact"),
    ("补贴12元5角", "12.5 元 exact"),
    ("3/4的小区", "75 % exact"),
    ("近半商户", "50 % about"),
    ("过半数业主", "50 % over"),
    ("十分之一的住户", "10 % exact"),
    ("来了百余万人次", "1000000 人次 over"),
    ("5千余万元", "50000000 元 over"),
    ("托位数达4.76个", "4.76 个 exact"),
]


RANGES = [
    ("两三百个", 200, 300, "个"),
    ("五六成住户", 50, 60, "%"),
    ("20至30名", 20, 30, "名"),
    ("30%—40%", 30, 40, "%"),
    ("3-5%", 3, 5, "%"),
    ("百分之三十到四十", 30, 40, "%"),
    ("20至30万元", 200000, 300000, "元"),
    ("3000至1万元", 3000, 10000, "元"),
    ("2～3百个", 200, 300, "个"),
    ("500-1,000户", 500, 1000, "户"),
    ("1.3至2.5亿元", 130000000, 250000000, "元"),
    ("三到五名", 3, 5, "名"),
]


@pytest.mark.parametrize(("printed", "quantity"), QUANTITIES)
def test_quantity(printed, quantity):
    assert [f"{q.value} {q.unit} {q.qualifier}" for q in quantities(printed)] == [quantity]


@pytest.mark.parametrize(("printed", "low", "high", "unit"), RANGES)
def test_a_range_has_two_ends(printed, low, high, unit):
    assert [(q.value, q.upper, q.unit) for q in quantities(printed)] == [(low, high, unit)]


def test_section_numbers_and_ordinals_count_nothing():
    found = quantities("3.1本工程投资2870.55万元3.2本工程新建5个站，见第3、4条")
    assert [(str(q.value), q.unit) for q in found] == [("28705500", "元"), ("5", "个")]


NOTHING = [
    "年过半百的网格员",
    "第1/4页",
    "投入20万支持农户",
    "第一、二、三项",
    "第12条",
    "配比为1:3个",
    "2024-05-06",
    "2024/5/6",
    "二〇二四年",
    "7×24小时值守的",
    "5A级景区",
    "G20峰会",
    "4.0版",
    "一村一品",
    "三三制",
    "1+6体系",
    "110联动",
    "陆家嘴",
    "中央八项规定",
    "最近半个月",
    "一点三十分",
    "“141”体系",
    "‘1+6’模式",
    "组建“三支队伍”",
    "三方协同治理",
    "第三项任务",
    "第3批名单",
    "地铁2号线",
    "5号楼",
    "85后干部",
    "二十届三中全会",
    "“十四五”规划",
    "9点30分",
    "年满60岁",
    "2023年",
    "1998年建成",
    "四成熟的",
    "拨打12345热线",
    "拨打0571-8765个",
    "千家万户",
    "三位一体推进",
    "引进3000人才",
    "A3座大楼",
    "《关于5项措施的意见》",
    "四场景",
    "二十三坊巷",
    "成百上千的",
    "四面八方",
]


@pytest.mark.parametrize("printed", NOTHING)
def test_no_quantity(printed):
    assert [q for q in quantities(printed) if q.kind != "duration"] == []


def test_two_ends_of_a_change_are_no_range():
    found = list(quantities("满意率从85%至97%"))
    assert [(q.value, q.upper) for q in found] == [(85, None), (97, None)]


def test_a_printed_year_is_no_quantity_but_a_span_of_years_is():
    assert [(q.value, q.unit) for q in quantities("由2021年的68.5件降至2023年的39.2件，历时3年")] == [
        (Decimal("68.5"), "件"),
        (Decimal("39.2"), "件"),
        (3, "年"),
    ]


def test_a_name_in_quotation_marks_takes_no_quantity_with_it():
    found = list(quantities("30名“90后”队员和5支“1+3”小队"))
    assert [(q.value, q.unit) for q in found] == [(30, "名"), (5, "支")]


def test_a_range_keeps_its_upper_end_and_its_whole_span():
    (found,) = quantities("每村约3—5名队员")
    assert (found.upper, found.start, found.end) == (5, 2, 7)


def test_spans_hold_the_qualifiers_and_nothing_else():
    text = "覆盖率达到93%以上，泊位约14万个，建成2.7万余个充电桩"
    assert [text[q.start : q.end] for q in quantities(text)] == ["93%以上", "约14万个", "2.7万余个"]


def test_every_measure_word_is_read_after_a_digit():
    for word, *_ in table("measure_words"):
        if word != "成" and "半" not in word:
            assert [q.unit for q in quantities(f"7{word}，")] == [word], word


@given(st.integers(1, 10**9))
def test_any_whole_number_is_read_back(number):
    (found,) = quantities(f"共{number}户")
    assert found.value == number


@given(st.text("十百千万亿一二三两零余多几数上近约3,.5个名%百分之成至—“”第", max_size=40))
def test_odd_runs_give_spans_within_the_text(text):
    for numeral in numerals(text):
        assert 0 <= numeral.start < numeral.end <= len(text)
    last = 0
    for quantity in quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
