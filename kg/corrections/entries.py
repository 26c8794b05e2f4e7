"""What a person can say of what was read: one dataclass for each table of `corrections.toml`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from decimal import Decimal

from kg.model import Word

_SILENT = frozenset({"stands", "why"})
"""Fields that change nothing in the graph."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an entry stands: the file, the table, which one of the file it is, and its line where that is known."""

    file: str
    table: str
    number: int
    line: int = 0

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else f"entry {self.number}"
        return f"{self.file}, {place} [[{self.table}]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries have: the files or headlines that they hold for (all where none is named), who, when and why."""

    stands: Stands
    where: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    why: str = ""

    @property
    def word(self) -> Word | None:
        """Who said it and when."""
        return Word(self.by, self.on) if self.by or self.on else None

    @property
    def limits(self) -> int:
        """How many limits it has; what has fewer is applied before what has more."""
        return int(bool(self.where))

    @property
    def key(self) -> str:
        """A digest of all that changes the graph, the same wherever the entry stands."""
        said = [f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name not in _SILENT]
        return hashlib.sha256(f"{type(self).__name__} {' '.join(said)}".encode()).hexdigest()[:16]

    @property
    def names(self) -> tuple[str, ...]:
        """The names and IRIs of things that it speaks of."""
        return ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quotations that must stand in the article."""
        return ()

    @property
    def read(self) -> tuple[str, ...]:
        """The names that something must bear by itself, though the entry fits without one of them."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Entry):
    """All these names are one thing, called by the first; of one kind and in one place, if told.

    `label` is what it is called instead where other entries make it one with more names.
    """

    called: tuple[str, ...]
    kind: str = ""
    place: str = ""
    label: str = ""

    @property
    def limits(self) -> int:
        """How many limits it has: its files, kind and place."""
        return sum(map(bool, (self.where, self.kind, self.place)))

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return self.called

    @property
    def read(self) -> tuple[str, ...]:
        """All but the first, which may be a name that no article prints."""
        return self.called[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(Entry):
    """Names that are things of their own, though they were read as one."""

    called: tuple[str, ...]
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All its names."""
        return self.called

    @property
    def read(self) -> tuple[str, ...]:
        """All its names."""
        return self.called


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Entry):
    """Of the things that bear one name, the one in some files or sentences is another: by its label or its place."""

    thing: str
    kind: str = ""
    quote: str = ""
    label: str = ""
    place: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name that several bear."""
        return (self.thing,)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The sentence that speaks of the other."""
        return (self.quote,) if self.quote else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Entry):
    """A name is of a kind; it is recognised wherever it stands, or only in what is quoted.

    With a place it is a thing of that place, another than those of the name elsewhere.
    """

    name: str
    kind: str
    place: str = ""
    aliases: tuple[str, ...] = ()
    quote: str = ""
    role: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its other forms."""
        return (self.name, *self.aliases)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The sentence that names it, where only that counts."""
        return (self.quote,) if self.quote else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoThing(Entry):
    """A name that names nothing, or no thing of that kind."""

    thing: str
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name."""
        return (self.thing,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated(Entry):
    """A relation that is stated in a quotation, or (`holds` is False) that is wrong."""

    subject: str
    predicate: str
    object: str
    holds: bool
    quote: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Both ends."""
        return (self.subject, self.object)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The sentence that states it."""
        return (self.quote,) if self.quote else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Entry):
    """A number by its quotation, and by its value where the quotation holds several.

    `does` tells what is said: it is missing (`add`), wrong (`drop`), or to be changed in what is given (`change`).
    None stands for what is not said, "" for nothing: a number of no subject.
    """

    quote: str
    does: str
    value: Decimal | None = None
    unit: str | None = None
    indicator: str | None = None
    subject: str | None = None
    area: str | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    qualifier: str | None = None
    kind: str | None = None
    upper: Decimal | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What it is about."""
        return tuple(name for name in (self.subject, self.area) if name)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that print it."""
        return (self.quote,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(Entry):
    """The day (or month, or year) on which files were published, and the paper."""

    published: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All entries that are to be applied; `proposed` is the number of those that wait for a decision."""

    entries: tuple[Entry, ...] = ()
    proposed: int = 0

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def key(self) -> str:
        """A digest of the set of entries, whatever their order."""
        return hashlib.sha256("".join(sorted({e.key for e in self.entries})).encode()).hexdigest()[:16]

    @property
    def apart(self) -> tuple[frozenset[str], ...]:
        """The groups of names that are things of their own."""
        return tuple(frozenset(entry.called) for entry in self.entries if isinstance(entry, Different))


NOTHING = Corrections()
