"""Word lists and tables: knowledge of the language and the state, kept as data files beside this module.

A list is `words/NAME.txt`: comment lines begin with `# ` and the first says what the list is for; then one entry a
line, its columns (if any) separated by tabs. Words of several purposes stand in one list, with their classes
(separated by commas) in a further column: `NAME:CLASS` is the list of those of one class. The small words that patterns
are written over stand in `classes`, as `kg.grammar` reads them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from kg.grammar import Grammar


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, each with its columns, in the file's order.

    Raises:
        FileNotFoundError: there is no such list.
    """
    text = (resources.files("kg.language") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of a list, or of a list's rows of one class, in the file's order.

    Raises:
        LookupError: no row of the list has the class.

    >>> "由" in words("organization_words:clitic")
    True
    """
    name, _, kind = name.partition(":")
    rows = [row[0] for row in table(name) if not kind or any(kind in column.split(",") for column in row[1:])]
    if kind and not rows:
        raise LookupError(f"no word of {name} has the class {kind}")
    return tuple(rows)


@cache
def word_set(*names: str) -> frozenset[str]:
    """The first columns of one or more lists as a set."""
    return frozenset(word for name in names for word in words(name))


@cache
def grammar(name: str) -> Grammar:
    """The classes of small words that patterns of a kind are written over: those of `classes/NAME.txt`, and the common.

    A pattern may name a word list too: `{metric_stages}`, `{year_words:since}`.

    >>> grammar("metrics").compile("{metric_stages}{to}{done}?").fullmatch("下降至") is not None
    True
    """
    return Grammar(resources.files("kg.language") / "classes" / f"{name}.txt", words)


@cache
def beginning(*names: str) -> str:
    """A regular expression that looks ahead to a character that words of the lists begin with.

    Put before a larger one that looks ahead itself, it passes over most characters at little cost.
    """
    first = sorted({word[0] for name in names for word in words(name)})
    return "(?=[" + "".join(map(re.escape, first)) + "])"
