"""Corpora of any size that are like newspapers': `python -m tests.bench.corpus 1000 news.jsonl.gz [--seed 7]`.

Sentences are invented. A paper writes of the districts of its city most of the time, of some far more often than of
others, so that articles share places, bodies and programs as real ones do; a few programs are told of everywhere. Texts
have 300 to 20,000 characters, as many short as long on a scale of logarithms. The same number and seed give the same
bytes, and the first articles of a larger corpus are those of a smaller one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.language import gazetteer

SHORTEST, LONGEST = 300, 20_000
CITIES = ("3301", "3302", "3205", "4401", "4201", "5101", "3702", "4301")
"""Whose papers write: division codes."""
ELSEWHERE = 0.1
"""How often an article is of another city's district."""
EVERYWHERE = 0.15
"""How often a program is one of those that are told of in every city."""

FIRST = [
    "邻里",
    "银龄",
    "星火",
    "晨光",
    "共享",
    "同心",
    "蓝湾",
    "梧桐",
    "和风",
    "青禾",
    "暖阳",
    "云上",
    "百姓",
    "红柿",
    "小巷",
    "大树",
    "潮头",
    "花开",
    "清泉",
    "石榴",
]
SECOND = [
    "议事",
    "书房",
    "食堂",
    "驿站",
    "管家",
    "夜话",
    "工坊",
    "学堂",
    "帮帮",
    "茶叙",
    "集市",
    "课堂",
    "合伙",
    "调解",
    "助餐",
    "托育",
    "会客",
    "创客",
    "心愿",
    "守望",
]
HEADS = ["行动", "工程", "机制", "平台", "工作法", "计划", "工坊", "驿站", "议事厅", "服务站"]
FIELDS = [
    "民政局",
    "教育局",
    "卫生健康局",
    "农业农村局",
    "人力资源和社会保障局",
    "市场监督管理局",
    "文化和旅游局",
    "司法局",
]
COUNTED = (
    ("服务居民", "人次", 90_000), ("建成点位", "个", 400), ("培训骨干", "人", 3_000), ("化解纠纷", "件", 900),
    ("带动就业", "人", 6_000), ("走访老人", "户", 5_000), ("举办活动", "场", 700), ("投入资金", "万元", 4_000),
)  # fmt: skip
SENTENCES = (
    "{year}年，{place}推出“{program}”{head}，由{body}牵头实施。",
    "目前，“{program}”已在{street}落地，{count}。",
    "据{body}统计，截至{year}年底，全区累计{count}。",
    "在{street}，“{program}”让办事的人少跑了许多路，{count}。",
    "{place}将“{program}”纳入民生清单，去年{count}。",
    "{body}会同{other}制定办法，把“{program}”延伸到楼道和院落。",
    "{year}年，{place}{count}，同比增长{percent}%。",
    "清晨的院子里飘着桂花香，几位老街坊围着石桌，慢慢说起搬家那年的事。",
    "“以前下雨天路不好走，现在平整了。”一位住户笑着说，她把晾晒的被子往里收了收。",
    "工作人员翻开登记本，上面记着每一户的需要，有的要修灯，有的想学写字。",
    "天黑以后，灯一盏盏亮起来，孩子们在空地上追着影子跑，大人在旁边慢慢走。",
    "这件事看上去不大，做起来却要一家一家去谈，谈了三轮，图纸也改了三回。",
)
"""Seven tell facts, five none, as in reports."""


def articles(number: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """So many articles as records of JSON Lines."""
    for each in range(number):
        yield _article(random.Random(f"{seed} {each}"))


def _article(chance: random.Random) -> dict[str, str]:
    city = _often(chance, CITIES)
    district = _often(chance, _districts(chance.choice(CITIES) if chance.random() < ELSEWHERE else city))
    place = gazetteer.by_code(district)
    above = gazetteer.by_code(district[:4])
    assert place
    assert above
    streets = gazetteer.children(district) or (place,)
    programs = [_program(chance, district) for _ in range(chance.randint(1, 4))]
    year = chance.randint(2016, 2025)
    length = math.exp(chance.uniform(math.log(SHORTEST), math.log(LONGEST)))
    paragraphs: list[str] = []
    written = 0
    while written < length:
        sentences = []
        for _ in range(chance.randint(2, 5)):
            unit = chance.choice(COUNTED)
            full = above.name + place.name if not written else place.name
            sentences.append(
                chance.choice(SENTENCES[:1] if not written else SENTENCES).format(
                    year=year if chance.random() < 0.7 else year - 1,
                    place=full,
                    street=_often(chance, streets).name,
                    program=_often(chance, programs),
                    head=chance.choice(HEADS),
                    body=place.name + _often(chance, FIELDS),
                    other=place.name + chance.choice(FIELDS),
                    count=f"{unit[0]}{chance.randint(2, unit[2])}{unit[1]}",
                    percent=chance.randint(1, 60),
                )
            )
            written += len(sentences[-1])
        paragraphs.append("".join(sentences))
    return {
        "headline": f"{place.name}“{programs[0]}”走进{_often(chance, streets).name}",
        "text": "\n".join(paragraphs),
        "date": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    }


def _program(chance: random.Random, district: str) -> str:
    """A program's name: one of some forty of the district, or of twenty that are everywhere."""
    pool = random.Random("everywhere" if chance.random() < EVERYWHERE else district)
    names = [pool.choice(FIRST) + pool.choice(SECOND) for _ in range(40)]
    return _often(chance, names)


def _often(chance: random.Random, choices: Sequence[Any]) -> Any:
    """One of the choices, the n-th half as often as the first where n is two, a third where it is three (Zipf)."""
    return chance.choices(choices, [1 / (place + 1) for place in range(len(choices))])[0]


@cache
def _districts(city: str) -> tuple[str, ...]:
    return tuple(division.code for division in gazetteer.children(city))


def write(path: Path, number: int, seed: int = 7) -> int:
    """A corpus as a file of JSON Lines, compressed where its name ends in .gz; the bytes of its text."""
    size = 0
    with gzip.GzipFile(path, "wb", mtime=0) if path.suffix == ".gz" else path.open("wb") as file:
        for record in articles(number, seed):
            size += len(record["text"].encode())
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return size


def main() -> None:
    """Writes a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    print(f"{wanted.articles} articles, {write(wanted.file, wanted.articles, wanted.seed):,} bytes of text")


if __name__ == "__main__":
    main()
