"""Addresses on the site of what IRIs name, and the other way round."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from pyoxigraph import NamedNode

from kg.vocabulary import ID

if TYPE_CHECKING:
    from pyoxigraph import Store

_SAFE = "/:@!$&'()*+,;=~.-_"
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"{}|^`\\\ud800-\udfff]")


def path_of(iri: str) -> str:
    """The path below the site's own of what an IRI of the graph names; any other IRI as it is.

    A percent sign of the IRI is escaped once more, since servers in between read a path's escapes.

    >>> path_of("https://w3id.org/govkg/id/place/330105")
    '/id/place/330105'
    >>> path_of("https://w3id.org/govkg/id/article/a.txt-0123#char=3,9")
    '/id/article/a.txt-0123#char=3,9'
    """
    if not iri.startswith(ID):
        return iri if iri.startswith(("http://", "https://")) else "#"
    local, mark, piece = iri.removeprefix(ID).partition("#")
    return f"/id/{quote(local, safe=_SAFE)}{mark}{piece}"


def iri_of(store: Store, raw: str) -> str | None:
    """What the graph knows under a path below `/id/`, as the browser sent it; None where it knows nothing of the name.

    >>> from pyoxigraph import Store
    >>> iri_of(Store(), "place/330105") is None
    True
    """
    kept = _BEYOND_ASCII.sub(lambda escapes: _decoded(escapes[0]) or escapes[0], raw)
    for local in dict.fromkeys((kept, _decoded(raw))):
        node = _node(ID + local) if local else None
        if node is not None and next(store.quads_for_pattern(node, None, None), None) is not None:
            return node.value
    return None


def _node(iri: str) -> NamedNode | None:
    try:
        return None if _FORBIDDEN.search(iri) else NamedNode(iri)
    except ValueError:
        return None


def _decoded(escaped: str) -> str | None:
    try:
        return unquote_to_bytes(escaped).decode("utf-8")
    except UnicodeDecodeError:
        return None
