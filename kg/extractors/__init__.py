"""One module for each kind of fact, each a table of named rules with its examples beside it.

A module of this folder is an extractor when it has

- `NEEDS`: the names of the extractors whose facts it builds on, which run before it;
- `RULES`: its `Rule`s, by name;
- `extract(text, found)`: the facts of one article, given what the needed extractors found;
- where a learned decision takes them, `judged(text, found)`: all candidates with what spoke for and against them.

`NAME.toml` beside `NAME.py` holds its examples. Nothing else has to be edited for a new kind of fact but the ontology.

The folders hold the parts of extractors: `place`, `body`, `person`, `program`, `metric`, `relation`, and `context` what
several of them ask of a text.
"""

from __future__ import annotations

from kg.extractors.engine import Found, Rule, Scope, apply, extract_all, extractors, facts_by_extractor

__all__ = ["Found", "Rule", "Scope", "apply", "extract_all", "extractors", "facts_by_extractor"]
