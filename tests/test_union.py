"""The union of all graphs: each triple once, the same whatever the way to it; what questions ask that name no graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import LINES, facts
from pyoxigraph import NamedNode
from samples import lines, quads

from kg.queries.running import run
from kg.store import new_generation, open_graph, union
from kg.store.reading import open_with_union

PAGES = {f"{n}.txt": list(quads(facts(f"{n}.txt", (*LINES[n % 2 :] * (1 + n % 2), f"第{n}期。")))) for n in range(5)}


def change(folder: Path, program: str = "v1", drop: tuple[str, ...] = (), **sources) -> None:
    with new_generation(folder, program) as generation:
        for name in drop:
            generation.drop(name)
        for name, found in sources.items():
            generation.replace(name, f"digest {len(found)}", lines(found))
        generation.commit()


def assert_whole(folder: Path) -> None:
    store, joined = open_with_union(folder)
    assert joined is not None
    assert {quad.triple for quad in joined} == {quad.triple for quad in store}
    assert len(joined) < len(store)


@pytest.mark.parametrize("most", [500_000, 3])
def test_it_holds_each_triple_once_after_any_change(tmp_path, monkeypatch, most):
    monkeypatch.setattr(union, "MOST_GONE", most)
    one, two, three, four, five = PAGES.values()
    change(tmp_path, one=one, two=two)
    assert_whole(tmp_path)
    change(tmp_path, three=three, four=four, copy=one)
    assert_whole(tmp_path)
    change(tmp_path, two=five, drop=("one",))  # the copy still states what went
    assert_whole(tmp_path)
    change(tmp_path, drop=("copy",))
    assert_whole(tmp_path)
    change(tmp_path, program="v2", three=three[:9])
    assert_whole(tmp_path)
    change(tmp_path, one=one, drop=("two", "three"))
    assert_whole(tmp_path)


def test_the_way_to_a_graph_does_not_show_in_it(tmp_path):
    one, two, three, *_ = PAGES.values()
    change(tmp_path / "once", one=one, two=two)
    change(tmp_path / "steps", one=three)
    change(tmp_path / "steps", two=one, one=two)
    change(tmp_path / "steps", one=one, two=two)
    assert set(open_with_union(tmp_path / "once")[1]) == set(open_with_union(tmp_path / "steps")[1])


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("union") / "graph"
    change(folder, **PAGES)
    return folder


PLAIN = 'BIND("邻里茶话会"@zh AS ?l) ?p skos:prefLabel ?l ; a gov:Program'


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        (PLAIN, 1),
        ('?p skos:prefLabel "graph", ?l ; a gov:Program FILTER(true)', 0),
        (f"{PLAIN} FILTER(STR(?l) != 'GRAPH ?g')", 1),
        (f"GRAPH ?g {{ {PLAIN} }}", 5),
        (f"graph?g{{{PLAIN}}}", 5),
        (f"{{}} {{GRAPH ?g {{ {PLAIN} }} }}", 5),
    ],
)
def test_counts_are_right_without_distinct(graph, pattern, count):
    answer = run(graph, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert answer.rows[0][0].value == str(count)


def test_a_star_does_not_multiply_by_the_articles_that_state_it(graph):
    """Four patterns of one thing that five articles name gave hundreds of rows before they were made distinct."""
    star = "?p a gov:District ; skos:prefLabel ?l ; gov:within ?w ; gov:divisionCode ?c"
    plain, distinct = (run(graph, f"SELECT {how} * {{ {star} }}").rows for how in ("", "DISTINCT"))
    assert sorted(map(str, plain)) == sorted(map(str, distinct))
    assert plain


def test_a_graph_of_a_version_without_it_is_asked_as_before(tmp_path):
    change(tmp_path, **PAGES)
    (generation,) = tmp_path.glob("generation-*")
    (generation / "checksums.json").unlink()
    (generation / "union").rename(tmp_path / "elsewhere")
    assert open_with_union(tmp_path)[1] is None
    assert len(run(tmp_path, f"SELECT DISTINCT ?l {{ {PLAIN} }}").rows) == 1
    change(tmp_path, more=PAGES["0.txt"])
    assert_whole(tmp_path)


def test_readers_of_named_graphs_see_no_other(graph):
    assert all(isinstance(quad.graph_name, NamedNode) for quad in open_graph(graph))
