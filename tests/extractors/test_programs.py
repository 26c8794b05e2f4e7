"""What the examples cannot show: what is proposed, how forms stand together, what a decision tells."""

from __future__ import annotations

from kg.extractors import programs
from kg.extractors.engine import Found
from kg.extractors.program.candidates import candidates
from kg.language.tokens import tokenize
from kg.model import Article, Mention, Paragraph, Sentence, Text


def text_of(*lines: str) -> Text:
    article = Article("t.txt", "", tuple(Paragraph(line, tuple(range(len(line)))) for line in lines))
    return tokenize(article, tuple(Sentence(line, (), number) for number, line in enumerate(lines)))


def proposed(*lines: str) -> set[str]:
    """All forms of the names that are proposed."""
    return {o.name for c in candidates(text_of(*lines), Found()) for o in c.occurrences}


def found(*lines: str) -> list[Mention]:
    return list(programs.extract(text_of(*lines), Found()))


def test_every_short_quotation_is_proposed_also_one_that_holds_another():
    assert {"‘邻’距离小屋", "石榴", "三问"} <= proposed("街道推出“‘邻’距离小屋”，开展“石榴”“三问”等活动。")


def test_honours_and_ages_are_not_proposed():
    assert not proposed("该村荣获“最美乡村”称号。") & {"最美乡村"}
    assert not proposed("“90后”小李回来了。")


def test_the_years_of_a_plan_are_proposed_only_with_what_is_done_in_them():
    forms = proposed("“十四五”时期，“十四五”有目标，全县实施“十四五”安居工程。")
    assert "十四五" not in forms
    assert "十四五安居工程" in forms


def test_what_is_counted_behind_its_name_is_proposed_and_the_count_is_told():
    (candidate,) = candidates(text_of("街道建成“槐荫小站”6处。"), Found())
    assert "counted-after" in candidate.around


def test_an_unquoted_phrase_begins_after_the_verb_and_the_number_that_introduce_it():
    assert "河道清淤工程" in proposed("街道启动实施河道清淤工程。")
    assert "便民服务驿站" in proposed("街道建成便民服务驿站。", "全街道有12个便民服务驿站。")


def test_what_stands_behind_a_verb_in_a_phrase_is_proposed_by_itself():
    assert "楼栋议事员" in proposed("街道选聘楼栋议事员。")
    assert "槐乡成长计划" in proposed("对毕业生实施槐乡成长计划。")


def test_a_governed_phrase_goes_on_over_a_verb_to_its_head():
    assert "邻里矛盾化解平台" in proposed("街道建立邻里矛盾化解平台。")
    assert "饮水安全巩固提升工程" in proposed("全县实施饮水安全巩固提升工程。")
    assert not any("是" in name for name in proposed("街道打造槐荫广场是为了居民有个平台。"))


def test_a_phrase_goes_on_over_a_conjunction_to_its_head_if_it_has_none_before():
    assert "身边好人和邻里模范礼遇机制" in proposed("街道建立身边好人和邻里模范礼遇机制。")
    assert "河道清淤工程和" not in "".join(proposed("街道推进河道清淤工程和道路修补工程。"))


def test_the_end_of_a_verb_that_word_cutting_glues_to_a_name_is_none_of_it():
    forms = proposed("街道探索出数智联合执法机制。")
    assert "数智联合执法机制" in forms
    assert not any(name.startswith("出") for name in forms)


def test_a_name_may_begin_with_a_level_or_with_who_it_is_for_but_not_with_what_sets_it_up():
    assert {"三级议事网格", "青年夜学计划"} <= proposed("全区推行三级议事网格，启动青年夜学计划。")
    assert "麦田艺术节" in proposed("村里办好麦田艺术节。")
    assert "邻里数据平台" in proposed("社区正上线邻里数据平台。")


def test_the_minutes_within_which_a_thing_is_reached_begin_its_name():
    assert "15分钟健身圈" in proposed("全区建成15分钟健身圈。")


def test_no_name_ends_with_a_measure_word():
    forms = proposed("推行党员评议三项，党员评议三项效果好，党员评议三项受欢迎。")
    assert not any(name.endswith("三项") for name in forms)


def test_a_number_to_call_begins_a_name_but_a_count_does_not():
    assert "12319城市服务热线" in proposed("拨打12319城市服务热线。")
    assert not any("12319" in name for name in proposed("服务12319户困难家庭服务队。"))


def test_a_phrase_in_a_short_quotation_is_the_quotations():
    (candidate,) = [c for c in candidates(text_of("街道打造“睦邻客厅”。"), Found()) if c.name == "睦邻客厅"]
    assert [o.pattern for o in candidate.occurrences] == ["quoted"]


def test_a_head_that_word_cutting_cuts_in_two_belongs_to_the_quotation():
    (candidate,) = [c for c in candidates(text_of("社区总结出“三问”工作法。"), Found()) if c.name == "三问"]
    assert candidate.occurrences[0].head == "method"


def test_a_word_that_is_a_name_with_its_head_alone_rules_no_longer_name_out():
    lines = ("街道总结出“三问”工作法。", "街道推行三问共商机制，三问共商机制管用。", "三问共商机制有人学。")
    assert {"三问工作法", "三问共商机制"} <= {m.name for m in found(*lines)}


def test_the_long_form_begins_where_the_short_one_does():
    spans = {m.name: m.start for m in found("街道实施“石榴籽”计划，“石榴籽”计划很受欢迎。")}
    assert spans["石榴籽"] == spans["石榴籽计划"]


def test_every_mention_tells_its_pattern_and_how_sure_it_is():
    mentions = found("街道推出“石榴议事亭”，居民喜欢。", "如今，石榴议事亭每周开放。")
    assert {m.sentence for m in mentions} == {0, 1}
    assert {m.rule for m in mentions} <= {rule.name for rule in programs.RULES}
    assert all(m.probability is not None and 0 <= m.probability <= 1 for m in mentions)


def test_what_is_judged_is_what_is_extracted():
    text = text_of("街道推出“石榴议事亭”，打通“最后一公里”。")
    judged = {j.candidate: j for j in programs.judged(text, Found())}
    assert {name for name, j in judged.items() if j.accepted} == {m.name for m in programs.extract(text, Found())}
    assert all(j.score == sum(weight for _, weight in j.weights) for j in judged.values())
    assert judged["石榴议事亭"].score > judged["最后一公里"].score


def test_a_name_with_marks_inside_is_proposed_without_them():
    assert "茶产业八大工程" in proposed("深入实施茶产业“八大工程”，山更绿了。")


def test_the_years_of_a_plan_are_no_name_whatever_follows():
    assert not {"十四五规划", "十五五规划纲要"} & set(proposed("编制“十四五”规划，落实“十五五”规划纲要。"))
