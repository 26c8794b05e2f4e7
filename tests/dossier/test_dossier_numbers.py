"""Which numbers belong together and which may be compared; what is a target, a running total, an addition."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest

from kg.dossier.blocks import Bars, Years
from kg.dossier.charts import chart, ticks
from kg.dossier.figures import number_section
from kg.dossier.model import Number, Thing
from kg.dossier.numbers import series_of
from kg.dossier.wording import words, year_of
from kg.language.number_stages import Stage, Tally, falls, stage_of, tally_of

FAIR = Thing("邻里集市", "id:fair", "Program")
JINJIANG, QINGYANG = Thing("锦江区", "id:jinjiang", "District"), Thing("青羊区", "id:qingyang", "District")
SERIAL = count()


def number(value, year, **given) -> Number:
    """A number of stalls at a fair."""
    n = next(SERIAL)
    told = {
        "iri": f"id:m{n:03}", "subject": FAIR, "area": JINJIANG, "indicator": "邻里集市", "printed": "邻里集市",
        "upper": None, "unit": "个", "qualifier": "exact", "kind": "level", "stage": Stage.RESULT, "tally": Tally.PLAIN,
        "years": None, "passages": (f"id:p{n:03}",), "article": f"id:a{n}", "counts_program": True,
        "told_in": None,
    }  # fmt: skip
    return Number(value=Decimal(value), year=year, **(told | given))


def changes(*numbers, places=lambda _: frozenset({"id:jinjiang"})):
    """The changes of all series of some numbers."""
    return [str(change.difference) for series in series_of(numbers, places) for change in series.changes]


def test_a_change_from_each_year_told_to_the_next():
    assert changes(number(12, 2021), number(20, 2023), number(15, 2024)) == ["8", "-5"]
    (series,) = series_of([number(8, 2021), number(6, 2022)], lambda _: frozenset())
    assert [str(change.percent) for change in series.changes] == ["-25"]


@pytest.mark.parametrize(
    "other",
    [
        {"qualifier": "over"},
        {"qualifier": "under"},
        {"upper": Decimal(30)},
        {"area": QINGYANG},
        {"subject": JINJIANG, "counts_program": False},
        {"subject": QINGYANG},
        {"indicator": "摊位"},
        {"unit": "户"},
        {"kind": "growth"},
        {"kind": "to"},
        {"stage": Stage.TARGET},
        {"tally": Tally.CUMULATIVE},
        {"tally": Tally.NEW},
        {"year": None},
        {"year": 2021},
        {"year": None, "years": (2021, 2023)},
    ],
)
def test_no_change_between_numbers_that_say_other_things(other):
    assert changes(number(12, 2021), number(20, **({"year": 2023} | other))) == []


def test_how_many_there_are_is_one_series_whether_told_of_the_program_or_of_the_area():
    numbers = [number(12, 2021), number(20, 2023, subject=JINJIANG)]
    (series,) = series_of(numbers, lambda _: frozenset())
    assert [str(change.difference) for change in series.changes] == ["8"]
    assert series.subject is None
    assert len(series_of([*numbers, number(5, 2023, subject=QINGYANG)], lambda _: frozenset())) == 2
    apart = [number(3, 2023, counts_program=False), number(3, 2023, counts_program=False, subject=JINJIANG)]
    assert len(series_of(apart, lambda _: frozenset())) == 2


def test_no_change_where_two_reports_may_count_different_things():
    homes = {"indicator": "居民", "unit": "户", "counts_program": False}
    assert changes(number(60, 2021, **homes), number(630, 2023, **homes)) == []
    same = homes | {"article": "id:a", "passages": ("id:p",)}
    assert changes(number(60, 2021, **same), number(630, 2023, **same)) == ["570"]
    assert changes(*(number(n, n, **homes | {"tally": Tally.CUMULATIVE}) for n in (2021, 2023))) == ["2"]


def test_no_change_where_a_year_has_several_values_or_places_differ():
    assert changes(number(12, 2021), number(20, 2023), number(24, 2023)) == []
    assert changes(number(12, 2021), number(20, 2023), number(20, 2023, qualifier="over")) == ["8"]
    nowhere = {"area": None}
    assert changes(number(12, 2021, **nowhere), number(20, 2023, **nowhere)) == ["8"]
    assert changes(number(12, 2021, **nowhere), number(20, 2023, **nowhere), places=lambda n: frozenset({n.iri})) == []


def test_shares_change_by_points_and_units_of_one_measure_join():
    rate = {"indicator": "满意率", "unit": "%", "article": "id:a"}
    (series,) = series_of([number(80, 2021, **rate), number(93, 2023, **rate)], lambda _: frozenset())
    assert [(str(change.difference), change.percent) for change in series.changes] == [("13", None)]
    assert len(series_of([number(1, 2021, unit="平方米"), number(2, 2021, unit="㎡")], lambda _: frozenset())) == 1


def test_one_year_in_several_areas_is_drawn_as_bars_the_longest_first():
    numbers = [number(5, 2023), number(20, 2023, area=QINGYANG)]
    (part,) = number_section("numbers", series_of(numbers, lambda _: frozenset()), FAIR, words("en")).parts
    bars, table = part.blocks
    assert isinstance(bars, Bars)
    assert [(label, str(point.value)) for label, point in bars.bars] == [("青羊区", "20"), ("锦江区", "5")]
    assert len(table.rows) == 2
    drawn = chart(bars, {n.passages[0]: place for place, n in enumerate(numbers, 1)})
    assert drawn.count("<rect") == 2
    assert drawn.index("#s2") < drawn.index("#s1")


def test_areas_of_one_name_stay_apart():
    twin = Thing("锦江区", "id:another", "District")
    for years in ((2023, 2023), (2021, 2023)):
        numbers = [
            number(n, year, area=area) for n, (year, area) in enumerate(zip(years, (JINJIANG, twin), strict=True))
        ]
        (part,) = number_section("numbers", series_of(numbers, lambda _: frozenset()), FAIR, words("en")).parts
        drawn = part.blocks[0]
        assert len(drawn.bars if isinstance(drawn, Bars) else drawn.lines) == 2


def test_several_areas_over_years_are_a_line_each_and_points_do_not_hide_each_other():
    numbers = [number(5, 2021), number(5, 2021, area=QINGYANG), number(9, 2023)]
    (part,) = number_section("numbers", series_of(numbers, lambda _: frozenset()), FAIR, words("en")).parts
    years = part.blocks[0]
    assert isinstance(years, Years)
    assert [(line.label, len(line.points)) for line in years.lines] == [("锦江区", 2), ("青羊区", 1)]
    drawn = chart(years, {n.passages[0]: place for place, n in enumerate(numbers, 1)})
    spots = [part.split('r="4.5"')[0] for part in drawn.split("<circle") if 'r="4.5"' in part]
    assert len({spot.partition("cx")[2] for spot in spots}) == 3


def test_a_number_alone_has_no_chart_and_numbers_without_year_no_bars():
    for numbers in ([number(5, 2023)], [number(5, None), number(9, None, area=QINGYANG)]):
        (part,) = number_section("numbers", series_of(numbers, lambda _: frozenset()), FAIR, words("en")).parts
        assert len(part.blocks) == 1
    assert number_section("numbers", (), FAIR, words("en")) is None


@pytest.mark.parametrize(("low", "high"), [(0, 171), (0, 1), (-5, 12), (0, 0), (0, 270_000_000), (0, 7)])
def test_ticks_hold_all_values_and_are_few(low, high):
    found = ticks(Decimal(low), Decimal(high))
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "stage"),
    [
        ("全区力争到年底建成集市30个。", 30, "个", "target"),
        ("集市计划投入资金200万元，惠及居民1500户。", 1500, "户", "target"),
        ("预计全年接待居民2万人次。", 20000, "人次", "target"),
        ("明年，街道将在12个小区办起集市。", 12, "个", "target"),
        ("集市将继续增加摊位40个。", 40, "个", "target"),
        ("街道将服务送进12个小区。", 12, "个", "result"),
        ("街道将原有的12个摊位并为3个。", 12, "个", "result"),
        ("按照计划，目前已建成集市12个。", 12, "个", "result"),
        ("计划建设集市30个，目前已办起12个。", 12, "个", "result"),
        ("力争做到最好。全区有集市12个。", 12, "个", "result"),
        ("“春苗计划”办起集市12个。", 12, "个", "result"),
    ],
)
def test_targets_are_told_by_words_before_the_number(sentence, value, unit, stage):
    assert str(stage_of(sentence, Decimal(value), unit)) == stage


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "indicator", "tally"),
    [
        ("集市累计接待居民3000人次。", 3000, "人次", "接待居民", "cumulative"),
        ("集市累计接待居民3000人次,帮扶老人60名。", 60, "名", "帮扶老人", "plain"),
        ("全年新增摊位20个，共有摊位80个。", 20, "个", "摊位", "new"),
        ("全年新增摊位20个，共有摊位80个。", 80, "个", "摊位", "plain"),
        ("摊位80个，今年又添了20个。", 20, "个", "新增摊位", "new"),
        ("更新改造集市5个。", 5, "个", "集市", "plain"),
        ("新建区办起集市5个。", 5, "个", "集市", "plain"),
        ("新增摊位开业率达80%。", 80, "%", "开业率", "plain"),
    ],
)
def test_running_totals_and_additions_are_told_by_their_clause(sentence, value, unit, indicator, tally):
    assert str(tally_of(sentence, Decimal(value), unit, indicator)) == tally


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "indicator", "falling"),
    [
        ("上半年投诉同比减少30件、降幅4%。", 30, "件", "投诉", True),
        ("上半年投诉同比减少30件、降幅4%。", 4, "%", "投诉", True),
        ("退件率环比下降12%，满意率提升5%。", 12, "%", "退件率", True),
        ("退件率环比下降12%，满意率提升5%。", 5, "%", "满意率", False),
        ("办理时间平均缩短6天。", 6, "天", "办理时间", True),
        ("发案数连年回落，村集体增收20万元。", 200000, "元", "村集体增收", False),
        ("为商户减免租金8万元，户均增收3000元。", 80000, "元", "减免租金", True),
        ("为商户减免租金8万元，户均增收3000元。", 3000, "元", "户均增收", False),
        ("降本增效，企业利润同比增长9%。", 9, "%", "企业利润", False),
        ("增收节支，开支比上年压减15%。", 15, "%", "开支", True),
        ("人均月增收900元。", 900, "元", "人均月增收", False),
        ("人均收入同比多了九百元。", 900, "元", "人均收入", False),
    ],
)
def test_a_decrease_is_no_growth(sentence, value, unit, indicator, falling):
    assert falls(sentence, Decimal(value), unit, indicator) is falling


def test_decreases_stand_apart_from_growth():
    told = [number(4, 2021, kind="growth", indicator="投诉"), number(9, 2023, kind="decrease", indicator="投诉")]
    series = series_of(told, lambda _: frozenset())
    assert sorted((each.kind, len(each.numbers), each.changes) for each in series) == [
        ("decrease", 1, ()),
        ("growth", 1, ()),
    ]
    section = number_section("numbers", series, FAIR, words("en"))
    assert [part.title for part in section.parts] == ["Growth told", "Decreases told"]


def test_a_number_without_a_year_is_told_with_the_year_of_its_report():
    told = [number(1, 2021), number(2, None, years=(2021, 2023)), number(3, None), number(4, None, told_in=2024)]
    assert [year_of(each, words("en")) for each in told] == [
        "2021",
        "2021–2023",
        "not told",
        "not told (report of 2024)",
    ]
    assert year_of(told[-1], words("zh")) == "未载（2024年报道）"
