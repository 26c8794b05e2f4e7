"""A person's own word on what was read: `corrections.toml`, applied at each build, never to the inputs.

The way goes ``files`` (where they stand), ``parsing`` (text to entries, by ``fields``), ``contradictions`` (what cannot
hold together), ``selection`` (which articles an entry concerns), ``applying`` (facts to facts), ``hints`` (what to tell
of entries that fit nothing).
"""

from __future__ import annotations

from kg.corrections.applying import apply, dated, known_names
from kg.corrections.entries import NOTHING, Corrections, Entry
from kg.corrections.files import NAME, Loaded, found_files, load, read_entries
from kg.corrections.hints import Known, remarks
from kg.corrections.parsing import ACCEPTED, DECLINED, OPEN, parse
from kg.corrections.selection import concerned

__all__ = [
    "ACCEPTED",
    "DECLINED",
    "NAME",
    "NOTHING",
    "OPEN",
    "Corrections",
    "Entry",
    "Known",
    "Loaded",
    "apply",
    "concerned",
    "dated",
    "found_files",
    "known_names",
    "load",
    "parse",
    "read_entries",
    "remarks",
]
