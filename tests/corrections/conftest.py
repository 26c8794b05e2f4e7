"""Pages and corrections of every kind, and what tests ask of the graphs built from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SIXTY = HERE / "sixty.toml"


@pytest.fixture
def pages(tmp_path) -> Path:
    """A copy of the pages, to be changed."""
    return Path(shutil.copytree(HERE / "pages", tmp_path / "pages"))


@pytest.fixture
def quads():
    """The sorted N-Quads of a graph."""
    from kg.export import export

    def read(graph: Path) -> bytes:
        export(graph, graph.parent / "all.nq")
        return (graph.parent / "all.nq").read_bytes()

    return read
