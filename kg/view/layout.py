"""Where things stand on the page: each beside the place or program it belongs to, districts as regions of a map.

A force-directed layout of 5,000 nodes takes 7 s (rustworkx) to 43 s (networkx), differs between machines in its last
digits, and lets labels overlap. This network is nearly a tree (street in district, program in street, organization in
program), so the tree is drawn as circles within circles, where nothing overlaps in a tenth of a second.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from kg.view.packing import Circle, enclose, pack
from kg.view.style import FIRST_LOOK, label_width, node_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.network import Network, Thing

FLATTENING = 0.62
"""Height of what is a circle while packing: names are wide and low, and so is a screen."""

_GAP = 9.0
_REGION_GAP = 16.0
_NAME_HEIGHT = 20.0
_UNNAMED = 15.0
"""Radius of a thing that the first look does not show: its name finds room once the reader has moved nearer."""
_A_RING = 10
_FIRST_RING = 92
_ROOT = ""
_REGIONS = ("Province", "City", "District")


@dataclass(frozen=True, slots=True)
class Region:
    """An ellipse behind a district and what belongs to it."""

    thing: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions by IRI, whole pixels, and the regions of the districts."""

    positions: Mapping[str, tuple[int, int]]
    regions: tuple[Region, ...]


@dataclass(slots=True)
class _Bubble:
    """A thing amid its children, by places from the middle: `own` of its dot, `inside` of the children's bubbles."""

    radius: float
    own: tuple[float, float]
    inside: dict[str, tuple[float, float]]


def lay_out(network: Network) -> Layout:
    """Positions for all things of a network and its numbers; the same network always gives the same ones."""
    things = {thing.iri: thing for thing in network.things}
    children = _children({thing.iri: thing.parent or _ROOT for thing in network.things})
    order = _from_the_root(children)
    bubbles: dict[str, _Bubble] = {}
    for iri in reversed(order):
        bubbles[iri] = _bubble(things.get(iri), children.get(iri, []), bubbles, things)
    middles: dict[str, tuple[float, float]] = {_ROOT: (0.0, 0.0)}
    positions: dict[str, tuple[int, int]] = {}
    regions = []
    for iri in order:
        (x, y), bubble = middles[iri], bubbles[iri]
        for child, (right, down) in bubble.inside.items():
            middles[child] = (x + right, y + down)
        if iri != _ROOT:
            positions[iri] = (round(x + bubble.own[0]), round((y + bubble.own[1]) * FLATTENING))
            if things[iri].kind in _REGIONS and bubble.inside:
                width, height = round(bubble.radius), round(bubble.radius * FLATTENING)
                regions.append(Region(iri, round(x), round(y * FLATTENING), width, height))
    return Layout(positions | _satellites(network, positions), tuple(regions))


def _children(parents: Mapping[str, str]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = defaultdict(list)
    for iri, parent in parents.items():
        children[parent].append(iri)
    return children


def _from_the_root(children: Mapping[str, list[str]]) -> list[str]:
    order = [_ROOT]
    for iri in order:
        order.extend(children.get(iri, ()))
    return order


def _bubble(
    thing: Thing | None, inside: list[str], bubbles: Mapping[str, _Bubble], things: Mapping[str, Thing]
) -> _Bubble:
    """Pack the bubbles of what stands beside a thing around it: the wide ones first, what is hidden at first last."""
    own = Circle(_room(thing) if thing else 1.0)
    order = sorted(inside, key=lambda iri: (things[iri].kind not in FIRST_LOOK, -bubbles[iri].radius, iri))
    circles = [Circle(bubbles[iri].radius) for iri in order]
    pack([own, *circles])
    whole = enclose([own, *circles])
    margin = _REGION_GAP if thing and thing.kind in _REGIONS and inside else 0.0
    return _Bubble(
        whole.r + margin,
        (own.x - whole.x, own.y - whole.y),
        {iri: (circle.x - whole.x, circle.y - whole.y) for iri, circle in zip(order, circles, strict=True)},
    )


def _room(thing: Thing) -> float:
    """The radius that a thing needs for its dot and the name under it."""
    if thing.kind not in FIRST_LOOK:
        return _UNNAMED
    high = (2 * node_size(thing.kind, thing.weight) + _NAME_HEIGHT) / 2 / FLATTENING
    return max(high, label_width(thing.label) / 2) + _GAP


def _satellites(network: Network, positions: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Numbers in rings around their thing; the page shows them with it alone."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for figure in network.figures:
        if figure.subject in positions:
            numbers[figure.subject].append(figure.iri)
    found: dict[str, tuple[int, int]] = {}
    for subject, iris in numbers.items():
        x, y = positions[subject]
        for index, iri in enumerate(iris):
            ring, place = divmod(index, _A_RING)
            count = min(_A_RING, len(iris) - ring * _A_RING)
            angle = 2 * pi * (place + ring / 2) / count - pi / 2
            reach = _FIRST_RING + ring * 56
            found[iri] = (round(x + reach * cos(angle)), round(y + reach * sin(angle) * 0.8))
    return found
