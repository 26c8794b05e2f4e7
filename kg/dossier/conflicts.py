"""The conflicts of a dossier: the saved question `conflicts`, asked of the numbers concerned alone.

On a large graph the question takes a second. So what it looks at (the numbers, their passages and articles, and where
their subjects run) is copied into a store of its own, and the very same question is asked of that.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from kg.dossier.model import Conflict, Number
from kg.dossier.numbers import plain
from kg.queries.answering import Asked, rows_of
from kg.queries.saved import find_question
from kg.vocabulary import GOV, OA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from kg.dossier.asking import Reader


def conflicts_among(reader: Reader, numbers: Iterable[Number]) -> tuple[Conflict, ...]:
    """What the saved question `conflicts` tells of these numbers, in its order, with the passages of both sides."""
    store = Store()
    store.extend(_concerned(reader, _comparable(numbers)))
    answer = rows_of(Asked(store), find_question("conflicts"), {})
    rows = [
        {name: getattr(cell, "value", "") for name, cell in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]
    return tuple(_conflict(reader, row) for row in rows)


def _comparable(numbers: Iterable[Number]) -> list[Number]:
    """The numbers of which there are several values in several articles: no others can differ."""
    groups: dict[tuple[object, ...], list[Number]] = defaultdict(list)
    for number in numbers:
        when = number.year or number.years
        groups[number.subject, number.indicator, number.area, number.unit, number.kind, when].append(number)
    return [
        number
        for told in groups.values()
        if len({each.value for each in told}) > 1 and len({each.article for each in told}) > 1
        for number in told
    ]


def _concerned(reader: Reader, numbers: list[Number]) -> Iterator[Quad]:
    passages = {iri for number in numbers for iri in number.passages}
    articles = {reader.passage(iri).article for iri in passages}
    for iri in sorted({number.iri for number in numbers} | passages | articles):
        yield from reader.store.quads_for_pattern(NamedNode(iri), None, None)
    for subject in sorted({number.subject.iri for number in numbers if number.subject}):
        yield from reader.store.quads_for_pattern(NamedNode(subject), GOV.implementedIn, None)


def _conflict(reader: Reader, row: Mapping[str, str]) -> Conflict:
    first, _, last = row["year"].partition("–")
    return Conflict(
        row["verdict"],
        reader.thing(row["subject"]),
        reader.thing(row["indicator"]).label,
        row["unit"],
        reader.thing(row["area"]) if row["area"] else None,
        int(first) if first and not last else None,
        plain(Decimal(row["lowest"])),
        plain(Decimal(row["highest"])),
        row["qualifier"],
        row["other_qualifier"],
        _passages(reader, row["sentence"], row["article"]),
        _passages(reader, row["other_sentence"], row["other_article"]),
        (int(first), int(last)) if last else None,
    )


def _passages(reader: Reader, sentence: str, article: str) -> tuple[str, ...]:
    """The first passage of an article with that text."""
    found = {
        quad.subject.value
        for quad in reader.store.quads_for_pattern(None, OA.exact, Literal(sentence))
        if isinstance(quad.subject, NamedNode)
    }
    return reader.in_order(iri for iri in found if reader.passage(iri).article == article)[:1]
