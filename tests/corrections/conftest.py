"""What the tests of corrections and of `kg review` share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.export import export


@pytest.fixture
def pages(tmp_path) -> Path:
    """A copy of the pages, to be changed."""
    return Path(shutil.copytree(Path(__file__).parent / "pages", tmp_path / "pages"))


@pytest.fixture
def quads():
    """The sorted N-Quads of a graph."""

    def read(graph: Path) -> bytes:
        export(graph, graph.parent / "all.nq")
        return (graph.parent / "all.nq").read_bytes()

    return read
