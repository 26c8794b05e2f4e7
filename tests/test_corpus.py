"""Corpora for measuring: the same from the same seed, of the lengths and with the sharing that newspapers have."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from itertools import islice

from bench.corpus import LONGEST, SHORTEST, articles, write

from kg.language import gazetteer


def test_the_same_seed_gives_the_same_bytes_and_smaller_ones_begin_larger_ones(tmp_path):
    few, more = list(articles(5)), list(islice(articles(100_000), 9))
    assert few == more[:5]
    assert few != list(articles(5, seed=8))
    for name in ("a.jsonl.gz", "c.jsonl"):
        write(tmp_path / name, 5)
    text = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes())
    assert text == (tmp_path / "c.jsonl").read_bytes()
    assert [json.loads(line) for line in text.splitlines()] == few


def test_lengths_and_shared_places_are_those_of_papers():
    made = list(articles(200))
    lengths = sorted(len(article["text"]) for article in made)
    assert SHORTEST <= lengths[0] < 500
    assert 12_000 < lengths[-1] < LONGEST + 400
    assert 1_500 < lengths[100] < 4_500
    districts = Counter(
        division.code
        for article in made
        for _, _, found in islice(gazetteer.find(article["text"]), 4)
        for division in found
        if division.level is gazetteer.by_code("330102").level
    )
    assert districts.most_common(1)[0][1] >= 10
    assert len(districts) > 30
