"""CONTRIBUTING.md and SECURITY.md tell what is so: steps are walked, tests exist, limits are the code's."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\w+(?: (?P<how>append|change)=(?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A section of the guide: the changes that it makes, and what then comes out."""

    name: str
    changes: tuple[re.Match[str], ...]
    shown: str


def steps() -> list[Step]:
    found = []
    for section in re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]:
        blocks = list(BLOCK.finditer(section))
        changes = tuple(block for block in blocks if block["how"])
        shown = "".join(block["text"] for block in blocks if not block["how"])
        if changes:
            found.append(Step(section.partition("\n")[0], changes, shown))
    return found


def make(change: re.Match[str], folder: Path) -> None:
    path, text = folder / change["file"], change["text"]
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if change["how"] == "append":
        path.write_text(before + text, encoding="utf-8")
        return
    old = "".join(line[1:] for line in text.splitlines(keepends=True) if not line.startswith("+"))
    new = "".join(line[1:] for line in text.splitlines(keepends=True) if not line.startswith("-"))
    assert before.count(old) == 1, f"{change['file']} has no line {old!r}"
    path.write_text(before.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """A copy of the project with all changes of the guide."""
    folder = tmp_path_factory.mktemp("guide")
    for name in ("kg", "ontology", "queries", "scripts", "seeds", "tests"):
        # with what is compiled, which takes longer than the rest
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("pictures", "*.pyc.*"))
    for step in steps():
        for change in step.changes:
            make(change, folder)
    return folder


@pytest.fixture(scope="module")
def walked(changed) -> dict[str, str]:
    """What was wrong with each step; all are walked in one process."""
    shown = {step.name: step.shown for step in steps()}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "walking.py")],
        input=json.dumps(shown), cwd=changed,
        env=os.environ | {"PYTHONPATH": str(changed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_every_kind_of_addition_has_its_step():
    wanted = [
        "measure word",
        "ending",
        "rule",
        "kind of fact",
        "question",
        "format to read",
        "format to write",
        "feature",
        "language",
    ]
    names = " ".join(step.name for step in steps())
    assert [name for name in wanted if name not in names] == []
    assert all(">>> " in step.shown for step in steps())


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.name)
def test_a_step_of_the_guide_gives_what_it_says(step, walked):
    assert walked[step.name] == ""
    assert doctest.DocTestParser().get_examples(step.shown)


# SECURITY.md

NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", SECURITY)))
LIMITS = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \|", SECURITY, re.MULTILINE)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_every_test_that_stands_for_a_threat_exists(file, name):
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8") if name else (ROOT / file).exists()


def test_every_threat_has_a_test():
    rows = [line for line in SECURITY.splitlines() if line.startswith("| ") and "---" not in line]
    threats = [line for line in rows[1:] if not re.match(r"\| `|\| Limit", line)]
    assert len(threats) > 15
    assert [line for line in threats if "`tests/" not in line] == []


@pytest.mark.parametrize(("name", "value"), LIMITS)
def test_limits_are_those_of_the_code(name, value):
    module, _, constant = name.rpartition(".")
    number = float(value.strip().replace(",", "").split()[0])
    assert getattr(importlib.import_module(module), constant) == number
