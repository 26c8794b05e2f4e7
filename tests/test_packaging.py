"""What travels in the wheel, and that it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, unpacked."""
    target = tmp_path_factory.mktemp("wheel")
    built = next(WheelBuilder(str(ROOT)).build(directory=str(target), versions=["standard"]))
    with zipfile.ZipFile(built) as archive:
        archive.extractall(target / "installed")
    return target / "installed"


def test_wheel_holds_all_that_the_checkout_has(wheel):
    for folder in ("ontology", "queries"):
        assert files_below(wheel / "kg" / "share" / folder) == files_below(ROOT / folder)
    kept = [ROOT / "kg" / part for part in ("annotate", "language", "dossier", "serve")]
    data = {path.relative_to(ROOT) for part in kept for path in part.rglob("*") if path.suffix not in {".pyc", ""}}
    assert [path for path in sorted(data) if not (wheel / path).exists()] == []
    assert (wheel / "kg" / "py.typed").exists()


def files_below(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_wheel_holds_nothing_else(wheel):
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"kg", "kg_governance"}
    assert not list(wheel.rglob("*.pyc"))


def test_unpacked_wheel_works(wheel, tmp_path, small_graph):
    script = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import kg.cli, kg.resources;"
        "print(kg.resources.folder('queries'), file=sys.stderr); kg.cli.main()"
    )
    arguments = ["query", "programs-of-district", "-p", "district=锦江", "-f", "csv", "-g", str(small_graph)]
    done = subprocess.run(
        [sys.executable, "-c", script, str(wheel), *arguments],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == str(wheel / "kg" / "share" / "queries")
    assert done.stdout.splitlines()[1:] == ["邻里议事厅,春熙路街道,锦江区民政局,1"]


def test_dependencies_are_bounded():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [name for name in project["dependencies"] if "<" not in name] == []


def test_readme_and_changelog_are_there():
    assert (ROOT / "README.md").read_text(encoding="utf-8").strip()
    assert "0.1.0" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_continuous_integration_runs_all_tests():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_readme_lists_every_saved_question():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [path.stem for path in (ROOT / "queries").glob("*.rq") if f"| `{path.stem}` |" not in readme]
    assert missing == []  # python scripts/readme.py renews the list
