"""What stands before every page: who may ask, how often, how much; and what no answer goes without."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse

from kg.serve.clients import client_of
from kg.serve.settings import LARGEST_BODY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.serve.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WITH_SCRIPT = POLICY + "; script-src 'self'"
"""The policy of the one page that has a script, a file of the site's own."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SHARED = {
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""What lets pages elsewhere ask SPARQL, and read why they are refused."""

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_MOST_CLIENTS = 10_000
_log = logging.getLogger("kg.serve")


class _Unsent(Exception):  # noqa: N818 - says what is so
    """The server could not send what it was given: the connection is broken."""


class _Sending:
    """Sends an answer with the headers that none of them goes without; `started` tells whether it has begun."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send, self._headers, self.started = send, headers, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        try:
            await self._send(message)
        except Exception as error:
            raise _Unsent from error


class Guard:
    """An ASGI application around another; `refresh` has it show what a build has put in place."""

    def __init__(self, app: ASGIApp, settings: Settings, refresh: Callable[[], bool]) -> None:
        self._app, self._settings, self.refresh = app, settings, refresh
        self._rate = Rate(settings.per_minute) if settings.per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # a web socket is closed by the server
        below = _below(scope, self._settings.prefix)
        shared = self._settings.public and below["path"] == "/sparql"
        sending = _Sending(send, HEADERS | SHARED if shared else HEADERS)
        try:
            answer = self._refusal(scope) or self._app
            await answer(below, receive, sending)
        except (ClientDisconnect, _Unsent):  # nobody is there any more, or nobody who speaks HTTP
            return
        except Exception:  # noqa: BLE001 - it is logged, and nobody outside sees more than that it failed
            _log.exception("a request failed")
            if not sending.started:
                await PlainTextResponse("the site failed at this request\n", 500)(scope, receive, sending)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Why a request is not answered, if it is not."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse("this site has another name\n", 421)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("this site is read-only\n", 405, {"Allow": ", ".join(sorted(_METHODS))})
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > LARGEST_BODY:
            return PlainTextResponse(f"a request has at most {LARGEST_BODY:,} bytes\n", 413)
        if self._rate is not None and (wait := self._rate.wait(client_of(scope))):
            return PlainTextResponse(f"too many requests; wait {wait} s\n", 429, {"Retry-After": str(wait)})
        return None

    def _is_ours(self, host: str) -> bool:
        """Whether a site is asked for by a name of its own, so that no page elsewhere reaches it by another name."""
        if self._settings.public and not self._settings.base:
            return True
        name = host[: host.rfind("]") + 1].strip("[]") if host.startswith("[") else host.partition(":")[0]
        return name.lower() in self._settings.hosts


def _below(scope: Scope, prefix: str) -> Scope:
    """A request without the prefix that a proxy may have left before its path."""
    path = scope["path"]
    if not prefix or not (path == prefix or path.startswith(prefix + "/")):
        return scope
    raw = scope.get("raw_path") or path.encode()
    return {**scope, "path": path[len(prefix) :] or "/", "raw_path": raw[len(prefix) :] or b"/"}


class Rate:
    """So many requests a minute for each client, of which a third may come at once."""

    def __init__(self, per_minute: int) -> None:
        self._second, self._most = per_minute / 60, max(1.0, per_minute / 3)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """The clients that are remembered."""
        return len(self._left)

    def wait(self, client: str) -> int:
        """Note a request; the seconds that a client has to wait before the next, 0 where this one may pass."""
        now = time.monotonic()
        left, before = self._left.pop(client, (self._most, now))
        left = min(self._most, left + (now - before) * self._second)
        passes = left >= 1
        self._left[client] = (left - passes, now)
        while len(self._left) > _MOST_CLIENTS:
            self._left.popitem(last=False)
        return 0 if passes else int((1 - left) / self._second) + 1
