"""The command on two invented pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chat import ChatServer
from readings import LANES, STALLS

from kg.annotate import Cache, Report, Settings, address, annotate


@pytest.fixture
def pages(tmp_path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "lanes.txt").write_text(LANES, encoding="utf-8")
    (folder / "stalls.txt").write_text(STALLS, encoding="utf-8")
    return folder


@pytest.fixture
def ask(run_kg, pages, tmp_path, monkeypatch):
    """Runs `kg annotate` on the pages, with a cache of its own and one attempt."""
    monkeypatch.delenv("KG_MODEL_KEY", raising=False)

    def run(server: ChatServer | str, *arguments: object):
        url = server if isinstance(server, str) else server.url
        fixed = ("--endpoint", url, "--model", "reader-1", "--cache", tmp_path / "cache")
        retries = () if "--retries" in arguments else ("--retries", 0)
        return run_kg("annotate", pages, *fixed, *retries, *arguments)

    return run


@pytest.fixture
def fresh(tmp_path):
    """Takes away what an earlier run has kept."""

    def forget() -> None:
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)

    return forget


@pytest.fixture
def quick(pages, tmp_path):
    """Has the pages annotated without the command, one request at a time and with short pauses."""

    def run(server: ChatServer | str, **more) -> Report:
        report = Report()
        url = server if isinstance(server, str) else server.url
        settings = Settings(address(url), "reader-1", **{"pause": 0.01, "jobs": 1} | more)
        annotate([pages], settings, Cache(tmp_path / "cache"), report)
        return report

    return run
