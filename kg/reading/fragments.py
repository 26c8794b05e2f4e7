"""Puts pieces of articles back that are printed elsewhere on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Role
from kg.reading import signs
from kg.reading.bodies import Draft, Part

_MOST_PIECES = 20


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of an article, by the numbers of both."""

    article: int
    part: int


def reunite(articles: Sequence[Draft]) -> None:
    """Moves every piece that begins in mid-sentence behind the paragraph that breaks off where it belongs.

    A piece reaches to the next heading or the article's end. In its own article it goes where a paragraph breaks off
    before a heading or at the end; from the end of another article only to where an article breaks off at its end.
    What finds no such place stays where it is; so does everything where more than `_MOST_PIECES` begin in
    mid-sentence, since then it is not the order that is wrong.
    """
    if len(_orphans(articles)) > _MOST_PIECES:
        return
    while move := _next_move(articles):  # ends, since each move joins two parts
        _move(articles, *move)


def _next_move(articles: Sequence[Draft]) -> tuple[_Place, _Place] | None:
    """The first piece that has a place to go to, and that place."""
    return next(
        ((source, target) for source in _orphans(articles) if (target := _target(articles, source)) is not None), None
    )


def _move(articles: Sequence[Draft], source: _Place, target: _Place) -> None:
    moved = _cut(articles[source.article], source.part)
    place = target.part
    if target.article == source.article and target.part > source.part:
        place -= len(moved)
    parts = articles[target.article].parts
    parts[place].lines.extend(moved[0].lines)
    after = place + 1
    while after < len(parts) and parts[after].role is Role.CAPTION:
        after += 1
    parts[after:after] = moved[1:]


def _orphans(articles: Sequence[Draft]) -> list[_Place]:
    """Where pieces begin in mid-sentence although nothing before them breaks off."""
    found = []
    for number, article in enumerate(articles):
        before: Part | None = None
        for position, part in enumerate(article.parts):
            is_orphan = part.role is Role.BODY and signs.starts_in_mid_sentence(part.lines[0].text)
            if is_orphan and (before is None or not (before.role is Role.BODY and before.is_open)):
                found.append(_Place(number, position))
            if part.role is not Role.CAPTION:
                before = part
    return found


def _target(articles: Sequence[Draft], source: _Place) -> _Place | None:
    """The paragraph that the piece continues, or None."""
    stop = _end_of_piece(articles[source.article].parts, source.part)
    own = [
        _Place(source.article, part)
        for part in _open_ends(articles[source.article].parts)
        if not source.part <= part < stop
    ]
    if own:
        return min(own, key=lambda place: (abs(place.part - source.part), place.part))
    if stop < len(articles[source.article].parts):
        return None
    others = [
        _Place(number, ends[-1])
        for number, article in enumerate(articles)
        if number != source.article and (ends := _open_ends(article.parts)) and _is_last(article.parts, ends[-1])
    ]
    return min(others, key=lambda place: (abs(place.article - source.article), -place.article), default=None)


def _open_ends(parts: Sequence[Part]) -> list[int]:
    """The paragraphs that break off before a heading or at the end of the article."""
    found = []
    for position, part in enumerate(parts):
        if part.role is Role.BODY and part.is_open:
            after = position + 1
            while after < len(parts) and parts[after].role is Role.CAPTION:
                after += 1
            if after == len(parts) or parts[after].role is Role.HEADING:
                found.append(position)
    return found


def _is_last(parts: Sequence[Part], position: int) -> bool:
    return all(part.role is Role.CAPTION for part in parts[position + 1 :])


def _end_of_piece(parts: Sequence[Part], start: int) -> int:
    return next((n for n in range(start, len(parts)) if parts[n].role is Role.HEADING), len(parts))


def _cut(article: Draft, start: int) -> list[Part]:
    stop = _end_of_piece(article.parts, start)
    moved = article.parts[start:stop]
    del article.parts[start:stop]
    return moved
