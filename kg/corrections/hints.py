"""What to tell of entries that fit nothing: why, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePath

from kg.corrections.applying import FITS, SILENT
from kg.corrections.entries import Corrections, Entry, Same
from kg.corrections.things import iri_of
from kg.language.anchors import normal
from kg.reading.files import readable

_PIECE = 4
_LEAST = 0.3
_SHOWN = 40


class Known:
    """What the graph holds, to find what may have been meant: names of things, sentences, and files."""

    def __init__(self, names: Iterable[str], sentences: Iterable[str], files: Iterable[str]) -> None:
        self.names, self.files = sorted(set(names)), sorted(set(files))
        self.sentences = sorted(set(sentences))

    def is_printed(self, words: str) -> bool:
        """Whether a sentence holds some words."""
        return any(normal(words) in normal(sentence) for sentence in self.sentences)


def remarks(
    corrections: Corrections,
    verdicts: Mapping[str, Mapping[str, str]],
    known: Callable[[], Known],
    is_borne: Callable[[str], bool],
    kinds_of: Callable[[str], Collection[str]],
) -> Iterator[str]:
    """A line for each entry that was nowhere applied, or that could not be where it was meant to be.

    `verdicts` are those of all files, by file and by the entries' keys; `known` is asked for only if there is a
    line. `is_borne` tells whether anything has a name or IRI, `kinds_of` of which kinds things are that have one.
    """
    told: dict[str, dict[str, str]] = {}  # by entry, its verdicts with a file each
    for file in sorted(verdicts):
        for key, verdict in verdicts[file].items():
            told.setdefault(key, {}).setdefault(verdict, file)
    held = None
    for entry in corrections.entries:
        said = told.get(entry.key, {})
        reasons = sorted(verdict for verdict in said if verdict not in {FITS, SILENT})
        if reasons:
            yield f"{entry.stands} was not applied to {readable(PurePath(said[reasons[0]]).name)}: {reasons[0]}"
        elif FITS not in said:
            held = held or known()
            yield f"{entry.stands} fits nothing: {hint(entry, held)}"
        else:
            yield from _of_kinds(entry, kinds_of)
            for name in (name for name in entry.read if not is_borne(name)):
                held = held or known()
                if iri_of(name) or not held.is_printed(name):
                    meant = _meant(name, held.names)
                    yield f"{entry.stands} was applied but for {name[:_SHOWN]}: nothing is called so{meant}"


def _of_kinds(entry: Entry, kinds_of: Callable[[str], Collection[str]]) -> Iterator[str]:
    """The line for an entry that made names one where they are of several kinds, in other articles if not in one."""
    if isinstance(entry, Same) and not entry.kind:
        name = entry.label or entry.called[0]
        if len(kinds := sorted(kinds_of(name))) > 1:
            yield (
                f"{entry.stands} leaves {name[:_SHOWN]} things of several kinds ({', '.join(kinds)}); "
                "say what it is with [[name]], or which are meant with kind = …"
            )


def hint(entry: Entry, known: Known) -> str:
    """Why an entry fits nothing, and what may have been meant instead."""
    files = [where for where in entry.where if not _is_known_file(where, known)]
    if files:
        return f"no file or headline is {files[0][:_SHOWN]}{_meant(files[0], known.files)}"
    for quote in entry.quotes:
        if not known.is_printed(quote):
            near = _nearest(quote, known.sentences)
            text = f"; the nearest sentence is “{near[:_SHOWN]}…”" if near else "; quote the words as printed"
            return f"“{quote[:_SHOWN]}” stands in no sentence{text}"
    names = {normal(name) for name in known.names} if entry.names else set()
    for name in entry.names:
        if not iri_of(name) and normal(name) not in names:
            return f"nothing is called {name[:_SHOWN]}{_meant(name, known.names)}"
    return "no article has what it speaks of together; the article may have changed: correct the entry or delete it"


def _is_known_file(where: str, known: Known) -> bool:
    return any(
        f.endswith(where) or fnmatchcase(f.rpartition("/")[2], where) or normal(f).startswith(normal(where))
        for f in known.files
    )


def _meant(name: str, names: list[str]) -> str:
    close = [n for n in names if n != name and len(name) > 1 and (name in n or (len(n) > 1 and n in name))]
    close = sorted(close, key=lambda n: (abs(len(n) - len(name)), n))[:2]
    close += [n for n in difflib.get_close_matches(name, names, n=2, cutoff=0.5) if n not in close]
    return f"; did you mean {', '.join(close[:3])}?" if close else "; correct the entry or delete it"


def _nearest(quote: str, sentences: list[str]) -> str:
    """The sentence that shares most with a quotation."""
    wanted = normal(quote)
    pieces = {wanted[n : n + _PIECE] for n in range(max(1, len(wanted) - _PIECE + 1))}
    best, share = "", 0.0
    for sentence in sentences:
        text = normal(sentence)
        held = sum(piece in text for piece in pieces) / len(pieces)
        if held > share:
            best, share = sentence, held
    return best if share >= _LEAST else ""
