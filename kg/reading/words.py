"""Word lists about newspaper pages (surnames, bylines, credits): data files beside this module.

A list is `words/NAME.txt`: comment lines begin with `# ` and the first says what the list is for; then one entry a
line. `classes.txt` has the small words that patterns are written over, as `kg.grammar` reads them.
(`kg.language.wordlists` reads the lists about language, which stand above this layer.)
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from kg.grammar import Grammar


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of a list, in the file's order.

    Raises:
        FileNotFoundError: there is no such list.
    """
    text = (resources.files("kg.reading") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("# "))


PAGES = Grammar(resources.files("kg.reading") / "classes.txt", words)
"""The classes of small words of pages; a pattern may name a list too: `{bylines}`."""
