"""Why two things may be one: for each reason the keys that bring candidates together, and whether two agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.language.bodies.endings import suffix_of
from kg.language.bodies.official import is_academy, shared_short_forms
from kg.language.wordlists import grammar, words
from kg.vocabulary import ID

MOST_ALIKE = 12
"""Things that share a key at most; a key of more is a common name, which tells nothing."""

PAIR = 2
"""The same where a name that more than two share is that of a kind (新时代文明实践中心)."""

SHORTEST_NAME = 3
SHORTEST_SHORT_FORM = 4
SHORTEST_PROGRAM = 7
SHORTEST_SIMILAR = 9
SHORTEST_OWN = 6
SHORTEST_END = 6
MOST_LEFT_OUT = 2
LEAST_SHARED = Decimal("0.5")

CONFIDENCE = {
    "same-name-wider-place": Decimal("0.85"),
    "name-with-place": Decimal("0.85"),
    "shared-form": Decimal("0.8"),
    "formula-with-head": Decimal("0.8"),
    "other-kind": Decimal("0.75"),
    "same-words": Decimal("0.8"),
    "abbreviation": Decimal("0.65"),
    "shared-short-form": Decimal("0.5"),
    "same-sound": Decimal("0.6"),
    "similar-name": Decimal("0.5"),
}
"""The reasons for a match, and how often, from 0 to 1, pairs that they gave were one, judged on news."""

_BODIES = grammar("bodies")
_DIVISION = _BODIES.compile("{division|town|village|street|community|estate}$")
_LEADING_DIVISION = _BODIES.compile("^[^{wide-level}{district}]{2,4}?[{province}{city}](?=.{5})")
_BARE = _BODIES.compile("(?:{this-place}|{division|town|village}(?![^{committee}]{0,2}$)|{street}|{community})")
_COUNT = _BODIES.compile(r"[{nth}{count-sign}\d]")
_MARKS = re.compile("[·、，+＋—-]")
_CODE = re.compile(r"[\dNXnx+＋×\-]{3,}")


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A thing of the graph: its name, label, class, the places in its name from the widest, and other printed forms."""

    iri: str
    label: str
    kind: str
    scope: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What a person may call it by: a printed form, its IRI, or that in short (program:三方办)."""
        return (*self.forms, self.iri, self.iri.removeprefix(ID).replace("/", ":", 1))

    def is_named_in(self, group: frozenset[str]) -> bool:
        """Whether one of some names is its."""
        return not group.isdisjoint(self.names)


def _by_label(thing: Thing) -> Iterator[object]:
    yield thing.kind, thing.label


def _in_wider_place(one: Thing, other: Thing) -> bool:
    """Whether the scope of one encloses that of the other, and is no wider than a city."""
    return min(len(one.scope), len(other.scope)) > 1 and _encloses(one, other)


def _by_own_name(thing: Thing) -> Iterator[object]:
    """The label, and what is left of it without the place that the scope ends with."""
    if thing.kind not in {"Organization", "Program"}:
        return
    for place in thing.scope[-1:]:
        short = _DIVISION.sub("", place)
        for head in (place, short):
            rest = thing.label.removeprefix(head)
            if len(head) > 1 and rest != thing.label and len(rest) >= SHORTEST_NAME:
                yield thing.kind, thing.scope, rest
    if not thing.scope and (rest := _LEADING_DIVISION.sub("", thing.label)) != thing.label:
        yield thing.kind, thing.scope, rest
    if not _BARE.match(thing.label):
        yield thing.kind, thing.scope, thing.label


def _own_name_is_one(one: Thing, other: Thing) -> bool:
    return one.label != other.label and one.label.endswith(other.label) is not other.label.endswith(one.label)


def _by_form(thing: Thing) -> Iterator[object]:
    """Every printed form that is a name by itself."""
    if thing.kind not in {"Place", "Document"}:
        forms = (form for form in thing.forms if len(form) >= SHORTEST_SHORT_FORM and not _BARE.match(form))
        yield from ((thing.kind, form) for form in forms)


def _forms_are_one(one: Thing, other: Thing) -> bool:
    """Whether the label of one is a printed form of the other and short for its label, within one district."""
    short, long = sorted((one, other), key=lambda thing: (len(thing.label), thing.label))
    within = _encloses(one, other) and short.label in long.forms
    return within and not long.label.startswith(short.label) and _is_part(short.label, long.label)


def _by_code(thing: Thing) -> Iterator[object]:
    match = _CODE.match(thing.label) if thing.kind == "Program" and thing.scope else None
    if match:
        yield thing.scope, match[0]


def _code_is_whole(one: Thing, other: Thing) -> bool:
    return any(_CODE.fullmatch(thing.label) for thing in (one, other)) and one.label != other.label


def _by_any_kind(thing: Thing) -> Iterator[object]:
    if thing.kind in {"Organization", "Program"} and len(thing.label) >= SHORTEST_NAME:
        yield thing.label
        for place in thing.scope[-1:]:
            rest = thing.label.removeprefix(place)
            if rest != thing.label and len(rest) >= SHORTEST_NAME:
                yield rest


def _kinds_differ(one: Thing, other: Thing) -> bool:
    return one.kind != other.kind and _encloses(one, other)


def _by_ends(thing: Thing) -> Iterator[object]:
    """The end of a long name, which an abbreviation leaves as it is; of a program the beginning too."""
    if thing.kind == "Organization" and len(thing.label) > SHORTEST_END:
        yield thing.scope, thing.label[-SHORTEST_END:]
    if thing.kind == "Program" and len(thing.label) >= SHORTEST_PROGRAM:
        yield thing.scope, thing.label[:2], thing.label[-2:]


def _is_abbreviated(one: Thing, other: Thing) -> bool:
    """Whether what two names have not in common is a short form and its long one: 港理大 + …, 香港理工大学 + …."""
    short, long = sorted((one.label, other.label), key=lambda label: (len(label), label))
    if one.kind == "Program":
        return 0 < len(long) - len(short) <= MOST_LEFT_OUT and _is_part(short, long) and not _count_apart(short, long)
    end = 0
    while end < len(short) and short[-1 - end] == long[-1 - end]:
        end += 1
    head, whole = short[: len(short) - end], long[: len(long) - end]
    if not 1 < len(head) < len(whole) or _DIVISION.search(whole):
        return False
    return head[0] in whole[:2] and _is_part(head, whole) and not _count_apart(head, whole)


def _by_shared_short_form(thing: Thing) -> Iterator[object]:
    """A short form that several universities have, and the name of each of them."""
    known = shared_short_forms() if thing.kind == "Organization" else {}
    yield from sorted(known.get(thing.label, {}).values())
    if any(thing.label in meant.values() for meant in known.values()):
        yield thing.label


def _one_is_short(one: Thing, other: Thing) -> bool:
    return (one.label in shared_short_forms()) is not (other.label in shared_short_forms())


def _by_words(thing: Thing) -> Iterator[object]:
    """The characters of a name whatever their order, and its sound."""
    if thing.kind in {"Organization", "Program"} and len(thing.label) >= SHORTEST_SHORT_FORM:
        bare = _MARKS.sub("", thing.label)
        if len(bare) >= SHORTEST_END:
            yield thing.kind, thing.scope, "".join(sorted(bare))


def _by_sound(thing: Thing) -> Iterator[object]:
    if thing.kind in {"Organization", "Program"} and len(thing.label) >= SHORTEST_SHORT_FORM:
        yield thing.kind, thing.scope, tuple(map(_sound, thing.label))


@lru_cache(maxsize=10_000)
def _sound(character: str) -> str:
    """How a character sounds by itself."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take long to load, and few builds need them

    return "".join(lazy_pinyin(character))


def _by_beginning(thing: Thing) -> Iterator[object]:
    if thing.kind == "Organization" and len(thing.label) >= SHORTEST_SIMILAR and not is_academy(thing.label):
        yield thing.scope, thing.label.removeprefix(thing.scope[-1] if thing.scope else "")[:2]


def _are_similar(one: Thing, other: Thing) -> bool:
    """Whether two long names of one place share most of what is their own, and no number tells them apart."""
    names = [_own(thing) for thing in (one, other)]
    party = words("organization_endings:party")
    apart = one.label.endswith(party) is not other.label.endswith(party)
    if apart or min(map(len, names)) < SHORTEST_OWN or _count_apart(*names):
        return False
    pairs, others = map(_pairs, names)
    return Decimal(2 * len(pairs & others)) / (len(pairs) + len(others)) >= LEAST_SHARED and pairs != others


def _own(thing: Thing) -> str:
    """A name without its place and its ending."""
    own = thing.label.removeprefix(thing.scope[-1] if thing.scope else "")
    return own.removesuffix(suffix_of(own))


def _pairs(label: str) -> set[str]:
    return {label[n : n + 2] for n in range(len(label) - 1)}


def _encloses(one: Thing, other: Thing) -> bool:
    """Whether the scope of one of two things encloses that of the other."""
    short, long = sorted((one.scope, other.scope), key=len)
    return long[: len(short)] == short


def _is_part(short: str, long: str) -> bool:
    """Whether the characters of one name stand in another in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


def _count_apart(one: str, other: str) -> bool:
    """Whether a number or direction stands in one of two names alone."""
    return any(_COUNT.match(character) for character in set(one) ^ set(other))


def _counts_agree(one: Thing, other: Thing) -> bool:
    """Whether the same numbers and directions stand in two names, in one order."""
    return _COUNT.findall(one.label) == _COUNT.findall(other.label)


REASONS: tuple[tuple[str, int, Callable[[Thing], Iterator[object]], Callable[[Thing, Thing], bool]], ...] = (
    ("same-name-wider-place", MOST_ALIKE, _by_label, _in_wider_place),
    ("name-with-place", MOST_ALIKE, _by_own_name, _own_name_is_one),
    ("shared-form", MOST_ALIKE, _by_form, _forms_are_one),
    ("formula-with-head", MOST_ALIKE, _by_code, _code_is_whole),
    ("other-kind", PAIR, _by_any_kind, _kinds_differ),
    ("same-words", PAIR, _by_words, _counts_agree),
    ("abbreviation", MOST_ALIKE, _by_ends, _is_abbreviated),
    ("shared-short-form", MOST_ALIKE, _by_shared_short_form, _one_is_short),
    ("same-sound", PAIR, _by_sound, _counts_agree),
    ("similar-name", MOST_ALIKE, _by_beginning, _are_similar),
)
"""Each reason, the surest first: how many may share a key, the keys of a thing, and whether two may be one."""
