"""The manifest of shards: what runs wanted, and the batches that are whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

MANIFEST = "manifest"
"""The folder of the manifest's lines."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run wants: its number, the version of kg and the fingerprint of what reads, and the batches.

    `skipped` are files that no batch has, each with the reason.
    """

    number: int
    version: str
    program: str
    min_confidence: str
    batches: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is whole: its shards, by their paths in the folder, with their bytes; its files and articles.

    `plan` is the number of the plan by which it was written; of two batches of a name the later one counts.
    """

    name: str
    plan: int
    shards: tuple[tuple[str, int], ...]
    files: int
    articles: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The plan that counts, the last one, if there is any; and all batches that are whole, by name."""

    plan: Plan | None = None
    batches: Mapping[str, Batch] = field(default_factory=dict)


def dump_line(told: Plan | Batch) -> str:
    """A plan or batch as a line of JSON.

    >>> parse_manifest([dump_line(Batch("a1", 1, (("batch=a1/x.gz", 7),), 1, 2))]).batches["a1"].articles
    2
    """
    return json.dumps({type(told).__name__.lower(): asdict(told)}, ensure_ascii=True)


def parse_manifest(lines: Iterable[str]) -> Manifest:
    """The manifest of lines in any order.

    Raises:
        ValueError: a line is none of a manifest, or of one of another layout.
    """
    plans: dict[int, Plan] = {}
    batches: dict[str, Batch] = {}
    for line in lines:
        try:
            ((kind, of),) = json.loads(line).items()
            if kind == "plan":
                skipped = tuple((str(name), str(reason)) for name, reason in of["skipped"])
                plan = Plan(**of | {"batches": tuple(of["batches"]), "skipped": skipped})
                Decimal(plan.min_confidence)
                plans[plan.number] = plan
            else:
                shards = tuple((str(name), int(size)) for name, size in of["shards"])
                batch = Batch(**of | {"shards": shards})
                if batch.name not in batches or batches[batch.name].plan < batch.plan:
                    batches[batch.name] = batch
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
            raise ValueError(f"its manifest has a line that is none of this version: {line[:60]}") from None
    return Manifest(plans[max(plans)] if plans else None, batches)
