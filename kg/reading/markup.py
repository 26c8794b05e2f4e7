"""The source of an HTML page as a run of text and tags, each with its place.

The scanner is our own because `html.parser` is quadratic on unclosed comments and tags and tells no place for a
character reference, and because no library that builds a tree (lxml, lexbor, html5lib) keeps the places of characters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>")
LONGEST_TAG = 20_000
_ATTRIBUTE = re.compile(r"(?<![A-Za-z:_.-])([A-Za-z:_.-]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?")
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins"}
    | {"kbd", "label", "mark", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
"""Elements that stand within a line."""
_RAW = frozenset({"script", "style", "textarea", "noscript", "template", "svg", "iframe", "xmp", "noembed", "noframes"})
"""Elements whose content is no text of the page."""


def attributes(rest: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag, names in lower case, references resolved; empty where there is no value."""
    for name, *values in _ATTRIBUTE.findall(rest):
        yield name.lower(), html.unescape("".join(values)).strip()


def pieces(text: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The source in order: text (start, end, None) and tags (start, end, match); comments and scripts left out."""
    position = start = 0
    gone: set[str] = set()  # ends that do not come any more, so that they are sought once
    while (opened := text.find("<", position)) >= 0:
        tag = TAG.match(text, opened, opened + LONGEST_TAG)
        if tag:
            end = tag.end()
        elif text.startswith("<!--", opened):
            end = _behind(text, "-->", opened + 4, gone)
        elif text.startswith(("<!", "<?"), opened):
            end = _behind(text, ">", opened + 2, gone)
        else:
            position = opened + 1
            continue
        if end < 0:
            position = opened + 1
            continue
        if start < opened:
            yield start, opened, None
        if tag:
            yield opened, end, tag
            name = tag["name"].lower()
            if name in _RAW and not tag["close"] and not tag["rest"].endswith("/"):
                closing = _behind(text, f"</{name}", end, gone)
                end = len(text) if closing < 0 else closing - len(name) - 2
        position = start = end
    if start < len(text):
        yield start, len(text), None


def _behind(text: str, end: str, position: int, gone: set[str]) -> int:
    """The place behind the next `end`, -1 if there is none."""
    if end in gone:
        return -1
    found = re.compile(re.escape(end), re.IGNORECASE).search(text, position)
    if found is None:
        gone.add(end)
        return -1
    return found.end()
