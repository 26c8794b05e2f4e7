"""What the examples cannot show: spans, overlaps, relations, odd input."""

from __future__ import annotations

import pytest
from effort import effort

from kg.extractors import organizations
from kg.extractors.engine import Found
from kg.language.tokens import tokenize
from kg.model import Article, Level, Mention, Paragraph, Relation, Sentence


def facts_of(line: str, *places: str):
    """The facts of one sentence in which the given places stand, each at its first occurrence."""
    article = Article("t.txt", "", (Paragraph(line, tuple(range(len(line)))),))
    text = tokenize(article, (Sentence(line, (), 0),))
    mentions = [
        Mention(Level.DISTRICT, place, 0, line.index(place), line.index(place) + len(place), "test") for place in places
    ]
    return list(organizations.extract(text, Found.of(mentions)))


def names_of(line: str, *places: str) -> list[str]:
    return [fact.name for fact in facts_of(line, *places) if isinstance(fact, Mention)]


def test_a_mention_spans_what_is_printed_while_the_name_has_no_quotation_marks():
    line = "双方成立“青年”企业家协会，区民政局到场。"
    for mention in (fact for fact in facts_of(line) if isinstance(fact, Mention)):
        printed = line[mention.start : mention.end]
        assert mention.name == printed.replace("“", "").replace("”", "")


def test_a_name_begins_with_the_innermost_place():
    assert names_of("济南市历下区民政局印发清单。", "济南市", "历下区") == ["历下区民政局"]


def test_the_place_of_a_name_is_its_seat():
    facts = facts_of("昨天，历下区民政局来人。", "历下区")
    relations = [(f.subject.name, f.predicate, f.object.name) for f in facts if isinstance(f, Relation)]
    assert relations == [("历下区民政局", "basedIn", "历下区")]


def test_a_bare_level_has_no_seat_to_tell():
    assert not [fact for fact in facts_of("据区民政局介绍，食堂开了。") if isinstance(fact, Relation)]


def test_the_listed_departments_share_the_place_of_the_first():
    assert names_of("青秀区民政局、财政局和人社局会商。", "青秀区") == ["青秀区民政局", "青秀区财政局", "青秀区人社局"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("由区住房和城乡建设局牵头。", "区住房和城乡建设局"),
        ("区民政局和区财政局联合发文。", "区财政局"),
        ("山西医科大学第一医院的专家坐诊。", "山西医科大学第一医院"),
        ("与云岭（南宁）数字科技有限公司签约。", "云岭（南宁）数字科技有限公司"),
        ("第三批学员来自云岭师范学院党委。", "云岭师范学院党委"),
    ],
)
def test_conjunctions_parents_and_brackets_inside_names(line: str, name: str):
    assert name in names_of(line)


def test_names_inside_a_longer_name_are_not_told_apart():
    assert names_of("首都师范大学附属中学搬来了。") == ["首都师范大学附属中学"]


def test_what_a_body_does_is_not_part_of_its_name():
    assert names_of("区妇联联合区总工会办夜校。") == ["区妇联", "区总工会"]


@pytest.mark.parametrize(
    "line",
    [
        "和" * 3000,
        "局" * 3000,
        "区民政局、" * 600,
        "A" * 3000 + "公司",
        "等企业" * 1000,
        "杭州听风" * 800 + "有限公司",
        "有限公司" * 800,
        "",
    ],
)
def test_odd_input_is_quick(line: str):
    assert effort(lambda: facts_of(line), 100) <= 100


def test_two_runs_agree():
    line = "成华区委社治委会同区住建局、民政局，与恒远制药、蓝湾数科等企业签约。"
    assert facts_of(line, "成华区") == facts_of(line, "成华区")
