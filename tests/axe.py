"""What axe-core finds on a page that stands in a reader's way."""

from __future__ import annotations

from importlib.resources import files

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose verdict a colour scheme can change."""


def grave(page, scheme: str = "light") -> list[tuple[str, str]]:
    """The rules that a page breaks seriously, each with the element; in the dark those of colours alone are tried.

    What is no matter of colour is the same in both schemes, and is half of the work.
    """
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = {"type": "rule", "values": list(OF_COLOURS)}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in {"serious", "critical"}]
