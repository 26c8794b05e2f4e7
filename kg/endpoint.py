"""A SPARQL 1.1 server over HTTP: one connection, credentials from the environment, bounded in time and size.

`KG_ENDPOINT_USER` and `KG_ENDPOINT_PASSWORD` answer a server that asks for them: by digest (RFC 7616), else by basic
authentication (RFC 7617). Redirects are not followed, so that credentials go to no other server; no proxy is used.
"""

from __future__ import annotations

import base64
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from pyoxigraph import RdfFormat

from kg.errors import UserError, WrongUsage

USER, PASSWORD = "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD"
READABLE = MappingProxyType(
    {
        "application/n-triples": RdfFormat.N_TRIPLES,
        "text/plain": RdfFormat.N_TRIPLES,
        "text/turtle": RdfFormat.TURTLE,
    }
)
"""What RDF is read from a server, by media type: not RDF/XML, whose entities can grow without end."""

LARGEST_ANSWER = 500_000_000
"""Bytes of an answer; a larger one is refused."""

_CHUNK = 1 << 16
_AGENT = "kg-governance"
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the status, the media type without parameters, and the body.

    `most_rows` is the number of rows at which Virtuoso says that it has cut the answer, or empty.
    """

    status: int
    media_type: str
    body: bytes
    most_rows: str = ""


class Endpoint:
    """A server at an address, as a context manager that closes the connection."""

    def __init__(self, url: str, seconds: float = 60) -> None:
        """Nothing is sent before the first request; `seconds` is what each request may take in all.

        Raises:
            WrongUsage: the address is not one of http or https, or holds credentials.
        """
        self.url = url
        self._parts = _checked(url)
        self._seconds = seconds
        self._connection: HTTPConnection | None = None
        self._credentials = _Credentials(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def request(
        self, method: str, parameters: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask the server, with `parameters` added to the address, and again with credentials if it wants them.

        The answer may be an error of the server's; `refused` tells what it says.

        Raises:
            UserError: there is no server, it takes too long, it does not speak HTTP, or its answer is too large.
        """
        target = self._parts.path or "/"
        query = "&".join(filter(None, (self._parts.query, parameters)))
        target += f"?{query}" if query else ""
        with self._told(time.monotonic() + self._seconds) as deadline:
            for _ in range(3):  # plain or with what is known; after a challenge; after a nonce that has expired
                said = {"User-Agent": _AGENT, **(headers or {}), **self._credentials.header(method, target)}
                answer, challenges = self._ask(method, target, body, said, deadline)
                if answer.status != 401 or not self._credentials.challenged(challenges):
                    break
        return answer

    def refused(self, answer: Answer) -> UserError:
        """What to tell the user of an answer that is not what was asked for."""
        if answer.status in {401, 403}:
            hint = f"set {USER} and {PASSWORD}" if not self._credentials.user else f"it refuses the user in {USER}"
            return UserError(f"{self.url} answers {answer.status}: {hint}")
        if 300 <= answer.status < 400:
            return UserError(f"{self.url} answers {answer.status} and sends elsewhere; give the address it leads to")
        text = " ".join(answer.body[:2000].decode(errors="replace").split())
        if "<html" in text.lower():
            text = ""
        reason = _shown(text)
        return UserError(f"{self.url} answers {answer.status}" + (f": {reason}" if reason else ""))

    def _ask(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str], deadline: float
    ) -> tuple[Answer, list[str]]:
        """One request; a connection that the server has closed since the last one is opened anew."""
        kept = self._connection is not None
        try:
            return self._exchange(method, target, body, headers, deadline)
        except (ConnectionError, HTTPException):
            self.close()
            if not kept or time.monotonic() > deadline:
                raise
            return self._exchange(method, target, body, headers, deadline)

    def _exchange(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str], deadline: float
    ) -> tuple[Answer, list[str]]:
        connection = self._connection or self._opened(max(0.1, deadline - time.monotonic()))
        with _ended_at(connection, deadline):
            with suppress(BrokenPipeError, ConnectionResetError):  # it may answer before it has read a large body
                connection.request(method, target, body, dict(headers))
            response = connection.getresponse()
            content = _read(response, self.url)
        kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        challenges = response.headers.get_all("WWW-Authenticate") or []
        most_rows = response.getheader("X-SPARQL-MaxRows") or ""
        if response.will_close:
            self.close()
        return Answer(response.status, kind, content, most_rows), challenges

    def _opened(self, seconds: float) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            context = ssl.create_default_context()
            self._connection = HTTPSConnection(host, port, timeout=seconds, context=context)
        else:
            self._connection = HTTPConnection(host, port, timeout=seconds)
        self._connection.connect()
        return self._connection

    @contextmanager
    def _told(self, deadline: float) -> Iterator[float]:
        """Tell in one line what went wrong."""
        try:
            yield deadline
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
                reason = f"no answer within {self._seconds:g} s; give it longer with --timeout"
            elif isinstance(error, ssl.SSLError):
                reason = f"no secure connection ({error.reason or error})"
            elif isinstance(error, (HTTPException, ValueError)):
                reason = f"what answers there does not speak HTTP ({type(error).__name__})"
            else:
                reason = f"no connection ({error.strerror or error})"
            raise UserError(f"{self.url}: {reason}") from None


def quoted(text: str) -> str:
    """A text as the value of a parameter of an address.

    >>> quoted("https://example.org/区#1")
    'https%3A%2F%2Fexample.org%2F%E5%8C%BA%231'
    """
    return quote(text, safe="")


class _Credentials:
    """The user's name and password, and what the server last asked for."""

    def __init__(self, url: str) -> None:
        self.user, self._password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
        self._url = url
        self._challenge: dict[str, str] | None = None
        self._basic = False
        self._parts = urlsplit(url)
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, url, self.user, self._password)
        self._digest = HTTPDigestAuthHandler(known)

    def header(self, method: str, target: str) -> dict[str, str]:
        """The header that answers the last challenge, before the server asks again."""
        if self._basic:
            pair = base64.b64encode(f"{self.user}:{self._password}".encode()).decode()
            return {"Authorization": f"Basic {pair}"}
        if self._challenge:
            request = Request(f"{self._parts.scheme}://{self._parts.netloc}{target}", method=method)  # noqa: S310
            answer = self._digest.get_authorization(request, self._challenge)
            return {"Authorization": f"Digest {answer}"} if answer else {}
        return {}

    def challenged(self, challenges: list[str]) -> bool:
        """Take a server's challenges; whether it is worth asking again."""
        if not self.user:
            return False
        asked = [(text.split(None, 1)[0].lower(), text.partition(" ")[2]) for text in challenges if text.strip()]
        digests = [parse_keqv_list(_items(rest)) for scheme, rest in asked if scheme == "digest"]
        known = next((digest for digest in digests if _is_known(digest)), None)
        if known:
            first, self._challenge = self._challenge is None, known
            return first or known.get("stale", "").lower() == "true"
        if any(scheme == "basic" for scheme, _ in asked) and not self._basic:
            self._basic = True
            return True
        if digests and not self._basic:
            told = " or ".join(sorted({f"{d.get('algorithm', 'MD5')} {d.get('qop', '')}".strip() for d in digests}))
            raise UserError(f"{self._url} asks for a digest by {_shown(told)}; kg knows MD5 and SHA with auth")
        return False


def _is_known(digest: Mapping[str, str]) -> bool:
    """Whether the standard library can answer a challenge."""
    qop = digest.get("qop")
    whole = "realm" in digest and "nonce" in digest
    return whole and digest.get("algorithm", "MD5") in {"MD5", "SHA"} and (qop is None or "auth" in qop.split(","))


def _shown(text: str) -> str:
    """What a server said, short and on one line."""
    return "".join(character for character in text if character.isprintable())[:_LONGEST_REASON]


def _items(text: str) -> list[str]:
    return [item for item in parse_http_list(text) if "=" in item]


@contextmanager
def _ended_at(connection: HTTPConnection, deadline: float) -> Iterator[None]:
    """Break the connection at a deadline, however slowly the server goes on sending."""
    held = connection.sock  # the connection forgets it once an answer is to end with it

    def break_off() -> None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0, deadline - time.monotonic()), break_off)
    timer.daemon = True
    timer.start()
    try:
        yield
        if time.monotonic() >= deadline:  # what was read until then may look like all
            raise TimeoutError
    finally:
        timer.cancel()


def _read(response: HTTPResponse, url: str) -> bytes:
    pieces, size = [], 0
    while piece := response.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise UserError(f"{url}: the answer is larger than {LARGEST_ANSWER:,} bytes; narrow the question")
    if response.length:
        raise IncompleteRead(b"", response.length)
    return b"".join(pieces)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise WrongUsage(f"{url!r} is no address of a server") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii() or not url.isprintable():
        raise WrongUsage(f"{url!r} is no address of a server; it begins with http:// or https://")
    if parts.username or parts.password:
        raise WrongUsage(f"an address holds no credentials; set {USER} and {PASSWORD}")
    if " " in url:
        raise WrongUsage(f"{url!r} is no address of a server; it holds a space")
    return parts
