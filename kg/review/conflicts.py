"""Numbers that contradict each other: is the second wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path, PurePath

from kg.queries.child import Limits
from kg.queries.running import Rows, answer_to
from kg.queries.saved import find_question
from kg.review.holdings import Holdings
from kg.review.suggestion import Suggestion, Value

SORT = "conflicts"


def conflicts(held: Holdings, folder: Path) -> Iterator[Suggestion]:
    """The pairs of numbers that the saved question `conflicts` gives as such.

    Raises:
        UserError: it could not be answered.
    """
    answer = answer_to(folder, find_question("conflicts"), {}, Limits())
    assert isinstance(answer, Rows)
    for row in answer.rows:
        cells = {name: getattr(cell, "value", "") for name, cell in zip(answer.columns, row, strict=True)}
        source = held.network.sources.get(cells["other_article"])
        thing = held.things.get(cells["subject"])
        if cells["verdict"] != "conflict" or source is None or thing is None:
            continue
        asks = f"{cells['highest']}{cells['unit']} of {thing.label} is wrong"
        why = f"elsewhere it is {cells['lowest']}{cells['unit']}: {cells['sentence']}"
        keys: dict[str, Value] = {
            "quote": cells["other_sentence"], "value": Decimal(cells["highest"]), "unit": cells["unit"],
            "in": PurePath(source.file).name,
        }  # fmt: skip
        yield Suggestion(
            SORT, Decimal(2), asks, why, cells["other_sentence"], source.file, "wrong", keys, frozenset({thing.iri})
        )
