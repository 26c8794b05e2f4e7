"""Which files are read: those that Spark finds at the paths given, as a build chooses them from folders."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.corrections.files import NAME as CORRECTIONS
from kg.errors import UserError
from kg.reading.files import ARCHIVES, SUFFIXES, ending_of, is_page_of
from kg.spark.session import is_missing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_GLOB = "\\*?[]{}"
_SIDECARS = (".facts.json", ".facts.jsonl")


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file as Spark names it (`file:/news/a.txt`), its bytes, and when it was changed, in milliseconds."""

    path: str
    size: int
    changed: int


def files_at(spark: SparkSession, inputs: Sequence[str], *, by_rules: bool) -> list[File]:
    """The pages at the given files, folders and patterns, sorted, each once.

    `by_rules` tells that sidecars are to be passed over; else one is an error, since it would not be read.

    Raises:
        UserError: a path does not exist, holds no pages, or holds sidecars or corrections.
    """
    found: dict[str, File] = {}
    for each in inputs:
        files = _at(spark, each)
        named = len(files) == 1 and PurePath(files[0].path).name == PurePath(each).name
        pages = files if named else [file for file in files if _is_page(file)]
        for file in files:
            _refuse_what_changes_facts(file, by_rules=by_rules)
        if not pages:
            raise UserError(f"{each}: no {' '.join(sorted(SUFFIXES | ARCHIVES))} there")
        found |= {file.path: file for file in pages}
    return sorted(found.values())


def _refuse_what_changes_facts(file: File, *, by_rules: bool) -> None:
    """A build here would heed it, so that the graph would be another."""
    if PurePath(file.path).name == CORRECTIONS:
        raise UserError(f"{name_of(file.path)}: --engine spark applies no corrections; take it out of the folder")
    if file.path.endswith(_SIDECARS) and not by_rules:
        raise UserError(f"{name_of(file.path)} is a sidecar, which --engine spark does not read; --facts rules")


def name_of(path: str) -> str:
    """By what name a build knows a file: its path on this machine, or its address elsewhere.

    >>> name_of("file:/news/a b.txt"), name_of("s3a://papers/2024/a.txt")
    ('/news/a b.txt', 's3a://papers/2024/a.txt')
    """
    return "/" + path.removeprefix("file:").lstrip("/") if path.startswith("file:") else path


def path_of(address: str, known: Container[str]) -> str:
    """Which of the known paths an address of Spark's means: some versions write it percent-encoded.

    >>> path_of("file:///news/a%20b.jsonl", ["file:/news/a b.jsonl"])
    'file:/news/a b.jsonl'
    """
    short = address.replace("file:///", "file:/")
    return next((way for way in (address, short, unquote(address), unquote(short)) if way in known), address)


def literal(path: str) -> str:
    r"""A path as a pattern that means that path alone.

    >>> literal("file:/news/a[1].txt")
    'file:/news/a\\[1\\].txt'
    """
    return "".join("\\" + sign if sign in _GLOB else sign for sign in path)


def _at(spark: SparkSession, path: str) -> list[File]:
    try:
        frame = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
    except Exception as error:
        if is_missing(error):
            raise UserError(f"{path}: no such file or folder") from None
        raise
    rows = frame.selectExpr("path", "length", "unix_millis(modificationTime) AS changed").collect()
    return [File(row["path"], row["length"], row["changed"]) for row in rows]


def _is_page(file: File) -> bool:
    name = Path(PurePath(file.path).name)
    return is_page_of(name, Path())


def is_lines(file: File) -> bool:
    """Whether a file is JSON Lines that can be cut anywhere."""
    return ending_of(Path(file.path)) == ".jsonl"
