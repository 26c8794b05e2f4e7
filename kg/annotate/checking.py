"""What a model said of an article against its text: what stands, completed by our own reader, and what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.corrections.drafts import called
from kg.language import gazetteer
from kg.language.anchors import Anchor
from kg.language.dates import calendar
from kg.language.numbers import fold
from kg.language.years import PRINTED
from kg.model import ArticleFacts, Level, Text
from kg.sidecars import Cause, Quote, Refused, SaidArticle, SaidNumber, SaidRelation, SaidThing, anchored
from kg.sidecars.ground import Ground, Unanchored
from kg.sidecars.printed import check_number, held_to_print, told_number

Said = TypeVar("Said", SaidThing, SaidRelation)
_LEVELS = frozenset(Level) - {Level.SITE}


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands of what was said of an article, and the facts that were refused."""

    said: SaidArticle
    refused: tuple[Refused, ...]

    @property
    def facts(self) -> int:
        """The number of facts that stand."""
        return len(self.said.things) + len(self.said.numbers) + len(self.said.relations)

    def causes(self) -> Counter[Cause]:
        """How many facts were refused, by the kind of reason."""
        return Counter(each.cause for each in self.refused)


def checked(said: SaidArticle, text: Text) -> Checked:
    """What of that which a model said of a text `kg build` will take, with the places of its quotations.

    Qualifier, unit and range of a number are those that our reader finds at its quotation; the level of a place that
    of the divisions so called; a year that the text does not tell is left open, and so is what a number is about, or
    a place lies in, if that is no thing that stands.
    """
    ground = Ground(text)
    numbers, unread = _numbers(said, ground)
    said = held_to_print(replace(said, things=tuple(map(_levelled, said.things)), numbers=numbers), ground)
    facts, refused = anchored(said, text)
    gone = {id(each.of) for each in refused} | {id(each.of) for each in unread}
    stands = replace(
        said,
        things=tuple(_within_known(_located(thing, ground), facts) for thing in said.things if id(thing) not in gone),
        relations=tuple(_located(relation, ground) for relation in said.relations if id(relation) not in gone),
        numbers=tuple(_about_known(number, facts) for number in said.numbers if id(number) not in gone),
        refused=(),
    )
    return Checked(stands, (*refused, *unread))


def _numbers(said: SaidArticle, ground: Ground) -> tuple[tuple[SaidNumber, ...], tuple[Refused, ...]]:
    """The numbers as our reader reads them, each printed one once, and those that it does not find."""
    found: dict[tuple[int, int], SaidNumber] = {}
    refused = []
    years = _years(ground.text)
    for number in said.numbers:
        try:
            read = check_number(number, ground)
        except Unanchored as error:
            refused.append(Refused(told_number(number), str(error), error.cause, number))
            continue
        whole = replace(
            number,
            value=read.value,
            upper=read.upper,
            unit=read.unit,
            qualifier=read.qualifier.value,
            quote=_placed(number.quote, read.anchor, ground),
            year=number.year if number.year in years else None,
            dated=number.year in years,
        )
        found.setdefault((read.sentence, read.start), whole)
    return tuple(found.values()), tuple(refused)


def _levelled(thing: SaidThing) -> SaidThing:
    """A place of the level that all divisions so called have, if the model gives it another."""
    if thing.kind not in _LEVELS:
        return thing
    levels = {division.level for division in gazetteer.named(thing.name) if division.name == thing.name}
    return replace(thing, kind=levels.pop().value) if len(levels) == 1 and thing.kind not in levels else thing


def _within_known(thing: SaidThing, facts: ArticleFacts) -> SaidThing:
    """A place without that within which it is said to lie, if that is no place that stands."""
    return replace(thing, within="") if thing.within and not called(facts, thing.within) else thing


def _about_known(number: SaidNumber, facts: ArticleFacts) -> SaidNumber:
    """A number without a subject and area that are no things that stand."""
    of = tuple(name for name in number.of if called(facts, name))
    return replace(number, of=of, area=number.area if number.area and called(facts, number.area) else "")


def _years(text: Text) -> frozenset[int | None]:
    """The years that a text tells: those that it prints, its own and those that its words mean."""
    times = calendar(text)
    named = {year for of_sentence in times.times for time in of_sentence for year in (time.year, *(time.years or ()))}
    printed = {int(found[1]) for sentence in text.sentences for found in PRINTED.finditer(fold(sentence.text))}
    return frozenset({*named, *printed, times.year} - {None})


def _located(said: Said, ground: Ground) -> Said:
    """A thing or relation, its quotations with their places."""
    quotes = (_placed(quote, ground.anchor(quote), ground) for quote in said.quotes)
    return replace(said, quotes=tuple(quotes)) if said.quotes else said


def _placed(quote: Quote, anchor: Anchor, ground: Ground) -> Quote:
    """A quotation with the place where its sentence begins."""
    return Quote(quote.text, ground.text.sentences[anchor.first].pieces[0].start)
