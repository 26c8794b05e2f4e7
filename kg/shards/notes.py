"""What is told of each file beside its facts: its articles, or why it was not read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from kg.reading.pages import NO_TEXT


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a file or a piece of one: its articles and the codes of the divisions that they name.

    `reason` tells why it was not read, or `partly`; `fault` and `unread` are those of `kg.outcomes.Skipped`.
    """

    source: str
    digest: str
    articles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    number: int = 0
    reason: str = ""
    partly: bool = False
    fault: bool = False
    unread: bool = False


def dump_note(note: Note) -> str:
    """A note as a line of JSON.

    >>> parse_note(dump_note(Note("a.txt", "d", reason="the file is empty"))).reason
    'the file is empty'
    """
    return json.dumps({key: value for key, value in asdict(note).items() if value}, ensure_ascii=True)


def parse_note(line: str) -> Note:
    """The note of a line.

    Raises:
        ValueError: it is none.
    """
    try:
        told = {"digest": "", **json.loads(line)}
        return Note(**told | {key: tuple(told.get(key, ())) for key in ("articles", "codes")})
    except (ValueError, TypeError) as error:
        raise ValueError(f"a note cannot be read: {error}") from None


def by_source(notes: Iterable[Note]) -> Mapping[str, Note]:
    """The notes of whole files: those of pieces are put together.

    A file is skipped only where none of its pieces could be read.
    """
    found: dict[str, list[Note]] = {}
    for note in notes:
        found.setdefault(note.source, []).append(note)
    return {source: _whole(pieces) for source, pieces in sorted(found.items())}


def _whole(pieces: list[Note]) -> Note:
    if len(pieces) == 1:
        return pieces[0]
    articles = tuple(dict.fromkeys(article for piece in pieces for article in piece.articles))
    faults = [piece for piece in pieces if piece.reason and piece.reason != NO_TEXT]
    reason = "; ".join(dict.fromkeys(piece.reason for piece in faults)) or ("" if articles else NO_TEXT)
    return replace(
        pieces[0],
        articles=articles,
        codes=tuple(sorted({code for piece in pieces for code in piece.codes})),
        number=sum(piece.number for piece in pieces),
        reason=reason,
        partly=bool(articles and reason),
        fault=any(piece.fault for piece in faults),
        unread=any(piece.unread for piece in faults),
    )
