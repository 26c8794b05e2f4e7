"""The administrative divisions of China: provinces, cities, districts, streets and communities, with their codes.

The tables stand in `divisions/`, whose README tells source and vintage; everything is read when first asked for.
Codes have 2, 4, 6, 9 or 12 digits by level. Beijing, Tianjin, Shanghai and Chongqing are provinces here, their
districts directly under them.
"""

from __future__ import annotations

import lzma
import re
from bisect import bisect_left, bisect_right
from dataclasses import field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from kg.frozen import frozen
from kg.language.division_names import called_names, short_name, short_names
from kg.language.wordlists import grammar, table, word_set
from kg.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ahocorasick_rs import AhoCorasick

LEVELS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.DISTRICT, 9: Level.STREET, 12: Level.COMMUNITY}
"""The level of a division by the length of its code."""

_PLACES = grammar("places")
STREET_NAME = _PLACES.compile(".{2,30}{street-end}")
"""Names of streets that are found in text; development zones, farms and the like have too ordinary names."""

_COMMUNITY = re.compile(r"\t\d{3}([^\t\n]+)")
"""An entry of a row of the table of communities: the end of its code, and its name."""


@frozen
class Division:
    """An administrative division; `parent` is the code of the next one up.

    `until` is the last year of a former division, whose area belongs to `successors` since.
    """

    code: str
    name: str = field(hash=False)  # hardly two divisions have one code
    level: Level = field(hash=False)
    parent: str | None = field(hash=False)
    until: int | None = field(default=None, hash=False)
    successors: tuple[str, ...] = field(default=(), hash=False)


@lru_cache(maxsize=16_384)
def by_code(code: str) -> Division | None:
    """The division with a code, the present one if a former one had it too; None for an unknown code.

    >>> by_code("330102").name
    '上城区'
    """
    if len(code) == 12:
        return next((division for division in communities(code[:9]) if division.code == code), None)
    name = _names().get(code)
    if name is not None:
        return _division(code, name)
    return next((former for former in _former() if former.code == code), None)


@lru_cache(maxsize=16_384)
def named(name: str) -> tuple[Division, ...]:
    """The provinces, cities, districts and streets of a name, by code.

    The name is the full one, or for provinces, cities and districts the short form: 拱墅, 内蒙古, 延边, 延边州.
    A former name is that of the division that has another now.

    >>> [division.code for division in named("鼓楼区")]
    ['320106', '320302', '350102', '410204']
    >>> [division.name for division in named("密云县")]
    ['密云区']
    """
    present = tuple(_division(code, _names()[code]) for code in _codes().get(name, ()))
    return present + tuple(division for division in _former_by_name().get(name, ()) if division not in present)


def short_form(division: Division) -> str | None:
    """The name without its level, where at least two characters remain; streets and communities have none.

    >>> short_form(named("景宁畲族自治县")[0])
    '景宁'
    """
    return short_name(division.name) if len(division.code) <= 6 else None


def region_of(area: str) -> Division | None:
    """The province or city that a new area of the state lies in, or None for what is none.

    >>> region_of("两江新区").name, region_of("上城区")
    ('重庆市', None)
    """
    region = next((row[1] for row in table("place_new_areas") if row[0] == area), None)
    return named(region)[0] if region else None


def ancestors(division: Division) -> tuple[Division, ...]:
    """The divisions that enclose a division, the nearest first."""
    return _up_from(division.parent)


def children(code: str) -> tuple[Division, ...]:
    """The present divisions directly under one, by code."""
    if len(code) == 9:
        return communities(code)
    codes = _sorted_codes()
    found: list[Division] = []
    for place in range(bisect_left(codes, code), len(codes)):
        if not codes[place].startswith(code):
            break
        if _parent(codes[place]) == code:
            found.append(_division(codes[place], _names()[codes[place]]))
    return tuple(found)


@lru_cache(maxsize=128)
def communities(code: str) -> tuple[Division, ...]:
    """The communities and villages of a city, district or street, by code."""
    found: list[Division] = []
    for row in _community_rows(code).splitlines():
        street, *entries = row.split("\t")
        found.extend(Division(street + entry[:3], entry[3:], Level.COMMUNITY, street) for entry in entries)
    return tuple(found)


def communities_named(code: str, name: str) -> tuple[Division, ...]:
    """The communities and villages of a name in a city, district or street.

    >>> [found.code for found in communities_named("330102", "海潮社区")]
    ['330102009062']
    """
    rows = _community_rows(code)
    found: list[Division] = []
    start = rows.find(name)
    while start >= 0:
        end = start + len(name)
        number = rows[start - 4 : start]
        if number[:1] == "\t" and number[1:].isdecimal() and rows[end : end + 1] in "\t\n":
            row = rows.rfind("\n", 0, start) + 1
            street = rows[row : rows.index("\t", row)]
            found.append(Division(street + number[1:], name, Level.COMMUNITY, street))
        start = rows.find(name, end)
    return tuple(found)


@lru_cache(maxsize=128)
def community_names(code: str) -> frozenset[str]:
    """The names of the communities and villages of a city, district or street."""
    return frozenset(_COMMUNITY.findall(_community_rows(code)))


def find(text: str) -> Iterator[tuple[int, int, tuple[Division, ...]]]:
    """The names of divisions down to streets in a text, leftmost and longest: start, end, and what they may mean.

    Full names go before short forms (和龙华区 holds 龙华区, not 和龙). Nothing else is weighed here: a short form may
    be part of another word, or an ordinary word itself.
    """
    (full, full_names), (short, short_names) = _automata()
    spans = [(start, end, full_names[index]) for index, start, end in full.find_matches_as_indexes(text)]
    taken = {place for start, end, _ in spans for place in range(start, end)}
    for index, start, end in short.find_matches_as_indexes(text):
        if taken.isdisjoint(range(start, end)):
            spans.append((start, end, short_names[index]))
    for start, end, name in sorted(spans):
        meant = named(name)
        yield start, end, meant
        if not text.startswith(_ordinary_names(), end):
            continue
        ordinary = next(word for word in _ordinary_names() if text.startswith(word, end))
        within = {division.code for division in meant}
        beneath = tuple(d for d in named(ordinary) if d.name == ordinary and d.parent in within)
        if beneath:
            yield end, end + len(ordinary), beneath


@cache
def _ordinary_names() -> tuple[str, ...]:
    """The names of divisions that are ordinary words too, which need their city right before: 西安市 + 新城区."""
    districts = (name for name in word_set("place_generic_divisions") if name.endswith(_PLACES["district"]))
    return tuple(sorted(name for name in districts if named(name)))


@cache
def _names() -> dict[str, str]:
    """The names by code, provinces to streets."""
    packed = (resources.files("kg.language") / "divisions" / "divisions.tsv.xz").read_bytes()
    fields = lzma.decompress(packed).decode().replace("\n", "\t").split("\t")
    return dict(zip(fields[::2], fields[1::2], strict=False))


@cache
def _sorted_codes() -> list[str]:
    return sorted(_names())


@cache
def _former() -> tuple[Division, ...]:
    """The divisions written by hand: former ones, and those outside the bureau's numbering."""
    text = (resources.files("kg.language") / "divisions" / "former.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, code, year, successors = line.split("\t")
        until = None if year == "-" else int(year)
        found.append(Division(code, name, LEVELS[len(code)], _parent(code), until, tuple(successors.split())))
    return tuple(found)


@cache
def _former_by_name() -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for division in _former():
        renamed = division.successors == (division.code,)
        meant = _division(division.code, _names()[division.code]) if renamed else division
        for name in (division.name, *short_names(division.name)):
            found[name] = (*found.get(name, ()), meant)
    return found


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """The codes by full name and by short form, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in _names().items():
        found[name] = (*found.get(name, ()), code)
        for short in short_names(name) if len(code) <= 6 else ():
            found[short] = (*found.get(short, ()), code)
    return found


@cache
def _automata() -> tuple[tuple[AhoCorasick, list[str]], tuple[AhoCorasick, list[str]]]:
    """The full names and the short forms looked for in text. The order of names does not matter."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind  # noqa: PLC0415 - only where text is searched

    generic = word_set("place_generic_divisions")
    former = {division.name for division in _former()}
    full = former | {name for code, name in _names().items() if len(code) <= 6 or STREET_NAME.fullmatch(name)}
    full |= {form for name in full for form in called_names(name)}  # 景宁县, which is not 景 + 宁县
    short = set(_codes()) | set(_former_by_name())
    short -= full | {name for code, name in _names().items() if len(code) == 9}
    found = []
    for names in (sorted(full - generic), sorted(short - generic)):
        automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
        found.append((automaton, names))
    return found[0], found[1]


@lru_cache(maxsize=512)
def _community_rows(code: str) -> str:
    """The rows of the table of communities whose streets lie in a division: code of the street, then entries."""
    codes, rows = _rows_of_province(code[:2])
    end = bisect_right(codes, code, key=lambda row: row[: len(code)])
    return "".join(rows[bisect_left(codes, code) : end])


@lru_cache(maxsize=34)
def _rows_of_province(province: str) -> tuple[list[str], list[str]]:
    """The codes of a province's streets, in order, and their rows."""
    file = resources.files("kg.language") / "divisions" / "communities" / f"{province}.tsv.xz"
    rows = lzma.decompress(file.read_bytes()).decode().splitlines(keepends=True) if file.is_file() else []
    return [row.partition("\t")[0] for row in rows], rows


@lru_cache(maxsize=16_384)
def _up_from(code: str | None) -> tuple[Division, ...]:
    """The division with a code and those that enclose it."""
    division = by_code(code) if code else None
    return (division, *_up_from(division.parent)) if division else ()


@lru_cache(maxsize=16_384)
def _division(code: str, name: str) -> Division:
    return Division(code, name, LEVELS[len(code)], _parent(code))


def _parent(code: str) -> str | None:
    """The longest listed code that a code begins with; some districts and streets stand directly under a wider one."""
    return next((code[:length] for length in (9, 6, 4, 2) if length < len(code) and code[:length] in _names()), None)
