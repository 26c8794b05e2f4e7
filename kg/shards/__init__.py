"""Facts that a cluster wrote: shards of N-Quads, one graph an article, with a manifest; on their way to a store.

    SHARDS/manifest/                 a line of JSON for each plan (what a run wants) and each batch that is whole
    SHARDS/batch=ID/kind=facts/      N-Quads, compressed, in no order
    SHARDS/batch=ID/kind=notes/      a line of JSON for each file or piece of one: its articles, or why it was skipped

A batch is named by a digest of what it holds, who reads it and how, so one that is there is never written again; its
line comes into the manifest when all its shards are written. What the last plan does not name counts no more.
"""

from __future__ import annotations

from kg.shards.folder import Shards, open_shards
from kg.shards.loading import Loaded, load
from kg.shards.manifest import MANIFEST, Batch, Manifest, Plan, dump_line, parse_manifest
from kg.shards.notes import Note, dump_note

__all__ = [
    "MANIFEST",
    "Batch",
    "Loaded",
    "Manifest",
    "Note",
    "Plan",
    "Shards",
    "dump_line",
    "dump_note",
    "load",
    "open_shards",
    "parse_manifest",
]
