"""Tries every pattern that the package compiles on text made to be slow for it; prints those that are, as JSON.

    python tests/patterns.py

A pattern is tried on runs of what it is made of: its own characters and words, one by one and in pairs, and signs that
any text may hold. It is slow where 4,000 signs take more than twice the work of a reference (some 50 ms), or where
twice the text is more than three times the work. Processor time alone is read, and whatever seems slow is tried again.
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
SUSPECT, MOST, GROWTH = 0.04, 2.0, 3.0
"""In works of the reference: from where on, at a quarter of the signs, a pattern is looked at closely; what it may take
at all of them; how it may grow when they are doubled."""
SIGNS = ("a", "1", " ", "一", "区", "、", "“", "（", "<", "1.", "甲 ")
WORDS, PAIRS = 8, 4


def compiled() -> dict[tuple[str, int], tuple[str, re.Pattern[str]]]:
    """The patterns that modules of the package compile when they are imported, and when they read a page."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    real = re._compile

    def noting(pattern, flags):
        made = real(pattern, flags)
        frame = sys._getframe(1)
        while frame and frame.f_globals.get("__name__", "") in {"re", "kg.grammar"}:
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
        if str(code) in {"LITERAL", "RANGE"}:
            run += chr(argument if str(code) == "LITERAL" else argument[0])
            continue
        yield run
        run = ""
        if str(code) == "IN":
            yield from (each for inner in argument[:4] for each in parts([inner]))
        else:
            yield from inner_parts(argument)
    yield run


def inner_parts(argument: object) -> Iterator[str]:
    """The same of what stands within a part of a pattern: groups, branches, repeats."""
    if hasattr(argument, "data"):
        yield from parts(argument)
    elif isinstance(argument, tuple | list):
        for each in argument:
            yield from inner_parts(each)


def attacks(pattern: re.Pattern[str]) -> list[str]:
    """Pieces to be repeated."""
    own = list(dict.fromkeys(islice(filter(None, parts(re._parser.parse(pattern.pattern, pattern.flags))), 400)))
    step = max(1, len(own) // WORDS)
    some = own[::step][:WORDS]
    pairs = [one + other for one in some[:3] for other in some[:3] if one != other][:PAIRS]
    return list(dict.fromkeys([*SIGNS, *some, *pairs]))


def searched(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def slowness(pattern: re.Pattern[str], text: str, unit: float) -> dict[str, float]:
    """How slow a pattern is on a text; nothing if it once is not, since others may hold up the machine."""
    from effort import taken

    for _ in range(5):
        half, full = (
            min(taken(lambda t=text[:size]: searched(pattern, t)) for _ in range(2)) / unit
            for size in (SIZE // 2, SIZE)
        )
        if full <= MOST and (full <= GROWTH * half or full <= 10 * SUSPECT):
            return {}
    return {"work": full, "growth": full / half}


def main() -> None:
    from effort import reference_work, taken

    patterns = compiled()
    unit = min(taken(reference_work) for _ in range(5))
    slow, tries = [], 0
    for (source, _), (module, pattern) in patterns.items():
        for piece in attacks(pattern):
            whole = (piece * SIZE)[:SIZE]
            tries += 1
            if taken(lambda p=pattern, t=whole[: SIZE // 4]: searched(p, t)) < SUSPECT * unit:
                continue
            if told := slowness(pattern, whole, unit):
                slow.append({"module": module, "pattern": source, "piece": piece, **told})
                break
    print(json.dumps({"patterns": len(patterns), "tries": tries, "slow": slow}, ensure_ascii=False))


if __name__ == "__main__":
    main()
