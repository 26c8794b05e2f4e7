from __future__ import annotations

import pytest

from kg.language.bodies.endings import Ending, suffix_of, tails
from kg.language.bodies.official import official
from kg.language.wordlists import table, words


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("区住建局", "区住房和城乡建设局"),
        ("成华区委编办", "成华区委机构编制委员会办公室"),
        ("历下区妇联", "历下区妇女联合会"),
        ("历下区民政局", "历下区民政局"),
        ("恒远科技集团", "恒远科技集团"),
    ],
)
def test_an_abbreviated_department_is_spelt_out(name: str, full: str):
    assert official(name) == full


def test_spelling_out_twice_changes_nothing_more():
    assert all(official(official(short)) == official(short) for short in words("organization_abbreviations"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("区住建局局长", ["住建局"]),
        ("承办单位布好局面", []),
        ("大学生到中小学", []),
        ("社区党组织", []),
        ("县人大代表", []),
    ],
)
def test_words_that_only_end_like_bodies_are_masked(text: str, found: list[str]):
    assert [tail.text for tail in tails(text)] == found


def test_every_ending_has_a_known_kind_and_every_abbreviation_a_full_form():
    assert {row[1] for row in table("organization_endings")} <= {kind.value for kind in Ending}
    assert all(len(row) == 2 and row[0] != row[1] for row in table("organization_abbreviations"))


def test_suffix_of_takes_the_longest_ending():
    assert suffix_of("成华区社会治理中心") == "社会治理中心"
