"""What the examples cannot show: later mentions, roles, bodies, odd input."""

from __future__ import annotations

import pytest
from effort import effort

from kg.extractors import people
from kg.extractors.engine import Found
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Paragraph, Relation, Sentence


def facts_of(*lines: str, named: tuple[tuple[str, str], ...] = ()):
    """The facts of sentences in which the given (kind, name) stand."""
    article = Article("t.txt", "", tuple(Paragraph(line, tuple(range(len(line)))) for line in lines))
    text = tokenize(article, tuple(Sentence(line, (), number) for number, line in enumerate(lines)))
    found = [
        Mention(kind, name, number, line.index(name), line.index(name) + len(name), "test")
        for number, line in enumerate(lines)
        for kind, name in named
        if name in line
    ]
    return list(people.extract(text, Found.of(found)))


def people_of(*lines: str, named: tuple[tuple[str, str], ...] = ()):
    return [
        (fact.sentence, fact.name, *[p.value for p in fact.properties])
        for fact in facts_of(*lines, named=named)
        if isinstance(fact, Mention)
    ]


def test_a_name_once_found_is_found_again_without_its_role():
    found = people_of("网格员周海燕每天走一万步。", "天黑了，周海燕还在楼下。")
    assert found == [(0, "周海燕", "网格员"), (1, "周海燕")]


def test_a_name_inside_the_name_of_a_place_or_body_is_no_person():
    lines = ("书记徐志明说，馆要常开。", "徐志明纪念馆免费开放。")
    assert people_of(*lines, named=(("Site", "徐志明纪念馆"),)) == [(0, "徐志明", "书记")]


def test_the_role_reaches_back_to_the_body_it_is_held_in():
    line = "槐树社区党委书记、居民议事会成员周海燕介绍，议事每月一次。"
    named = (("Organization", "槐树社区党委"),)
    assert people_of(line, named=named) == [(0, "周海燕", "党委书记、居民议事会成员")]
    relations = [fact for fact in facts_of(line, named=named) if isinstance(fact, Relation)]
    assert [(r.subject.name, r.predicate, r.object.name) for r in relations] == [("周海燕", "worksFor", "槐树社区党委")]


def test_a_role_does_not_reach_over_another_person():
    line = "历下区副区长赵建国、组织委员周海燕到场。"
    assert people_of(line, named=(("District", "历下区"),))[1] == (0, "周海燕", "组织委员")


def test_one_of_another_body_does_not_work_for_the_place_before():
    line = "历下区梧桐里邻里食堂服务队负责人赵建国说，米不够。"
    assert not [fact for fact in facts_of(line, named=(("District", "历下区"),)) if isinstance(fact, Relation)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("工作人员应悦表示，单子少了。", "应悦"),
        ("工作人员周蜜感触很深。", "周蜜"),
        ("传承人鲁立清开展体验活动。", "鲁立清"),
        ("居民欧阳静每周来。", "欧阳静"),
        ("志愿者王诚、李娜等上门。", "李娜"),
        ("调解员阿孜古丽·热合曼说，要耐心。", "阿孜古丽·热合曼"),
    ],
)
def test_where_a_name_ends(line: str, name: str):
    assert name in [found[1] for found in people_of(line)]


@pytest.mark.parametrize("line", ["主任" * 2000, "王" * 4000, "来自" * 2000, "岁的" * 2000, "说，" * 2000])
def test_odd_input_is_quick(line: str):
    assert effort(lambda: facts_of(line), 100) <= 100
