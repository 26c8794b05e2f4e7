"""Circles around circles, without overlap: the front-chain packing of Wang et al. (CHI 2006), as d3-hierarchy has it.

Arithmetic and square roots only, which every machine rounds alike: the same circles give the same places everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot, sqrt


@dataclass(slots=True)
class Circle:
    """A circle to be placed; `before` and `after` are its neighbours on the front chain while packing."""

    r: float
    x: float = 0.0
    y: float = 0.0
    before: Circle = field(init=False, repr=False, compare=False)
    after: Circle = field(init=False, repr=False, compare=False)


def pack(circles: list[Circle]) -> None:
    """Place the circles side by side around the first, in their order.

    >>> a, b = Circle(1), Circle(2)
    >>> pack([a, b])
    >>> hypot(a.x - b.x, a.y - b.y)
    3.0
    """
    if len(circles) > 1:
        a, b = circles[0], circles[1]
        a.x, b.x, a.y, b.y = -b.r, a.r, 0.0, 0.0
    if len(circles) > 2:
        c = circles[2]
        _touch(b, a, c)
        a.after = c.before = b
        b.after = a.before = c
        c.after = b.before = a
        for circle in circles[3:]:
            a, b = _insert(a, b, circle)


def enclose(circles: list[Circle]) -> Circle:
    """A circle around all of them, centred on the middle of their box.

    >>> enclose([Circle(1, 0, 0), Circle(1, 2, 0)])
    Circle(r=2.0, x=1.0, y=0.0)
    """
    x = (min(c.x - c.r for c in circles) + max(c.x + c.r for c in circles)) / 2
    y = (min(c.y - c.r for c in circles) + max(c.y + c.r for c in circles)) / 2
    return Circle(max(hypot(c.x - x, c.y - y) + c.r for c in circles), x, y)


def _insert(a: Circle, b: Circle, circle: Circle) -> tuple[Circle, Circle]:
    """Place one more circle on the front chain between `a` and `b`; the pair nearest the origin comes back."""
    while True:
        _touch(a, b, circle)
        blocked = _blocked(a, b, circle)
        if blocked is None:
            break
        a, b = blocked
        a.after, b.before = b, a
    circle.before, circle.after = a, b
    a.after = b.before = circle
    nearest, least = a, _distance(a)
    place = circle
    while place is not a:
        distance = _distance(place)
        if distance < least:
            nearest, least = place, distance
        place = place.after
    return nearest, nearest.after


def _blocked(a: Circle, b: Circle, circle: Circle) -> tuple[Circle, Circle] | None:
    """The pair to try instead, where the circle would lie on another one of the chain."""
    onward, back = b.after, a.before
    ahead, behind = b.r, a.r
    while True:
        if ahead <= behind:
            if _overlap(onward, circle):
                return a, onward
            ahead += onward.r
            onward = onward.after
        else:
            if _overlap(back, circle):
                return back, b
            behind += back.r
            back = back.before
        if onward is back.after:
            return None


def _touch(b: Circle, a: Circle, c: Circle) -> None:
    """Place `c` so that it touches both."""
    dx, dy = b.x - a.x, b.y - a.y
    squared = dx * dx + dy * dy
    if not squared:
        c.x, c.y = a.x + c.r, a.y
        return
    to_a, to_b = (a.r + c.r) ** 2, (b.r + c.r) ** 2
    if to_a > to_b:
        x = (squared + to_b - to_a) / (2 * squared)
        y = sqrt(max(0.0, to_b / squared - x * x))
        c.x, c.y = b.x - x * dx - y * dy, b.y - x * dy + y * dx
    else:
        x = (squared + to_a - to_b) / (2 * squared)
        y = sqrt(max(0.0, to_a / squared - x * x))
        c.x, c.y = a.x + x * dx - y * dy, a.y + x * dy + y * dx


def _overlap(a: Circle, b: Circle) -> bool:
    reach = a.r + b.r - 1e-6
    dx, dy = b.x - a.x, b.y - a.y
    return reach > 0 and reach * reach > dx * dx + dy * dy


def _distance(circle: Circle) -> float:
    """How far from the origin the pair of the circle and the next one meets."""
    other = circle.after
    both = circle.r + other.r
    x = (circle.x * other.r + other.x * circle.r) / both
    y = (circle.y * other.r + other.y * circle.r) / both
    return x * x + y * y
