"""The corrections that README.md shows: each fits the pages of seeds/ and changes what is read of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.build import build
from kg.export import export

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
(SHOWN,) = (block for block in BLOCKS if "[[wrong]]" in block)
ENTRIES = [entry for entry in re.split(r"^(?=\[\[)", SHOWN, flags=re.MULTILINE) if entry.strip()]


@pytest.fixture
def corrected(seeds_graph, tmp_path):
    """Builds the seeds with some corrections; the remarks, and the graph."""

    def build_with(text: str) -> tuple[tuple[str, ...], bytes]:
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        shutil.copytree(seeds_graph, tmp_path / "graph")
        report = build([ROOT / "seeds"], tmp_path / "graph", jobs=1, corrections=[tmp_path / "own.toml"])
        export(tmp_path / "graph", tmp_path / "graph.nq")
        return tuple(report.remarks), (tmp_path / "graph.nq").read_bytes()

    return build_with


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.partition("]]")[0].strip("["))
def test_each_entry_fits_and_changes_the_graph(entry, corrected, seeds_graph, tmp_path):
    export(seeds_graph, tmp_path / "before.nq")
    remarks, graph = corrected(entry)
    assert remarks == ()
    assert graph != (tmp_path / "before.nq").read_bytes()


def test_they_stand_together(corrected):
    remarks, _ = corrected(SHOWN)
    assert remarks == ()


def test_every_kind_of_entry_is_shown():
    told = (ROOT / "tests" / "corrections" / "sixty.toml").read_text(encoding="utf-8")
    kinds = set(re.findall(r"^\[\[(\w+)\]\]", told, re.MULTILINE))
    assert {entry.partition("]]")[0].strip("[") for entry in ENTRIES} == kinds
