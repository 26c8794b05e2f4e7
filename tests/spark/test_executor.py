"""What runs on the cluster, run here: pieces of a file give what the file gives, wherever it is cut."""

from __future__ import annotations

import codecs
import random

import pyarrow as pa
import pytest
from cluster import line
from pyoxigraph import RdfFormat, parse

from kg.build import fingerprint
from kg.errors import UserError
from kg.outcomes import Outcome, outcome_of
from kg.packing import unpacked
from kg.pipeline import Options
from kg.rdf import code_of, named_in
from kg.reading import Piece
from kg.shards.notes import Note, by_source, parse_note
from kg.spark.batches import Work, works
from kg.spark.executor import Reading, count, read_files, read_pieces
from kg.spark.inputs import File

ODD = (b"no object", b"", b" \t", b'{"text": "\xff"}', b'{"title": "x", "text": ""}')
CHANCE = random.Random(11)


def rows_of(batches) -> tuple[set[str], list[Note]]:
    rows = [row for batch in batches for row in batch.to_pylist()]
    facts = {line for row in rows if row["kind"] == "facts" for line in row["value"].split("\n")}
    return facts, [parse_note(row["value"]) for row in rows if row["kind"] == "notes"]


def lines_of(outcome: Outcome) -> set[str]:
    return {line for lines in unpacked(outcome.facts) for line in lines.decode().split("\n")} - {""}


def faults_of(reason: str) -> set[str]:
    """The faults of a reason without the byte, which Spark counts from behind a mark of byte order."""
    return {fault.partition(" (byte")[0] for fault in reason.split("; ")}


def cut(lines: list[bytes], cuts: list[int]) -> list[pa.RecordBatch]:
    """The lines as Spark gives them: by pieces, a few rows at a time."""
    starts = [0, *(sum(len(each) + 1 for each in lines[:place]) for place in cuts)]
    rows = []
    for number, each in enumerate(lines):
        piece = sum(place <= number for place in cuts)
        rows.append({"path": "s3a://papers/a.jsonl", "start": starts[piece], "line": each})
    return [pa.RecordBatch.from_pylist(rows[n : n + 3]) for n in range(0, len(rows), 3)]


def places_of(batches) -> dict[tuple[str, int], Piece]:
    places, at = {}, Piece()
    for row in (row for batch in count(batches) for row in batch.to_pylist()):
        places[row["path"], row["start"]] = at
        at = Piece(at.lines + row["lines"], at.characters + row["characters"])
    return places


@pytest.mark.parametrize("times", range(4))
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_pieces_give_what_the_file_gives_wherever_it_is_cut(tmp_path, times, mark):
    lines = [*map(line, range(9)), *ODD, line(10) + b"\r", line(11)]
    CHANCE.shuffle(lines)
    path = tmp_path / "a.jsonl"
    path.write_bytes(mark + b"\n".join(lines))
    whole = outcome_of(path, Options())
    batches = cut([mark + lines[0], *lines[1:]], sorted(CHANCE.sample(range(1, len(lines)), times * 3)))
    reading = Reading(
        Options(), fingerprint(), {"s3a://papers/a.jsonl": "s3a://papers/a.jsonl"}, "d", places_of(batches)
    )
    facts, notes = rows_of(read_pieces(batches, reading))
    assert lines_of(whole) == facts
    note = by_source(notes)["s3a://papers/a.jsonl"]
    assert (note.number, note.partly, note.digest) == (whole.articles, True, "d")
    # Of a piece without an article the first fault alone is told, so there may be fewer.
    assert faults_of(note.reason) <= faults_of(whole.skipped.reason)


def test_a_file_that_changed_and_another_program_are_refused():
    batches = cut([line(1), line(2)], [1])
    names = {"s3a://papers/a.jsonl": "a"}
    with pytest.raises(UserError, match="a was changed while it was read; run the same again"):
        list(read_pieces(batches, Reading(Options(), fingerprint(), names)))
    for read in (read_pieces, read_files):
        with pytest.raises(UserError, match="the executors have another version of kg"):
            list(read(batches, Reading(Options(), "other", names)))


def test_files_are_read_by_the_paths_that_they_have_in_truth(tmp_path):
    page = "成都市锦江区建成共享书房12个。".encode()
    place = tmp_path / "2024" / "03" / "05"
    place.mkdir(parents=True)
    (place / "a.txt").write_bytes(page)
    whole = outcome_of(place / "a.txt", Options())
    rows = [{"path": "hdfs://n/2024/03/05/a.txt", "content": page}, {"path": "hdfs://n/b.txt", "content": b"\0\1"}]
    names = {row["path"]: row["path"] for row in rows}
    facts, notes = rows_of(read_files([pa.RecordBatch.from_pylist(rows)], Reading(Options(), fingerprint(), names)))
    assert lines_of(whole) == facts
    assert any('"2024-03-05"' in fact for fact in facts)
    assert [(note.source, note.number, note.reason) for note in notes] == [
        ("hdfs://n/2024/03/05/a.txt", 1, ""),
        ("hdfs://n/b.txt", 0, "the file is binary, not text"),
    ]
    assert notes[0].digest == whole.digest


def test_what_lines_name_is_what_their_quads_name(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(map(line, range(4))))
    lines = b"".join(unpacked(outcome_of(tmp_path / "a.jsonl", Options()).facts))
    quads = list(parse(lines, format=RdfFormat.N_QUADS))
    assert len(quads) == lines.count(b"\n")
    graphs, codes = named_in(lines)
    assert graphs == list(dict.fromkeys(quad.graph_name.value for quad in quads))
    assert codes == {code for quad in quads for node in (quad.subject, quad.object) if (code := code_of(node))}
    told = b'<a:1> <a:2> "<https://w3id.org/govkg/id/place/330105> <a:g> ." <a:h> .\n'
    assert named_in(told) == (["a:h"], set())


def test_batches_keep_what_did_not_change():
    files = [File(f"file:/{number:05}.txt", 1_000, 0) for number in range(5_000)]
    before = {work.name("x") for work in works(files, [], 400_000)}
    after = {work.name("x") for work in works([*files[:2_000], *files[2_001:]], [], 400_000)}
    assert len(before) > 10
    assert len(after - before) < 4
    assert {work.name("x") for work in works(files, [], 400_000)} == before
    assert before.isdisjoint(work.name("y") for work in works(files, [], 400_000))
    large = File("file:/a.jsonl", 1_000_000, 0)
    assert [(work.start, work.end) for work in works([], [large], 400_000)] == [
        (0, 400_000), (400_000, 800_000), (800_000, 1_000_000),
    ]  # fmt: skip
    assert Work((large,)).name("x") != Work((large,), True, 0, 5).name("x")
