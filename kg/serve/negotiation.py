"""Which of several forms a client wants, by its Accept header."""

from __future__ import annotations

from collections.abc import Sequence


def chosen(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that a client likes best, of equals the first; None where it takes none of them.

    >>> chosen("text/turtle;q=0.9, text/html;q=0.5", ["text/html", "text/turtle"])
    'text/turtle'
    >>> chosen("*/*", ["text/html", "text/turtle"])
    'text/html'
    >>> chosen("image/png", ["text/html"]) is None
    True
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda kind: _liking(kind, ranges))
    return best if _liking(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = part.split(";")
    liking = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                liking = float(value)
            except ValueError:
                liking = 0.0
    return kind.strip().lower(), liking if 0 <= liking <= 1 else 0.0


def _liking(kind: str, ranges: list[tuple[str, float]]) -> float:
    """How much a type is liked: by the most specific range that holds it."""
    group = kind.partition("/")[0]
    for wanted in (kind, f"{group}/*", "*/*"):
        liked = [liking for name, liking in ranges if name == wanted]
        if liked:
            return max(liked)
    return 0.0
