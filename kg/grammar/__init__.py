"""Patterns written over named classes of words, so that code reads as grammar and the words stand in data files.

A file of classes has a class a line: its name, a tab, and its words with blanks between; lines that begin with `# ` say
what they are for. Those of `common.txt` beside this module are in every grammar.

In a pattern, `{name}` stands for any word of the class, the longest first, and within brackets for the characters of
the class: `{than}[^{of}，。]{1,9}{more}`; `{one|other}` stands for any word of two, `{han}` for any Chinese character.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.resources.abc import Traversable

_HAN = "\u4e00-\u9fff"
_PIECE = re.compile(r"\\.|\[\^?\]?|\]|\{(?P<names>[a-z][a-z_:|-]*)\}")


class Grammar:
    """The common classes and those of a file; `other` gives the words of a name that is none, or raises.

    >>> grammar = Grammar()
    >>> grammar["of"], grammar.regex("[^{of}]{1,3}{of}")
    (('的',), '[^的]{1,3}的')
    """

    def __init__(self, file: Traversable | None = None, other: Callable[[str], tuple[str, ...]] | None = None) -> None:
        files = [resources.files("kg.grammar") / "common.txt", *([file] if file else [])]
        lines = (line for each in files for line in each.read_text(encoding="utf-8").splitlines())
        rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
        self._classes = {name: tuple(words.split(" ")) for name, words in rows}
        self._other = other

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """The words of a class, in the file's order.

        Raises:
            LookupError: there is no such class, and nothing else to ask.
        """
        if name not in self._classes and self._other:
            return self._other(name)
        return self._classes[name]

    def set(self, *names: str) -> frozenset[str]:
        """The words of some classes."""
        return frozenset(word for name in names for word in self[name])

    def word(self, name: str) -> str:
        """The word of a class that has one."""
        (word,) = self[name]
        return word

    def regex(self, template: str) -> str:
        """A regular expression with the words of the classes that a template names.

        Raises:
            LookupError: it names a class that there is not.
            ValueError: it has a class in brackets with words of several characters.
        """
        within = False

        def expanded(match: re.Match[str]) -> str:
            nonlocal within
            if match["names"] is None:
                within = match[0].startswith("[") or (within and match[0] != "]")
                return match[0]
            if match["names"] == "han":
                return _HAN if within else f"[{_HAN}]"
            words = [word for name in match["names"].split("|") for word in self[name]]
            if within and any(len(word) > 1 for word in words):
                raise ValueError(f"a class in brackets has words of one character, and {match['names']} has others")
            return "".join(map(re.escape, words)) if within else any_of(words)

        return _PIECE.sub(expanded, template)

    def compile(self, template: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
        """The same, compiled."""
        return re.compile(self.regex(template), flags)


def any_of(words: Iterable[str]) -> str:
    """A regular expression, as a group without number, for any of some words, the longest first."""
    ordered = sorted(set(words))
    if all(len(word) == 1 for word in ordered):
        signs = "".join(map(re.escape, ordered))
        return signs if len(ordered) == 1 else f"[{signs}]"
    tree = _tree(ordered)
    return tree if len({word[0] for word in ordered}) > 1 else f"(?:{tree})"


def _tree(endings: list[str]) -> str:
    """A regular expression for any of some words that tries each character once for all words that share it.

    >>> _tree(["党员", "党委书记", "党委"])
    '党(?:员|委(?:书记)?)'
    """
    after: dict[str, list[str]] = {}
    for ending in filter(None, endings):
        after.setdefault(ending[0], []).append(ending[1:])
    branches = [re.escape(first) + _tree(rest) for first, rest in after.items()]
    if "" in endings:
        return f"(?:{'|'.join(branches)})?" if branches else ""
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
