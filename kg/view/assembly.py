"""The page as one file: our template, style and script, vis-network out of the pyvis package, and the data.

The data stand in a script block that never runs, and a Content-Security-Policy lets nothing run, load or be styled but
the blocks whose hashes it names. So no text of the data can become code, whatever a newspaper printed.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg.errors import UserError, WrongUsage

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("en", "zh")

_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_VIS = "vis-network.min.js"


def interface_words(language: str) -> dict[str, Any]:
    """The texts of the interface in one language.

    Raises:
        WrongUsage: there is none in that language.
    """
    if language not in LANGUAGES:
        raise WrongUsage(f"--lang {language}: the interface speaks {' and '.join(LANGUAGES)}")
    words: dict[str, Any] = json.loads(_read("text", f"{language}.json"))
    return words


def assemble(data: Mapping[str, Any], words: Mapping[str, Any], title: str, language: str, ways: str = "") -> str:
    """The whole page; `words` fill the template's places, `data` the block that the script reads.

    `ways` is HTML that stands before the heading: where the page leads to, on a site.
    """
    places = {
        **{k: v for k, v in words.items() if isinstance(v, str)},
        "language": language,
        "title": title,
        "policy": policy(),
    }
    blocks = {**_code(), "data": json_block(data), "ways": ways}
    return re.sub(
        r"\{\{(\w+)\}\}",
        lambda found: blocks[found[1]] if found[1] in blocks else html.escape(places[found[1]], quote=True),
        _read("page", "template.html"),
    )


@cache
def policy() -> str:
    """The Content-Security-Policy of every page, by the hashes of its code."""
    code = _code()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(code['vis'])} {_hash(code['script'])}",
            f"style-src {_hash(code['style'])}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def _code() -> Mapping[str, str]:
    """The style and the scripts, which are those of every page."""
    return {"style": _read("page", "style.css"), "vis": _vis_network(), "script": _script()}


def json_block(data: Mapping[str, Any]) -> str:
    r"""JSON that no HTML parser can end or enter.

    >>> json_block({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _read(*path: str) -> str:
    return resources.files("kg.view").joinpath(*path).read_text(encoding="utf-8").replace("\r\n", "\n")


def _script() -> str:
    """The parts of the script in the order of their names, within one function of their own."""
    folder = resources.files("kg.view").joinpath("page", "script")
    names = sorted(part.name for part in folder.iterdir() if part.name.endswith(".js"))
    parts = "\n".join(_read("page", "script", name) for name in names)
    return f'(function () {{\n"use strict";\n{parts}\n}})();'


def _vis_network() -> str:
    """vis-network as pyvis brings it, without the line that would have a browser look for its source map.

    Raises:
        UserError: this pyvis does not bring it.
    """
    folder = resources.files("pyvis").joinpath("lib")
    found = sorted(part.name for part in folder.iterdir() if part.name.startswith("vis-")) if folder.is_dir() else []
    if not found:
        raise UserError("the installed pyvis lacks vis-network: install kg again, with pyvis 0.3.2 or newer")
    text = folder.joinpath(max(found, key=_version), _VIS).read_text(encoding="utf-8").replace("\r\n", "\n")
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    assert "</script" not in text.casefold(), "vis-network would end its own script block"
    return text


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", name))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
