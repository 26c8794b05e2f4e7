"""What `kg info` tells was counted when the graph was built, and is never other than what the graph holds."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest
from invented import LINES, facts
from samples import lines, quads

import kg.info
from kg.errors import UserError
from kg.info import describe, holdings
from kg.store import new_generation, open_with_union, read_summary, summary
from kg.store.folder import current_generation
from kg.vocabulary import GOV

PAGES = {f"{n}.txt": list(quads(facts(f"{n}.txt", (*LINES[n % 2 :] * (1 + n % 2), f"第{n}期。")))) for n in range(6)}


def change(folder: Path, sources: dict[str, list], drop: tuple[str, ...] = (), program: str = "v1") -> None:
    with new_generation(folder, program) as generation:
        for name in drop:
            generation.drop(name)
        for name, found in sources.items():
            generation.replace(name, f"digest {len(found)} {found[:1]}", lines(found))
        generation.commit()


def counted_anew(folder: Path) -> summary.Summary:
    return summary.counted(*open_with_union(folder))


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_the_graph_holds_after_any_changes(tmp_path, seed, monkeypatch):
    """Files come, change, go, hold the same articles, and are read by other programs; few triples, and many, go."""
    chance = random.Random(seed)
    programs = chance.sample(["v1", "v1", "v1", "v2", "v2"], 5)
    for step in range(7):
        monkeypatch.setattr("kg.store.union.MOST_GONE", chance.choice([3, 500_000]))
        names = chance.sample(["a", "b", "c", "d"], chance.randint(1, 3))
        sources = {name: chance.choice(list(PAGES.values()))[: chance.choice([20, 10_000])] for name in names}
        change(tmp_path, sources, tuple(chance.sample(["a", "b", "c", "d"], step % 2)), programs[step // 2])
        assert read_summary(tmp_path) == counted_anew(tmp_path)


def test_a_change_counts_what_changed_alone(tmp_path, monkeypatch):
    change(tmp_path, PAGES)
    monkeypatch.setattr("kg.store.generation.counted", None)
    change(tmp_path, {"0.txt": PAGES["1.txt"]}, ("2.txt",))
    assert read_summary(tmp_path) == counted_anew(tmp_path)


def test_counts_are_of_things_and_years_of_articles(tmp_path):
    change(tmp_path, PAGES)
    store, union = open_with_union(tmp_path)
    told = read_summary(tmp_path)
    assert told.quads == len(store) > len(union)
    assert told.things["Article"] == len(PAGES)
    for name in ("Program", "District", "Metric"):
        found = {q.subject for q in store.quads_for_pattern(None, None, GOV[name])}
        assert told.things[name] == len(found) > 0
    articles = {q.subject for q in store.quads_for_pattern(None, None, GOV.Article)}
    years = Counter(q.object.value for q in union.quads_for_pattern(None, GOV.year, None) if q.subject in articles)
    assert told.years == dict(years)
    assert years


def test_info_asks_no_store(tmp_path, monkeypatch):
    change(tmp_path, PAGES)
    before = describe(tmp_path)
    monkeypatch.setattr(kg.info, "open_with_union", None)
    assert describe(tmp_path) == before
    assert f"Article       {len(PAGES)}\n" in before


def test_a_graph_of_a_version_without_it_is_counted_and_the_next_build_writes_it(tmp_path):
    change(tmp_path, PAGES)
    expected = holdings(tmp_path)
    generation = current_generation(tmp_path)
    (generation / "summary.json").unlink()
    noted = json.loads((generation / "checksums.json").read_text())
    del noted["summary.json"]
    (generation / "checksums.json").write_text(json.dumps(noted))
    assert read_summary(tmp_path) is None
    assert holdings(tmp_path) == expected
    change(tmp_path, {"0.txt": PAGES["1.txt"]})
    assert read_summary(tmp_path) == counted_anew(tmp_path)


def test_one_with_other_bytes_is_damage_not_another_count(tmp_path):
    change(tmp_path, PAGES)
    path = current_generation(tmp_path) / "summary.json"
    text = path.read_text()
    path.write_text(text.replace(f'"Article": {len(PAGES)}', '"Article": 9'))
    with pytest.raises(UserError, match=r"is damaged \(summary\.json has other bytes"):
        holdings(tmp_path)
