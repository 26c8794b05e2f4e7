"""What the sentences of numbers tell beyond them: which are targets, running totals, additions or decreases."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.language.number_stages import Stage, Tally, Told, told_as

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.network import Figure, Network


def tellings(network: Network) -> Mapping[str, Told]:
    """How each number of a network is told, by IRI."""
    return {figure.iri: _told(network, figure) for figure in network.figures}


def _told(network: Network, figure: Figure) -> Told:
    try:
        value = Decimal(figure.value)
    except InvalidOperation:
        return Told(figure.kind, Stage.RESULT, Tally.PLAIN)
    passage = network.passages[figure.passages[0]] if figure.passages else None
    written = network.sources[passage.article].year if passage else None
    year = figure.years[1] if figure.years else figure.year
    ahead = written is not None and year is not None and year > written
    sentence = passage.text if passage else ""
    return told_as(sentence, value, figure.unit, figure.indicator, figure.kind, ahead=ahead)
