"""All suggestions in one order, without what a person has decided already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kg.corrections import Entry, found_files, read_entries
from kg.review.conflicts import SORT as CONFLICTS
from kg.review.conflicts import conflicts
from kg.review.doubtful import SORT as DOUBTFUL
from kg.review.doubtful import doubtful
from kg.review.duplicates import SORT as DUPLICATES
from kg.review.duplicates import duplicates
from kg.review.entries import as_toml, one_line, parsed
from kg.review.holdings import Holdings, read_holdings
from kg.review.suggestion import Suggestion
from kg.review.unread import SORT as UNREAD
from kg.review.unread import unread

Finder = Callable[[Holdings, Path, Decimal], Iterable[Suggestion]]
SORTS: Mapping[str, Finder] = MappingProxyType(
    {
        CONFLICTS: lambda held, folder, _: conflicts(held, folder),
        UNREAD: lambda held, _, __: unread(held),
        DUPLICATES: lambda held, _, __: duplicates(held),
        DOUBTFUL: lambda held, _, least: doubtful(held, least),
    }
)
"""What finds the suggestions of each sort."""

LEAST = Decimal("0.5")
"""Facts less sure than this are doubtful, unless the user says otherwise."""


def suggestions(
    folder: Path, *, least: Decimal = LEAST, sorts: Collection[str] = (), decided: Iterable[Path] = ()
) -> list[Suggestion]:
    """What deserves a look, the most useful first: what tells most of the graph, and is least sure.

    `sorts` are those asked for, or all; what stands in the files of corrections at hand or in `decided` is left out,
    whatever was decided.

    Raises:
        UserError: there is no graph, or a file of corrections cannot be read.
    """
    held = read_holdings(folder)
    known = {key for path in _files(folder, held, decided) for key in _decided(path)}
    asked = [(sort, finder) for sort, finder in SORTS.items() if sort in (sorts or SORTS)]
    found = _asked_once([each for _, finder in asked for each in finder(held, folder, least)])
    new = {_key(entry): each for each in found if (entry := parsed(as_toml(each))) and _key(entry) not in known}
    return sorted(new.values(), key=lambda s: (-s.weight, s.sort, s.asks, s.file, s.sentence))


def _asked_once(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Suggestions without those to recognise a name everywhere that is itself in doubt."""
    doubts = {(each.keys.get("thing"), each.keys.get("kind")) for each in found if each.sort == DOUBTFUL}
    for each in found:
        if each.sort != UNREAD or (each.keys.get("name"), each.keys.get("kind")) not in doubts:
            yield each


def _files(folder: Path, held: Holdings, decided: Iterable[Path]) -> Iterator[Path]:
    yield from found_files(folder, held.files)
    yield from (path for path in decided if path.exists())


def _decided(path: Path) -> Iterator[str]:
    yield from (_key(entry) for entry, _ in read_entries(path))


def _key(entry: Entry) -> str:
    """What an entry says, whoever says it and when."""
    return replace(entry, by="", on="").key


def listed(found: Iterable[Suggestion]) -> Iterator[str]:
    """Suggestions as lines to be read."""
    for number, each in enumerate(found, start=1):
        yield one_line(f"{number}. {each.asks}?  ({each.sort}: {each.why})")
        yield one_line(f"   {each.file}: {each.sentence}")
