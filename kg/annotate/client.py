"""A server of chat completions, asked with httpx: one kind of request, bounded in time and size.

httpx rather than the SDK of one maker: all we need is one request, and text and key must go to the server that is named
and to no other. So redirects are not followed, no proxy is taken from the environment, and nothing is told of this
machine; certificates are those that this system trusts, as everywhere in kg. tenacity repeats what failed for the
moment, later each time and by chance a little earlier or later, so that many do not come back at once; a server that
says how long to wait is waited for.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from kg.annotate.answers import Unusable
from kg.annotate.cache import Reply
from kg.annotate.prompt import Prompt
from kg.annotate.protocol import Dialect, complaint_of, reply_of, seconds_of
from kg.annotate.settings import KEY, Settings
from kg.errors import UserError

LARGEST_ANSWER = 4_000_000
"""Bytes of an answer; a larger one costs its article."""

LONGEST_WAIT = 600
"""Seconds that a server may ask to wait; for longer nobody waits, and the run ends."""

MOST_FAILED = 10
"""Prompts on which a server may fail one after another, each in all attempts, before the run ends."""

_LONGEST_PAUSE = 60
_LONGEST_CONNECTING = 20
_HIDDEN = "[key]"
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_OURS = frozenset({400, 413, 422})
"""What a server answers to a request that it does not understand or finds too long; another may fare better."""


class Passing(Exception):  # noqa: N818 - what may be otherwise a moment later
    """What failed for the moment; `wait` are the seconds that the server asks for."""

    def __init__(self, reason: str, wait: float = 0) -> None:
        super().__init__(reason)
        self.wait = wait


class Unreached(Passing):
    """No connection any more: if that lasts, no prompt will be answered."""


class Client:
    """A server, as an asynchronous context manager that closes its connections."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is sent before the first question."""
        self._settings = settings
        self._dialect = Dialect()
        self._turns = asyncio.Semaphore(settings.jobs)
        self._not_before = 0.0
        self._reached = False
        self._failed_in_a_row = 0
        headers = {"User-Agent": "kg-governance", "Accept": "application/json", "Accept-Encoding": "identity"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        self._http = httpx.AsyncClient(
            headers=headers,
            timeout=httpx.Timeout(settings.seconds, connect=min(settings.seconds, _LONGEST_CONNECTING)),
            verify=ssl.create_default_context(),
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_connections=settings.jobs),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def ask(self, prompt: Prompt) -> Reply:
        """What the model answers, after as many attempts as it takes.

        Raises:
            Unusable: there is no answer to this prompt, and why; another may fare better.
            UserError: no prompt will be answered, and why.
        """
        waits = wait_random_exponential(multiplier=self._settings.pause, max=_LONGEST_PAUSE)
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self._settings.retries + 1),
            wait=lambda state: max(_asked(state), waits(state)),
            retry=retry_if_exception_type(Passing),
            reraise=True,
        )
        try:
            async with self._turns:
                return await attempts(self._answered, prompt)
        except Unreached as error:
            raise UserError(str(error)) from None
        except Passing as error:
            raise self._given_up(f"{error}, {self._settings.retries + 1} times") from None

    def _given_up(self, reason: str) -> Exception:
        """What to raise of a prompt on which all attempts failed."""
        self._failed_in_a_row += 1
        if self._failed_in_a_row < MOST_FAILED:
            return Unusable(reason)
        told = f"{MOST_FAILED} requests one after another failed, the last: {reason}"
        return UserError(f"{self._settings.place}: {told}; look at the server and run again: answers are kept")

    async def _answered(self, prompt: Prompt) -> Reply:
        """One attempt; a server that does not understand all of the request is asked again in plainer words."""
        while True:
            dialect = self._dialect
            await asyncio.sleep(self._not_before - time.monotonic())
            status, headers, text = await self._exchange(dialect.body(prompt, self._settings))
            if status == HTTPStatus.OK:
                self._failed_in_a_row = 0
                return reply_of(text)
            complaint = complaint_of(text)
            if status not in _OURS:
                raise self._failed(status, headers, complaint)
            plainer = dialect.without(complaint)
            if plainer is None:
                raise Unusable(f"the server answers {status}{complaint}")
            if self._dialect == dialect:
                self._dialect = plainer

    async def _exchange(self, body: Mapping[str, Any]) -> tuple[int, httpx.Headers, str]:
        """Status, headers and text of an answer, in which the key does not stand whatever the server echoes."""
        settings = self._settings
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        pieces, size = [], 0
        try:
            async with asyncio.timeout(settings.seconds), self._posted(data) as response:
                async for piece in response.aiter_raw():
                    pieces.append(piece)
                    size += len(piece)
                    if size > LARGEST_ANSWER:
                        raise Unusable(f"the answer is larger than {LARGEST_ANSWER:,} bytes")
        except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout):
            raise Passing(f"no answer within {settings.seconds:g} s (give it longer with --timeout)") from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self._unreached(error) from None
        except httpx.HTTPError as error:
            raise Passing(f"the connection breaks off ({type(error).__name__})") from None
        self._reached = True
        text = b"".join(pieces).decode("utf-8", "replace")
        return response.status_code, response.headers, text.replace(settings.key, _HIDDEN) if settings.key else text

    def _unreached(self, error: Exception) -> Exception:
        """What to raise where there is no connection; where there never was one, nothing is tried again."""
        if insecure := _insecure(error):
            return UserError(f"{self._settings.place}: no secure connection ({insecure})")
        told = f"{self._settings.place}: no connection to a server there"
        return Unreached(told) if self._reached else UserError(told)

    @asynccontextmanager
    async def _posted(self, data: bytes) -> AsyncIterator[httpx.Response]:
        headers = {"Content-Type": "application/json"}
        async with self._http.stream("POST", self._settings.url, content=data, headers=headers) as response:
            yield response

    def _failed(self, status: int, headers: httpx.Headers, complaint: str) -> Exception:
        """What to raise of an answer that tells of a failure."""
        if hint := self._lasting(status, complaint):
            return UserError(f"{self._settings.place} answers {status}{complaint}; {hint}")
        if status not in _PASSING and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unusable(f"the server answers {status}{complaint}")
        wait = seconds_of(headers.get("retry-after", ""))
        if wait > LONGEST_WAIT:
            return UserError(f"{self._settings.place} asks to wait {wait:.0f} s; run again then: answers are kept")
        self._not_before = max(self._not_before, time.monotonic() + wait)
        return Passing(f"the server answers {status}{complaint}", wait)

    def _lasting(self, status: int, complaint: str) -> str:
        """What to do about a failure that every other request would meet; "" of another."""
        match status:
            case 401 | 403:
                return f"it refuses the key in {KEY}" if self._settings.key else f"set {KEY}"
            case 404:
                return f"look at the address, and whether there is a model {self._settings.model}"
            case 402:
                return "look at the account"
            case 429 if "insufficient_quota" in complaint:
                return "look at the account"
            case _:
                return "give the address to which it sends" if 300 <= status < 400 else ""


def _insecure(error: BaseException | None) -> str:
    """What is wrong with the encryption, if it was for that that a connection failed."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not good: {error.verify_message}; SSL_CERT_FILE may name those that you trust"
        if isinstance(error, ssl.SSLError):
            return " ".join(str(error.reason or error).lower().replace("_", " ").split())
        error = error.__cause__ or error.__context__
    return ""


def _asked(state: RetryCallState) -> float:
    """The seconds that the server has asked to wait."""
    error = state.outcome.exception() if state.outcome else None
    return error.wait if isinstance(error, Passing) else 0
