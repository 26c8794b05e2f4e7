"""Word lists about newspaper pages (surnames, bylines, credits): data files beside this module.

A list is `words/NAME.txt`: comment lines begin with `# ` and the first says what the list is for; then one entry a
line. (`kg.language.wordlists` reads the lists about language, which stand above this layer.)
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of a list, in the file's order.

    Raises:
        FileNotFoundError: there is no such list.
    """
    text = (resources.files("kg.reading") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("# "))


@cache
def either(name: str) -> str:
    """A regular expression, as a group without number, for any entry of the list, the longest first."""
    found = sorted(set(words(name)), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, found)) + ")"
