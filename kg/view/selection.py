"""Which part of a network goes into a page: around a thing, by kind, district and year, the weightiest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.errors import UserError, WrongUsage
from kg.language.wordlists import grammar
from kg.network import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from kg.network import Figure, Network, Thing
    from kg.view.options import ViewOptions


_WIDE = ("City", "Province")


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a network that a page shows; `left_out` things were dropped only for want of room."""

    network: Network
    left_out: int = 0


def select(network: Network, options: ViewOptions) -> Selection:
    """Narrow a network to what the options ask for.

    Raises:
        WrongUsage: a kind that there is not, or a bound below one.
        UserError: a name that the graph does not know, or nothing left to show.
    """
    _check(options)
    kept = {thing.iri for thing in network.things}
    if not kept:
        raise UserError("the graph holds nothing to show yet: run `kg build` on some pages first")
    if options.around is not None:
        kept &= _around(network, _find(network, options.around), options.depth)
    if options.kinds:
        kinds = {_kind(name) for name in options.kinds}
        kept &= {thing.iri for thing in network.things if thing.kind in kinds}
    if options.districts:
        districts = {iri for name in options.districts for iri in _districts(network, name)}
        kept &= {thing.iri for thing in network.things if districts.intersection(thing.districts)}
    if options.years:
        kept &= _of_years(network, options.years)
    if options.top is not None:
        kept = set(_weightiest(network, kept)[: options.top])
    if not kept:
        raise UserError(
            "nothing in the graph answers to all of these options: leave one out, or `kg info` for what it holds"
        )
    shown = set(_weightiest(network, kept)[: options.max_nodes])
    return Selection(part_of(network, shown, options.years), len(kept) - len(shown))


def _check(options: ViewOptions) -> None:
    for name, value, least in (
        ("--depth", options.depth, 0),
        ("--top", 1 if options.top is None else options.top, 1),
        ("--max-nodes", options.max_nodes, 1),
    ):
        if value < least:
            raise WrongUsage(f"{name} {value}: give a number of at least {least}")


def _kind(name: str) -> str:
    """The class that a user names, whatever its capitals."""
    for kind in KINDS:
        if kind.casefold() == name.strip().casefold():
            return kind
    raise WrongUsage(f"no class {name!r}: take one of {', '.join(KINDS)}")


def _find(network: Network, name: str, kind: str | None = None) -> list[str]:
    """The things of that name: by a printed form, else by a part of the label where only one thing has it."""
    if not name.strip():
        raise WrongUsage("an empty name is that of no thing or district; name one")
    candidates = [thing for thing in network.things if kind in (None, thing.kind)]
    exact = [thing.iri for thing in candidates if name in thing.names]
    if exact:
        return exact
    partial = [thing for thing in candidates if name and name in thing.label]
    if len(partial) == 1:
        return [partial[0].iri]
    raise UserError(_unknown(name, partial or candidates, kind))


def _districts(network: Network, name: str) -> set[str]:
    """The districts of that name, or else all within the city or province of that name (杭州 for 杭州市)."""
    named = {kind: [thing for thing in network.things if thing.kind == kind] for kind in ("District", *_WIDE)}
    if any(name in thing.names for thing in named["District"]):
        return set(_find(network, name, "District"))
    wide = {thing.iri for kind in _WIDE for thing in named[kind] if name in (*thing.names, _short(thing.label))}
    if not wide:
        return set(_find(network, name, "District"))
    inner: dict[str, list[str]] = defaultdict(list)
    for link in network.links:
        if link.predicate == "within":
            inner[link.object].append(link.subject)
    found = edge = wide
    while edge:
        edge = {iri for above in edge for iri in inner[above]} - found
        found = found | edge
    return found


def _short(label: str) -> str:
    places = grammar("places")
    return label.removesuffix(places.word("city")).removesuffix(places.word("province"))


def _unknown(name: str, things: list[Thing], kind: str | None) -> str:
    labels = sorted({thing.label for thing in things})
    close = [label for label in labels if name and name in label] or get_close_matches(name, labels, 5, 0.3)
    if not close and kind:
        close = labels
    hint = f"did you mean {'、'.join(close[:5])}?" if close else "`kg info` shows what it holds"
    return f"the graph knows no {'district' if kind else 'thing'} named {name!r}: {hint}"


def _around(network: Network, start: list[str], depth: int) -> set[str]:
    near: dict[str, set[str]] = defaultdict(set)
    for link in network.links:
        near[link.subject].add(link.object)
        near[link.object].add(link.subject)
    reached = edge = set(start)
    for _ in range(depth):
        edge = {iri for known in edge for iri in near[known]} - reached
        reached = reached | edge
        if not edge:
            break
    return reached


def _of_years(network: Network, years: tuple[int, ...]) -> set[str]:
    """What an article of these years mentions, or a number of these years measures."""
    articles = {iri for iri, source in network.sources.items() if source.year in years}
    found = {thing.iri for thing in network.things if articles.intersection(thing.articles)}
    return found | {figure.subject for figure in network.figures if _holds_in(network, figure, years)}


def _holds_in(network: Network, figure: Figure, years: tuple[int, ...]) -> bool:
    """Whether a number speaks of one of the years; where it names none, its articles' year counts."""
    if figure.year is not None:
        return figure.year in years
    if figure.years is not None:
        return any(figure.years[0] <= year <= figure.years[1] for year in years)
    return any(network.sources[article].year in years for article in figure.articles)


def _weightiest(network: Network, kept: set[str]) -> list[str]:
    things = (thing for thing in network.things if thing.iri in kept)
    return [thing.iri for thing in sorted(things, key=lambda thing: (-thing.weight, thing.iri))]


def part_of(network: Network, kept: AbstractSet[str], years: tuple[int, ...] = ()) -> Network:
    """The things kept, what links them and measures them, and the evidence of these alone."""
    parents = {thing.iri: thing.parent for thing in network.things}
    things = tuple(replace(t, parent=_nearest(t.parent, kept, parents)) for t in network.things if t.iri in kept)
    links = tuple(link for link in network.links if link.subject in kept and link.object in kept)
    figures = tuple(
        figure
        for figure in network.figures
        if figure.subject in kept and (not years or _holds_in(network, figure, years))
    )
    used = {iri for part in (things, links, figures) for item in part for iri in item.passages}
    passages = {iri: passage for iri, passage in network.passages.items() if iri in used}
    articles = {passage.article for passage in passages.values()}
    sources = {iri: source for iri, source in network.sources.items() if iri in articles}
    return replace(network, things=things, links=links, figures=figures, passages=passages, sources=sources)


def _nearest(place: str | None, kept: AbstractSet[str], parents: Mapping[str, str | None]) -> str | None:
    """The place itself if it is kept, else the next one around it that is."""
    while place is not None and place not in kept:
        place = parents.get(place)
    return place
