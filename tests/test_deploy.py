"""What runs a site on a server: the command lines in `deploy/` are those of the program, and README names the files."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.cli import cli
from kg.queries.saved import saved_questions
from kg.serve import settings_of
from tests.serve.conftest import client_of

ROOT = Path(__file__).parent.parent
UNIT, CONTAINER = ROOT / "deploy" / "kg-serve.service", ROOT / "deploy" / "Containerfile"
CLUSTER = ROOT / "deploy" / "spark.md"


def unit() -> configparser.ConfigParser:
    found = configparser.ConfigParser(delimiters=("=",), interpolation=None, strict=False)
    found.optionxform = str
    found.read(UNIT, encoding="utf-8")
    return found


def lines() -> dict[str, list[str]]:
    """The command lines, as a shell splits them."""
    entry = re.search(r"^ENTRYPOINT (\[.*\])$", CONTAINER.read_text(encoding="utf-8"), re.MULTILINE)[1]
    return {"unit": shlex.split(unit()["Service"]["ExecStart"]), "container": json.loads(entry)}


@pytest.mark.parametrize("name", ["unit", "container"])
def test_the_command_line_is_one_of_the_program(name):
    program, command, *arguments = lines()[name]
    assert (Path(program).name, command) == ("kg", "serve")
    parsed = cli.get_command(None, "serve").make_context("serve", arguments).params
    assert parsed["public"]
    chosen = settings_of(parsed["base"], public=parsed["public"], host=parsed["host"])
    assert chosen.per_minute
    assert chosen.most_rows


def test_commands_in_the_comments_are_those_of_the_program():
    for file in (UNIT, CONTAINER):
        told = re.findall(r"^#.*?\bkg (build .*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert told
        for line in told:
            command, *arguments = shlex.split(line.replace("PAGES", str(ROOT / "seeds")))
            assert cli.get_command(None, command).make_context(command, arguments).params["graph"]


def test_what_the_files_name_is_there():
    text = CONTAINER.read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r"'/src\[(\w+)\]'", text)[1] == "serve"
    assert re.search(r"^serve = \[", project, re.MULTILINE)
    minor = int(re.search(r"python:3\.(\d+)-", text)[1])
    assert f"Python :: 3.{minor}" in project
    assert lines()["container"][-1] == re.search(r"^EXPOSE (\d+)$", text, re.MULTILINE)[1]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"deploy/{file.name}" in readme for file in (UNIT, CONTAINER, CLUSTER))


def test_commands_for_clusters_are_those_of_the_program():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    text = CLUSTER.read_text(encoding="utf-8") + readme.split("## Past one")[1].split("\n## ")[0]
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text.replace("\\\n", ""), re.MULTILINE | re.DOTALL)
    lines = (line.strip() for block in blocks for line in block.splitlines())
    told = [shlex.split(line, comments=True) for line in lines if re.match(r"(\S*/)?kg (build|load|push)\b", line)]
    told.append(["kg", *json.loads(re.search(r'^\["build".*\]$', text, re.MULTILINE)[0])])
    assert {words[1] for words in told} == {"build", "load", "push"}
    for _, command, *arguments in told:
        parsed = cli.get_command(None, command).make_context(command, arguments).params
        assert command != "build" or (parsed["engine"], bool(parsed["shards"])) == ("spark", True)
        assert all("=" in setting for setting in parsed.get("settings", ()))


def test_what_is_copied_into_the_container_makes_a_whole_wheel(tmp_path):
    for told in re.findall(r"^COPY (.+)$", CONTAINER.read_text(encoding="utf-8"), re.MULTILINE):
        *names, target = told.split()
        folder = tmp_path / target.strip("/")
        for name in names:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                folder.mkdir(exist_ok=True)
                shutil.copy(ROOT / name, folder)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(build, cwd=tmp_path / "src", check=True, capture_output=True)
    (wheel,) = (tmp_path / "src" / "dist").glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    for part in ("kg/serve/static/sparql.js", "kg/serve/templates/base.html", "kg/share/ontology/governance.ttl"):
        assert part in held
    assert {f"kg/share/queries/{question.name}.rq" for question in saved_questions()} <= held


def test_the_unit_lets_the_site_do_what_it_does(graph_of_seeds):
    service = unit()["Service"]
    assert service["ProtectSystem"] == "strict"  # it writes nothing
    assert service["IPAddressAllow"] == "localhost"
    base = lines()["unit"][lines()["unit"].index("--base") + 1]
    client = client_of(graph_of_seeds, base=base, public=True)
    assert client.get("/graph/", headers={"host": "example.org"}).status_code == 200


@pytest.fixture
def graph_of_seeds(tmp_path):
    from kg.build import build

    build([ROOT / "seeds" / "2024-shangcheng.txt"], tmp_path / "graph")
    return tmp_path / "graph"
