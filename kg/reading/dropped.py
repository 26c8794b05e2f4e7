"""Elements of HTML that a reader of the page does not see, or not as text: hidden, struck out, or round the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from kg.reading.words import words

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
UNSHOWN = frozenset({"del", "s", "strike", "dialog", "object", "audio", "video", "canvas", "datalist", "rt", "rp"})
"""Elements whose text is struck out, or shown only where something else cannot be, or how a word is spoken."""
_TELLING = re.compile(r"hidden|display|visibility|line-through|class|\bid\b", re.IGNORECASE)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|text-decoration[a-z-]*\s*:[^;]*line-through)",
    re.IGNORECASE,
)
_REVEALED = re.compile(r"(?:^|;)\s*opacity\s*:\s*0(?![.\d])", re.IGNORECASE)
"""A whole article that a script shows once it is loaded (WeChat: visibility: hidden; opacity: 0)."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_NEVER = frozenset({"html", "body", "main", "article", "form", "h1"})
"""Elements that hold the article, whatever they are called."""
_PARAGRAPHS = frozenset({"p", "div", "ul", "ol", "table", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6"})
_ENDED_BY = {
    "p": _PARAGRAPHS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
}
"""Elements whose end may be left out, and the tags that end them."""
_HOLDING = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "td": ("table",), "th": ("table",), "tr": ("table",)}


def is_struck_or_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element is struck out, or hidden by its own attributes.

    >>> is_struck_or_hidden("div", {"style": "display: none"})
    True
    """
    if name in UNSHOWN:
        return name != "dialog" or "open" not in attributes
    if name in _NEVER or name in VOID:
        return False
    style = attributes.get("style", "")
    hiding = [found[0].lower() for found in _HIDING.finditer(style)]
    if _REVEALED.search(style):
        hiding = [found for found in hiding if "visibility" not in found]
    return "hidden" in attributes or bool(hiding)


def is_round_the_article(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element says by its class or id that it holds what stands round an article.

    >>> is_round_the_article("div", {"class": "share-bar"}), is_round_the_article("div", {"id": "text"})
    (True, False)
    """
    if name in _NEVER or name in VOID:
        return False
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return any(word.lower() in words("html_furniture") for word in _WORD.findall(named))


def tells_of_itself(rest: str) -> bool:
    """Whether a tag has attributes that the functions above read."""
    return bool(_TELLING.search(rest))


class Dropped:
    """An element that is passed over, from its tag to its end, which may be left out."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._inner: Counter[str] = Counter()

    def ends_at(self, name: str, *, closing: bool, inline: bool) -> bool | None:
        """Whether a tag ends it: True where it is its own end, None where it goes on, False where another has ended it.

        A tag that gives False is to be read as any other.
        """
        if not closing:
            holding = any(self._inner[holder] for holder in _HOLDING.get(self._name, ()))
            if name in _ENDED_BY.get(self._name, ()) and not holding:
                return False
            if name not in VOID:
                self._inner[name] += 1
            return None
        if self._inner[name]:
            self._inner[name] -= 1
            return None
        if name == self._name:
            return True
        return None if inline or name in VOID else False
