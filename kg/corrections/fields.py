"""The keys of an entry, read one by one: each fault is a line that says what is wrong and what to write."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.errors import UserError
from kg.language.anchors import normal

LONGEST_NAME = 200
LONGEST_TEXT = 5_000
MOST_NAMES = 50
LARGEST = Decimal(10) ** 18
_DAY = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_NO_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Fault(UserError):  # noqa: N818 - what users write, not what fails
    """What is wrong with an entry."""


class Fields:
    """The keys of an entry; each is taken once, and what is left at the end is unknown."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = dict(given)
        self._asked: list[str] = []

    def has(self, *keys: str) -> bool:
        """Whether one of some keys is given."""
        return not self._given.keys().isdisjoint(keys)

    def end(self) -> None:
        """Nothing else may be given.

        Raises:
            Fault: there is a key that means nothing here.
        """
        for key in self._given:
            close = difflib.get_close_matches(key, self._asked, n=1)
            hint = f"did you mean {close[0]}?" if close else f"it takes {', '.join(self._asked)}"
            raise Fault(f"the key {_shown(key)} means nothing here; {hint}")

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """A text, "" where it is not given."""
        value = self._take(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Fault(f"{key} = {_shown(value)} is no text; put it in quotation marks")
        if len(value) > longest:
            raise Fault(f"{key} is longer than {longest} characters")
        if _NO_SIGNS.search(value):
            raise Fault(f"{key} holds a control character; take it out")
        return value.strip()

    def needed(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """A text that must be given, and name something."""
        if key not in self._given:
            self._asked.append(key)
            raise Fault(f"it needs {key} = …")
        value = self.text(key, longest)
        if not normal(value):
            raise Fault(f"{key} = {_shown(value)} names nothing; give a name or the words as printed")
        return value

    def name(self, key: str) -> str:
        """The name of a thing, or its IRI."""
        longest = LONGEST_NAME if not str(self._given.get(key, "")).startswith("http") else LONGEST_TEXT
        value = self.needed(key, longest)
        if not any(sign.isalnum() for sign in value):
            raise Fault(f"{key} = {_shown(value)} names nothing; give a name or the words as printed")
        return value

    def told(self, key: str) -> str | None:
        """A text that may be "", None where it is not given."""
        given = key in self._given
        value = self.text(key, LONGEST_NAME)
        return value if given else None

    def given(self, key: str) -> Any:
        """Whatever is given, as it stands."""
        return self._take(key)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one, each of which may be empty."""
        value = self._take(key)
        values = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(Fields({key: each}).text(key, LONGEST_NAME) for each in values[:MOST_NAMES])

    def texts(self, key: str, least: int = 0, most: int = MOST_NAMES) -> tuple[str, ...]:
        """A list of texts, or one."""
        value = self._take(key)
        values = [] if value is None else [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise Fault(f'{key} = {_shown(value)} is no list of texts; write ["…", "…"]')
        if len(values) > most:
            raise Fault(f"{key} has more than {most} items")
        found = tuple(dict.fromkeys(Fields({key: each}).needed(key, LONGEST_TEXT) for each in values))
        if len(found) < least:
            raise Fault(f"{key} needs {least} or more" if found else f'it needs {key} = ["…", "…"]')
        return found

    def one_of(self, key: str, choices: Mapping[str, str], *, needed: bool = False) -> str:
        """One of some words, in small or capital letters, as what it stands for; "" where it is not given."""
        value = self.needed(key) if needed else self.text(key)
        found = {name.lower(): means for name, means in choices.items()}.get(value.lower())
        if value and found is None:
            raise Fault(f"{key} = {_shown(value)} is unknown; it is one of {', '.join(choices)}")
        return found or ""

    def number(self, key: str, *, needed: bool = False) -> Decimal | None:
        """A number within reason."""
        if needed and key not in self._given:
            self._asked.append(key)
            raise Fault(f"it needs {key} = …")
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise Fault(f"{key} = {_shown(value)} is no number; write it in plain digits, 140000 for 14万")
        found = Decimal(value)
        if not found.is_finite() or abs(found) >= LARGEST or len(found.as_tuple().digits) > 36:
            raise Fault(f"{key} = {_shown(value)} is no number of the kind that reports print")
        return found

    def year(self, key: str) -> int | None:
        """A year of four digits."""
        value = self.number(key)
        if value is None:
            return None
        if value != value.to_integral_value() or not 1000 <= value <= 2999:
            raise Fault(f"{key} = {_shown(value)} is no year of four digits")
        return int(value)

    def day(self, key: str) -> str:
        """A day, a month or a year: a date of TOML, a number, or text such as 2024-03."""
        value = self._take(key)
        if value is None:
            return ""
        if isinstance(value, datetime):
            value = value.date()
        text = value.isoformat() if isinstance(value, date) else str(value) if type(value) is int else value
        if isinstance(text, str) and (found := _DAY.fullmatch(text.strip())):
            try:
                date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
            except ValueError:
                pass
            else:
                return text.strip()
        raise Fault(f"{key} = {_shown(value)} is no date; write 2024-03-31, 2024-03 or 2024")

    def _take(self, key: str) -> Any:
        self._asked.append(key)
        return self._given.pop(key, None)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    text = "".join(sign if sign.isprintable() else "�" for sign in text)
    return f'"{text[:40]}{"…" * (len(text) > 40)}"'
