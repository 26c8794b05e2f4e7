"""How often a model's facts of each kind are right, where gold facts tell it, as the confidence of all that it read."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

from kg.annotate.sidecar import write_confidence
from kg.build import build
from kg.confidence import PRIOR_ALL, PRIOR_RIGHT
from kg.errors import UserError
from kg.evaluate import evaluate
from kg.evaluate.gold import read_gold
from kg.model import MODEL
from kg.reading.files import readable_name
from kg.sidecars import Mode

LISTS = {
    "places": "places",
    "organizations": "organizations",
    "programs": "programs",
    "people": "people",
    "documents": "documents",
    "metrics": "metrics full",
    "relations": "relations",
}
"""The lists of a sidecar, and the kind of fact whose precision is theirs."""


def measure(pages: Sequence[Path], gold: Sequence[Path], model: str) -> Mapping[str, Decimal]:
    """Note in the sidecars of pages how sure their facts are: as often as those of the pages with gold facts are right.

    The precision of each list of a sidecar, few cases counting little (see `kg.confidence`).

    Raises:
        UserError: a file holds no gold facts, or none of the pages has any.
    """
    wanted = {read_gold(path).name: path for path in gold}
    told = [page for page in pages if readable_name(page) in wanted]
    if not told:
        raise UserError("the gold facts are of none of the pages that were read; name those of some of them")
    with tempfile.TemporaryDirectory(prefix="kg-") as scratch:
        folder = Path(scratch) / "graph"
        build(told, folder, facts=Mode.ONLY, corrections=())
        figures = evaluate(folder, [wanted[readable_name(page)] for page in told])
    sure = {}
    for name, kind in LISTS.items():
        tally = figures.sources[f"{MODEL}{model}", kind]
        share = Decimal(tally.right + PRIOR_RIGHT) / Decimal(tally.right + tally.wrong + PRIOR_ALL)
        sure[name] = share.quantize(Decimal("0.01"), ROUND_FLOOR)
    for page in pages:
        write_confidence(page, {name: float(share) for name, share in sure.items()})
    return sure
