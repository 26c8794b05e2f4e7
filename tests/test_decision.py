"""Decisions by whole-number weights."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.decision import Feature, Weights, features_of, in_genre, weights, weights_from
from scripts.learning.fit import difference


def test_features_are_named_by_what_they_tell():
    features = [
        Feature("long", "", lambda name: len(name) > 4),
        Feature("end", "", lambda name: name[-1]),
        Feature("none", "", lambda _: ""),
        Feature("no", "", lambda _: False),
    ]
    assert features_of(features, "三方协同治理") == ("always", "long", "end=理")


def test_a_score_has_the_share_of_the_step_that_it_reaches():
    table = Weights("x", {"a": -30}, (-100, 0, 50), (Decimal("0.1"), Decimal("0.5"), Decimal("0.9")))
    shares = [table.probability(score) for score in (-500, -100, -1, 0, 49, 50, 900)]
    assert shares == [Decimal(s) for s in ("0.1", "0.1", "0.1", "0.5", "0.5", "0.9", "0.9")]


def test_other_tables_hold_within_their_block_only(tmp_path):
    (tmp_path / "colours.tsv").write_text("# colours\nred\t7\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        weights("colours")
    with weights_from(tmp_path):
        assert weights("colours").score(["red", "blue"]) == 7
    with pytest.raises(FileNotFoundError):
        weights("colours")


def test_what_a_candidate_weighs_is_told_heaviest_first():
    judged = Weights("x", {"a": -30, "b": 100}).judged("甲", 3, ["a", "b", "c"], accepted=True)
    assert (judged.score, judged.weights) == (70, (("b", 100), ("a", -30), ("c", 0)))


def test_a_genre_adds_to_what_features_weigh_elsewhere(tmp_path):
    (tmp_path / "x.tsv").write_text("# general\nalways\t-10\nlong\t40\n", encoding="utf-8")
    (tmp_path / "x.in_reports.tsv").write_text("# otherwise\nalways\t25\nshort\t7\n", encoding="utf-8")
    with weights_from(tmp_path):
        assert weights("x").of_feature == {"always": -10, "long": 40}
        with in_genre("in_reports"):
            assert weights("x").of_feature == {"always": 15, "long": 40, "short": 7}
        with in_genre("elsewhere"):
            assert weights("x").of_feature == {"always": -10, "long": 40}


def test_what_a_genre_adds_is_what_its_own_weights_differ_by():
    general, own = Weights("x", {"always": -10, "long": 40}), Weights("x", {"always": 15, "long": 40, "short": 7})
    added = difference(own, general).of_feature
    assert added == {"always": 25, "short": 7}
    assert difference(general, own).of_feature == {"always": -25, "short": -7}
