"""Phrases that may name a work or scheme beside plain noun phrases."""

import pytest

from kg.language.tokens import tokens_of
from kg.language.work_phrases import listed_schemes, whole_objects


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("稳妥推进第三轮林地承包到期后再延长20年试点。", "第三轮林地承包到期后再延长20年试点"),
        ("启动支持夜市发展20条措施，客流回升。", "支持夜市发展20条措施"),
        ("深入实施茶文化基因激活工程，累计建馆12座。", "茶文化基因激活工程"),
        ("国企治理深化提升行动圆满收官。", "国企治理深化提升行动"),
        ("全面完成河道清障攻坚三年行动，汛期平稳。", "河道清障攻坚三年行动"),
        ("完成141公里河堤加固和水闸整治，建成步道。", "河堤加固和水闸整治"),
        ("建立超常规快速引茶师机制。", "超常规快速引茶师机制"),
        ("深入实施茶产业“八大工程”，山更绿了。", "茶产业“八大工程”"),
        ("全面推行乡镇（街道）收件事项清单。", "乡镇（街道）收件事项清单"),
        ("持续推进环青岩山—白石湖茶旅融合引领区建设。", "环青岩山—白石湖茶旅融合引领区"),
        ("建成全市统一的补贴发布查询平台，一次办好。", "补贴发布查询平台"),
        ("茶城入选全国夜经济试点城市。", "全国夜经济试点城市"),
        ("出台推动白石湖先行先试行动计划。", "推动白石湖先行先试行动计划"),
    ],
)
def test_the_object_of_a_verb_goes_on_to_its_head(sentence: str, phrase: str) -> None:
    """Over verbs, numbers, conjunctions, an aside or a quotation; a count and a verb that founds stand before it."""
    found = [sentence[start:end] for start, end in whole_objects(sentence, tokens_of(sentence))]
    assert phrase in found


@pytest.mark.parametrize(
    "sentence",
    [
        "茶产业水平不断提升。",
        "茶农收入稳步增长，村里热闹。",
        "全县茶叶产量分别增长。",
        "推动实施“采茶”和“制茶”行动。",
        "与市里合作打造品牌。",
    ],
)
def test_predicates_lists_of_quotations_and_prepositions_give_no_whole_object(sentence: str) -> None:
    """What rises is said, not named; what stands in marks is found as a quotation."""
    assert list(whole_objects(sentence, tokens_of(sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("推广报件通、寻医通等应用，开通热线。", ["报件通", "寻医通"]),
        ("茶山津贴、新生入园免费等政策落地。", ["茶山津贴", "新生入园免费"]),
        ("茶乡标准、茶乡认证、跨省茶票通等落地见效。", ["茶乡标准", "茶乡认证", "跨省茶票通"]),
        ("深入实施茶园基础设施提质、茶农素质跃升等重大工程。", ["茶园基础设施提质", "茶农素质跃升"]),
        ("完善山林轮休和茶园共管、茶票互认等机制。", ["山林轮休", "茶园共管", "茶票互认"]),
    ],
)
def test_the_items_of_a_list_that_a_noun_of_schemes_closes(sentence: str, items: list[str]) -> None:
    """Each item may be a name, without the verb that governs the list."""
    assert [sentence[start:end] for start, end in listed_schemes(sentence, tokens_of(sentence))] == items


@pytest.mark.parametrize("sentence", ["种茶、制茶等12户人家。", "茶、笋等土产。", "买茶叶、山货等，很便宜。"])
def test_lists_of_other_things_give_none(sentence: str) -> None:
    """They are closed by no noun of schemes."""
    assert list(listed_schemes(sentence, tokens_of(sentence))) == []
