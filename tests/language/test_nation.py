"""Where a sentence tells of the whole country."""

from __future__ import annotations

import pytest

from kg.language.nation import nation_told


@pytest.mark.parametrize(
    "sentence",
    [
        "全国建成食堂3000家。",
        "截至去年底，我国建成食堂3000家。",
        "数据显示，2023年全国食堂3000家。",
        "甲县是全国12个试点县之一。",
        "目前全球用户达5000万。",
    ],
)
def test_what_tells_of_the_country(sentence: str) -> None:
    assert len(nation_told(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "甲县获评全国文明城市，建成食堂3家。",
        "去年，全国劳动模范王芳办起食堂3家。",
        "覆盖率高于全国平均水平3个百分点。",
        "甲公司在全国有食堂300家。",
        "甲公司把种子送到全国27个省份。",
        "甲县的货车遍布全国12个城市。",
        "今年，全国首个试点的食堂有3家。",
        "甲县建成食堂3家。",
        "甲市机器人产量占全国4成。",
        "甲市的出口贡献了全国24.1%的增量。",
        "甲市新增就业700万人、约占全国1/10。",
        "甲市投资增速高于全国3.7个百分点。",
        "甲市建成全国重点实验室45家。",
    ],
)
def test_titles_ranks_comparisons_and_reach_do_not(sentence: str) -> None:
    assert nation_told(sentence) == ()
