"""Tries every pattern that the package compiles on text made to be slow for it; prints those that are, as JSON.

    python tests/patterns.py

A pattern is tried on runs of what it is made of: its own characters and words, one by one and in pairs, and signs that
any text may hold. It is slow where 4,000 signs take more than twice the work of a reference (some 50 ms), or where twice
the text is more than three times the work. No clock of the wall is read, and whatever seems slow is tried again.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZE = 4000
SUSPECT, MOST, GROWTH = 0.1, 2.0, 3.0
"""In works of the reference: from where on a pattern is looked at closely, what it may take; how it may grow."""
SIGNS = ("a", "1", " ", "\u3000", "\n", "一", "甲", "区", "、", "，", "。", "“", "”", "“”", "（", "）", "《", "》", "1.", "甲、",
         "甲 ", "<", "&", '"', "#", "*", "A1")  # fmt: skip
WORDS, PAIRS = 24, 40


def compiled() -> dict[tuple[str, int], tuple[str, re.Pattern[str]]]:
    """The patterns that modules of the package compile when they are imported, and when they read a page."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    real = re._compile

    def noting(pattern, flags):
        made = real(pattern, flags)
        frame = sys._getframe(1)
        while frame and frame.f_globals.get("__name__", "") == "re":
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "") if frame else ""
        if module.startswith("kg.") and isinstance(made.pattern, str):
            found.setdefault((made.pattern, made.flags), (module, made))
        return made

    re._compile = noting
    import kg

    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from kg.pipeline import read_article
    from kg.reading import input_files, read_page

    for path in input_files([ROOT / "seeds", ROOT / "tests" / "articles"])[:8]:
        for article in read_page(path).articles:
            read_article(article)
    re._compile = real
    return found


def parts(tree: object) -> Iterator[str]:
    """Runs of characters that a pattern, as parsed, asks for."""
    run = ""
    for code, argument in tree:
        name = str(code)
        if name == "LITERAL":
            run += chr(argument)
            continue
        if run:
            yield run
            run = ""
        if name == "IN":
            inner = [(str(kind), value) for kind, value in argument]
            for kind, value in inner[:4]:
                if kind == "LITERAL":
                    yield chr(value)
                elif kind == "RANGE":
                    yield chr(value[0])
        elif isinstance(argument, tuple | list):
            for part in argument:
                if isinstance(part, list):
                    for branch in part:
                        yield from parts(branch)
                elif hasattr(part, "data"):
                    yield from parts(part)
        elif hasattr(argument, "data"):
            yield from parts(argument)
    if run:
        yield run


def attacks(pattern: re.Pattern[str]) -> list[str]:
    """Pieces to be repeated."""
    own = list(dict.fromkeys(islice(parts(re._parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)), 400)))
    step = max(1, len(own) // WORDS)
    some = own[::step][:WORDS]
    pairs = [one + other for one in some[:7] for other in some[:7] if one != other][:PAIRS]
    return list(dict.fromkeys([*SIGNS, *some, *pairs]))


def searched(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def main() -> None:
    from effort import reference_work, taken

    patterns = compiled()
    unit = min(taken(reference_work) for _ in range(5))
    slow, tries = [], 0
    for (source, _), (module, pattern) in patterns.items():
        for piece in attacks(pattern):
            whole = (piece * SIZE)[: 2 * SIZE]
            tries += 1
            if taken(lambda p=pattern, t=whole[:SIZE]: searched(p, t)) < SUSPECT * unit:
                continue
            half, full, twice = (
                min(taken(lambda p=pattern, t=whole[:size]: searched(p, t)) for _ in range(3)) / unit
                for size in (SIZE // 2, SIZE, 2 * SIZE)
            )
            growth = max(full / half, twice / full)
            if full > MOST or (growth > GROWTH and full > SUSPECT):
                slow.append({"module": module, "pattern": source, "piece": piece, "work": full, "growth": growth})
                break
    print(json.dumps({"patterns": len(patterns), "tries": tries, "slow": slow}, ensure_ascii=False))


if __name__ == "__main__":
    main()
