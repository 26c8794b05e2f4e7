"""The metrics as a table, a row each, for Excel and pandas."""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import IO

from pyoxigraph import QuerySolution, QuerySolutions, Store

from kg.vocabulary import PREFIXES

SINGLE = (
    "metric", "indicator", "value", "unit", "qualifier", "kind", "year", "fromYear", "toYear", "subject", "area",
    "headline", "sourceFile",
)  # fmt: skip
"""Columns of which a metric has one value; the rules that found it, its passages and their texts follow."""

_QUERY = """
SELECT * WHERE {
    GRAPH ?article {
        ?metric a gov:Metric ; gov:value ?value ; gov:unit ?unit ; gov:qualifier ?qualifier ; gov:kind ?kind ;
            gov:rule ?rule ; gov:evidence ?passage .
        ?passage oa:exact ?exact ; oa:start ?start ; oa:end ?end .
        ?article gov:sourceFile ?sourceFile .
        OPTIONAL { ?article schema:headline ?headline }
        OPTIONAL { ?metric gov:indicator ?indicator }
        OPTIONAL { ?metric gov:year ?year }
        OPTIONAL { ?metric gov:fromYear ?fromYear }
        OPTIONAL { ?metric gov:toYear ?toYear }
        OPTIONAL { ?metric gov:measures/skos:prefLabel ?subject }
        OPTIONAL { ?metric gov:area/skos:prefLabel ?area }
    }
}"""


def metrics(store: Store, file: IO[bytes]) -> None:
    """CSV with a byte order mark, without which Excel takes it for another encoding.

    A text that Excel would run as a formula has an apostrophe before it.
    """
    rows = store.query(_QUERY, prefixes=dict(PREFIXES))
    assert isinstance(rows, QuerySolutions)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*SINGLE, "rule", "passages", "text"))
    for single, group in groupby(sorted(rows, key=_single), key=_single):
        about = list(group)
        rules = sorted({row["rule"].value for row in about})
        spans = sorted({(int(row["start"].value), int(row["end"].value), row["exact"].value) for row in about})
        passages = " ".join(f"{start},{end}" for start, end, _ in spans)
        cells = (*single, " ".join(rules), passages, " ".join(exact for *_, exact in spans))
        writer.writerow([cell if _is_number(cell) else _harmless(cell) for cell in cells])
    file.write(text.getvalue().encode("utf-8-sig"))


def _single(row: QuerySolution) -> tuple[str, ...]:
    return tuple("" if row[name] is None else row[name].value for name in SINGLE)


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell
