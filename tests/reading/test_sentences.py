from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_pages import ALL, read, texts

from kg.model import Article, Paragraph
from kg.reading.sentences import LONGEST_SENTENCE, sentences


def split(text: str) -> list[str]:
    article = Article("a.txt", "", (Paragraph(text, tuple(range(len(text)))),))
    return [sentence.text for sentence in sentences(article)]


@pytest.mark.parametrize(
    "expected",
    [
        ["建成24个；", "议事310次。", "怎么办？", "一起办！"],
        ["采摘、装筐……", "田间一派忙碌。"],
        ["“停车难怎么办？大家都说说！”书记问。", "没有人走。"],
        ["他说：“有事好商量。”", "大家都笑了。"],
        ["建起中心，“它是成果之一，赋能治理。”街道负责人介绍。", "后来又建一个。"],
        ["“前几天来了。”", "“今天又来了。”他说。"],
        ["小院（见图；左）开了。", "喊出“不用跑！”的口号。"],
        ["办件1200件!", "真快?", "不对;", "再来。"],
        ["见 http://a.b/c?d;e!f 一文。", "完。"],
        ["“没有合上的话。", "后面还有。"],
        ["合上了”的话。", "后面还有。"],
        ["没有句号的一段"],
    ],
)
def test_where_sentences_end(expected):
    assert split("".join(expected)) == expected


def test_a_long_quotation_is_cut_into_its_sentences():
    inner = "这是引语里的一句话，说得很长很长很长。" * 20
    found = split(f"“{inner}”他说。")
    assert len(found) == 21
    assert found[19].endswith("。”")


@pytest.mark.parametrize("text", ["甲" * 5000, "甲，" * 2500, "“" * 5000, "a " * 3000])
def test_sentences_are_bounded_and_complete(text):
    found = split(text)
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in found)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)


def check_pieces(text: str) -> None:
    for article in read(text):
        for sentence in sentences(article):
            assert sentence.text == sentence.text.strip() != ""
            joined = "".join(text[piece.start : piece.end] for piece in sentence.pieces)
            assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", sentence.text)


@pytest.mark.parametrize("name", sorted(ALL))
def test_pieces_of_the_source_equal_the_sentence(name):
    check_pieces(ALL[name])


def test_a_sentence_has_one_piece_over_line_breaks_and_two_around_a_caption():
    first, _ = read(ALL["columns"])
    by_text = {sentence.text[:4]: sentence for sentence in sentences(first)}
    assert len(by_text["今年以来"].pieces) == 1
    assert len(by_text["居民魏大"].pieces) == 2


MARKS = ["[3]", "[^3]", "［12］", "〔3〕", "[3,4]", "[3-5]", "[1][2]", "³", "¹²", "（注3）"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl"])
@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_a_note_that_is_printed_as_text_is_none(mark, suffix):
    body = f"近日，西岭县种下梨树800{mark}棵{mark}，绿地3.5万{mark}平方米，新添“书屋”{mark}12个{mark}。"
    source = {
        ".txt": f"梨园变公园\n\n{body}\n",
        ".md": f"# 梨园变公园\n\n{body}\n",
        ".html": f"<h1>梨园变公园</h1><p>{body}</p>",
        ".jsonl": json.dumps({"headline": "梨园变公园", "text": body}, ensure_ascii=False) + "\n",
    }[suffix]
    (article,) = read(source, suffix)
    (sentence,) = [each for each in sentences(article) if each.text.startswith("近日")]
    assert sentence.text == "近日，西岭县种下梨树800棵，绿地3.5万平方米，新添“书屋”12个。"
    joined = "".join(source[piece.start : piece.end] for piece in sentence.pieces)
    joined = joined.replace("[^3]", "") if suffix == ".md" else joined  # which Markdown itself passes over
    assert joined == sentence.text


@pytest.mark.parametrize(
    "text",
    [
        "按国发〔98〕5号文办理。",
        "按川办〔12〕第5号文办理。",
        "见附件[2]。",
        "第[3]期简报刊出。",
        "水面80m²，库容6m³，场馆15米²。",
        "种下梨树10³棵。",
        "做到①入户②登记③回访。",
        "建成书房（12）个。",
        "县里有三件事：[1]修路。",
    ],
)
def test_what_only_looks_like_the_mark_of_a_note_stays(text):
    assert texts(read(f"梨园变公园\n\n近日，县里开会。{text}\n")[0]) == [f"近日，县里开会。{text}"]


def test_a_number_in_a_ring_is_a_note_between_a_number_and_its_unit():
    assert texts(read("梨园变公园\n\n近日，种下梨树800①棵，茶树3万②株。\n")[0]) == ["近日，种下梨树800棵，茶树3万株。"]


USUAL = """梨花开满山坡。
今年以来，东湖区建成小院议事会24个，累计
育、阅读等场所开放。
沈佳余 陆 璐
# 题目
## 做法
一、搭平台
（图片由东湖区提供）
图为小院。
梧桐社区居民议事
■记者 魏东
“好！
”他说
FIND HZ\u200b与■东湖
责任编辑：魏东
2023年5月6日
\u3000\u3000又是一年 春天；好
a b
基础上，又添了""".splitlines()
LINES = st.lists(
    st.sampled_from(USUAL) | st.text("东湖，。“”‘’■#（）；？!; \u3000\tab1…—一、\u200b\ufeff", max_size=30), max_size=25
)


@settings(max_examples=300, deadline=None)
@given(LINES, st.lists(st.sampled_from(["\n", "\n\n", "\n\n\n\n", "\r\n", "\n \n"]), min_size=25, max_size=25))
def test_pieces_equal_the_sentence_on_random_layouts(lines, breaks):
    check_pieces("".join(line + end for line, end in zip(lines, breaks, strict=False)))


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_no_character_stands_in_two_paragraphs(lines):
    text = "\n\n".join(lines)
    places = [
        place
        for article in read(text)
        for p in article.paragraphs
        for char, place in zip(p.text, p.offsets, strict=True)
        if not char.isspace()
    ]
    assert len(places) == len(set(places))
