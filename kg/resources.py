"""Where the ontology and the saved questions lie: beside `kg/` in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name` (`ontology` or `queries`) that travels with the program.

    Raises:
        FileNotFoundError: the installation lacks it.

    >>> (folder("ontology") / "governance.ttl").exists()
    True
    """
    for place in (_PACKAGE / "share" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the folder {name}/ is missing from this installation of kg; install it again")
