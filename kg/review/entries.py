"""Suggestions as entries of `corrections.toml`, and those at the end of a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from kg.corrections import Entry, parse
from kg.corrections.files import text_of
from kg.outputs import write_whole
from kg.reading.files import readable
from kg.review.suggestion import Suggestion, Value


def as_toml(suggestion: Suggestion, **more: Value) -> str:
    """A suggestion as an entry, with its reason, and more keys if given."""
    keys = {**suggestion.keys, **{key: value for key, value in more.items() if value}}
    lines = [f"# {one_line(suggestion.asks)}? {one_line(suggestion.why)}", f"[[{suggestion.table}]]"]
    lines += [f"{key} = {_value(value)}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


def parsed(text: str) -> Entry | None:
    """The entry that a text holds; None for none or several.

    Raises:
        UserError: it is no entry.
    """
    found = [entry for entry, _ in parse(text, "the entry")]
    return found[0] if len(found) == 1 else None


def append(path: Path, entries: Iterable[str]) -> int:
    """Put entries at the end of a file of corrections, which is made where there is none; how many they are.

    What stands in the file stays as it is, byte by byte.

    Raises:
        UserError: the file is none of corrections, or cannot be written.
    """
    entries = list(entries)
    before = text_of(path) if path.exists() else ""
    list(parse(before, readable(path.name)))
    gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
    text = before + gap * bool(entries) + "\n".join(entries)
    write_whole(path, lambda file: file.write(text.encode()))
    return len(entries)


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else _text(value)


def _text(text: str) -> str:
    """A text as TOML writes it: what JSON escapes, and DEL, which JSON does not."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def one_line(text: str) -> str:
    """A text on one line, without what a terminal would heed."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
