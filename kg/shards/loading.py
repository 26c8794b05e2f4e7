"""Shards into a graph's folder, in bulk: the graph that `kg build` of the same files gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO

from kg.build import fingerprint
from kg.corrections import NOTHING
from kg.errors import UserError
from kg.outcomes import Skipped
from kg.shards.folder import is_facts, open_shards
from kg.shards.manifest import Batch
from kg.shards.notes import Note, by_source
from kg.store import Generation, Source, new_generation


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: files put in and those that the graph had already, articles, and what was skipped on the way."""

    files: int
    unchanged: int
    articles: int
    skipped: tuple[Skipped, ...]


def load(folder: Path, graph: Path, progress: Callable[[int, int], None] | None = None) -> Loaded:
    """Put the shards in `folder` into the graph in `graph`; files that it holds as they are, are passed over.

    What came from other files stays. `progress` is called with the number of shards done and of all.

    Raises:
        UserError: the shards are none, not whole or of another version of kg, or the graph cannot be written; the old
            graph stands.
    """
    shards = open_shards(folder)
    program = fingerprint(Decimal(shards.plan.min_confidence))
    named = {batch.name: tuple(shards.notes(batch)) for batch in shards.batches}
    files = by_source(note for notes in named.values() for note in notes)
    with new_generation(graph, program) as generation:
        skipped = dict(shards.plan.skipped)
        skipped |= {name: note.reason for name, note in files.items() if note.reason}
        held = {name: note for name, note in files.items() if note.partly or not note.reason}
        fresh = {name: note for name, note in held.items() if not generation.unchanged(name, note.digest)}
        wanted = [batch for batch in shards.batches if any(note.source in fresh for note in named[batch.name])]
        if fresh:
            _put(generation, fresh, program, shards.facts(wanted), _counting(wanted, progress))
        for name in held.keys() - fresh.keys():
            generation.confirm(name)
        for name, reason in sorted(skipped.items()):
            generation.skip(name, reason)
        generation.commit(None)
    return Loaded(
        len(fresh),
        len(held) - len(fresh),
        sum(note.number for note in fresh.values()),
        tuple(_skipped(name, reason, files.get(name)) for name, reason in sorted(skipped.items())),
    )


def _put(
    generation: Generation,
    notes: dict[str, Note],
    program: str,
    files: Iterator[IO[bytes]],
    count: Callable[[int], None],
) -> None:
    def counted() -> Iterator[IO[bytes]]:
        for done, file in enumerate(files, start=1):
            yield file
            count(done)

    sources = {
        name: Source(note.digest, program, note.articles, note.codes, partly=note.partly)
        for name, note in notes.items()
    }
    try:
        generation.load(sources, counted())
    except SyntaxError as error:
        raise UserError(f"a shard holds what is no N-Quads ({error}); write it again") from None
    for name in sources:
        generation.note_corrections(name, NOTHING.key, {})


def _counting(batches: Sequence[Batch], progress: Callable[[int, int], None] | None) -> Callable[[int], None]:
    total = sum(is_facts(name) for batch in batches for name, _ in batch.shards)
    return lambda done: progress(done, total) if progress else None


def _skipped(name: str, reason: str, note: Note | None) -> Skipped:
    if note is None:
        return Skipped(Path(name), reason)
    return Skipped(Path(name), reason, fault=note.fault, unread=note.unread, partly=note.partly)
