"""Names that are one thing get one node, and names that are two get two, on the pairs of `pairs.tsv`."""

from __future__ import annotations

import pytest

from tests.linking.pairs import PAIRS, Figures, figures, is_one_node, named, pairs

HALVES = ("open", "aside")


@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall_of_one_node_for_one_thing(half):
    result = figures((pair, is_one_node(pair)) for pair in pairs() if pair.half == half)
    assert result.precision >= 0.98, result
    assert result.recall >= 0.85, result


def test_there_are_enough_pairs_and_half_of_them_are_traps():
    known = pairs()
    traps = sum(not pair.one for pair in known)
    assert len(known) >= 150
    assert 0.4 <= traps / len(known) <= 0.6
    for half in HALVES:
        assert 0.4 <= sum(pair.half == half for pair in known) / len(known) <= 0.6


def test_no_pair_stands_twice():
    lines = [line for line in PAIRS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len({line.partition("\t")[2] for line in lines}) == len(lines)


def test_figures_count_what_was_wrongly_one_and_wrongly_two():
    known = [pair for pair in pairs() if pair.one][:2] + [pair for pair in pairs() if not pair.one][:1]
    result = figures(zip(known, (True, False, True), strict=True))
    assert (result, result.precision, result.recall) == (Figures(1, 1, 1), 0.5, 0.5)


def test_a_name_is_the_same_whatever_else_the_article_names():
    alone, _ = named("杭州市上城区", ("Organization", "区住建局", False))
    beside, _ = named("杭州市上城区", ("Organization", "区住建局", False), ("Program", "三方协同治理", False))
    assert (alone[0].label, alone[0].scope) == (beside[0].label, beside[0].scope)
