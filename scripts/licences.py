"""Lists the licences of all that the package needs to run, and of what these need in turn.

    make licences

Exit status 1 where one tells no licence, or where one is not in the list of those that an MIT program may depend on.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata

PACKAGE = "kg-governance"
FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python|MPL|Mozilla|Unlicense|Zlib|0BSD|LGPL|HPND|CC0|W3C", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def needed(package: str) -> list[str]:
    """The installed packages that a package needs to run, directly or not, sorted."""
    found: dict[str, None] = {}
    waiting = [package]
    while waiting:
        for wanted in metadata.requires(waiting.pop()) or ():
            match = _NAME.match(wanted)
            name = match[0].lower().replace("_", "-") if match else ""
            if "extra ==" in wanted or not name or name in found or not _is_installed(name):
                continue
            found[name] = None
            waiting.append(name)
    return sorted(found)


def licence(package: str) -> str:
    """What a package says of its licence, in one line; empty if nothing."""
    about = metadata.metadata(package)
    classes = [text for text in about.get_all("Classifier") or () if text.startswith("License")]
    told = ["".join(about.get_all("License-Expression") or ()), *(text.rpartition(":")[2].strip() for text in classes)]
    told.append(next(iter("".join(about.get_all("License") or ()).strip().splitlines()), "")[:60])
    told = [text for text in told if text]
    return next((text for text in told if FREE.search(text)), told[0] if told else "")


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:  # for another system
        return False
    return True


def main() -> int:
    """Print a line a package: its name, version and licence."""
    faults = 0
    for name in needed(PACKAGE):
        told = licence(name)
        free = bool(FREE.search(told))
        faults += not free
        print(f"{name}\t{metadata.version(name)}\t{told or 'not told'}{'' if free else ' (look at it)'}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
