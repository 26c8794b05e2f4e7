"""No pattern of the package grows with the square of what it reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_no_pattern_grows_with_the_square_of_the_text():
    command = [sys.executable, str(ROOT / "tests" / "patterns.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["patterns"] > 300
    assert told["slow"] == []
