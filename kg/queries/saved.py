"""The saved questions: `.rq` files with headers as grlc writes them.

The header is comment lines that begin with `#+`: `summary`, `description`, both in Chinese as `summary_zh` and
`description_zh`, `tags` (a list), `defaults` (a list of `name: value`) and `enumerate` (a list of
`name: [value, value]`, the only values that a parameter may have).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UserError, WrongUsage
from kg.queries.sparql import Parameter, parameters
from kg.resources import folder


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its header says; `name` is the file's name without ending."""

    name: str
    query: str
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The parameters that may have certain values alone, with these."""
    chinese: tuple[str, str] = ("", "")
    """Summary and description in Chinese, "" where the header has none."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What may be given with `-p`."""
        return parameters(self.query)


def read_question(name: str, text: str) -> Question:
    r"""A question from its text.

    >>> question = read_question("all", "#+ summary: All programs\nSELECT * { ?program a gov:Program }")
    >>> question.summary
    'All programs'
    """
    header = _header(text)
    pairs = (item.partition(":") for item in header.get("defaults", []))
    choices = (item.partition(":") for item in header.get("enumerate", []))
    return Question(
        name,
        text,
        " ".join(header.get("summary", [])),
        " ".join(header.get("description", [])),
        tuple(header.get("tags", [])),
        tuple((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs),
        tuple((key.strip(), tuple(map(str.strip, value.strip(" []").split(",")))) for key, _, value in choices),
        (" ".join(header.get("summary_zh", [])), " ".join(header.get("description_zh", []))),
    )


def _header(text: str) -> dict[str, list[str]]:
    """The header's lines by key."""
    fields: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            continue
        body = line[2:]
        key, colon, rest = body.strip().partition(":")
        if colon and key.replace("_", "").isalpha() and not body.startswith("  "):
            lines = fields.setdefault(key, [])
            body = rest
        value = body.strip().removeprefix("- ").strip()
        if value:
            lines.append(value)
    return fields


def saved_questions() -> tuple[Question, ...]:
    """The questions that come with the program, by name."""
    paths = sorted(folder("queries").glob("*.rq"))
    return tuple(read_question(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def find_question(name: str) -> Question:
    """The saved question of that name, or the one in the file of that path.

    Raises:
        WrongUsage: there is neither.
        UserError: the file cannot be read, or is not UTF-8 text.
    """
    names = {path.stem: path for path in folder("queries").glob("*.rq")}
    path = names.get(name) or Path(name)
    try:
        return read_question(path.stem, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text; save the query as UTF-8") from None
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError | IsADirectoryError):
            raise UserError(f"{path}: {(error.strerror or str(error)).lower()}") from None
        close = difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(close)}?" if close else "`kg query` lists the saved questions"
        raise WrongUsage(f"there is no saved question and no readable file {name!r}; {hint}") from None
