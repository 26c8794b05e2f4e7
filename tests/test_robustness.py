"""The whole way, from bytes to quads, on text that nobody would print: no exception, no endless loop, nothing slow.

The articles are made of pieces of the repository's own, so that they hold what rules look for in orders that no rule
expects; the odd files hold long runs of one thing.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

import pytest
from effort import growth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad, RdfFormat, parse, serialize
from samples import quads

from kg.build import read_article
from kg.errors import UserError
from kg.model import Article, Paragraph, Role
from kg.processes import time_limit
from kg.reading import input_files, read_page
from kg.reading.sentences import sentences

ROOT = Path(__file__).parents[1]
CUT = re.compile(r"(?<=[，。；：、！？“”（）《》])|(?=[“（《])")
ARTICLES = 900
SECONDS_AN_ARTICLE = 2
"""Some hundred times what such an article takes, so that a busy machine fails no test."""

SECONDS_A_FILE = 15
"""The same for odd files of up to half a megabyte."""


@cache
def originals() -> tuple[Article, ...]:
    pages = input_files([ROOT / "seeds", ROOT / "tests" / "articles"])
    return tuple(article for path in pages for article in read_page(path).articles)


@cache
def pieces() -> tuple[str, ...]:
    """The clauses of all articles, with the marks that end them."""
    return tuple(piece for article in originals() for p in article.paragraphs for piece in CUT.split(p.text) if piece)


def made(headline: str, body: list[str]) -> Article:
    """An article of which every character has its place in a file that holds it line by line."""
    paragraphs, place = [], 0
    for number, text in enumerate([headline, *body]):
        role = Role.HEADLINE if number == 0 else Role.BODY
        paragraphs.append(Paragraph(text, tuple(range(place, place + len(text))), role))
        place += len(text) + 1
    return Article("made.txt", headline, tuple(paragraphs))


def facts(article: Article) -> list[Quad]:
    """The quads of an article, which must be such as can be written and read again."""
    found = list(quads(read_article(article)))
    assert set(parse(serialize(found, format=RdfFormat.N_QUADS) or b"", format=RdfFormat.N_QUADS)) == set(found)
    return found


# Random articles


def of_clauses(chance: random.Random) -> Article:
    """Clauses of all articles in any order: names, numbers and quotations meet that never stood together."""
    body = ["".join(chance.choices(pieces(), k=chance.randint(1, 12))) for _ in range(chance.randint(1, 4))]
    return made(chance.choice(pieces()), body)


def of_fragments(chance: random.Random) -> Article:
    """Runs of characters cut anywhere, so that words, names and quotations break off."""
    body = []
    for _ in range(chance.randint(1, 4)):
        runs = []
        for piece in chance.choices(pieces(), k=chance.randint(2, 16)):
            start = chance.randrange(len(piece))
            runs.append(piece[start : start + chance.randint(1, 9)])
        body.append("".join(runs))
    return made(chance.choice(pieces())[:20], body)


def of_noise(chance: random.Random) -> Article:
    """An article's own paragraphs with characters dropped, doubled and swapped, as a bad scan has them."""
    article = chance.choice(originals())
    texts = []
    for paragraph in article.paragraphs[:5]:
        characters = list(paragraph.text[:300])
        for _ in range(max(1, len(characters) // 12)):
            place = chance.randrange(len(characters))
            characters[place] = chance.choice(["", characters[place] * 2, characters[-1], "“", "”", "、", "和", "3"])
        texts.append("".join(characters))
    headline, *body = texts
    return made(headline, body)


@pytest.mark.parametrize("make", [of_clauses, of_fragments, of_noise])
@pytest.mark.parametrize("part", range(3))
def test_random_articles_are_read_without_a_fault(make, part):
    chance = random.Random(f"{make.__name__} {part}")
    for number in range(ARTICLES // 9):
        article = make(chance)
        try:
            with time_limit(SECONDS_AN_ARTICLE):
                facts(article)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            texts = [paragraph.text for paragraph in article.paragraphs]
            pytest.fail(f"article {number}: {type(error).__name__} {error} on {texts}")


WORDS = st.sampled_from([
    *"区局和与、，。；：“”‘’《》（）()的了在由百亿万余年%从至到家张说该·+-. 1A",
    *["上城区", "紫阳街道", "社区", "街道", "全区", "住建局", "有限公司", "大学", "附属", "医院", "书记", "李小明"],
    *["推出", "打造", "行动", "工坊", "“1+6”", "百分之", "分之", "2024年", "今年", "同比增长"],
    *["\u3000", "😀", "\u200d", "𠀀", "m²", "℃"],
])  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(WORDS, min_size=1, max_size=30).map("".join), min_size=1, max_size=4))
def test_any_words_in_any_order_are_read(texts):
    with time_limit(SECONDS_AN_ARTICLE):
        facts(made(texts[0], texts[1:]))


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(text.encode())
    with time_limit(SECONDS_AN_ARTICLE):
        assert read_whole(path) >= 0


# Odd files


def read_whole(path: Path) -> int:
    """A file read the whole way; the number of its articles, 0 where it is refused with a reason of one line."""
    try:
        page = read_page(path)
    except UserError as error:
        return 0 if "\n" not in str(error) else -1
    for article in page.articles:
        whole = sum(len(paragraph.text) - paragraph.text.count(" ") for paragraph in article.paragraphs)
        assert sum(len(re.sub(r"\s", "", s.text)) for s in sentences(article)) <= whole
        facts(article)
    return len(page.articles)


SENTENCE = "上城区紫阳街道推出“街事荟”，区住建局牵头，覆盖12个社区、3.5万户居民。"
HAN = [chr(code) for code in range(0x4E00, 0x9000)]
ODD = {
    "one-line.txt": SENTENCE * 1500,
    "one-line-without-marks.txt": re.sub(r"[，。“”、]", "", SENTENCE) * 1000,
    "one-character.txt": "甲" * 150_000,
    "letters.txt": "a" * 500_000,
    "brackets.txt": "（" * 50_000,
    "bracket-pairs.txt": "()" * 25_000,
    "nested-brackets.txt": "（" * 25_000 + "甲" + "）" * 25_000,
    "titles.txt": "《" * 50_000,
    "quotes.txt": "“" * 50_000,
    "closing-quotes.txt": "”" * 50_000,
    "quote-pairs.txt": "“”" * 25_000,
    "straight-quotes.txt": "\"'" * 25_000,
    "nested-quotes.txt": "“‘" * 12_500 + "街事荟" + "’”" * 12_500,
    "quoted-in-quotes.txt": "“‘“‘上城区推出‘“街事荟”’”’”，共“‘5’”家。" * 750,
    "digits.txt": "1234567890" * 10_000,
    "chinese-digits.txt": "一二三四五六七八九十百千万亿" * 4000,
    "grouped-digits.txt": "1,234,567," * 10_000,
    "dots.txt": "1." * 40_000,
    "lines-of-digits.txt": "12345\n" * 3500,
    "huge-numbers.txt": f"人口达{10**400}人，约1{'0' * 400}万户，{'9' * 401}.{'9' * 401}亿元，1{'万' * 999}家，"
    f"百分之{10**400}。",
    "no-numbers.txt": "零分之五，十分之零，0分之1，百分之，百百分之百，点五，千万千，亿万，半数之半，第零，0.0.0，"
    "1,2,3，几几个。",
    "dates.txt": "9999年，0000年，10000年，2024年13月45日，99999999年。今年达9999年，0年，-1年。9999—1年。"
    "明年9999家。去年0年。“十五五”开局，“九十九五”规划，二〇二四年十三月，三十二日，1月0日，24时61分。",
    "marks.txt": "。，；：！？、—…" * 4000,
    "full-stops.txt": "。" * 100_000,
    "ellipses.txt": "…" * 100_000,
    "middle-dots.txt": "阿卜杜·买买提·" * 4000,
    "emoji.txt": "😀👨‍👩‍👧‍👦🇨🇳" * 5000,
    "right-to-left.txt": "مرحبا بالعالم " * 5000,
    "marks-of-direction.txt": "\u202e上城区\u202c推出“\u2067街事荟\u2069”。" * 1000,
    "joiners.txt": "\u200d" * 100_000,
    "accents.txt": "e" + "\u0301" * 50_000,
    "private.txt": "\ue000\uf8ff上城区" * 7500,
    "rare-characters.txt": "𠀀𠮷街道" * 3000,
    "nul.txt": "上城区\0推出\0“街事荟”。" * 1000,
    "controls.txt": "上城区\x01推出\x1b“街事荟”。\x7f" * 1000,
    "empty-lines.txt": "\n" * 150_000 + SENTENCE,
    "short-lines.txt": "甲\n" * 25_000,
    "columns.txt": "上城区\n推出\n街事荟\n" * 1000,
    "bylines.txt": "记者 张三 李四 王五\n" * 5000,
    "captions.txt": "图为 上城区街道 记者 张三 摄\n" * 4000,
    "headlines.txt": "上城区推出街事荟\n\n" * 1500,
    "places.txt": "上城区拱墅区西湖区滨江区" * 1250,
    "bodies.txt": "区住建局、市城管局、区委组织部、" * 1500,
    "endings.txt": "有限公司" * 5000,
    "levels.txt": "区街道社区村" * 3000,
    "conjunctions.txt": "甲和乙及丙与丁" * 4000,
    "programs.txt": "".join(f"推出“{one}{two}工坊”，" for one, two in zip(HAN, HAN[7:600], strict=False)),
    "formulas.txt": "“1+6”、“141”模式。1+6+" * 1500,
    "people.txt": "".join(f"书记{'张王李赵'[n % 4]}{HAN[n]}{HAN[n * 3]}说，好。" for n in range(2000)),
    "documents.txt": "".join(f"印发《{HAN[n]}区意见》。" for n in range(2500)),
    "metrics.txt": "".join(f"建成站点{n}个，" for n in range(1200)),
    "taken-up.txt": "上城区推出“街事荟”。" + "该平台有5个站点。全区共6个。" * 750,
    "open-tags.html": "<div>" * 15_000 + "甲",
    "less-than.html": "<" * 50_000,
    "comments.html": "<!--" * 25_000,
    "references.html": "&#" * 25_000 + "&amp" * 25_000 + "&#1114112;&#xD800;",
    "tables.html": "<table><tr><td>上城区" * 2500,
    "scripts.html": "<script>" * 15_000,
    "headings.md": "#" * 50_000,
    "stars.md": "*" * 25_000 + "_" * 25_000,
    "links.md": "[a](" * 12_500 + "![" * 12_500,
    "code.md": "`" * 50_000,
    "quotations.md": "> " * 25_000 + "上城区",
    "many-headings.md": "# 题\n\n上城区推出“街事荟”。\n\n" * 1000,
    "lists.jsonl": "[" * 50_000,
    "objects.jsonl": '{"headline":' * 15_000,
    "half-characters.jsonl": r'{"headline":"\ud800","text":"上城\udc00区\u0000"}',
    "wrong-types.jsonl": '{"headline":1e999,"text":[]}\n{"headline":null,"text":"甲","date":9999,"author":{}}',
    "long-number.jsonl": "9" * 10_000,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read_or_refused_in_time(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(ODD[name].encode())
    with time_limit(SECONDS_A_FILE):
        assert read_whole(path) >= 0


def test_huge_numbers_and_odd_dates_are_written_as_they_must_be(tmp_path):
    """A year is one that xsd:gYear can write; a number has no exponent."""
    path = tmp_path / "page.txt"
    path.write_text(f"题\n\n{ODD['huge-numbers.txt']}\n{ODD['dates.txt']}\n", encoding="utf-8")
    found = [quad for article in read_page(path).articles for quad in facts(article)]
    years = {q.object.value for q in found if q.predicate.value.endswith("ear")}
    values = {q.object.value for q in found if q.predicate.value.endswith("#value")}
    assert all(re.fullmatch(r"[0-9]{4}", year) for year in years)
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) for value in values)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "书记李小明说，建成站点5个。",
        "推出“甲工坊”。",
        "全区共5个站点。",
        "玉林街道主任陈明、副主任李静、",
        "武侯区民政局联合四川大学开展活动。",
        "由五方共商议事会牵头，成立志愿服务队。",
        "玉林街道芳草社区和倪家桥社区建成书房5个。",
    ],
)
def test_time_grows_no_faster_than_the_text(text, tmp_path):
    """Eight times the text is about eight times the work, by far not sixty-four times.

    Half more is let pass: what grew with the square of the names in an article gave 16 to 19 here.
    """

    def read(times: int) -> None:
        path = tmp_path / f"{times}.txt"
        path.write_text("题\n\n" + text * times + "\n", encoding="utf-8")
        read_whole(path)

    read(100)
    assert growth(read, 300, 8, most=12) <= 12
