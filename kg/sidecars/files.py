"""Which file says something of a page, and its bytes as JSON."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from kg.errors import UserError
from kg.reading.files import NoPlainFile, opened, readable

ENDINGS = (".facts.json", ".facts.jsonl")
MOST_BYTES = 100_000_000
MOST_DIGITS = 100


def sidecars_of(page: Path) -> tuple[Path, ...]:
    """The sidecars of a page: a.txt.facts.json, or a.facts.json; .jsonl too, as doccano writes. There should be one.

    A link that leads nowhere is one too, which cannot be read.
    """
    names = dict.fromkeys(name + ending for ending in ENDINGS for name in (page.name, page.stem))
    folder = str(page.parent)
    return tuple(page.with_name(name) for name in names if _is_there(os.path.join(folder, name)))  # noqa: PTH118 - of a million pages


def is_of(sidecar: Path, page: str) -> bool:
    """Whether a file is the sidecar, by its name, of a page so called that is there beside it.

    >>> is_of(Path("no-such-folder/a.facts.json"), "a.txt")
    False
    """
    name = PurePath(page).name
    fits = sidecar.name in {stem + ending for ending in ENDINGS for stem in (name, PurePath(name).stem)}
    return fits and os.path.isfile(os.path.join(str(sidecar.parent), name))  # noqa: PTH113, PTH118 - of any name at all


def _is_there(path: str) -> bool:
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))  # noqa: PTH110, PTH113, PTH114


class Beside:
    """The sidecars of many pages: a folder in which there are none is looked at once.

    >>> Beside()(Path("no-such-folder/a.txt"))
    ()
    """

    def __init__(self) -> None:
        self._held: dict[Path, bool] = {}

    def __call__(self, page: Path) -> tuple[Path, ...]:
        """The sidecars of a page, as `sidecars_of` gives them."""
        folder = page.parent
        if folder not in self._held:
            self._held[folder] = _may_hold_sidecars(folder)
        return sidecars_of(page) if self._held[folder] else ()


def _may_hold_sidecars(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name.lower().endswith(ENDINGS) for entry in entries)
    except FileNotFoundError:
        return False
    except OSError:  # what cannot be listed may be held all the same
        return True


def read_json(path: Path) -> Any:
    """What a file holds: an object or list, or the list of the objects on its lines.

    Raises:
        UserError: it cannot be read, or is no JSON; the text says why.
    """
    name = readable(path.name)
    try:
        with opened(path) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, NoPlainFile) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UserError(f"its facts in {name} cannot be read ({(reason or str(error)).lower()})") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"its facts in {name} are larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"its facts in {name} are not in UTF-8 (byte {error.start}); save them so") from None
    try:
        return parsed_json(text)
    except (ValueError, RecursionError) as first:
        try:
            return [parsed_json(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            reason = "too deeply nested" if isinstance(first, RecursionError) else " ".join(str(first).split())
            raise UserError(f"its facts in {name} are no JSON: {reason}") from None


def parsed_json(text: str) -> Any:
    """JSON with its numbers as they are written, exact.

    Raises:
        ValueError: it is none, or has a number of too many digits.
        RecursionError: it is nested too deeply.

    >>> parsed_json('[1.20]')
    [Decimal('1.20')]
    """
    return json.loads(text, parse_float=_decimal, parse_int=_whole, parse_constant=_no_number)


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number of too many digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise ValueError("a number of too many digits")
    return number


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")
