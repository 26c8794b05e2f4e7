"""Pages from templates, in the reader's language, with links that hold behind a proxy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from kg.dossier.wording import LANGUAGES
from kg.queries.text import visible
from kg.serve.addresses import path_of
from kg.serve.negotiation import chosen
from kg.serve.wording import heading, texts, told
from kg.vocabulary import GOV, label

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.settings import Settings

_COOKIE = "lang"
_REGION = re.compile(r"(?<=\w)-[\w-]+")
_YEAR = 365 * 24 * 3600


class Pages:
    """Renders the templates of a site."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._templates = Environment(
            loader=PackageLoader("kg.serve"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"visible": visible, "heading": heading}
        self._templates.globals |= {"told": told}

    def language(self, request: Request) -> str:
        """The reader's language: as chosen, as the site is set, or as the browser asks for."""
        for wanted in (request.query_params.get(_COOKIE), request.cookies.get(_COOKIE), self._settings.language):
            if wanted in LANGUAGES:
                return str(wanted)
        asked = _REGION.sub("", request.headers.get("accept-language", ""))
        return chosen(asked, LANGUAGES) or LANGUAGES[0]

    def link(self, target: str) -> str:
        """The address of a page below the site's own, or of what an IRI names."""
        path = target if target.startswith("/") else path_of(target)
        return self._settings.prefix + path if path.startswith("/") else path

    def absolute(self, request: Request, path: str) -> str:
        """The whole address of a page by its path below the site's own."""
        return (self._settings.base or f"{request.url.scheme}://{request.url.netloc}") + path

    def show(self, request: Request, template: str, *, status: int = 200, **parts: Any) -> Response:
        """A page.

        Among the parts `canonical` is its path where that is not the one asked for, `policy` what it may load where
        that is not what all may.
        """
        language = self.language(request)
        words = texts(language)
        other = next(name for name in LANGUAGES if name != language)
        query = [(name, value) for name, value in request.query_params.multi_items() if name != _COOKIE]
        policy = parts.pop("policy", "")
        path = parts.pop("canonical", request.scope["path"] + (f"?{urlencode(query)}" if query else ""))
        shown = self._templates.get_template(template).render(
            t=words,
            language=language,
            other=(other, texts(other)["language"], "?" + urlencode([*query, (_COOKIE, other)])),
            link=self.link,
            canonical=self.absolute(request, path),
            kind_name=lambda kind: label(GOV[kind], language) if kind else "",
            query=urlencode,
            **{"alternates": (), "q": "", **parts},
        )
        response = HTMLResponse(
            shown, status, {"Content-Language": language, "Vary": "Accept, Accept-Language, Cookie"}
        )
        if policy:
            response.headers["Content-Security-Policy"] = policy
        if request.query_params.get(_COOKIE) in LANGUAGES:
            response.set_cookie(_COOKIE, language, max_age=_YEAR, httponly=True, samesite="lax", path=self.link("/"))
        return response
