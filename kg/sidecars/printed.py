"""What a model says is held to the text: names, offices, labels and numbers that it does not print are refused.

A person may call a thing by a name that a page does not print, or tell what a number counts in other words; of a model
nobody knows whether it read or invented them. Only what our own rules form of printed names is no print of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kg.corrections.things import PLACES
from kg.language.anchors import Anchor
from kg.language.numbers import Numeral, fold, numerals
from kg.language.quantities import Quantity, quantities
from kg.model import MODEL, Qualifier
from kg.sidecars.ground import SHOWN, Ground, Unanchored, short_forms
from kg.sidecars.said import Cause, Refused, SaidArticle, SaidNumber, SaidRelation, SaidThing, Source

BESIDE_A_THING = frozenset({"basedIn", "worksFor"})
"""Relations that a model tells as part of a thing, without a quotation of their own."""

LONGEST_LABEL = 20
"""Characters of what a number counts."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as our own reader reads it, and where it stands: in a sentence, within the quotation at `anchor`."""

    anchor: Anchor
    sentence: int
    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifier: Qualifier


def held_to_print(said: SaidArticle, ground: Ground) -> SaidArticle:
    """What is said, of models only as far as the text prints it; the rest is among what was refused."""
    refused = list(said.refused)
    things: list[SaidThing] = []
    numbers: list[SaidNumber] = []
    for thing in said.things:
        if not is_of_model(thing.source) or thing.id:
            things.append(thing)
        elif (printed := _as_printed(thing, ground)) is not None:
            things.append(printed)
        else:
            refused.append(Refused(thing.name[:SHOWN], Cause.NAME, Cause.NAME, thing))
    for number in said.numbers:
        try:
            if is_of_model(number.source):
                check_number(number, ground)
            numbers.append(number)
        except Unanchored as error:
            refused.append(Refused(told_number(number), str(error), error.cause, number))
    relations = []
    for relation in said.relations:
        if relation.quotes or relation.predicate in BESIDE_A_THING or not is_of_model(relation.source):
            relations.append(relation)
        else:
            refused.append(Refused(told_relation(relation), "it has no quotation", Cause.QUOTE, relation))
    return replace(
        said, things=tuple(things), relations=tuple(relations), numbers=tuple(numbers), refused=tuple(refused)
    )


def is_of_model(source: Source) -> bool:
    """Whether a language model is the source of a fact."""
    return any(rule.startswith(MODEL) for rule in source.rules)


def check_number(said: SaidNumber, ground: Ground) -> PrintedNumber:
    """A number as our own reader reads it; it stands in its quotation, and what it counts in the text.

    Raises:
        Unanchored: it does not.
    """
    read = _read_number(said, ground)
    label = said.indicator
    if label and (label not in ground.anchors or len(label) > LONGEST_LABEL):
        raise Unanchored(f"what it counts, {label[:SHOWN]}, stands nowhere in the text", Cause.LABEL)
    return read


def told_relation(said: SaidRelation) -> str:
    """A relation in words."""
    return f"{said.subject[:SHOWN]} {said.predicate} {said.object[:SHOWN]}"


def told_number(said: SaidNumber) -> str:
    """A number in words."""
    return f"{said.value.normalize():f}{said.unit[:SHOWN]}"


def _read_number(said: SaidNumber, ground: Ground) -> PrintedNumber:
    """The number that a quotation prints where it stands, as our own reader reads it there: the one that is said.

    Raises:
        Unanchored: the quotation stands nowhere, or prints no such number.
    """
    ground.anchor(said.quote)
    for anchor in ground.anchors.find(said.quote.text):
        for sentence in anchor.sentences:
            text = fold(ground.text.sentences[sentence].text)
            digits = list(numerals(text))
            reads: list[Quantity | Numeral] = [*quantities(text), *digits]
            for read in reads:
                first = next((n for n in digits if read.start <= n.start < read.end), read)
                if said.value in {read.value, read.upper} and anchor.covers(sentence, first.start, first.end):
                    unit = _unit(read, said.unit, text)
                    return PrintedNumber(
                        anchor, sentence, read.start, read.end, read.value, read.upper, unit, read.qualifier
                    )
    raise Unanchored(f"“{said.quote.text[:SHOWN]}” prints no {said.value.normalize():f}", Cause.NUMBER)


def _as_printed(thing: SaidThing, ground: Ground) -> SaidThing | None:
    """A thing by its printed names and offices; a place by its name too if the text prints the short form of that."""
    printed = [name for name in thing.names if name in ground.anchors]
    if not printed and thing.kind in PLACES and any(form in ground.anchors for form in short_forms(thing.name)):
        printed = [thing.name]
    if not printed:
        return None
    name, *aliases = printed
    role = tuple(text for text in thing.role if text in ground.anchors)
    held = replace(thing, name=name, aliases=tuple(aliases), role=role)
    return thing if held == thing else held


def _unit(read: Quantity | Numeral, said: str, text: str) -> str:
    """The unit behind a number; where our reader knows none, the one that is said, if it stands there."""
    known = read.unit if isinstance(read, Quantity) else read.share
    return known or (said if said and text.startswith(fold(said), read.end) else "")
