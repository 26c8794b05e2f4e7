"""The figures of `kg evaluate` on the small graph, as the reference scorer gives them, and the rules of matching."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import UserError
from kg.evaluate import Tally, evaluate
from kg.evaluate.matching import EXACT, NOT, PARTLY, align, alike, fold

HERE = Path(__file__).parent / "evaluate"
GOLD = [HERE / "a.json", HERE / "b.json"]


def test_figures_are_those_of_the_reference(small_graph):
    text = evaluate(small_graph, GOLD).text(misses=True, by_rule=True)
    assert text == (HERE / "expected.txt").read_text(encoding="utf-8")


def test_command(run_kg, small_graph, tmp_path):
    figures = tmp_path / "figures.json"
    done = run_kg("evaluate", *GOLD, "-g", small_graph, "--json", figures)
    assert done.status == 0
    expected = (HERE / "expected.txt").read_text(encoding="utf-8")
    assert done.out in expected
    assert "missed\t" not in done.out
    rows = json.loads(figures.read_text(encoding="utf-8"))
    assert rows["places"] == {"P": 0.8, "R": 0.8, "F1": pytest.approx(0.8), "right": 4, "wrong": 1, "missed": 1}
    heads = ("places", "organizations", "programs", "metrics full", "relations")
    assert rows["OVERALL"]["F1"] == pytest.approx(sum(rows[kind]["F1"] for kind in heads) / 5)


def test_a_page_that_the_graph_lacks_is_missed_whole(small_graph, tmp_path):
    gold = json.loads(GOLD[0].read_text(encoding="utf-8"))
    (tmp_path / "gold.json").write_text(json.dumps(gold | {"page": "absent.txt"}), encoding="utf-8")
    figures = evaluate(small_graph, [tmp_path / "gold.json"])
    assert figures.tallies["articles"] == Tally(right=0, wrong=0, missed=2)
    assert figures.tallies["programs"].recall == 0


def test_the_same_number_in_two_readings_accepts_either(small_graph, tmp_path):
    gold = json.loads(GOLD[0].read_text(encoding="utf-8"))
    metrics = gold["articles"][0]["metrics"]
    metrics.insert(0, metrics[0] | {"kind": "growth", "counts": ["别的"]})
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    tally = evaluate(small_graph, [tmp_path / "gold.json"]).tallies["metrics kind"]
    assert tally == Tally(right=3, wrong=0, missed=0)


@pytest.mark.parametrize("text", ["", "[]", '{"page": "a.txt"}', '{"page": "a.txt", "articles": [{"headline": 1}]}'])
def test_what_is_no_gold_file_is_told(small_graph, tmp_path, text):
    (tmp_path / "gold.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="is not a file of gold facts"):
        evaluate(small_graph, [tmp_path / "gold.json"])


@pytest.mark.parametrize(
    ("a", "b", "partly", "expected"),
    [
        ({"运河领航"}, {"运河领航", "领航"}, False, EXACT),
        ({"运河领航"}, {"运河领航行动"}, True, PARTLY),
        ({"运河领航"}, {"运河领航行动"}, False, NOT),
        ({"运河"}, {"运河领航"}, True, NOT),
        ({"运河领航"}, {"运河领航三年行动"}, True, NOT),
        (set(), {"运河领航"}, True, NOT),
    ],
)
def test_alike(a, b, partly, expected):
    assert alike(a, b, partly=partly) == expected


def test_fold_drops_what_printings_differ_in():
    assert fold("《“１４１”基层治理体系》") == "141基层治理体系"


def test_exact_names_pair_before_partial_ones():
    class Item:
        def __init__(self, *names: str) -> None:
            self.names = set(names)

    labels = {"x": {"邻里议事"}, "y": {"邻里议事厅"}}
    pairs = align(["x", "y"], labels, [Item("邻里议事厅")], partly=True, fits=lambda *_: True)
    assert pairs == {"y": 0}


def test_tally_of_nothing_is_perfect():
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)
    assert Tally(right=3, wrong=1, missed=2).f1 == pytest.approx(2 / 3)
