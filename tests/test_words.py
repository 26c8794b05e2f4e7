"""Words stand in data files, not amid code; classes of words have names of their own and are used."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from kg.grammar import Grammar
from kg.language.wordlists import grammar

PACKAGE = Path(__file__).parents[1] / "kg"
MODULES = sorted(PACKAGE.rglob("*.py"))
COMMON = PACKAGE / "grammar" / "common.txt"
CLASSES = [*sorted((PACKAGE / "language" / "classes").iterdir()), PACKAGE / "reading" / "classes.txt"]
CHINESE = re.compile("[\u3400-\u9fff]")
PROSE = re.compile("[a-z]{2,}[:,]? ")
"""What tells that a string is a text for people, which may have examples."""


def literals(source: str):
    """The strings of a module as they are written, but for docstrings and what stands alone as one."""
    alone = {
        (node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if tokenize.tok_name[token.type] in {"STRING", "FSTRING_MIDDLE"} and token.start not in alone:
            yield token.string


def rows(file: Path) -> list[tuple[str, str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def amid_code(source: str) -> list[str]:
    return [text for text in literals(source) if CHINESE.search(text) and not PROSE.search(text)]


def test_no_chinese_word_stands_amid_code():
    found = {str(path.relative_to(PACKAGE)): amid_code(path.read_text(encoding="utf-8")) for path in MODULES}
    assert {module: words for module, words in found.items() if words} == {}


def test_the_check_finds_words_and_leaves_texts_for_people():
    source = 'A = "的"\nB = f"{A}了"\n"""What 了 is."""\nC = "how it ends: 局"\nD = "[\\u3400-\\u9fff]"\n'
    assert len(amid_code(source)) == 2


@pytest.mark.parametrize("file", CLASSES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_class_has_one_meaning_in_a_grammar(file):
    names = [name for name, _ in (*rows(COMMON), *rows(file))]
    assert sorted(names) == sorted(set(names))
    for name, words in rows(file):
        assert len(words.split(" ")) == len(set(words.split(" "))), name


def test_no_class_is_written_twice():
    common = {frozenset(words.split(" ")): name for name, words in rows(COMMON)}
    meant = {"object-mark", "says", "home", "families"}  # other words of the same sign
    twice = [
        (name, common[key]) for file in CLASSES for name, w in rows(file) if (key := frozenset(w.split(" "))) in common
    ]
    assert [pair for pair in twice if pair[0] not in meant] == []


def test_every_class_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    used = set(re.findall("[{|]([a-z][a-z-]*)(?=[}|])", code)) | set(re.findall("[\"']([a-z][a-z-]*)[\"']", code))
    by_kind = {"people-label", "households-label"}
    assert {name for file in (COMMON, *CLASSES) for name, _ in rows(file)} - used == by_kind


@pytest.mark.parametrize(
    ("template", "matching", "other"),
    [
        ("{metric_stages}{to}", "下降至", "下降"),
        ("{year_words:since}[0-9]{4}{year}", "始于2020年", "2020年"),
        ("[^{of}，]{1,3}{of}", "新建的", "的的"),
        ("{street|town}$", "街道", "村"),
        (r"\[{each}\]", "[各]", "各"),
        ("{han}{2}", "东湖", "A1"),
    ],
)
def test_a_pattern_reads_its_classes(template, matching, other):
    pattern = grammar("metrics").compile(template)
    assert pattern.fullmatch(matching)
    assert not pattern.fullmatch(other)


def test_the_longest_word_of_a_class_is_read():
    assert Grammar().compile("{full-place}").match("街道")[0] == "街道"


@pytest.mark.parametrize("template", ["{no-such-class}", "[{street}]"])
def test_a_wrong_class_is_refused(template):
    with pytest.raises((LookupError, ValueError)):
        Grammar().compile(template)
