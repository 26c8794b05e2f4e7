"""Colours of marks and lines stand out from their ground, and from each other to the colour-blind as well."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

STYLE = (Path(__file__).parent.parent.parent / "kg/view/page/style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in STYLE.split("* { box-sizing")[0].split("@media")
)
KINDS = ("District", "Program", "Organization", "Person", "Document")
LINES = ("ledBy", "involves", "partOf")
# What red, green and blue light become, by Machado, Oliveira and Fernandes (2009), at full severity.
SIGHTS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """The colour in CIELAB, as someone sees it."""
    light = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in SIGHTS[sight]
    )
    whole = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in whole)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def brightness(colour: str) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_lines_stand_out_from_the_paper(colours):
    for name in (*KINDS, *LINES, "Province", "City", "Street", "Community", "Site", "Metric", "edge"):
        high, low = sorted((brightness(colours[name]), brightness(colours["paper"])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 3, name


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_classes_and_lines_differ_for_the_colour_blind(colours, sight):
    for group in (KINDS, LINES):
        for one, other in combinations(group, 2):
            pair = zip(seen(colours[one], sight), seen(colours[other], sight), strict=True)
            assert sum((a - b) ** 2 for a, b in pair) ** 0.5 > 16, (one, other)
