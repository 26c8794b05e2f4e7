"""The network around a thing as a page of a site: its things, numbers and sentences lead to the site's pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kg.view.assembly import assemble, interface_words
from kg.view.data import page_data, vocabulary_words
from kg.view.selection import part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.network.neighbourhood import Neighbourhood


@dataclass(frozen=True, slots=True)
class Way:
    """Where the page leads to from its head: the text and address of a link, and whether it is the page itself."""

    text: str
    address: str
    current: bool = False


def page_around(
    neighbourhood: Neighbourhood,
    title: str,
    language: str,
    *,
    link: Callable[[str], str],
    ways: Sequence[Way],
    note: str = "",
) -> str:
    """The page of a neighbourhood; `link` gives the address of what an IRI names, `note` stands above the picture."""
    words = interface_words(language) | vocabulary_words(language)
    network = part_of(neighbourhood.network, neighbourhood.near)
    addresses = {
        "things": [link(thing.iri) for thing in network.things],
        "figures": [link(figure.iri) for figure in network.figures],
        "sources": [link(iri) for iri in network.sources],
    }
    about = {"words": words, "leftOut": 0, "command": None, "addresses": addresses, "note": note}
    listed = "".join(map(_way, ways))
    data = page_data(network, about)
    return assemble(data, words, f"{title} · {words['title']}", language, f'\n  <nav id="ways">{listed}</nav>')


def _way(way: Way) -> str:
    current = ' aria-current="page"' if way.current else ""
    return f'<a href="{escape(way.address)}"{current}>{escape(way.text)}</a>'
