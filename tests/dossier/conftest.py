"""The graph of invented reports, on disk and opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.queries.answering import Asked
from kg.store import open_with_union
from tests.conftest import store_graph


@pytest.fixture(scope="session")
def canteens(tmp_path_factory) -> Path:
    """The folder of the graph of graph.trig."""
    return store_graph(Path(__file__).parent / "graph.trig", tmp_path_factory.mktemp("canteens") / "graph")


@pytest.fixture(scope="session")
def asked(canteens) -> Asked:
    return Asked(*open_with_union(canteens))
