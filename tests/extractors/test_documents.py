"""What the examples cannot show: titles in titles, short forms, issuers, odd input."""

from __future__ import annotations

import pytest
from effort import effort

from kg.extractors import documents
from kg.extractors.documents import short_forms
from kg.extractors.engine import Found
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Paragraph, Relation, Sentence


def facts_of(line: str, *bodies: str):
    article = Article("t.txt", "", (Paragraph(line, tuple(range(len(line)))),))
    text = tokenize(article, (Sentence(line, (), 0),))
    found = [Mention("Organization", b, 0, line.index(b), line.index(b) + len(b), "test") for b in bodies]
    return list(documents.extract(text, Found.of(found)))


def test_a_title_in_a_title_is_part_of_it():
    names = [
        fact.name for fact in facts_of("县里印发《关于实施〈食堂管理办法〉的通知》和《关于落实《食堂指南》的意见》。")
    ]
    assert names == ["关于实施〈食堂管理办法〉的通知", "关于落实《食堂指南》的意见"]


def test_a_title_with_quotation_marks_is_one_document_named_without_them():
    (fact,) = facts_of("出台《2025年“美丽楼道”长效管理实施意见》。")
    assert fact.name == "2025年美丽楼道长效管理实施意见"


@pytest.mark.parametrize(
    "line",
    [
        "《养老服务发展规划》（以下简称《规划》）提出目标。",
        "《养老服务发展规划》(以下简称“规划”)提出目标。",
        "《养老服务发展规划》，下称《规划》，提出目标。",
    ],
)
def test_short_forms(line: str):
    assert short_forms(line) == {"规划": "养老服务发展规划"}
    assert [fact.name for fact in facts_of(line)] == ["养老服务发展规划", "规划"]


def test_all_who_issue_are_told():
    line = "区民政局、区财政局联合印发《助餐补贴办法》。"
    issuers = [f.object.name for f in facts_of(line, "区民政局", "区财政局") if isinstance(f, Relation)]
    assert issuers == ["区民政局", "区财政局"]


def test_one_who_follows_a_document_does_not_issue_it():
    assert not [f for f in facts_of("区民政局按《助餐补贴办法》发钱。", "区民政局") if isinstance(f, Relation)]


@pytest.mark.parametrize("line", ["《" * 5000, "《办法" * 2000, "《办法》（以下简称" * 500, "》" * 5000])
def test_odd_input_is_quick(line: str):
    assert effort(lambda: facts_of(line), 100) <= 100
