"""A little of `make soak`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_little_of_the_long_attack_finds_nothing():
    command = [sys.executable, "-m", "tests.soak", "--share", "0.003"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| faults | 0 |" in done.stdout
