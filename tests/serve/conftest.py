"""Sites of the seeds and of invented articles, asked without a network or run on loopback."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kg.serve import create_app, settings_of
from kg.vocabulary import ID

ROOT = Path(__file__).parents[2]
PAGE = {"accept": "text/html"}


@pytest.fixture(scope="session")
def graph(seeds_graph) -> Path:
    """The graph of the seeds; not to be changed."""
    return seeds_graph


def client_of(folder: Path, *, headers=PAGE, **chosen) -> TestClient:
    """A client of a site of its own."""
    return TestClient(
        create_app(folder, settings_of(**chosen)),
        base_url="http://127.0.0.1",
        headers=headers,
        raise_server_exceptions=False,
    )


@pytest.fixture(scope="session")
def site(graph) -> TestClient:
    """The site of the seeds, as a browser asks it."""
    return client_of(graph)


@pytest.fixture(scope="session")
def machine(graph) -> TestClient:
    """The site of the seeds, as a program asks it."""
    return client_of(graph, headers={"accept": "*/*"})


def links(html: str) -> list[str]:
    """Where a page leads, without what leads about in it."""
    return [unescape(each) for each in re.findall(r'<a\b[^>]*? href="([^"#][^"]*)"', html)]


def path(kind: str, name: str) -> str:
    """The path of a thing by its class and name."""
    return f"/id/{kind}/{quote(name)}"


def iris(client: TestClient, query: str) -> list[str]:
    """The IRIs that answer a query of one column."""
    answer = client.get("/sparql", params={"query": query}, headers={"accept": "application/json"})
    return [next(iter(row.values()))["value"] for row in answer.json()["results"]["bindings"]]


def path_of_iri(iri: str) -> str:
    """The path of what an IRI names, without its fragment."""
    return "/id/" + quote(iri.removeprefix(ID).partition("#")[0])


@contextmanager
def served(folder: Path, *arguments: str):
    """A site in a process of its own on loopback; gives its address, and what ends it and gives its log."""
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0", *arguments]
    with tempfile.TemporaryFile("a+") as log:  # a pipe that nobody reads would hold it up
        process = subprocess.Popen(command, cwd=ROOT, stderr=log)

        def told() -> str:
            log.seek(0)
            return log.read()

        def end() -> str:
            process.terminate()
            process.wait(timeout=30)
            return told()

        try:
            for _ in range(600):
                if (found := re.search(r"http://\S+/", told())) or process.poll() is not None:
                    break
                time.sleep(0.05)
            assert found, told()
            yield found[0].rstrip("/"), end
        finally:
            end()
