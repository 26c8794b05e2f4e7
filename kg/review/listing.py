"""All suggestions in one order, without what a person has decided already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kg.corrections import DECLINED, Entry, found_files, read_entries
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

    The first of each sort come before the second of any, so that whoever reads fifty has seen the best of all.
    `sorts` are those asked for, or all; what stands in the files of corrections at hand or in `decided` is left out,
    whatever was decided.

    Raises:
        UserError: there is no graph, or a file of corrections cannot be read.
    """
    held = read_holdings(folder)
    known = dict(each for path in _files(folder, held, decided) for each in _decided(path))
    asked = [(sort, finder) for sort, finder in SORTS.items() if sort in (sorts or SORTS)]
    found = [each for _, finder in asked for each in finder(held, folder, least)]
    keyed = {_key(entry): each for each in found if (entry := parsed(as_toml(each)))}
    dropped = {iri for key, each in keyed.items() if _drops(each) and known.get(key) != DECLINED for iri in each.about}
    new = [each for key, each in keyed.items() if key not in known]
    standing = [each for each in new if _drops(each) or dropped.isdisjoint(each.about)]  # the others will fit nothing
    ordered = sorted(standing, key=lambda s: (-s.weight, s.sort, s.asks, s.file, s.sentence))
    ranks = dict.fromkeys(SORTS, 0)
    places: list[int] = []
    for each in ordered:
        places.append(ranks[each.sort])
        ranks[each.sort] += 1
    return [each for _, each in sorted(zip(places, ordered, strict=True), key=lambda pair: pair[0])]


def _drops(suggestion: Suggestion) -> bool:
    """Whether a suggestion is to drop a thing, so that all that is said of it goes."""
    return suggestion.table == "wrong" and "thing" in suggestion.keys


def _files(folder: Path, held: Holdings, decided: Iterable[Path]) -> Iterator[Path]:
    yield from found_files(folder, held.files)
    yield from (path for path in decided if path.exists())


def _decided(path: Path) -> Iterator[tuple[str, str]]:
    yield from ((_key(entry), accept) for entry, accept in read_entries(path))


def _key(entry: Entry) -> str:
    """What an entry says, whoever says it and when."""
    return replace(entry, by="", on="").key


def listed(found: Iterable[Suggestion]) -> Iterator[str]:
    """Suggestions as lines to be read."""
    for number, each in enumerate(found, start=1):
        yield one_line(f"{number}. {each.asks}?  ({each.sort}: {each.why})")
        yield one_line(f"   {each.file}: {each.sentence}")
