from __future__ import annotations

import pytest

from kg.language.person_names import full_name
from kg.language.person_words import surname_at
from kg.language.tokens import tokens_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李明远说", "李明远"),
        ("王诚介绍", "王诚"),
        ("欧阳静每周来", "欧阳静"),
        ("王大姐说", ""),
        ("陈先生说", ""),
        ("老张说", ""),
        ("周边居民", ""),
        ("高兴地说", ""),
        ("马上出发", ""),
        ("刘某说", ""),
        ("", ""),
    ],
)
def test_full_name(text: str, name: str):
    assert full_name(text, tokens_of(text), 0) == name


def test_compound_surnames_come_first():
    assert surname_at("司马光", 0) == "司马"
    assert surname_at("表示", 0) == ""
