"""The network around a thing, drawn as the network page draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from kg.network.neighbourhood import MOST_OF_ONE, read_around
from kg.serve.addresses import iri_of, path_of
from kg.serve.wording import texts

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.asking import Asking
    from kg.serve.pages import Pages
    from kg.serve.snapshot import Snapshot, Snapshots

DEPTHS = (1, 2, 3)
"""How many links away from a thing others may be."""


@dataclass(frozen=True, slots=True)
class Around:
    """The pages of what lies around things; drawing one takes a turn, as a query does."""

    snapshots: Snapshots
    pages: Pages
    asking: Asking

    async def page(self, request: Request) -> Response:
        """The network around what an address names."""
        snapshot = self.snapshots.now
        raw = request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace")
        iri = iri_of(snapshot.pool, raw.removeprefix("/around/"))
        if iri is None or not snapshot.reader().thing(iri).kind:
            raise HTTPException(404, "the graph knows no thing of that name")
        asked = request.query_params.get("depth", "1")
        depth = next((each for each in DEPTHS if str(each) == asked), None)
        if depth is None:
            raise HTTPException(400, f"depth is one of {', '.join(map(str, DEPTHS))}")
        language = self.pages.language(request)
        drawn = await self.asking.aside(request, lambda: self._drawn(snapshot, iri, depth, language))
        address = self.pages.absolute(request, around(iri, depth).partition("#")[0])
        headers = {
            "Content-Security-Policy": _policy(),
            "Vary": "Accept-Language, Cookie",
            "Link": f'<{address}>; rel="canonical"',
        }
        return HTMLResponse(drawn, headers={**headers, "Content-Language": language})

    def _drawn(self, snapshot: Snapshot, iri: str, depth: int, language: str) -> str:
        from kg.view.around import Way, page_around  # noqa: PLC0415 - networkx and pyvis load when a page is drawn

        words = texts(language)
        title = snapshot.labels().get(iri, "")
        near = read_around(snapshot.pool, iri, depth, snapshot.counts().__getitem__)
        note = words["aroundLeftOut"].format(len(near.near), near.left_out) if near.left_out else ""
        if near.shortened:
            note += words["aroundShortened"].format(near.shortened, MOST_OF_ONE)
        ways = [Way(f"← {title}", self.pages.link(iri))]
        for each in DEPTHS:
            address = self.pages.link(around(iri, each))
            ways.append(Way(words[f"depth:{each}"], address, current=each == depth))
        return page_around(near, title, language, link=self.pages.link, ways=ways, note=note)


def around(iri: str, depth: int = 1) -> str:
    """The path of the network around a thing, which is open there.

    >>> around("https://w3id.org/govkg/id/place/330105", 2)
    '/around/place/330105?depth=2#thing=place/330105'
    """
    local = path_of(iri).removeprefix("/id/")
    return f"/around/{local}{f'?depth={depth}' if depth > 1 else ''}#thing={quote(unquote(local), safe='/')}"


def _policy() -> str:
    from kg.view.assembly import policy  # noqa: PLC0415 - pyvis

    return f"{policy()}; frame-ancestors 'none'"
