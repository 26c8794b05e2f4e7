"""The command line: help for everything, exit statuses, one line for every error, quiet ends."""

from __future__ import annotations

import ast
import errno
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from commands import HEEDING

import kg
from kg.cli import cli

ROOT = Path(__file__).parent.parent


def all_options():
    for name, command in cli.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield pytest.param(parameter, id=f"{name} {parameter.opts[0]}")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_and_stands_in_the_readme(name, run_kg):
    done = run_kg(name, "--help")
    assert done.status == 0
    assert f"Usage: kg {name}" in done.out
    assert cli.commands[name].help.strip()
    assert f"kg {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", list(all_options()))
def test_every_option_has_help(option):
    assert option.help


def test_commands_are_those_of_the_design():
    assert set(cli.commands) == {
        "build",
        "load",
        "annotate",
        "query",
        "view",
        "export",
        "push",
        "diff",
        "check",
        "info",
        "review",
        "evaluate",
        "explain",
        "dossier",
        "compare",
        "serve",
    }


def test_bodies_are_short():
    tree = ast.parse((ROOT / "kg" / "cli.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    lengths = [node.end_lineno - node.body[0].lineno + 1 for node in functions]
    assert statistics.median(lengths) < 20
    assert max(lengths) < 30


def test_help_needs_no_library_but_click():
    script = "import kg.cli, sys; print([m for m in ('pyoxigraph', 'rdflib', 'networkx', 'jieba') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_version(run_kg):
    done = run_kg("--version")
    assert (done.status, done.out) == (0, f"kg, version {kg.__version__}\n")


@pytest.fixture
def in_small_graph(small_graph, monkeypatch):
    """The repository as working folder, and the small graph as the one that commands open."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("KG_GRAPH", str(small_graph))


BOUNDED = [
    (name, parameter.opts[0])
    for name, command in sorted(cli.commands.items())
    for parameter in command.params
    if isinstance(parameter.type, click.FloatRange)
]
NEEDED = {
    "build": ["seeds"], "query": ["articles"], "push": ["--endpoint", "http://127.0.0.1:9/"],
    "annotate": ["seeds", "--endpoint", "http://127.0.0.1:9/", "--model", "m"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "option"), BOUNDED)
def test_a_number_within_bounds_is_one(name, option, run_kg, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = run_kg(name, *NEEDED.get(name, []), option, "nan")
    assert (done.status, done.out) == (2, "")
    assert "'nan' is no number" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("in_small_graph")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["build"], 2, "Missing argument"),
        (["build", "absent.txt"], 2, "does not exist"),
        (["query", "articles", "--format", "pdf"], 2, "'pdf' is not one of"),
        (["query", "articles", "-q", "ASK {}"], 2, "not both"),
        (["query", "articles", "-p", "year"], 2, "write NAME=VALUE"),
        (["query", "articles", "-p", "year=2024", "-p", "year=2023"], 2, "year is given twice"),
        (["query", "-p", "year=1"], 2, "name a question"),
        (["query", "artikles"], 2, "did you mean articles"),
        (["query", "absent.rq"], 2, "no readable file 'absent.rq'"),
        (["query", "tests"], 1, "tests: is a directory"),
        (["query", "articles", "-p", "x=1"], 2, "has no parameter 'x'"),
        (["query", "leaders", "-p", "programm=x"], 2, "has no parameter 'programm'; it takes program"),
        (["query", "mentions"], 2, "mentions needs a value: add -p thing="),
        (
            ["query", "metrics-of-area", "-p", "area=锦江", "-p", "year=lately"],
            2,
            "year=lately does not fit: give a whole",
        ),
        (["query", "about", "-p", "thing=邻里议事厅", "-p", "identity=loose"], 2, "give strict, or leave it out"),
        (["query", "diffusion", "-p", "identity="], 2, "identity= does not fit: give strict"),
        (["query", "mentions", "-p", "thing=乌有"], 1, "the graph knows no thing named '乌有'"),
        (["query", "articles", "-f", "ttl"], 2, "the format ttl is for CONSTRUCT"),
        (["query", "-f", "csv", "-q", "CONSTRUCT WHERE { ?a ?b ?c }"], 2, "cannot be written as csv"),
        (["query", "articles", "--endpoint", "ftp://example.org"], 2, "is no address of a server"),
        (["push", "--endpoint", "http://u:p@127.0.0.1/"], 2, "an address holds no credentials"),
        (["view", "x.html", "--type", "Programme"], 2, "no class 'Programme': take one of"),
        (["explain", "README.md", "--decision", "colours"], 2, "no decision is called colours"),
        (["compare", "锦江"], 2, "1 place to compare"),
        (["serve", "--host", "0.0.0.0"], 2, "add --public"),
        (["serve", "--base", "example.org"], 2, "give an address such as"),
        (
            ["annotate", "seeds", "--endpoint", "example.org", "--model", "m", "--dry-run"],
            2,
            "is no address of a server",
        ),
        (
            ["annotate", "seeds", "--endpoint", "http://127.0.0.1/", "--model", " ", "--dry-run"],
            2,
            "is no name of a model",
        ),
        (["query", "-q", "SELECT * { SERVICE <http://127.0.0.1/> {} }"], 1, "are refused"),
        (["export", "out.pdf"], 2, "unknown format"),
        (["export", "out"], 2, "has no ending that tells the format"),
        (["export", "-", "--format", "tables"], 2, "cannot go to standard output"),
        (["evaluate", "README.md"], 1, "is not a file of gold facts"),
        (["evaluate", "seeds/gold"], 2, "is a directory"),
        (
            ["diff", "README.md", "graph"],
            2,
            "README.md is no graph: name its folder, or what kg export wrote as .nq or",
        ),
        (["query", ""], 2, "name a question"),
        (["export", ""], 2, "an empty name is that of no file or folder"),
        (["dossier", "锦江", "-o", ""], 2, "an empty name is that of no file or folder"),
        (["info", "-g", ""], 2, "an empty name is that of no file or folder"),
        (["view", ""], 2, "an empty name is that of no file or folder"),
        (["view", "-"], 2, "- is no file here; name one"),
        (["evaluate", "seeds/gold/2024-shangcheng.json", "--json", "-"], 2, "- is no file here; name one"),
        (["build", "seeds", "--skipped", "-"], 2, "- is no file here; name one"),
    ],
)
def test_errors_are_one_line(arguments, status, message, run_kg):
    done = run_kg(*arguments)
    assert done.status == status
    assert message in done.err
    assert done.out == ""
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [["query", "articles"], ["info"], ["check"], ["export", "x.ttl"], ["view", "x.html"], ["evaluate", "gold.json"]],
)
def test_no_graph_is_told_in_one_line(arguments, run_kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.json").write_text('{"page": "a.txt", "articles": []}')
    done = run_kg(*arguments)
    assert done.status == 1
    assert re.fullmatch(r"kg: no graph in graph; run kg build INPUT\.\.\. first\n", done.err)


def test_query_lists_the_saved_questions(run_kg):
    done = run_kg("query")
    assert done.status == 0
    assert "programs-of-district" in done.out
    assert "-p district=…" in done.out


def test_query_by_name_text_file_and_standard_input(run_kg, small_graph, tmp_path, monkeypatch):
    text = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a gov:District }"
    (tmp_path / "own.rq").write_text(text)
    monkeypatch.setenv("KG_GRAPH", str(small_graph))
    monkeypatch.setattr(sys, "stdin", (tmp_path / "own.rq").open())
    for arguments in (["-q", text], [tmp_path / "own.rq"], ["-"]):
        assert run_kg("query", *arguments, "-f", "csv").out == "n\n3\n"
    assert "邻里议事厅" in run_kg("query", "programs-of-district", "-p", "district=锦江").out


def test_query_options(run_kg, small_graph, monkeypatch):
    monkeypatch.setenv("KG_GRAPH", str(small_graph))
    assert run_kg("query", "articles", "-f", "csv", "--bom").out.startswith("\ufeffarticle,")
    empty = ["query", "leaders", "-p", "program=银杏夜话"]
    assert run_kg(*empty).status == 0
    assert run_kg(*empty, "--fail-empty").status == 1
    assert "VALUES ?__program" in run_kg(*empty, "--dry-run").out


def test_info_tells_what_the_graph_holds(run_kg, small_graph):
    lines = dict(
        line.split(maxsplit=1) for line in run_kg("info", "-g", small_graph).out.splitlines() if "read" not in line
    )
    assert lines["Article"] == "3"
    assert lines["Program"] == "2"
    assert lines["District"] == "3"
    assert lines["Claim"] == "10"
    assert lines["years"] == "2021, 2023"


def command(*arguments: str, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def test_a_reader_that_leaves_is_no_error(small_graph):
    big = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f }"
    with command("query", "-g", str(small_graph), "-f", "csv", "-q", big) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in {0, 1}  # versions of click differ


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_control_c_ends_a_query(small_graph):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?l) }"
    arguments = ["query", "-g", str(small_graph), "-q", endless]
    with command(*arguments, start_new_session=True, **HEEDING) as process:
        time.sleep(1.5)
        os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=50)  # before the query's own limit would end it
    assert error.strip() == b"kg: stopped"  # after a line end, since terminals show ^C
    assert process.returncode == 130


def test_no_help_shows_marks_of_the_code(run_kg):
    from kg.cli import cli

    for name in cli.commands:
        assert "\\" not in run_kg(name, "--help").out
    assert "\n  RDF " in run_kg("export", "--help").out


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELCT ?x { ?x ?y ?z }", "unexpected 'SELCT', expected SELECT"),
        ("PREFIX a: <x:> ak { ?x ?y ?z }", "expected ASK"),
        ("ASK { ?x foo:bar ?y }", "the prefix foo: is declared nowhere"),
        ("FOO", "expected SELECT or ASK or DESCRIBE or CONSTRUCT"),
        ("", "the query is empty"),
        (" \n\t", "the query is empty"),
    ],
)
def test_what_begins_no_query_is_told(query, told, small_graph, run_kg):
    done = run_kg("query", "-g", small_graph, "-q", query)
    assert (done.status, told in done.err) == (2, True), done.err
    assert "^" in done.err or not query.strip()


@pytest.mark.parametrize(
    ("name", "told"), [("page.html", False), ("page.HTM", False), ("page.txt", True), ("page", True)]
)
def test_a_page_whose_name_no_browser_knows_is_told(name, told, small_graph, run_kg, tmp_path):
    done = run_kg("view", tmp_path / name, "-g", small_graph)
    assert (done.status, "is a page of HTML" in done.err) == (0, told)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "too few files may be open; allow more (ulimit -n 1024)"),
        (OSError(errno.EAGAIN, "Resource temporarily unavailable"), "too few processes may run; end some"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "the system has too little memory"),
        (MemoryError(), "the system has too little memory"),
        (OSError(errno.EIO, "Input/output error", "/mnt/锦江.txt"), "/mnt/锦江.txt: input/output error"),
    ],
)
def test_what_the_system_refuses_is_one_line(error, told, small_graph, run_kg, monkeypatch):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr("subprocess.run", refuse)
    done = run_kg("query", "-g", small_graph, "-q", "ASK {}")
    assert (done.status, done.err.count("\n")) == (1, 1)
    assert told in done.err
