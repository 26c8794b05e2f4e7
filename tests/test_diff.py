"""Facts that came and went, on the small graph written by hand and a changed copy of it."""

import json

import pytest
from samples import SMALL_GRAPH, store_graph

from kg.diff import Change, Fact, diff
from kg.errors import UserError
from kg.export import export


def changed(tmp_path, *pairs):
    """The folder of the small graph with some of its text replaced."""
    text = SMALL_GRAPH.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "changed.trig").write_text(text, encoding="utf-8")
    return store_graph(tmp_path / "changed.trig", tmp_path / "changed")


def test_a_graph_and_its_export_do_not_differ(small_graph, tmp_path, run_kg):
    for ending in ("nq", "trig"):
        export(small_graph, tmp_path / f"copy.{ending}")
        assert list(diff(small_graph, tmp_path / f"copy.{ending}")) == []
    done = run_kg("diff", "--exit-code", small_graph, tmp_path / "copy.nq")
    assert (done.status, done.out) == (0, "0 facts came, 0 went\n")


def test_a_number_that_changed_went_and_came(small_graph, tmp_path):
    after = changed(tmp_path, ("gov:value 1390", "gov:value 1391"))
    found = list(diff(small_graph, after))
    assert [(change.came, change.fact.kind) for change in found] == [(False, "metric"), (True, "metric")]
    (went, came) = found
    assert went.fact.text.startswith("志愿者 1390 人 (exact level) of 邻里议事厅")
    assert came.fact.text.startswith("志愿者 1391 人 (exact level) of 邻里议事厅")
    assert (went.fact.file, went.fact.headline) == ("b.txt", "青羊夜话成网")
    assert went.fact.rule == came.fact.rule != ""
    assert [Change(change.fact, not change.came) for change in diff(after, small_graph)] == found


def test_what_only_moved_is_no_change(small_graph, tmp_path):
    """Names of claims, metrics and passages follow from the article's text; facts do not."""
    after = changed(tmp_path, ("id:a1", "id:a9"), ("id:b3", "id:b8"))
    assert list(diff(small_graph, after)) == []


def test_a_relation_that_another_rule_finds_goes_and_comes(small_graph, tmp_path):
    text = SMALL_GRAPH.read_text(encoding="utf-8")
    rule = text.partition('gov:rule "')[2].partition('"')[0]
    found = list(diff(small_graph, changed(tmp_path, (f'gov:rule "{rule}"', 'gov:rule "renamed"'))))
    assert {change.fact.rule for change in found} == {rule, "renamed"}
    gone = {change.fact.text for change in found if not change.came}
    assert gone == {change.fact.text for change in found if change.came} != set()


def test_an_article_that_is_gone_takes_its_facts(small_graph, tmp_path, run_kg):
    after = changed(tmp_path, ('gov:sourceFile "b.txt"', 'gov:sourceFile "new.txt"'))
    done = run_kg("diff", small_graph, after, "--format", "json", "--exit-code")
    assert done.status == 1
    rows = json.loads(done.out)
    assert {(row["file"], row["change"]) for row in rows} == {("b.txt", "went"), ("new.txt", "came")}
    assert set(rows[0]) == {"change", *Fact.__slots__}
    lines = run_kg("diff", small_graph, after).out.splitlines()
    assert lines[0] == "b.txt  青羊夜话成网"
    assert lines[-1] == f"{len(rows) // 2} facts came, {len(rows) // 2} went"


@pytest.mark.parametrize("name", ["absent", "absent.nq", "broken.nq"])
def test_what_cannot_be_read_is_one_line(small_graph, tmp_path, name):
    (tmp_path / "broken.nq").write_text("<a <b")
    with pytest.raises(UserError, match=r"no graph|cannot read|not well-formed") as caught:
        list(diff(small_graph, tmp_path / name))
    assert "\n" not in str(caught.value)
