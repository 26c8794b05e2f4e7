"""What several tests share: the small graph on disk, and the command line run in this process."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsers import BROWSER, FLAGS
from invented import LINES, facts, hostile_facts
from samples import SMALL_GRAPH, store_articles, store_graph

LONGEST = (
    "test_spark", "test_robustness", "test_read_faults", "test_running", "test_papers", "test_picture",
    "test_whole_way", "test_corrections", "test_site_pages", "test_soak",
)  # fmt: skip
"""Modules that take longest; begun first, so that no process works alone at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Where `KG_NO_SKIPS` is set, as in `.ci/run`, a skipped test is a fault: the machine lacks something."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("KG_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory) -> Path:
    """The folder of the graph of tests/queries/graph.trig; not to be changed."""
    return store_graph(SMALL_GRAPH, tmp_path_factory.mktemp("small") / "graph")


@pytest.fixture(scope="session")
def hostile_graph(tmp_path_factory) -> Path:
    """The folder of a graph of invented articles, one of them of hostile text; not to be changed."""
    articles = (facts(), facts("other.txt", LINES[:1] * 2), hostile_facts())
    return store_articles(articles, tmp_path_factory.mktemp("hostile") / "graph")


@pytest.fixture(scope="session")
def seeds_graph(tmp_path_factory) -> Path:
    """The folder of the graph of the seeds; not to be changed."""
    from kg.build import build

    folder = tmp_path_factory.mktemp("seeds") / "graph"
    build([Path(__file__).parents[1] / "seeds"], folder, jobs=1)
    return folder


@pytest.fixture(scope="session")
def browser():
    """A browser for the whole session: a process can have one Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield launched
        launched.close()


@dataclass(frozen=True)
class Outcome:
    """What a command wrote, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def run_kg(monkeypatch, capfd):
    """Runs `kg ARGUMENTS...` in this process."""
    from kg.cli import main

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capfd.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else int(code is not None), written.out, written.err)

    return run
