"""Values that the type checker keeps from being changed, for what is made by the ten thousand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[Made]) -> type[Made]:
    """A dataclass with slots that can be hashed and that mypy lets nobody assign to.

    `dataclass(frozen=True)` forbids it while the program runs, too; its instances then take three times as long to
    make, and a page is read into thousands of tokens and words.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(3), len({Point(3), Point(3, 0)})
    (Point(x=3, y=0), 1)
    """
    return dataclass(slots=True, unsafe_hash=True)(made)
